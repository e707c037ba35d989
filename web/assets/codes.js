// Codes as people type them, folded as codes/code.py folds them, and whether the check character fits.

const ALPHABET = "123456789AEKMHPCTYX";
const PREFIX_SIGNS = 4;
const LOOK_ALIKE = new Map([
  ...Array.from("АЕКМНРСТУХ", (sign, place) => [sign, "AEKMHPCTYX"[place]]),
  ...Object.entries({ В: "8", B: "8", З: "3", Ч: "4", I: "1", L: "1", "|": "1", S: "5", Z: "2", О: "0", O: "0" }),
]);
const SEPARATORS = /[\s\-‐-―−_./·*#:;,]+/gu;

export function fold(typed) {
  const text = typed.normalize("NFKC").replaceAll("б", "6").toUpperCase();
  return Array.from(text, (sign) => LOOK_ALIKE.get(sign) ?? sign)
    .join("")
    .replace(SEPARATORS, "");
}

/** Whether some code of one of these shapes ({signs, prefix}) is like this. */
export function isSound(typed, shapes) {
  const text = fold(typed);
  return shapes.some((shape) => fits(text, shape));
}

function fits(text, shape) {
  const before = shape.prefix ? PREFIX_SIGNS : 0;
  if (text.length !== before + shape.signs + 1 || !/^[0-9]*$/.test(text.slice(0, before))) return false;
  let check = 0;
  for (const sign of text.slice(before)) {
    const value = ALPHABET.indexOf(sign);
    if (value < 0) return false;
    check = (2 * check + value) % ALPHABET.length;
  }
  return check === 1;
}
