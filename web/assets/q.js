// A pass's QR led here. Its token stands in the fragment, which leaves the address at once: it is in no history,
// and goes to the server in the body of one question.
const page = document.getElementById("q");
const csrf = document.querySelector('meta[name="csrf-token"]').content;

page.querySelector("[data-without-script]").hidden = true;

function show(name, until = "") {
  for (const part of page.querySelectorAll("[data-outcome]")) part.hidden = part.dataset.outcome !== name;
  const words = page.querySelector("[data-words]");
  words.textContent = words.dataset.words.replace("{moment}", until);
}

async function ask(token) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  const body = JSON.stringify({ token });
  const answer = await fetch(page.dataset.check, { method: "POST", headers, body });
  if (!answer.ok && answer.status !== 400) throw new Error(String(answer.status));
  return answer.json();
}

async function check() {
  const token = location.hash.slice(1);
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  show("asking");
  try {
    const { outcome, until } = await ask(token);
    show(outcome === "mistyped" ? "no_pass" : outcome, until);
  } catch {
    show("failed");
  }
}

addEventListener("hashchange", check);
await check();
