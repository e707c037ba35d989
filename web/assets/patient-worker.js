// The patient's page without network: whom to call, and what to text. Nothing of any patient is kept: only this page and
// its files. What stands in SHELL (the files), OFFLINE (the page) and SCOPE is written above by the server.

const CACHE = "patient";

self.addEventListener("install", (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keepAll());
});

/** The page anew each time, since numbers and language may change; files once, since their names do then. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  const there = (await cache.keys()).map((request) => new URL(request.url).pathname);
  for (const path of there) if (path !== OFFLINE && !SHELL.includes(path)) await cache.delete(path);
  await cache.addAll(SHELL.filter((path) => !there.includes(path)));
  await cache.add(new Request(OFFLINE, { cache: "reload" }));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && (url.pathname === SCOPE || url.pathname.startsWith(`${SCOPE}/`)))
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE, { ignoreVary: true })));
  else if (SHELL.includes(url.pathname)) event.respondWith(file(request));
});

async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) || fetch(request);
}
