// What the telephone keeps of a shift: keys, orders and the list to verify by, and looks that wait for a network.
// Looks are sealed (AES-GCM) under a key that no script can take out. `forget` leaves nothing.

const NAME = "passline-police";
const CACHE = "police";
/** Looks kept at most; the oldest stay, later ones are refused and the officer is told. */
export const MOST_LOOKS = 2000;
const KIND = new TextEncoder().encode("passline look");

let opening = null;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kept");
      asked.result.createObjectStore("looks", { autoIncrement: true });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opening;
}

function answered(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(store, mode, act) {
  const opened = await database();
  return act(opened.transaction(store, mode).objectStore(store));
}

export function kept(name) {
  return within("kept", "readonly", (store) => answered(store.get(name)));
}

export function keep(name, value) {
  return within("kept", "readwrite", (store) => answered(store.put(value, name)));
}

async function sealingKey() {
  const found = await kept("key");
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Whoever is first, in this window or another, has made the key of all.
  await within("kept", "readwrite", (store) => answered(store.add(made, "key"))).catch(() => null);
  return kept("key");
}

/** Puts a look in the queue; false where it is full. */
export async function queue(look) {
  if ((await waiting()) >= MOST_LOOKS) return false;
  const key = await sealingKey();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(look));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: KIND }, key, plain);
  await within("looks", "readwrite", (store) => answered(store.add({ iv, sealed })));
  return true;
}

export function waiting() {
  return within("looks", "readonly", (store) => answered(store.count()));
}

/** The oldest looks with their places in the queue, `most` at most; one that can't be opened any more has none. */
export async function queued(most) {
  const [places, rows] = await within("looks", "readonly", (store) =>
    Promise.all([answered(store.getAllKeys(null, most)), answered(store.getAll(null, most))]),
  );
  const key = await sealingKey();
  return Promise.all(rows.map(async (row, at) => ({ place: places[at], look: await opened(key, row) })));
}

async function opened(key, { iv, sealed }) {
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: KIND }, key, sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

export function settle(places) {
  return within("looks", "readwrite", (store) => Promise.all(places.map((place) => answered(store.delete(place)))));
}

/** Everything of the shift goes: looks, their key, keys, orders, the list, and the page itself. */
export async function forget() {
  await within("looks", "readwrite", (store) => answered(store.clear()));
  await within("kept", "readwrite", (store) => answered(store.clear()));
  if ("caches" in globalThis) await caches.delete(CACHE);
}
