// Russian letters from a Latin keyboard: "cel 8" -> "цел 8", "tsel' 8" -> "цель 8". Longest spelling first.

const SPELLINGS = Object.entries({
  shch: "щ", yo: "ё", zh: "ж", kh: "х", ts: "ц", ch: "ч", sh: "ш", yu: "ю", ya: "я", "''": "ъ",
  a: "а", b: "б", c: "ц", d: "д", e: "е", f: "ф", g: "г", h: "х", i: "и", j: "й", k: "к", l: "л", m: "м",
  n: "н", o: "о", p: "п", q: "к", r: "р", s: "с", t: "т", u: "у", v: "в", w: "в", x: "кс", y: "ы", z: "з", "'": "ь",
}).sort(([one], [other]) => other.length - one.length);

export function toCyrillic(text) {
  let written = "";
  for (let place = 0; place < text.length; ) {
    const rest = text.slice(place);
    const [latin, russian] = SPELLINGS.find(([spelling]) => rest.toLowerCase().startsWith(spelling)) ?? [rest[0], rest[0]];
    const capital = rest[0] !== rest[0].toLowerCase();
    written += capital ? russian[0].toUpperCase() + russian.slice(1) : russian;
    place += latin.length;
  }
  return written;
}
