// A call in words: how it stands, how long it lasts, what it waits for; and its line among the texts once it is over.

import { h, icon } from "./dom.js";
import { language, say } from "./words.js";

const LIVE = ["queued", "ringing", "in-progress"];

export const isLive = (call) => LIVE.includes(call.status);
export const isIncoming = (call) => call.direction === "incoming";
export const isRung = (call) => isIncoming(call) && call.status === "ringing";
export const isTalking = (call) => call.status === "in-progress";
const named = (call) => call.status.replace("-", "_");
const wasMissed = (call) => isIncoming(call) && !call.answered;

// When the last thing was said; moments in ISO 8601 of one zone stand in the order of their letters.
export const lastMoment = (call) => call?.lines.at(-1)?.at ?? "";

// News may overtake each other: what lacks the last line, or would wake a call that is over, is old.
export function isOlder(call, known) {
  return lastMoment(call) < lastMoment(known) || (isLive(call) && !isLive(known));
}

export function stateWords(call) {
  if (isTalking(call)) return duration(call);
  if (isIncoming(call)) return say(isLive(call) ? "call_incoming" : call.answered ? "call_over" : `missed_${named(call)}`, { time: duration(call) });
  return say(call.status === "completed" && call.answered ? "call_over" : `call_${named(call)}`, { time: duration(call) });
}

export function duration(call) {
  if (!call.answered) return "0:00";
  const until = call.ended ? Date.parse(call.ended) : Date.now();
  const seconds = Math.max(Math.round((until - Date.parse(call.answered)) / 1000), 0);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// What the call waits for, in one short line.
export function hint({ listening, bridged }) {
  if (bridged) return say("hint_bridged");
  if (!listening) return "";
  const { keys, speech, digits, finish } = listening;
  if (keys && speech) return say("hint_both");
  if (speech) return say("hint_speech");
  if (!keys) return "";
  if (digits) return say("hint_digits", { n: digits });
  return finish ? say("hint_finish", { finish }) : say("hint_keys");
}

export function callRow(call, onOpen) {
  const words = wasMissed(call) ? stateWords(call) : say(isIncoming(call) ? "row_incoming" : "row_outgoing");
  const at = new Date(call.began).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const more = call.answered ? duration(call) : at;
  const button = h("button", { type: "button", class: wasMissed(call) ? "missed" : "", title: say("row_open"), onclick: onOpen }, icon("phone"), words, h("span", { class: "number" }, more));
  return h("li", { class: "call-row", "data-sid": call.sid }, button);
}
