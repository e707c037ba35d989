// Is a pass genuine, and good now? No page, no network: bytes, keys, a list and a moment in, a verdict out.
// The format is that of codes/signed/token_bytes.py and codes/signed/signed_pass.py, and docs/api.md shows each byte.

const SHAPE = /^([A-Za-z0-9_-]{24,112})\.([A-Za-z0-9_-]{86})$/;
const MOST_SIGNS = 200;
const VERSION = 1;
const [TEST, WIDE, COUNT] = [0b1000, 0b0100, 0b0011];
const FIRST_YEAR = 1880;
const MOST_TAIL = 4;
const LAST_SECOND = 253402300799n; // of the year 9999
const [PLAIN, CYRILLIC, MORE, MORE_FROM] = [0x80, 0x400, 0x48a, 0xb0];
const DAY_MS = 24 * 60 * 60 * 1000;
export const LIST_LASTS_MS = DAY_MS;
/** A new key is public for an hour before it signs: who fetched the keys later than that knows all that sign. */
export const KEYS_LAST_MS = 60 * 60 * 1000;

export function bytesOf(base64url) {
  const text = base64url.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

export function textOf(bytes) {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The token in what a camera read: behind the # of the address, or the whole text. */
export function tokenIn(text) {
  const trimmed = text.trim();
  return trimmed.slice(trimmed.lastIndexOf("#") + 1);
}

/** The parts of a token that is spelt as we spell it, or null: each has one spelling. */
function parts(text) {
  const found = text.length <= MOST_SIGNS ? SHAPE.exec(text) : null;
  if (!found) return null;
  const [, said, signature] = found;
  if (said.length % 4 === 1) return null;
  const payload = bytesOf(said);
  const signed = bytesOf(signature);
  if (textOf(payload) !== said || textOf(signed) !== signature) return null;
  return { payload, signed, message: new TextEncoder().encode(said) };
}

/** A number of seven bits a byte, the lowest first; throws where it is not written in the one way there is. */
export function readVarint(bytes, start) {
  let number = 0n;
  for (let place = start, shift = 0n; place < bytes.length && shift < 70n; place += 1, shift += 7n) {
    const byte = bytes[place];
    number |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) {
      if ((byte === 0 && place > start) || number >= 1n << 64n) break;
      return [number, place + 1];
    }
  }
  throw new RangeError("no number");
}

/** What a token says, or null for anything that we would not have written. */
export function unpack(bytes) {
  try {
    return unpacked(bytes);
  } catch {
    return null;
  }
}

function unpacked(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = bytes[0];
  if (flags >> 4 !== VERSION) return null;
  const start = view.getUint32(10);
  const numbers = [];
  let place = 14;
  for (let count = 0; count < 4; count += 1) {
    const [number, next] = readVarint(bytes, place);
    numbers.push(number);
    place = next;
  }
  if (place >= bytes.length) return null;
  const [length, purpose, regime, zones] = numbers;
  const until = BigInt(start) + length;
  if (until > LAST_SECOND) return null;
  const signs = [...signsOf(bytes.subarray(place + 1), (flags & WIDE) !== 0)];
  const count = flags & COUNT;
  if (signs.length < count || signs.length > count + MOST_TAIL) return null;
  return {
    keyId: bytes[1],
    test: (flags & TEST) !== 0,
    serial: view.getBigUint64(2),
    from: start * 1000,
    until: Number(until) * 1000,
    purpose: String(purpose),
    regime: String(regime),
    zones,
    initials: signs.slice(0, count).join(""),
    tail: signs.slice(count).join(""),
    birthYear: bytes[place] ? bytes[place] + FIRST_YEAR : null,
  };
}

function signsOf(bytes, wide) {
  if (!wide) return Array.from(bytes, (byte) => String.fromCharCode(point(byte))).join("");
  const text = new TextDecoder("utf-16be", { fatal: true, ignoreBOM: true }).decode(bytes);
  if ([...text].every((sign) => narrow(sign.codePointAt(0)))) throw new RangeError("written wide for nothing");
  return text;
}

function point(byte) {
  if (byte < PLAIN) return byte;
  return byte < MORE_FROM ? byte - PLAIN + CYRILLIC : (byte - MORE_FROM) * 2 + MORE;
}

function narrow(code) {
  const cyrillic = code >= CYRILLIC && code < CYRILLIC + 0x30;
  return code < PLAIN || cyrillic || (code >= MORE && code <= 0x528 && code % 2 === 0);
}

let known = null;

/** How Ed25519 is verified here: by the browser, or by @noble/ed25519 where it can't. */
async function verifier() {
  if (known) return known;
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32), { name: "Ed25519" }, false, ["verify"]);
    known = byBrowser;
  } catch {
    known = await byNoble();
  }
  return known;
}

