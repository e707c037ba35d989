// The page of a presence check: camera and position in one session under the server's nonce, photos taken live and sent
// one by one, each again until it came. Nothing of a photo or a position is kept in the browser.
// For old telephones: Chrome and its kin from 61, Safari from 11, Firefox from 60; no syntax newer than those.
import { Camera } from "./camera.js";
import { Post } from "./posting.js";
import { Place } from "./placing.js";
import { Voice } from "./saying.js";

const page = document.getElementById("check");
const addresses = page.dataset;
const post = new Post(showNetwork);
const words = {};
for (const one of document.getElementById("check-words").content.querySelectorAll("[data-word]")) {
  words[one.dataset.word] = one.textContent;
}
/** When the eyes are photographed, in ms from the sign to close them; the sign to open them comes in between. */
const BLINK_MS = [0, 800, 1200, 2000, 2500, 3000];
const OPEN_MS = 1300;
const COUNT_DOWN = 3;

const voice = new Voice(act("speak"));
let camera = null;
let place = null;
/** What the server asks for: {nonce, poses, received}. */
let session = null;
const onTheWay = new Map();
let poorShots = 0;

function part(name) {
  return page.querySelector(`[data-${name}]`);
}

function act(name) {
  return page.querySelector(`[data-act="${name}"]`);
}

function say(text) {
  if (part("line").textContent !== text) part("line").textContent = text;
}

function hint(text) {
  if (part("hint").textContent !== text) part("hint").textContent = text;
}

function showNetwork(there) {
  if (!there) say(words.waiting);
}

function trouble(why, text) {
  if (camera) camera.stop();
  part("stage").hidden = true;
  page.classList.remove("check--on");
  for (const one of page.querySelectorAll("[data-trouble]")) one.hidden = one.dataset.trouble !== why;
  if (text) part("told").textContent = text;
  const shown = page.querySelector(`[data-trouble="${why}"]`);
  act("begin").hidden = why === "told";
  act("begin").disabled = false;
  part("intro").hidden = why === "told";
  shown.focus();
}

// The session.

async function begin() {
  act("begin").disabled = true;
  for (const one of page.querySelectorAll("[data-trouble]")) one.hidden = true;
  camera = camera || new Camera(part("video"));
  try {
    await camera.start();
  } catch (error) {
    trouble(camera.why(error));
    return;
  }
  if (!(await open())) return;
  place = new Place();
  place.watch();
  part("intro").hidden = true;
  camera.watch(showQuality);
  next();
}

/** Begins at the server, or goes on there; false where it does not wait for an answer here. */
async function open() {
  const answer = await post.json(addresses.begin, {});
  if (answer.status !== 200) {
    refused(answer);
    return false;
  }
  session = { nonce: answer.told.nonce, poses: answer.told.poses, received: new Set(answer.told.received) };
  return true;
}

function refused(answer) {
  const told = answer.told || {};
  if (told.door) location.assign(told.door);
  else if (told.why === "not_awaited") location.assign(addresses.here);
  else trouble("told", told.words || words.broken);
}

/** The poses with the steps of their photos, in the order asked for. */
function groups() {
  const found = [];
  session.poses.forEach((pose, step) => {
    const last = found[found.length - 1];
    if (last && last.pose === pose) last.steps.push(step);
    else found.push({ pose, steps: [step] });
  });
  return found;
}

function isThere(step) {
  return session.received.has(step) || onTheWay.has(step);
}

function next() {
  const all = groups();
  const number = all.findIndex((one) => !one.steps.every(isThere));
  if (number < 0) {
    finish();
    return;
  }
  waiting = false;
  camera.wake().then(
    () => show(all, number),
    () => trouble("busy"),
  );
}

function show(all, number) {
  const { pose, steps } = all[number];
  const count = part("count");
  count.textContent = count.dataset.words.replace("{number}", number + 1).replace("{all}", all.length);
  fill(part("pose"), picture(pose));
  part("stage").hidden = false;
  page.classList.add("check--on");
  act("shoot").disabled = false;
  act("shoot").onclick = () => shoot(pose, steps);
  page.dataset.pose = pose;
  part("pose").focus();
  part("stage").scrollIntoView(); // the picture and the button together
  voice.say(part("pose").textContent.replace(/\s+/g, " "));
}

function picture(pose) {
  return document.querySelector(`template[data-of="${pose}"]`).content.cloneNode(true);
}

function fill(element, content) {
  element.textContent = "";
  element.appendChild(content);
}

// One pose.

