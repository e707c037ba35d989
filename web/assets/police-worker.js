// The officers' page without network: its own files, and the page as it was shown last in this shift.
// What stands in SHELL (the files) and PAGE (the page's address) is written above by the server.

const CACHE = "police";
const PATIENCE_MS = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keepAll().then(() => event.source.postMessage("kept")));
});

async function keepAll() {
  const cache = await caches.open(CACHE);
  const there = (await cache.keys()).map((request) => new URL(request.url).pathname);
  for (const path of there) if (path !== PAGE && !SHELL.includes(path)) await cache.delete(path);
  await cache.addAll(SHELL.filter((path) => !there.includes(path)));
  await keepPage(await fetch(PAGE, { redirect: "manual" }));
}

/** Only the page of an open shift says that it may be kept. */
async function keepPage(answer) {
  if (answer.ok && answer.headers.get("X-Kept-For-Shift")) {
    const cache = await caches.open(CACHE);
    await cache.put(PAGE, answer.clone());
  }
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate" && path === PAGE) event.respondWith(page(request));
  else if (SHELL.includes(path)) event.respondWith(file(request));
});

async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function page(request) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(request, { signal: patience.signal });
    return answer.status >= 500 ? ((await caches.match(PAGE, { ignoreVary: true })) ?? answer) : await keepPage(answer);
  } catch {
    return (await caches.match(PAGE, { ignoreVary: true })) ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}
