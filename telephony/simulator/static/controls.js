// The round buttons of a call, each with a word below.

import { h, icon } from "./dom.js";
import { say } from "./words.js";

export class Control {
  // name: the word below and the class; options.look: how the circle is filled
  constructor(name, shape, onclick, { look = "", pressed = null } = {}) {
    this.name = name;
    this.words = h("span", { class: "words" });
    this.count = h("b", { class: "count", hidden: true });
    this.element = h("button", { type: "button", class: `control ${look}`, "data-control": name, onclick }, h("i", {}, icon(shape), this.count), this.words);
    if (pressed !== null) this.press(pressed);
  }

  draw() {
    this.words.textContent = say(this.name);
  }

  press(on) {
    this.element.setAttribute("aria-pressed", String(on));
  }

  // How many things wait behind the button.
  badge(count) {
    this.count.hidden = !count;
    this.count.textContent = count || "";
  }
}
