// The officers' page: what was typed or scanned goes to the server; without network the telephone judges, and keeps the
// look until there is one. Words and looks come from the page's templates; nothing here speaks.
import { isSound } from "./codes.js";
import { forget, keep, kept, MOST_LOOKS, queue, queued, settle, waiting } from "./keeping.js";
import { readList } from "./revocations.js";
import { judge } from "./verifying.js";

const page = document.getElementById("police");
const verdict = document.getElementById("verdict");
const place = page.dataset;
const language = document.documentElement.lang;
const ASK_MS = 3000;
const SYNC_MS = 60_000;
const TICK_MS = 5000;
const AT_ONCE = 100;
const LONGER_THAN_CODES = 60;
const CLOCK_OFF_MS = 5 * 60_000;

let csrf = document.querySelector('meta[name="csrf-token"]').content;
/** What the telephone verifies by; see verifying.js. */
let known = { keys: [], keysAt: 0, list: null, zone: null, orders: {} };
let shapes = [];
let shift = null;
/** Server's time minus the telephone's, in ms, and the latest moment that surely was. */
let clock = { offset: 0, latest: 0, wrong: false };
let reached = navigator.onLine;
let scanner = null;
let sound = null;
let turn = 0;

// Time: the server's, carried on by the telephone's clock. Where that runs back, nothing is certain.

function now() {
  return Date.now() + clock.offset;
}

function doubtful() {
  return clock.wrong || now() < clock.latest - CLOCK_OFF_MS;
}

async function noteTime() {
  if (now() <= clock.latest) return;
  clock.latest = now();
  await keep("clock", clock);
}

async function setClock(serverTime) {
  const offset = serverTime - Date.now();
  clock = { offset, latest: Math.max(serverTime, 0), wrong: false };
  await keep("clock", clock);
}

// Asking the server.

