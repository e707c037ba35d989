// The top of a handset: who it is, the green button that calls the service, and a menu.

import { changeHandset, removeHandset } from "./api.js";
import { h, icon } from "./dom.js";
import { say } from "./words.js";

export const ROLES = ["citizen", "officer", "agent", "patient"];

export function roleChoice(chosen, onchange = () => {}) {
  const options = ROLES.map((role) => h("option", { value: role, selected: role === chosen }, say(`role_${role}`)));
  return h("select", { name: "label", onchange: (event) => onchange(event.target.value) }, ...options);
}

export function phoneHead(card, title, service, onCall) {
  return h(
    "header",
    { class: "head" },
    h("span", { class: "face", "aria-hidden": "true" }, [...title][0].toUpperCase()),
    h("div", { class: "who" }, h("h2", {}, title), h("p", { class: "number" }, pretty(card.number))),
    h("div", { class: "actions" }, callButton(say("call", { number: pretty(service) }), onCall), menu(card)),
  );
}

function callButton(words, onclick) {
  return h("button", { type: "button", class: "round dial", title: words, "aria-label": words, onclick }, icon("phone"));
}

function menu(card) {
  const name = h("input", {
    name: "name",
    value: card.name,
    maxlength: "40",
    autocomplete: "off",
    onchange: (event) => changeHandset(card.number, { name: event.target.value.trim() }),
  });
  return h(
    "details",
    { class: "menu" },
    h("summary", { class: "round", "aria-label": say("menu"), title: say("menu") }, icon("more")),
    h(
      "div",
      { class: "card" },
      h("label", {}, say("name"), name),
      h("label", {}, say("role"), roleChoice(card.label, (label) => changeHandset(card.number, { label }))),
      h("button", { type: "button", class: "danger", onclick: () => removeHandset(card.number) }, say("remove")),
    ),
  );
}

// +79990000001 -> +7 999 000-00-01; other countries in groups of three, short codes as they are
export function pretty(number) {
  if (number.length < 7) return number;
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(number);
  if (russian) return `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}`;
  return number.replace(/(\d{3})(?=\d)/g, "$1 ");
}