const imported = new Map();

async function byBrowser(raw, signature, message) {
  const name = textOf(raw);
  if (!imported.has(name)) {
    imported.set(name, await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]));
  }
  return crypto.subtle.verify({ name: "Ed25519" }, imported.get(name), signature, message);
}

async function byNoble() {
  const { verifyAsync } = await import("./noble-ed25519.js");
  return async (raw, signature, message) => {
    try {
      return await verifyAsync(signature, message, raw, { zip215: false });
    } catch {
      return false;
    }
  };
}

/** Verifies by @noble/ed25519 from now on: for browsers without Ed25519, and for proofs. */
export async function useNoble() {
  known = await byNoble();
}

export async function isSigned(key, signature, message) {
  const verify = await verifier();
  return verify(bytesOf(key.key), signature, message);
}

/** What a token says and whether it is genuine: malformed, test, unknown_key, forged or genuine. */
export async function readToken(text, keys) {
  const found = parts(text);
  const token = found && unpack(found.payload);
  if (!token) return { kind: "malformed" };
  if (token.test && !keys.some((key) => key.test)) return { kind: "test" };
  const key = keys.find((one) => one.id === token.keyId);
  if (!key) return { kind: "unknown_key" };
  if (key.test !== token.test || !(await isSigned(key, found.signed, found.message))) return { kind: "forged" };
  return { kind: "genuine", token };
}

/** Whether a sorted BigUint64Array holds a serial. */
export function holds(serials, serial) {
  let [low, high] = [0, serials.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (serials[middle] < serial) low = middle + 1;
    else high = middle;
  }
  return low < serials.length && serials[low] === serial;
}

/**
 * A verdict without network. `known`: keys, keysAt (when they were fetched), list ({serials, freshAt} or null; freshAt: as of when it is whole), zone (the
 * shift's, or null), orders (by version: {zones: [key, ...]}). `now` in ms; `doubtful`: the clock can't be trusted.
 */
export async function judge(text, known, now, doubtful) {
  const read = await readToken(tokenIn(text), known.keys);
  if (read.kind === "malformed") return { kind: "no_pass", mark: "amber" };
  if (read.kind === "unknown_key") {
    const surely = !doubtful && now - known.keysAt >= 0 && now - known.keysAt < KEYS_LAST_MS;
    return surely ? { kind: "forged", mark: "red" } : { kind: "unknown_key", mark: "amber" };
  }
  if (read.kind !== "genuine") return { kind: read.kind, mark: "red" };
  const kind = goodness(read.token, known, now, doubtful);
  const mark = { valid: "green", expired: "red" }[kind] ?? "amber";
  return { kind, mark, token: read.token };
}

function goodness(token, known, now, doubtful) {
  if (!doubtful && now >= token.until) return "expired";
  if (known.list && holds(known.list.serials, token.serial)) return "listed";
  if (doubtful) return "doubtful_clock";
  if (now < token.from) return "not_yet_valid";
  if (wrongZone(token, known)) return "wrong_zone";
  const age = known.list ? now - known.list.freshAt : Infinity;
  return age >= 0 && age < LIST_LASTS_MS ? "valid" : "old_list";
}

function wrongZone(token, known) {
  const zones = known.orders[token.regime]?.zones;
  if (!token.zones || !known.zone || !zones) return false;
  const place = zones.indexOf(known.zone);
  return place < 0 || ((token.zones >> BigInt(place)) & 1n) === 0n;
}
