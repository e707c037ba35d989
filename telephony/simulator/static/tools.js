// The panel beside the phones: a new phone, faults to switch on, the debugger log.

import { addHandset, clearDebugger, switchFault } from "./api.js";
import { h } from "./dom.js";
import { pretty, roleChoice } from "./head.js";
import { language, say, sayOr } from "./words.js";

const EVERYBODY = "*";
const GROUPS = {
  way: ["duplicate", "lost_response"],
  receipts: ["receipts_delayed", "receipts_reordered", "receipts_missing", "receipts_doubled"],
  rest: ["429", "5xx", "created_then_reset", "hang"],
  phone: ["unreachable"],
};

let scope = EVERYBODY;

// state: { handsets: [card], faults: {scope: {fault: left}}, debugger: [entry] }; redraw: draws the page anew
export function drawTools(element, state, redraw) {
  element.hidden = false;
  element.replaceChildren(newPhone(state.handsets), debuggerLog(state.debugger, redraw), faults(state, redraw));
}

// The log alone, so that news doesn't disturb somebody who is typing a number.
export function drawLog(element, state, redraw) {
  element.querySelector(".debugger")?.replaceWith(debuggerLog(state.debugger, redraw));
}

function newPhone(cards) {
  const number = h("input", { name: "number", value: nextNumber(cards), type: "tel", required: true, autocomplete: "off" });
  const role = roleChoice("citizen");
  const trouble = h("p", { class: "trouble", role: "alert" });
  const submit = (event) => {
    event.preventDefault();
    addHandset(number.value, role.value).catch((error) => (trouble.textContent = error.message));
  };
  return h(
    "form",
    { class: "panel new-phone", onsubmit: submit },
    h("h3", {}, say("add_phone")),
    h("label", {}, say("number"), number),
    h("label", {}, say("role"), role),
    h("button", { class: "primary" }, say("add")),
    trouble,
  );
}

function nextNumber(cards) {
  const taken = new Set(cards.map((card) => card.number));
  let next = 79990000001;
  while (taken.has(`+${next}`)) next += 1;
  return `+${next}`;
}

function faults(state, redraw) {
  const choices = [[EVERYBODY, say("everybody")], ...state.handsets.map((card) => [card.number, pretty(card.number)])];
  if (!choices.some(([value]) => value === scope)) scope = EVERYBODY;
  const options = choices.map(([value, words]) => h("option", { value, selected: value === scope }, words));
  const choose = (event) => {
    scope = event.target.value;
    redraw();
  };
  return h(
    "section",
    { class: "panel faults" },
    h("h3", {}, say("faults"), h("label", { class: "scope" }, say("faults_for"), h("select", { onchange: choose }, ...options))),
    ...Object.entries(GROUPS).map(([group, names]) => faultGroup(group, names, state.faults[scope] ?? {})),
  );
}

function faultGroup(group, names, on) {
  return h("fieldset", {}, h("legend", {}, say(`group_${group}`)), ...names.map((name) => faultSwitch(name, name in on)));
}

function faultSwitch(name, on) {
  const flip = (event) => switchFault(name, event.target.checked, scope);
  const words = h("span", {}, h("b", {}, say(`fault_${name}`)), h("small", {}, say(`about_${name}`)));
  return h("label", { class: "switch" }, h("input", { type: "checkbox", role: "switch", name, checked: on, onchange: flip }), words);
}

function debuggerLog(entries, redraw) {
  const clear = () => clearDebugger().then(() => redraw({ debugger: [] }));
  const lines = [...entries].reverse().map(debugLine);
  return h(
    "section",
    { class: "panel debugger" },
    h("h3", {}, say("debugger"), entries.length ? h("button", { type: "button", class: "quiet", onclick: clear }, say("clear")) : null),
    lines.length ? h("ol", {}, ...lines) : h("p", { class: "note" }, say("debugger_empty")),
  );
}

function debugLine(entry) {
  const link = { class: `code ${entry.level}`, href: `https://www.twilio.com/docs/api/errors/${entry.code}`, rel: "noreferrer", target: "_blank" };
  return h(
    "li",
    {},
    h("a", link, String(entry.code)),
    h("time", { datetime: entry.at }, new Date(entry.at).toLocaleTimeString(language, { hourCycle: "h23" })),
    h("b", {}, sayOr(`error_${entry.code}`, entry.words)),
    h("span", {}, entry.detail),
  );
}
