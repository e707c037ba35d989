// Puts the patient's page on the home screen where the browser offers it, and readies the page for times without network.
// Written for browsers of many years ago.

const part = document.querySelector("[data-worker]");
let offered = null;

async function ready() {
  const kept = await navigator.serviceWorker.register(part.dataset.worker, { scope: part.dataset.scope });
  if (kept.active) kept.active.postMessage("keep");
}

/** Whoever closes the page on this telephone leaves nothing of it there. */
async function forget() {
  const kept = await navigator.serviceWorker.getRegistration(part.dataset.scope);
  if (kept) await kept.unregister();
  await caches.delete("patient");
}

if (part && "serviceWorker" in navigator) {
  ready().catch(() => {});
  const button = part.querySelector("[data-act=install]");
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offered = event;
    button.hidden = false;
  });
  button.addEventListener("click", () => {
    button.hidden = true;
    if (offered) offered.prompt();
    offered = null;
  });
  document.querySelector("form[data-leaves]").addEventListener("submit", () => {
    forget().catch(() => {});
  });
}
