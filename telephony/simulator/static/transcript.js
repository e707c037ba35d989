// What is said in a call, line by line: who says it is told by side and colour, and by name where the speaker changes.

import { h } from "./dom.js";
import { say } from "./words.js";

const NEAR_END = 60;

export class Transcript {
  constructor() {
    this.shown = [];
    this.atEnd = true;
    this.element = h("ol", { class: "transcript", role: "log", tabindex: "0", onscroll: () => this.noticeScroll() });
    new ResizeObserver(() => this.stayAtEnd()).observe(this.element);
  }

  // owner: whose phone it is
  draw(owner) {
    this.owner = owner;
    this.element.setAttribute("aria-label", say("transcript"));
    const lines = this.lines ?? [];
    this.shown = [];
    this.element.replaceChildren();
    this.show(lines);
  }

  // Only what is new or has changed is drawn, so that a reader's place and a screen reader's aren't disturbed.
  show(lines) {
    this.lines = lines;
    const wanted = joined(lines);
    const signs = wanted.map((line) => JSON.stringify([line.who, line.kind, line.text]));
    for (const [place, line] of wanted.entries()) {
      if (this.shown[place] === signs[place]) continue;
      const drawn = this.row(line, wanted[place - 1]?.who !== line.who);
      if (place < this.shown.length) this.element.children[place].replaceWith(drawn);
      else this.element.append(drawn);
    }
    while (this.element.children.length > wanted.length) this.element.lastChild.remove();
    this.shown = signs;
    this.stayAtEnd();
  }

  row({ who, kind, text, language }, named) {
    const name = who === "me" ? this.owner : say(`who_${who}`);
    const by = h("span", { class: named && who !== "carrier" ? "by" : "by unseen" }, name);
    return h("li", { class: `said ${who} ${kind}`, "data-who": who }, by, words(kind, text, language));
  }

  noticeScroll() {
    this.atEnd = this.element.scrollTop + this.element.clientHeight > this.element.scrollHeight - NEAR_END;
  }

  stayAtEnd() {
    if (this.atEnd) this.element.scrollTop = this.element.scrollHeight;
  }
}

// Keys pressed one after another are one line, and so is a tune that is played again and again.
function joined(lines) {
  const kept = [];
  for (const line of lines) {
    const last = kept.at(-1);
    const goesOn = last?.kind === line.kind && last.who === line.who;
    if (goesOn && line.kind === "keys") last.text += line.text;
    else if (!(goesOn && line.kind === "play" && last.text === line.text)) kept.push({ ...line });
  }
  return kept;
}

function words(kind, text, language) {
  if (kind === "keys") return h("p", { class: "words keycaps" }, ...[...text].map((key) => h("kbd", {}, key)));
  return h("p", { class: "words", dir: "auto", ...(language && { lang: language }) }, kind === "play" ? `♪ ${tune(text)}` : text);
}

// https://service.example/sounds/waiting.mp3 -> waiting
const tune = (address) => address.replace(/^.*\//, "").replace(/\.\w+(\?.*)?$/, "");
