// The calls of one handset: places and follows them, keeps what is over, and says whether their screen covers the texts.

import { actOnCall, placeCall, readCall } from "./api.js";
import { CallScreen } from "./call.js";
import { isIncoming, isLive, isOlder, isRung, isTalking } from "./callwords.js";
import { h, icon } from "./dom.js";
import { say } from "./words.js";

export class Line {
  // onChange: a call came or went, or its screen was opened or closed; onLeave: the texts are looked at again
  constructor(number, service, toast, { onChange, onLeave }) {
    this.number = number;
    this.toast = toast;
    this.onChange = onChange;
    this.onLeave = onLeave;
    this.calls = new Map();
    this.call = null;
    this.open = false;
    this.unread = 0;
    const acts = { act: (...what) => this.act(...what), peek: () => this.cover(false), close: () => this.cover(false), again: () => this.dial() };
    this.screen = new CallScreen(service, acts);
    this.clock = h("span", { class: "number" });
    this.barWords = h("span", {});
    this.bar = h("button", { type: "button", class: "call-bar", hidden: true, onclick: () => this.cover(true) }, icon("phone"), this.barWords, this.clock);
    this.screen.onTick = (time) => (this.clock.textContent = time);
  }

  draw(owner) {
    this.barWords.textContent = say("back_to_call");
    this.screen.draw(owner);
    this.settle();
  }

  get live() {
    return Boolean(this.call && isLive(this.call));
  }

  get rings() {
    return Boolean(this.call && isRung(this.call));
  }

  get past() {
    return [...this.calls.values()].filter((call) => !isLive(call));
  }

  // What was there before this page was: a call that is over stays among the texts.
  async recall() {
    const call = await readCall(this.number);
    if (call) this.follow(call, { silent: true });
  }

  follow(call, { silent = false } = {}) {
    const known = this.calls.get(call.sid);
    if ((known && isOlder(call, known)) || (isIncoming(call) && call.status === "queued")) return;
    this.calls.set(call.sid, call);
    if (!this.takes(call)) return this.settle();
    if (!known) this.open = true;
    this.call = call;
    this.screen.show(call, { silent });
    this.settle();
    if (!known && this.dialled) this.takeFocus();
  }

  // The screen is for the call it shows, or for a new one when that is over: who finds the phone busy doesn't disturb.
  takes(call) {
    return call.sid === this.call?.sid || (isLive(call) && !this.live);
  }

  // Whoever pressed the green button has the buttons of the call at hand.
  takeFocus() {
    this.dialled = false;
    this.screen.focus();
  }

  cover(wanted) {
    this.open = wanted;
    this.settle();
    if (wanted) this.screen.focus();
    else if (this.live) this.bar.focus();
    else this.onLeave();
  }

  reopen(call) {
    if (!this.live) {
      this.call = call;
      this.screen.show(call, { silent: true });
    }
    this.cover(true);
  }

  settle() {
    this.screen.element.hidden = !this.open;
    this.bar.hidden = this.open || !this.live;
    this.clock.hidden = !(this.call && isTalking(this.call));
    if (!this.open) this.unread = 0;
    if (!this.open && this.toast.isText) this.toast.hide();
    this.screen.texts.badge(this.unread);
    this.screen.leave.badge(this.unread);
    this.onChange();
  }

  async dial() {
    this.dialled = true;
    if (!(await this.told(() => placeCall(this.number)))) this.dialled = false;
  }

  act(name, body) {
    return this.told(() => actOnCall(this.call.sid, name, body), () => !this.live);
  }

  // The news of a call come by the event stream alone; here only trouble is told. Keys late for a call that is over are none.
  async told(ask, isLate = () => false) {
    try {
      await ask();
      return true;
    } catch (error) {
      if (!isLate()) this.toast.show(say("call_trouble"), error.message, { trouble: true });
      return false;
    }
  }

  noticeText(message) {
    if (!this.open) return;
    this.unread += 1;
    this.settle();
    this.toast.show(say("text_came"), message.body, { onOpen: () => this.cover(false) });
  }
}
