// The screen of a call: who is there, what is said, the keys, and the buttons below. Each phone has one and keeps it.

import { duration, hint, isIncoming, isLive, isTalking, lastMoment, stateWords } from "./callwords.js";
import { Control } from "./controls.js";
import { h, icon } from "./dom.js";
import { pretty } from "./head.js";
import { keypad } from "./keypad.js";
import { saying } from "./saying.js";
import { Transcript } from "./transcript.js";
import { hasVoice, hush, isVoiceOn, onVoice, readAloud, switchVoice } from "./voice.js";
import { say } from "./words.js";

const SPOKEN = ["say", "talk", "speech"];

export class CallScreen {
  // acts: { act(name, body) -> whether it went well, peek(), close(), again() }; service: its number
  constructor(service, acts) {
    this.service = service;
    this.call = null;
    this.transcript = new Transcript();
    this.saying = saying((text) => acts.act("speech", { text }));
    this.keypad = keypad((digits) => {
      hush();
      return acts.act("keys", { digits });
    });
    this.keysShown = true;
    this.makeControls(acts);
    this.makeTop();
    this.hint = h("p", { class: "call-hint", "aria-live": "polite" });
    this.desk = h("div", { class: "call-desk" }, this.hint, this.saying.element, this.keypad.element);
    this.element = h("div", { class: "call", hidden: true }, this.top, this.transcript.element, this.desk, this.buttons);
    onVoice(() => this.voice.press(isVoiceOn()));
  }

  makeTop() {
    this.face = h("span", { class: "call-face", "aria-hidden": "true" }, icon("phone"));
    this.party = h("h3", {});
    this.number = h("p", { class: "number" });
    this.state = h("p", { class: "call-state" });
    this.marks = h("p", { class: "call-marks", role: "status" });
    this.top = h("header", { class: "call-top" }, this.face, h("div", { class: "call-who" }, this.party, this.number), h("div", { class: "call-facts" }, this.state, this.marks));
  }

  makeControls({ act, peek, close, again }) {
    const keys = new Control("keypad", "keys", () => this.toggleKeys(keys), { pressed: true });
    this.voice = new Control("voice", "voice", switchVoice, { pressed: isVoiceOn() });
    this.voice.element.hidden = !hasVoice;
    this.texts = new Control("texts", "text", peek);
    const hangUp = new Control("hang_up", "phone", () => act("hangup").finally(hush), { look: "down" });
    const decline = new Control("decline", "phone", () => act("decline"), { look: "down" });
    const answer = new Control("answer", "phone", () => act("answer"), { look: "up" });
    const redial = new Control("call_again", "phone", again, { look: "up" });
    this.leave = new Control("to_texts", "text", close);
    this.rows = { rung: [decline, answer], dialling: [hangUp], live: [keys, this.voice, this.texts, hangUp], over: [redial, this.leave] };
    this.buttons = h("div", { class: "call-buttons" });
    this.controls = [keys, this.voice, this.texts, hangUp, decline, answer, redial, this.leave];
  }

  draw(owner) {
    this.transcript.draw(owner);
    for (const part of [this.saying, this.keypad, ...this.controls]) part.draw();
    if (this.call) this.show(this.call, { silent: true });
  }

  // silent: its lines were said before this page was listening
  show(call, { silent = false } = {}) {
    const isSame = this.call?.sid === call.sid;
    const until = isSame ? lastMoment(this.call) : "";
    if (!isSame) this.begin();
    this.call = call;
    const enters = this.enter(modeOf(call));
    this.showTop();
    this.transcript.show(call.lines);
    this.keypad.show(call.listening);
    this.saying.open(isTalking(call) && Boolean(call.bridged || call.listening?.speech));
    this.hint.textContent = isTalking(call) ? hint(call) : "";
    this.hint.classList.toggle("bridged", Boolean(call.bridged));
    if (!silent) call.lines.filter((line) => line.at > until && line.who !== "me" && SPOKEN.includes(line.kind)).forEach(readAloud);
    this.tick();
    enters();
  }

  begin() {
    this.saying.clear();
    this.transcript.atEnd = true;
  }

  // The way the screen is laid out. What it gives back is to be called at the end: a button that went hands its focus on.
  enter(mode) {
    if (this.mode === mode) return () => {};
    const focused = this.element.contains(document.activeElement);
    this.mode = mode;
    this.element.dataset.mode = mode;
    this.buttons.replaceChildren(...this.rows[mode].map((control) => control.element));
    return () => focused && this.focus();
  }

  focus() {
    if (this.mode === "live" && this.keysShown) this.keypad.focus();
    else this.rows[this.mode].at(-1).element.focus({ preventScroll: true });
  }

  showTop() {
    const { call } = this;
    const known = call.other === this.service;
    this.element.classList.toggle("bare", !isTalking(call) && !(call.lines.length && !isLive(call)));
    this.party.textContent = known ? say("service") : pretty(call.other);
    this.number.textContent = known ? pretty(call.other) : "";
    const marks = [];
    if (isTalking(call) && call.bridged) marks.push(h("span", { class: "mark linked" }, say("bridged")));
    if (isTalking(call) && call.queue) marks.push(h("span", { class: "mark" }, say("queue", { n: call.queue.position })));
    if (isTalking(call) && call.paused) marks.push(h("span", { class: "mark paused" }, say("recording_paused")));
    else if (isTalking(call) && call.recording) marks.push(h("span", { class: "mark recording" }, say("recording")));
    if (!sameText(this.marks, marks)) this.marks.replaceChildren(...marks);
  }

  toggleKeys(control) {
    this.keysShown = !this.keysShown;
    control.press(this.keysShown);
    this.keypad.element.hidden = !this.keysShown;
    if (this.keysShown) this.keypad.focus();
  }

  // Each second, and at every change.
  tick() {
    clearTimeout(this.timer);
    this.state.setAttribute("role", isTalking(this.call) ? "timer" : "status");
    this.state.textContent = stateWords(this.call);
    this.onTick?.(duration(this.call));
    if (isTalking(this.call)) this.timer = setTimeout(() => this.tick(), 1000);
  }
}

function modeOf(call) {
  if (!isLive(call)) return "over";
  if (isTalking(call)) return "live";
  return isIncoming(call) ? "rung" : "dialling";
}

// Told aloud only when it has changed.
const sameText = (element, children) => element.textContent === children.map((child) => child.textContent).join("");