async function shoot(pose, steps) {
  act("shoot").disabled = true;
  page.dataset.pose = "";
  if (part("line").textContent === words.not_taken) say("");
  for (let left = COUNT_DOWN; left > 0; left -= 1) {
    part("down").textContent = left;
    await wait(800);
  }
  part("down").textContent = "";
  let photos;
  try {
    photos = pose === "blink" ? await blink(steps.length) : [await camera.photo()];
  } catch (error) {
    trouble("busy");
    return;
  }
  if (pose !== "blink") sign();
  const poor = camera.quality();
  if (pose === "centre" && poor && poorShots < 2) {
    poorShots += 1;
    hint(words[poor]);
    say(words.not_taken);
    voice.say(`${words.not_taken} ${words[poor]}`);
    page.dataset.pose = pose;
    act("shoot").disabled = false;
    act("shoot").focus(); // it lost it when it was disabled
    return;
  }
  poorShots = 0;
  hint(words.taken);
  steps.forEach((step, at) => send(step, photos[at]));
  next();
}

async function blink(many) {
  const photos = [];
  hint(words.shut);
  voice.say(words.shut);
  sign();
  const began = Date.now();
  for (let at = 0; at < many; at += 1) {
    const due = BLINK_MS[Math.min(at, BLINK_MS.length - 1)];
    if (at > 0 && due > OPEN_MS && BLINK_MS[at - 1] < OPEN_MS) {
      await wait(began + OPEN_MS - Date.now());
      hint(words.open);
      voice.say(words.open);
      sign();
    }
    await wait(began + due - Date.now());
    photos.push(await camera.photo());
  }
  sign();
  return photos;
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

/** For whoever looks away or has their eyes closed: a buzz, and a tone where that is possible. */
function sign() {
  if (navigator.vibrate) navigator.vibrate(120);
  camera.beep();
}

function showQuality(found) {
  if (act("shoot").disabled) return;
  hint(words[found || (camera.seesFaces ? "good" : "fit")]);
  part("stage").className = `check-stage${found ? "" : " check-stage--good"}`;
}

// Sending.

function send(step, photo) {
  const nonce = session.nonce;
  onTheWay.set(step, photo);
  showSending();
  post.photo(addresses.photos + step, photo, nonce).then((answer) => sent(step, photo, nonce, answer));
}

function sent(step, photo, nonce, answer) {
  if (onTheWay.get(step) !== photo) return;
  const why = answer.told && answer.told.why;
  const isOld = reopening !== null || nonce !== session.nonce;
  if (why === "too_slow" || (why === "elsewhere" && isOld)) {
    again(step, photo, isOld);
    return;
  }
  onTheWay.delete(step);
  if (answer.status === 200) session.received.add(step);
  else if (why === "kind" || why === "too_large") say(answer.told.words); // the pose is asked for again
  else {
    onTheWay.clear();
    refused(answer);
    return;
  }
  showSending();
  if (waiting && !onTheWay.size) next();
}

/** A new session in place of one that ended, once for all photos that were on their way in it. */
let reopening = null;

async function again(step, photo, isOld) {
  if (!isOld) reopening = open();
  const opened = await (reopening || true);
  reopening = null;
  if (opened) send(step, photo);
}

let waiting = false;

function showSending() {
  const all = session.poses.length;
  if (onTheWay.size || waiting) say(words.sending.replace("{done}", all - missing()).replace("{all}", all));
}

function missing() {
  return session.poses.filter((_, step) => !session.received.has(step)).length;
}

async function finish() {
  part("stage").hidden = true;
  waiting = onTheWay.size > 0;
  if (waiting) {
    showSending();
    return;
  }
  camera.stop();
  say(words.place);
  const found = await place.found();
  if (found.kind === "denied") say(words.place_denied);
  else if (found.accuracy > 200) say(words.place_wide);
  else say(words.handing);
  const answer = await post.json(addresses.handIn, { nonce: session.nonce, position: place.told() });
  if (answer.status === 200) location.assign(answer.told.to);
  else if (answer.told && answer.told.why === "too_slow") {
    if (await open()) finish();
  } else if (answer.told && answer.told.why === "incomplete") {
    session.received = new Set(answer.told.received);
    next();
  } else refused(answer);
}

if (Camera.isPossible()) {
  act("begin").hidden = false;
  act("begin").addEventListener("click", begin);
} else {
  trouble("old");
  act("begin").hidden = true;
}
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && camera && !part("stage").hidden) camera.wake().catch(() => trouble("busy"));
});
page.dataset.ready = "true";
