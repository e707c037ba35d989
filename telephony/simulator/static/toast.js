// A slip that comes down over the screen for a while: a text that arrived during a call, or a trouble.

import { h, icon } from "./dom.js";
import { say } from "./words.js";

const STAYS = 7000;

export class Toast {
  constructor() {
    this.element = h("div", { class: "toasts", role: "status" });
  }

  // onOpen: what a tap does besides closing it
  show(title, text, { trouble = false, onOpen = () => {} } = {}) {
    this.hide();
    this.isText = !trouble;
    const open = () => {
      this.hide();
      onOpen();
    };
    const words = [h("b", {}, title), h("span", { dir: "auto" }, text)];
    const slip = h("button", { type: "button", class: "slip", onclick: open }, icon(trouble ? "phone" : "text"), h("span", { class: "slip-words" }, ...words));
    const close = h("button", { type: "button", class: "round", "aria-label": say("close"), onclick: () => this.hide() }, icon("close"));
    this.element.replaceChildren(h("div", { class: trouble ? "toast bad" : "toast" }, slip, close));
    this.timer = setTimeout(() => this.hide(), STAYS);
  }

  hide() {
    clearTimeout(this.timer);
    this.element.replaceChildren();
  }
}
