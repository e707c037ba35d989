// Where the telephone is, told while the page is open and in front. Nothing of it is kept in the browser: what could not
// be sent waits in memory. Written for browsers of many years ago.

const OLDEST_S = 900;
const MOST = 100;
const SHARP_M = 20;
const AGAIN_S = 60;
const PAGE_LASTS_MS = 3600000;
const WHY = { 1: "denied", 2: "unavailable", 3: "timeout" };

const part = document.querySelector("[data-place]");
const queue = [];
const opened = Date.now();
let csrf = document.querySelector("meta[name=csrf-token]").content;
let ahead = part ? Number(part.dataset.now) - opened : 0;
let on = false;
let wanted = true;
let watch = null;
let patience = 0;
let next = 0;
let dueAt = 0;
let sending = false;
let awake = null;
let wantsAwake = false;

const found = (name) => part.querySelector(name);

function say(name, moment) {
  for (const one of part.querySelectorAll("[data-say]")) one.hidden = one.dataset.say !== name;
  for (const one of part.querySelectorAll("[data-fill]")) one.textContent = moment || one.textContent;
}

/** Our time in milliseconds, whatever this telephone's clock says. */
const now = () => Date.now() + ahead;

function later(seconds) {
  clearTimeout(next);
  dueAt = Date.now() + seconds * 1000;
  next = setTimeout(tick, seconds * 1000);
}

/** Where nothing is wanted, the page asks only whether that has changed. */
function tick() {
  if (!on || document.hidden) return;
  if (wanted) look();
  else send(null, null);
}

/** One observation: half a minute, of which the best fix counts. */
function look() {
  if (watch !== null) return;
  let best = null;
  let why = "timeout";
  const longest = Number(part.dataset.watchS) * 1000;
  say("looking");
  const end = () => {
    stop();
    if (best) queue.push(best);
    send(best ? null : why, best);
  };
  watch = navigator.geolocation.watchPosition(
    ({ coords }) => {
      const { latitude: lat, longitude: lon, accuracy } = coords;
      if (!best || accuracy < best.accuracy) best = { t: now() / 1000, lat, lon, accuracy };
      if (accuracy <= SHARP_M) end();
    },
    (error) => {
      why = WHY[error.code] || "unavailable";
      if (error.code === 1) end();
    },
    { enableHighAccuracy: true, maximumAge: 0, timeout: longest },
  );
  patience = setTimeout(end, longest);
}

function stop() {
  if (watch !== null) navigator.geolocation.clearWatch(watch);
  clearTimeout(patience);
  watch = null;
}

async function send(noPosition, best) {
  if (sending) return;
  sending = true;
  while (queue.length > MOST || (queue.length && queue[0].t < now() / 1000 - OLDEST_S)) queue.shift();
  const fixes = queue.slice();
  const body = { case: part.dataset.case, fixes };
  if (noPosition) body.no_position = noPosition;
  try {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf, "X-Requested-With": "script" };
    const sent = { method: "POST", credentials: "same-origin", headers, body: JSON.stringify(body) };
    await heard(await fetch(part.dataset.place, sent), fixes, noPosition, best);
  } catch (_error) {
    say("waiting");
    later(AGAIN_S);
  }
  sending = false;
}

async function heard(answer, fixes, noPosition, best) {
  if (answer.status === 401) return location.assign((await answer.json()).door);
  if (answer.status === 400 && Date.now() - opened > PAGE_LASTS_MS) return location.reload();
  if (!answer.ok) return later(AGAIN_S);
  const told = await answer.json();
  queue.splice(0, fixes.length);
  csrf = told.csrf;
  ahead = told.now - Date.now();
  if (!told.wanted) say("resting");
  else if (noPosition) say(noPosition);
  else if (best) say(best.accuracy > Number(part.dataset.wideM) ? "wide" : "told", told.told);
  wanted = told.wanted;
  on = noPosition !== "denied";
  found("[data-act=begin]").hidden = on;
  if (on) later(told.next_s);
}

function begin() {
  on = true;
  found("[data-act=begin]").hidden = true;
  look();
}

async function allowed() {
  try {
    return (await navigator.permissions.query({ name: "geolocation" })).state === "granted";
  } catch (_error) {
    return false;
  }
}

async function keepAwake() {
  try {
    awake = wantsAwake && !document.hidden ? await navigator.wakeLock.request("screen") : null;
  } catch (_error) {
    wantsAwake = false;
  }
  found("[data-act=awake]").setAttribute("aria-pressed", String(wantsAwake));
}

async function start() {
  found("[data-act=begin]").addEventListener("click", begin);
  if ("wakeLock" in navigator) {
    found("[data-act=awake]").hidden = false;
    found("[data-act=awake]").addEventListener("click", () => {
      wantsAwake = !wantsAwake;
      if (awake) awake.release();
      keepAwake();
    });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return stop();
    if (wantsAwake) keepAwake();
    if (Date.now() >= dueAt) tick();
  });
  window.addEventListener("online", () => {
    if (on && queue.length) send(null, queue[queue.length - 1]);
  });
  if (await allowed()) return begin();
  say("off");
  found("[data-act=begin]").hidden = false;
}

if (part) "geolocation" in navigator ? start() : say("old");
