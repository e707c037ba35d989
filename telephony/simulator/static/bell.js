// The bell of the whole page: while a phone rings it sounds every three seconds, and the title says whose it is.

import { playBell } from "./tones.js";
import { say } from "./words.js";

const EVERY = 3000;
const BLINK = 1000;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const title = document.title;

let ringing = "";
let timers = [];

// names: the phones that ring now; none, and all is quiet again
export function ringFor(names) {
  const words = names.length ? say("rings", { name: names.join(", ") }) : "";
  if (words === ringing) return;
  const begins = !ringing;
  ringing = words;
  document.title = words || title;
  if (!words) timers.forEach(clearInterval);
  else if (begins) ring();
}

function ring() {
  playBell();
  timers = [setInterval(playBell, EVERY), setInterval(blink, BLINK)];
}

function blink() {
  document.title = document.title === title || calm.matches ? ringing : title;
}
