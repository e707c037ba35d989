// The regime's example texts: tap one to send it, or its pencil to change it first.

import { h, icon } from "./dom.js";
import { say } from "./words.js";

export const glossIn = (example) => example.gloss?.en ?? "";

const plainly = (text) => text.trim().toLowerCase().replaceAll("ё", "е");

// text -> English, by the list; "" when the text is not on it
export function glossFrom(examples) {
  const known = new Map(examples.map((example) => [plainly(example.text), glossIn(example)]));
  return (text) => known.get(plainly(text)) ?? "";
}

export function exampleList(examples, { onSend, onEdit }) {
  return h("ul", { class: "examples" }, ...examples.map((example) => row(example, onSend, onEdit)));
}

function row(example, onSend, onEdit) {
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "example", title: say("example_send"), onclick: () => onSend(example.text) },
      h("span", { class: "words" }, example.text),
      glossIn(example) ? h("span", { class: "gloss", lang: "en" }, glossIn(example)) : null,
    ),
    h(
      "button",
      { type: "button", class: "round", "aria-label": say("example_edit"), title: say("example_edit"), onclick: () => onEdit(example.text) },
      icon("edit"),
    ),
  );
}
