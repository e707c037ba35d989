// The page: reads the carrier's state, draws phones and tools, and follows live events.

import { listen, readConversation, readExamples, readState } from "./api.js";
import { ringFor } from "./bell.js";
import { h } from "./dom.js";
import { Phone } from "./phone.js";
import { drawLog, drawTools } from "./tools.js";
import { language, say, speak } from "./words.js";

const at = (id) => document.getElementById(id);
const phones = new Map();
const desk = { service: "", url: "", examples: [], onCode: giveToOfficer };
let state = { handsets: [], faults: {}, debugger: [], counted: { in: 0, out: 0 } };

async function load() {
  state = await readState();
  desk.service = state.number;
  desk.url = state.public_url;
  for (const card of state.handsets) keepHandset(card);
  await Promise.all([...phones.values()].map(loadConversation));
  await Promise.all([...phones.values()].map((phone) => phone.line.recall()));
  draw();
  await loadExamples();
}

async function loadConversation(phone) {
  for (const message of await readConversation(phone.card.number)) phone.messages.set(message.sid, message);
}

async function loadExamples() {
  const found = await readExamples();
  if (found.regime) Object.assign(state, { regime: found.regime, title: found.title });
  if (!found.examples.length) return;
  desk.examples = found.examples;
  draw();
}

function keepHandset(card) {
  const known = phones.get(card.number);
  if (known) known.card = card;
  else phones.set(card.number, new Phone(card, desk));
}

function draw() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-words]")) element.textContent = say(element.dataset.words);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  at("regime").textContent = state.title?.[language] ?? state.title?.en ?? state.regime;
  for (const phone of phones.values()) phone.draw();
  placePhones();
  drawPanels();
  drawCounted();
}

// Moving an element would lose its scroll position, so only what is new or gone is touched.
function placePhones() {
  const wanted = [...phones.values()].map((phone) => phone.element);
  for (const element of [...at("phones").children]) if (!wanted.includes(element)) element.remove();
  for (const element of wanted) if (!element.isConnected) at("phones").append(element);
}

function drawPanels(changes = {}) {
  state = { ...state, ...changes, handsets: [...phones.values()].map((phone) => phone.card) };
  drawTools(at("tools"), state, drawPanels);
  const tabs = [...phones.values()].map((phone) => tab(phone.title, phone.element, phone.card.label));
  at("tabs").replaceChildren(...tabs, tab(say("tools"), at("tools"), "tool"));
  [...phones.values()].forEach((phone) => inView.observe(phone.element));
  inView.observe(at("tools"));
  markCalls();
}

// Phones in a call show it in their tabs; those that ring are rung for.
function markCalls() {
  const all = [...phones.values()];
  ringFor(all.filter((phone) => phone.line.rings).map((phone) => phone.title));
  for (const phone of all) {
    const own = at("tabs").querySelector(`[data-shows="${phone.element.id}"]`);
    own?.classList.toggle("rings", phone.line.rings);
    own?.classList.toggle("live", phone.line.live);
  }
}

function tab(words, target, kind) {
  const show = () => target.scrollIntoView({ behavior: "smooth", inline: "start", block: "nearest" });
  return h("button", { type: "button", class: `tab ${kind}`, "data-shows": target.id, "aria-pressed": String(target.id === viewed), onclick: show }, words);
}

function drawCounted() {
  at("counted").textContent = say("counted", state.counted);
}

function giveToOfficer(code) {
  const officer = [...phones.values()].find((phone) => phone.card.label === "officer");
  if (!officer) return;
  officer.element.scrollIntoView({ behavior: "smooth", inline: "start", block: "nearest" });
  officer.composer.write(code);
}

let pulses = 0;
let viewed = "";

// On a narrow screen one phone fills it: its tab is marked.
const inView = new IntersectionObserver((entries) => {
  viewed = entries.find((entry) => entry.isIntersecting)?.target.id ?? viewed;
  for (const one of document.querySelectorAll(".tab")) one.setAttribute("aria-pressed", String(one.dataset.shows === viewed));
}, { threshold: 0.6 });

listen({
  open: load,
  reload: load,
  message: (message) => phones.get(message.phone)?.keep(message),
  call: (call) => {
    phones.get(call.number)?.line.follow(call);
    markCalls();
  },
  debug: (entry) => {
    state.debugger = [...state.debugger, entry].slice(-100);
    drawLog(at("tools"), state, drawPanels);
  },
  faults: (faults) => drawPanels({ faults }),
  handset: (card) => {
    keepHandset(card);
    draw();
  },
  handset_gone: ({ number }) => {
    phones.delete(number);
    draw();
  },
  pulse: (counted) => {
    state.counted = counted;
    drawCounted();
    pulses += 1;
    if (!desk.examples.length && pulses % 3 === 0) loadExamples();
  },
});

at("gloss").addEventListener("click", (event) => {
  const shown = document.body.classList.toggle("no-gloss") === false;
  event.currentTarget.setAttribute("aria-pressed", String(shown));
});

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    speak(button.dataset.language);
    draw();
  });
}
