// Twelve keys: tapped, typed while one of them has the focus, walked with the arrows. Each sounds; all are sent in order.

import { h } from "./dom.js";
import { playKey } from "./tones.js";
import { say } from "./words.js";

const KEYS = [..."123456789*0#"];
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -3, ArrowDown: 3 };
const NAMES = { "*": "key_star", "#": "key_hash" };
const GATHER = 100;
const FLASH = 140;

// send: digits -> promise
export function keypad(send) {
  const dial = inOrder(send);
  const buttons = KEYS.map((key, place) =>
    h("button", { type: "button", class: "key", "data-key": key, tabindex: place ? "-1" : "0", onclick: () => press(key), onfocus: () => stand(place) }, key),
  );
  const element = h("div", { class: "keypad", role: "group", onkeydown: typed }, ...buttons);

  function press(key) {
    playKey(key);
    dial(key);
  }

  function typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in STEPS) walk(event);
    else if (KEYS.includes(event.key)) {
      event.preventDefault();
      if (event.repeat) return;
      flash(buttons[KEYS.indexOf(event.key)]);
      press(event.key);
    }
  }

  function walk(event) {
    event.preventDefault();
    buttons[buttons.indexOf(document.activeElement) + STEPS[event.key]]?.focus();
  }

  // The key stood on last is the one that Tab comes back to.
  function stand(place) {
    buttons.forEach((button, other) => (button.tabIndex = other === place ? 0 : -1));
  }

  function draw() {
    element.setAttribute("aria-label", say("keypad"));
    for (const [key, name] of Object.entries(NAMES)) buttons[KEYS.indexOf(key)].setAttribute("aria-label", say(name));
  }

  // listening: what the call waits for, or null
  function show(listening) {
    element.classList.toggle("awaited", Boolean(listening?.keys));
    for (const button of buttons) button.classList.toggle("finish", Boolean(listening?.keys) && button.dataset.key === listening.finish);
  }

  const focus = () => buttons.find((button) => button.tabIndex === 0).focus({ preventScroll: true });
  return { element, draw, show, focus };
}

function flash(button) {
  button.classList.add("pressed");
  setTimeout(() => button.classList.remove("pressed"), FLASH);
}

// Keys pressed within a tenth of a second, or while others are on their way, go together; none overtakes another.
function inOrder(send) {
  let waiting = "";
  let sending = false;

  async function flush() {
    sending = true;
    while (waiting) {
      await new Promise((done) => setTimeout(done, GATHER));
      const digits = waiting;
      waiting = "";
      await send(digits);
    }
    sending = false;
  }

  return (key) => {
    waiting += key;
    if (!sending) flush();
  };
}
