// One handset: head with menu, conversation, examples, the line to write on, and over these the screen of a call.

import { sendText } from "./api.js";
import { bubble } from "./bubble.js";
import { callRow } from "./callwords.js";
import { composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { exampleList, glossFrom } from "./examples.js";
import { phoneHead } from "./head.js";
import { Line } from "./line.js";
import { Toast } from "./toast.js";
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
    this.head = h("header");
    this.sheet = h("div", { class: "sheet", hidden: true });
    this.toast = new Toast();
    this.line = new Line(card.number, desk.service, this.toast, {
      onChange: () => this.drawCall(),
      onLeave: () => this.head.querySelector(".dial").focus(),
    });
    const { bar, screen } = this.line;
    this.element = h("section", { class: "phone", "data-number": card.number, id: `phone${card.number.slice(1)}` });
    this.element.append(this.head, bar, this.list, this.sheet, this.composer.element, screen.element, this.toast.element);
    this.draw();
  }

  // Only the head is made anew: whoever is writing keeps the focus.
  draw() {
    const { card } = this;
    this.element.className = `phone ${card.label}`;
    this.element.setAttribute("aria-label", `${this.title} ${card.number}`);
    const head = phoneHead(card, this.title, this.desk.service, () => this.line.dial());
    this.head.replaceWith(head);
    this.head = head;
    this.sheet.hidden = true;
    this.composer.draw();
    this.line.draw(this.title);
    this.drawConversation();
  }

  // Called when a call comes, goes, or is covered and uncovered.
  drawCall() {
    const { live, open } = this.line;
    this.element.classList.toggle("in-call", live);
    this.list.hidden = open;
    this.composer.element.hidden = open;
    if (open) this.sheet.hidden = true;
    if (this.drawnCalls !== this.line.past.length) this.drawConversation();
    this.stayAtEnd();
  }

  get title() {
    return this.card.name || say(`role_${this.card.label}`);
  }

  keep(message) {
    const isNew = !this.messages.has(message.sid);
    this.messages.set(message.sid, message);
    const shown = this.list.querySelector(`[data-sid="${message.sid}"]`);
    if (shown) shown.replaceWith(this.bubble(message));
    else this.drawConversation();
    this.stayAtEnd();
    if (isNew && message.way === "out") this.line.noticeText(message);
  }

  drawConversation() {
    this.drawnCalls = this.line.past.length;
    const calls = this.line.past.map((call) => ({ at: call.began, drawn: callRow(call, () => this.line.reopen(call)) }));
    const texts = [...this.messages.values()].map((message) => ({ at: message.at, drawn: this.bubble(message) }));
    const rows = [...texts, ...calls].sort((one, other) => one.at.localeCompare(other.at)).map(({ drawn }) => drawn);
    this.list.replaceChildren(...(texts.length ? [] : this.welcome()), ...rows);
    this.atEnd = texts.length > 0;
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
    if (this.card.label === "agent") return [h("li", { class: "hint" }, say("empty_agent"))];
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