async function ask(address, body, patience = ASK_MS) {
  const options = { redirect: "manual", signal: AbortSignal.timeout(patience), cache: "no-store" };
  if (body !== undefined) {
    options.method = "POST";
    options.headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(address, options);
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    await over();
    throw new Error("signed out");
  }
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

async function sync() {
  try {
    const state = await (await ask(place.state)).json();
    await begin(state);
    reached = true;
    await fetchList();
    await handIn();
  } catch {
    reached = false;
  }
  await showState();
}

/** Takes over what the server says of the shift; what another shift left on this telephone goes first. */
async function begin(state) {
  if (!state.shift) return over();
  const before = await kept("shift");
  if (before && before.id !== state.shift.id) await forget();
  csrf = state.csrf;
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = csrf;
  shift = { id: state.shift.id, until: Date.parse(state.shift.until) };
  shapes = state.shapes;
  known = { ...known, keys: state.keys, zone: state.shift.zone, orders: state.orders };
  await setClock(Date.parse(state.now));
  known.keysAt = now();
  page.dataset.keys = known.keys.length;
  await Promise.all([
    keep("shift", shift),
    keep("known", { keys: known.keys, keysAt: known.keysAt, zone: known.zone, orders: known.orders, shapes }),
  ]);
}

/** An older list, or one that none of the keys signed, changes nothing. */
async function fetchList() {
  const since = known.list ? `?since=${encodeURIComponent(known.list.mark)}` : "";
  const answer = await ask(place.revocations + since, undefined, 30_000);
  if (answer.status === 204) {
    known.list.freshAt = now();
    await keep("fresh", known.list.freshAt);
    return;
  }
  const list = await readList(new Uint8Array(await answer.arrayBuffer()), known.keys, known.list);
  if (!list) return;
  known.list = { ...list, freshAt: list.madeAt, mark: answer.headers.get("X-List-Mark") };
  await keep("list", known.list);
}

async function handIn() {
  while (await waiting()) {
    const looks = await queued(AT_ONCE);
    const fit = looks.filter((one) => one.look).map((one) => one.look);
    const { settled } = fit.length ? await (await ask(place.handedIn, { looks: fit }, 30_000)).json() : { settled: [] };
    const done = looks.filter((one) => !one.look || settled.includes(one.look.nonce));
    if (!done.length) return;
    await settle(done.map((one) => one.place));
  }
}

/** What the telephone knew before this page was loaded. */
async function recall() {
  const names = ["shift", "known", "list", "clock", "fresh"];
  const [oldShift, old, list, oldClock, fresh] = await Promise.all(names.map(kept));
  if (oldClock) clock = oldClock;
  if (!oldShift || !old) return;
  shift = oldShift;
  shapes = old.shapes;
  known = { ...known, ...old, list: list ? { ...list, freshAt: Math.max(list.freshAt, fresh ?? 0) } : null };
}

async function over() {
  scanner?.stop();
  shift = null;
  await forget();
  if (reached) location.assign(place.signIn);
  verdict.replaceChildren(document.querySelector("template[data-over]").content.cloneNode(true));
  for (const part of page.querySelectorAll("[data-needs-script], [data-type]")) part.hidden = true;
  verdict.focus(); // what had it is hidden now
}

// Looking.

async function look(kind, typed) {
  const mine = ++turn;
  const nonce = crypto.randomUUID();
  const seenAt = now();
  const asked = { kind, typed, nonce };
  let told = null;
  if (reached || navigator.onLine) told = await lookOnline(asked);
  told ??= await lookOffline(asked, seenAt);
  if (mine === turn) show(told);
  await showState();
}

/** A scanner with a cable types what a QR says. */
function isToken(typed) {
  return typed.includes("#") && typed.length > LONGER_THAN_CODES;
}

async function lookOnline(asked) {
  try {
    const answer = await (await ask(place.look, asked)).json();
    reached = true;
    return answer;
  } catch {
    reached = false;
    return null;
  }
}

async function lookOffline(asked, seenAt) {
  await noteTime();
  const began = performance.now();
  const told = await judged(asked, seenAt);
  page.dataset.tookMs = String(performance.now() - began);
  const look = { ...asked, seen_at: new Date(seenAt).toISOString(), told: told.mark };
  if (told.kind !== "no_pass" && told.kind !== "mistyped") await queue(look);
  return { ...told, offline: true };
}

async function judged(asked, seenAt) {
  if (asked.kind === "code") {
    const sound = isSound(asked.typed, shapes);
    return { kind: sound ? "unasked" : "mistyped", mark: "amber", shown: asked.typed };
  }
  if (asked.kind !== "token") return { kind: "unasked", mark: "amber", shown: asked.typed };
  const { kind, mark, token } = await judge(asked.typed, known, seenAt, doubtful());
  if (!token) return { kind, mark };
  const purpose = known.orders[token.regime]?.purposes[token.purpose] ?? "";
  const initials = Array.from(token.initials, (letter) => `${letter}.`).join("");
  return { kind, mark, purpose, from: token.from, until: token.until, initials, tail: token.tail };
}

// Showing.

const moments = new Intl.DateTimeFormat("en", {
  ...{ day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  timeZone: place.timeZone,
});

/** As language/moments.py writes it: 15:40 today, else 23.11 10:00; an end at midnight is 24:00 of the day that ends. */
function moment(value, isEnd = false) {
  if (!value) return "";
  const at = new Date(value).getTime();
  const clock = time(at);
  if (isEnd && clock === "00:00") return dated(at - 1, "24:00");
  return dated(at, clock);
}

function dated(at, clock) {
  return day(at) === day(now()) ? clock : `${day(at)} ${clock}`;
}

function day(at) {
  const found = parts(at);
  return `${found.day}.${found.month}`;
}

function time(at) {
  const found = parts(at);
  return `${found.hour}:${found.minute}`;
}

function parts(at) {
  return Object.fromEntries(moments.formatToParts(at).map(({ type, value }) => [type, value]));
}

function show(told) {
  const name = told.bar ? `[data-bar="${told.bar}"]` : `[data-verdict="${told.kind}"]`;
  const template = document.querySelector(`template${name}`);
  const part = template.content.cloneNode(true);
  const mark = told.mark ?? template.dataset.mark;
  const slots = {
    shown: told.shown,
    who: [told.initials, told.tail && `…${told.tail}`].filter(Boolean).join(" "),
    purpose: told.purpose,
    starts: moment(told.from),
    ends: moment(told.until, true),
  };
  for (const [slot, text] of Object.entries(slots)) fill(part, slot, text);
  for (const row of ["grace", "locked", "offline"]) part.querySelector(`[data-row="${row}"]`).hidden = !told[row];
  const panel = part.querySelector(".verdict");
  panel.className = `verdict verdict--${mark}`;
  panel.querySelector(".verdict__symbol").textContent = document.querySelector("template[data-symbols]").dataset[mark];
  verdict.replaceChildren(part);
  signal(mark);
}

function fill(part, slot, text) {
  part.querySelector(`[data-slot="${slot}"]`).textContent = text ?? "";
  const row = part.querySelector(`[data-row="${slot}"]`);
  if (row) row.hidden = !text;
}

const TONES = { green: [[880, 0.12]], amber: [[520, 0.12], [520, 0.12]], red: [[220, 0.5]] };
const BUZZ = { green: [80], amber: [80, 80, 80], red: [400] };

/** For ears and the hand: so that nobody has to look at the screen for each of many. */
function signal(mark) {
  navigator.vibrate?.(BUZZ[mark]);
  if (!sound) return;
  let at = sound.currentTime;
  for (const [pitch, seconds] of TONES[mark]) {
    const tone = new OscillatorNode(sound, { frequency: pitch });
    tone.connect(sound.destination);
    tone.start(at);
    tone.stop(at + seconds);
    at += seconds + 0.08;
  }
}

async function showState() {
  const online = reached && navigator.onLine;
  page.querySelector('[data-state-of="online"]').hidden = !online;
  page.querySelector('[data-state-of="offline"]').hidden = online;
  page.querySelector("[data-doubtful]").hidden = !doubtful();
  const age = page.querySelector("[data-list-age]");
  age.textContent = known.list ? age.dataset.words.replace("{age}", span(now() - known.list.freshAt)) : age.dataset.none;
  const count = await waiting();
  const line = page.querySelector("[data-waiting]");
  line.hidden = !count;
  const words = count >= MOST_LOOKS ? line.dataset.full : line.dataset.words;
  line.textContent = words.replace("{count}", count);
}

function span(ms) {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  const [value, unit] =
    minutes < 60 ? [minutes, "minute"] : minutes < 2880 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
  // Not every browser knows Tatar units; it would say them in English, in the middle of a Tatar sentence.
  const words = page.querySelector("[data-list-age]").dataset[unit];
  if (!Intl.NumberFormat.supportedLocalesOf(language).length) return words.replace("{count}", value);
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(value);
}

// Acting.

async function scan() {
  const trouble = page.querySelector("[data-no-camera]");
  trouble.textContent = "";
  sound ??= new AudioContext();
  try {
    const { Scanner } = await import("./scanning.js");
    scanner ??= new Scanner(page.querySelector("video"), place.wasm, (text) => look("token", text));
    await scanner.start();
  } catch {
    scanner?.stop();
    trouble.textContent = trouble.dataset.words;
  }
  showScanner();
}

function showScanner() {
  const running = Boolean(scanner?.running);
  const [start, stop] = ["scan", "stop"].map((act) => page.querySelector(`[data-act="${act}"]`));
  const pressed = [start, stop].includes(document.activeElement);
  page.querySelector("video").hidden = !running;
  start.hidden = running;
  stop.hidden = !running;
  page.querySelector('[data-act="light"]').hidden = !(running && scanner.hasTorch);
  if (pressed) (running ? stop : start).focus();
}

async function light(button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  await scanner.light(on);
  button.setAttribute("aria-pressed", String(on));
}

page.querySelector('[data-act="scan"]').addEventListener("click", scan);
page.querySelector('[data-act="stop"]').addEventListener("click", () => {
  scanner.stop();
  showScanner();
});
page.querySelector('[data-act="light"]').addEventListener("click", (event) => light(event.currentTarget));
page.querySelector("[data-type]").addEventListener("submit", (event) => {
  const form = event.currentTarget;
  const typed = form.elements.typed.value.trim();
  if (!typed && reached && navigator.onLine) return; // the server says what is missing
  event.preventDefault();
  const kind = (typed && form.querySelector("[name=kind]:checked")?.value) || "code";
  look(kind === "code" && isToken(typed) ? "token" : kind, typed);
  form.elements.typed.select();
});
for (const form of document.querySelectorAll("form[data-signs-out]")) form.addEventListener("submit", signOut);

/** First what waits is handed in; then the telephone forgets, and the server too. */
async function signOut(event) {
  event.preventDefault();
  const form = event.currentTarget;
  await sync();
  if (!reached) return over();
  scanner?.stop();
  await forget();
  form.submit();
}

async function tick() {
  await noteTime();
  if (shift && !doubtful() && now() >= shift.until) await over();
  else await showState();
}

await recall();
for (const part of page.querySelectorAll("[data-needs-script]")) part.hidden = false;
await tick();
if (shift || navigator.onLine) await sync();
setInterval(tick, TICK_MS);
setInterval(sync, SYNC_MS);
addEventListener("online", sync);
addEventListener("offline", () => {
  reached = false;
  showState();
});
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.addEventListener("message", () => {
    page.dataset.kept = "true";
  });
  navigator.serviceWorker.startMessages();
  await navigator.serviceWorker.register(place.worker, { scope: location.pathname });
  const registration = await navigator.serviceWorker.ready;
  if (shift) registration.active.postMessage("keep");
}
page.dataset.ready = "true";
