// What the page says, in two languages. The chosen one is remembered by the browser.

import { english } from "./words.en.js";
import { russian } from "./words.ru.js";

const BOOKS = { en: english, ru: russian };
const KEY = "carrier.language";

export let language = localStorage.getItem(KEY) ?? (navigator.language.startsWith("ru") ? "ru" : "en");

export function speak(chosen) {
  language = chosen;
  localStorage.setItem(KEY, chosen);
}

// A sentence: {names} in it are filled from `fields`; a list of forms is chosen by the number `fields.n`.
export function say(name, fields = {}) {
  const found = BOOKS[language][name];
  const sentence = typeof found === "object" ? found[new Intl.PluralRules(language).select(fields.n)] : found;
  return sentence.replace(/\{(\w+)\}/g, (_, field) => fields[field]);
}

// Roles and Twilio's error numbers may be unknown to the book: then the given text stands for itself.
export const sayOr = (name, otherwise) => (name in BOOKS[language] ? say(name) : otherwise);
