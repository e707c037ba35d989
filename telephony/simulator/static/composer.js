// The line to write on: grows with the text, counts segments, can turn Latin letters into Cyrillic.

import { h, icon } from "./dom.js";
import { toCyrillic } from "./letters.js";
import { measure } from "./segments.js";
import { say } from "./words.js";

export function composer(service, onSend, onExamples) {
  const draft = h("textarea", { rows: "1", maxlength: "1600", enterkeyhint: "send", oninput: refresh, onkeydown: enter });
  const counter = h("span", { class: "counter" });
  const send = h("button", { type: "submit", class: "send" }, icon("send"));
  const examples = h("button", { type: "button", class: "round", onclick: onExamples }, icon("list"));
  const letters = h("button", { type: "button", class: "letters", onclick: cyrillic }, "Aя");
  const element = h("form", { class: "composer", onsubmit: submit }, examples, h("div", { class: "line" }, draft, letters), send, counter);

  function draw() {
    label(draft, say("draft", { number: service }));
    draft.placeholder = say("draft", { number: service });
    label(send, say("send"));
    label(examples, say("examples"));
    label(letters, say("letters"));
    refresh();
  }

  function refresh() {
    const { used, room, segments } = measure(draft.value);
    element.classList.toggle("filled", draft.value.trim() !== "");
    counter.textContent = draft.value ? `${used}/${room} · ${say("segments", { n: segments })}` : "";
    draft.style.height = "auto";
    draft.style.height = `${Math.min(draft.scrollHeight, 120)}px`;
  }

  function write(text, complaint = "") {
    draft.value = text;
    refresh();
    if (complaint) counter.textContent = complaint;
    draft.focus();
  }

  function cyrillic() {
    write(toCyrillic(draft.value));
  }

  function submit(event) {
    event.preventDefault();
    const text = draft.value.trim();
    if (!text) return;
    draft.value = "";
    refresh();
    onSend(text);
  }

  function enter(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  }

  return { element, draw, write };
}

function label(element, words) {
  element.title = words;
  element.setAttribute("aria-label", words);
}
