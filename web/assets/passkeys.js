// Passkeys: asks the server what to sign, lets the browser sign it, and goes where the server says.
const csrf = document.querySelector('meta[name="csrf-token"]').content;

async function post(url, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function make(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return navigator.credentials.create({ publicKey });
}

async function sign(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return navigator.credentials.get({ publicKey });
}

for (const part of document.querySelectorAll("[data-passkey]")) {
  const button = part.querySelector("button");
  const trouble = part.querySelector("[role=alert]");
  const act = part.dataset.passkey === "add" ? make : sign;
  part.hidden = !("PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential);
  button.addEventListener("click", async () => {
    trouble.textContent = "";
    button.disabled = true;
    try {
      const credential = await act(await post(part.dataset.options, {}));
      const beside = document.getElementById(part.dataset.with);
      const done = part.dataset.done + (beside ? `?${beside.name}=${encodeURIComponent(beside.value)}` : "");
      const { to } = await post(done, credential.toJSON());
      location.assign(to);
    } catch {
      trouble.textContent = trouble.dataset.words;
      button.disabled = false;
    }
  });
}
