// The signed list of withdrawn passes, as codes/signed/revocation_bytes.py writes it and docs/api.md shows it.
// A million serials are read in a moment: numbers of 32 bits, no BigInt a serial.
import { isSigned } from "./verifying.js";

const MAGIC = "PLRV";
const VERSION = 1;
const [TEST, PLAIN] = [0b01, 0b10];
const HEAD = 27;
const SIGNATURE = 64;

/**
 * The list in `bytes`, put together with the one `known` where it only tells what came since; null where none of `keys`
 * signed it, where it is not whole, older than what is known, or leaves a gap. {serials, madeAt}, madeAt in ms.
 */
export async function readList(bytes, keys, known) {
  const head = headOf(bytes);
  const key = head && keys.find((one) => one.id === head.keyId && one.test === head.test);
  if (!key) return null;
  const signed = bytes.subarray(0, bytes.length - SIGNATURE);
  if (!(await isSigned(key, bytes.subarray(bytes.length - SIGNATURE), signed))) return null;
  if (known && head.madeAt < known.madeAt) return null;
  if (head.since && (!known || head.since > known.madeAt)) return null;
  const body = signed.subarray(HEAD);
  const serials = head.plain ? plainSerials(body, head.count) : steppedSerials(body, head.count);
  if (!serials) return null;
  return { serials: head.since ? merged(known.serials, serials) : serials, madeAt: head.madeAt };
}

function headOf(bytes) {
  if (bytes.length < HEAD + SIGNATURE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD);
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic !== MAGIC || view.getUint8(4) !== VERSION) return null;
  const flags = view.getUint8(5);
  return {
    test: (flags & TEST) !== 0,
    plain: (flags & PLAIN) !== 0,
    keyId: view.getUint8(6),
    madeAt: Number(view.getBigUint64(7)),
    since: Number(view.getBigUint64(15)),
    count: view.getUint32(23),
  };
}

function plainSerials(body, count) {
  if (body.length !== count * 8) return null;
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const serials = new BigUint64Array(count);
  for (let place = 0; place < count; place += 1) serials[place] = view.getBigUint64(place * 8);
  return serials;
}

/** Distances as varints, summed up in two halves of 32 bits. */
function steppedSerials(body, count) {
  if (count > body.length) return null;
  const halves = new DataView(new ArrayBuffer(count * 8));
  let [low, high, place] = [0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    let [stepLow, stepHigh, shift, byte] = [0, 0, 0, 0x80];
    while (byte >= 0x80) {
      if (place >= body.length || shift > 63) return null;
      byte = body[place];
      place += 1;
      const bits = byte & 0x7f;
      if (shift < 32) stepLow += shift === 28 ? (bits & 0xf) * 2 ** 28 : bits * 2 ** shift;
      if (shift === 28) stepHigh += bits >> 4;
      if (shift > 28) stepHigh += bits * 2 ** (shift - 32);
      shift += 7;
    }
    low += stepLow;
    high += stepHigh;
    if (low >= 2 ** 32) {
      low -= 2 ** 32;
      high += 1;
    }
    if (high >= 2 ** 32) return null;
    halves.setUint32(index * 8, low, true);
    halves.setUint32(index * 8 + 4, high, true);
  }
  return place === body.length ? inOwnOrder(halves) : null;
}

/** Little-endian pairs as this machine's own 64-bit numbers. */
function inOwnOrder(halves) {
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] === 1) return new BigUint64Array(halves.buffer);
  return BigUint64Array.from({ length: halves.byteLength / 8 }, (_, place) => halves.getBigUint64(place * 8, true));
}

/** Two sorted arrays as one, each serial once. */
function merged(one, other) {
  const both = new BigUint64Array(one.length + other.length);
  let [left, right, count] = [0, 0, 0];
  while (left < one.length || right < other.length) {
    const next = right >= other.length || (left < one.length && one[left] <= other[right]) ? one[left++] : other[right++];
    if (!count || both[count - 1] !== next) both[count++] = next;
  }
  return both.slice(0, count);
}
