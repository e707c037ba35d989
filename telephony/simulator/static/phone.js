// One handset: head with menu, conversation, examples, and the line to write on.

import { sendText } from "./api.js";
import { bubble } from "./bubble.js";
import { composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { exampleList, glossFrom } from "./examples.js";
import { phoneHead } from "./head.js";
import { say } from "./words.js";

const enrol = (number) =>
  [".venv/bin/flask --app wsgi", "officers enroll", `--phone ${number}`, "--unit 1 --pin 4821"].join(" \\\n  ");

const shift = () => ({ text: "SHIFT 4821", gloss: { en: say("shift_gloss") } });

export class Phone {
  // desk: { service, url, examples, onCode } shared by all phones of the page
  constructor(card, desk) {
    this.card = card;
    this.desk = desk;
    this.messages = new Map();
    this.atEnd = true;
    this.list = h("ol", { class: "conversation", "aria-live": "polite", onscroll: () => this.noticeScroll() });
    new ResizeObserver(() => this.stayAtEnd()).observe(this.list);
    this.composer = composer(desk.service, (text) => this.send(text), () => this.toggleExamples());
    this.element = h("section", { class: "phone", "data-number": card.number, id: `phone${card.number.slice(1)}` });
    this.draw();
  }

  draw() {
    const { card } = this;
    this.sheet = h("div", { class: "sheet", hidden: true });
    this.element.className = `phone ${card.label}`;
    this.element.setAttribute("aria-label", `${this.title} ${card.number}`);
    this.composer.draw();
    this.element.replaceChildren(phoneHead(card, this.title), this.list, this.sheet, this.composer.element);
    this.drawConversation();
  }

  get title() {
    return this.card.name || say(`role_${this.card.label}`);
  }

  keep(message) {
    this.messages.set(message.sid, message);
    const shown = this.list.querySelector(`[data-sid="${message.sid}"]`);
    if (shown) shown.replaceWith(this.bubble(message));
    else this.drawConversation();
    this.stayAtEnd();
  }

  drawConversation() {
    const messages = [...this.messages.values()].sort((one, other) => one.at.localeCompare(other.at));
    this.list.replaceChildren(...(messages.length ? messages.map((message) => this.bubble(message)) : this.welcome()));
    this.atEnd = messages.length > 0;
    this.stayAtEnd();
  }

  noticeScroll() {
    this.atEnd = this.messages.size > 0 && this.list.scrollTop + this.list.clientHeight > this.list.scrollHeight - 60;
  }

  // A reader at the end stays there when texts come or the line below grows; one who reads older texts isn't moved.
  stayAtEnd() {
    if (this.atEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  bubble(message) {
    return bubble(message, glossFrom(this.desk.examples), this.desk.onCode);
  }

  welcome() {
    const { examples, url } = this.desk;
    const hints = this.isOfficer ? this.officerHints() : [];
    if (!examples.length) return [...hints, h("li", { class: "hint" }, say("empty_wait", { url }))];
    if (this.isOfficer) return hints;
    return [h("li", { class: "hint" }, say("empty_citizen")), h("li", {}, this.exampleList())];
  }

  officerHints() {
    return [
      h("li", { class: "hint" }, say("officer_enrol"), h("code", {}, enrol(this.card.number))),
      h("li", { class: "hint" }, say("officer_shift"), this.exampleList()),
    ];
  }

  exampleList() {
    return exampleList(this.isOfficer && !this.examples.length ? [shift()] : this.examples, this.choices());
  }

  get isOfficer() {
    return this.card.label === "officer";
  }

  get examples() {
    return this.desk.examples.filter((example) => Boolean(example.officer) === this.isOfficer);
  }

  choices() {
    return {
      onSend: (text) => this.send(text),
      onEdit: (text) => {
        this.sheet.hidden = true;
        this.composer.write(text);
      },
    };
  }

  toggleExamples() {
    const close = h("button", { type: "button", class: "round", "aria-label": say("close"), onclick: () => this.toggleExamples() }, icon("close"));
    this.sheet.replaceChildren(h("header", {}, h("h3", {}, say("examples")), close), this.exampleList());
    this.sheet.hidden = !this.sheet.hidden;
  }

  async send(text) {
    this.sheet.hidden = true;
    try {
      await sendText(this.card.number, text);
    } catch (error) {
      this.composer.write(text, error.message);
    }
  }
}
