// Reading aloud with the browser's own voices. Off until switched on, and remembered; one switch for all phones of the page.

const KEY = "carrier.voice";
const CYRILLIC = /[а-яё]/i;
const speaker = window.speechSynthesis;
const followers = new Set();

let on = localStorage.getItem(KEY) === "on";

export const hasVoice = Boolean(speaker);
export const isVoiceOn = () => on;

export function switchVoice() {
  on = !on;
  localStorage.setItem(KEY, on ? "on" : "off");
  if (!on) hush();
  followers.forEach((follow) => follow());
}

export const onVoice = (follow) => followers.add(follow);

// line: { text, language }
export function readAloud({ text, language }) {
  if (!hasVoice || !on || !text) return;
  const words = new SpeechSynthesisUtterance(text);
  words.lang = language || (CYRILLIC.test(text) ? "ru-RU" : "en-US");
  words.voice = voiceFor(words.lang) ?? null;
  speaker.speak(words);
}

export const hush = () => speaker?.cancel();

function voiceFor(wanted) {
  const voices = speaker.getVoices();
  const near = (voice) => voice.lang.replace("_", "-").slice(0, 2) === wanted.slice(0, 2);
  return voices.find((voice) => voice.lang.replace("_", "-") === wanted) ?? voices.find(near);
}
