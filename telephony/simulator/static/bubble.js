// One text in a conversation: its words, the gloss, what it cost, and how far it got.

import { h } from "./dom.js";
import { language, say } from "./words.js";

const CODE = /[0-9A-ZА-ЯЁ]{4}(?:-[0-9A-ZА-ЯЁ]{4}){2,3}/g;

// glossOf: text -> English or ""; onCode: called with a pass code that was tapped
export function bubble(message, glossOf, onCode) {
  const mine = message.way === "in";
  const gloss = message.gloss || (mine ? glossOf(message.body) : "");
  const state = progress(message);
  return h(
    "li",
    { class: `bubble ${mine ? "mine" : "theirs"} ${state.mood}`, "data-sid": message.sid },
    h("p", { class: "words", dir: "auto" }, ...withCodes(message.body, onCode)),
    gloss ? h("p", { class: "gloss", lang: "en" }, gloss) : null,
    h(
      "p",
      { class: "meta" },
      h("time", { datetime: message.at }, clock(message.at)),
      h("span", { class: "price" }, `${say("segments", { n: message.segments })} · $${Number(message.price).toFixed(4)}`),
      h("span", { class: "ticks", title: state.words, "aria-label": state.words }, state.sign),
    ),
    state.mood === "lost" ? h("p", { class: "trouble" }, state.words) : null,
  );
}

function progress(message) {
  if (message.way === "in") {
    if (message.answered === null) return { mood: "waiting", sign: "◷", words: say("waiting") };
    if (message.answered) return { mood: "arrived", sign: "✓✓", words: say("handed_over") };
    return { mood: "lost", sign: "!", words: say("failed_text", { code: message.error_code }) };
  }
  const words = say(`status_${message.status}`, { code: message.error_code });
  if (message.status === "delivered") return { mood: "arrived", sign: "✓✓", words };
  if (message.status === "sent") return { mood: "waiting", sign: "✓", words };
  const lost = message.status === "undelivered" || message.status === "failed";
  return lost ? { mood: "lost", sign: "!", words } : { mood: "waiting", sign: "◷", words };
}

function withCodes(text, onCode) {
  const parts = [];
  let place = 0;
  for (const found of text.matchAll(CODE)) {
    const code = found[0];
    const button = h("button", { type: "button", class: "code", title: say("code_hint"), onclick: () => onCode(code) }, code);
    parts.push(text.slice(place, found.index), button);
    place = found.index + code.length;
  }
  return [...parts, text.slice(place)];
}

const clock = (moment) => new Date(moment).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
