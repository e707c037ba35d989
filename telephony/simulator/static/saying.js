// The line to speak by typing: open while the call listens for speech, or two people are connected.

import { h, icon } from "./dom.js";
import { say } from "./words.js";

// onSay: text -> promise of whether it was heard
export function saying(onSay) {
  const draft = h("input", { type: "text", maxlength: "500", autocomplete: "off", enterkeyhint: "send", disabled: true });
  const send = h("button", { type: "submit", class: "send", disabled: true }, icon("send"));
  const element = h("form", { class: "saying", onsubmit: submit, oninput: refresh }, h("div", { class: "line" }, draft), send);
  let returning = false;

  function draw() {
    draft.setAttribute("aria-label", say("say_something"));
    send.setAttribute("aria-label", say("say_it"));
    send.title = say("say_it");
    refresh();
  }

  function refresh() {
    draft.placeholder = say(draft.disabled ? "say_later" : "say_something");
    send.disabled = draft.disabled;
    element.classList.toggle("filled", draft.value.trim() !== "" && !draft.disabled);
  }

  // A closed line loses the focus; whoever was writing gets it back when the line opens again.
  function open(wanted) {
    if (!wanted && document.activeElement === draft) returning = true;
    draft.disabled = !wanted;
    if (wanted && returning && document.activeElement === document.body) draft.focus({ preventScroll: true });
    if (wanted) returning = false;
    refresh();
  }

  async function submit(event) {
    event.preventDefault();
    const text = draft.value.trim();
    if (!text || draft.disabled) return;
    draft.value = "";
    refresh();
    if (!(await onSay(text))) draft.value ||= text;
    refresh();
  }

  function clear() {
    draft.value = "";
    returning = false;
    refresh();
  }

  return { element, draw, open, clear };
}
