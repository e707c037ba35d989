import { initAll } from "./govuk-frontend.min.js";
initAll();

for (const part of document.querySelectorAll("[data-print]")) {
  part.hidden = false;
  part.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    window.print();
  });
}

// What a reader opened in a live part stays open when the part is replaced.
document.addEventListener("htmx:before:swap", ({ detail }) => {
  for (const { fragment } of detail.tasks) {
    for (const part of fragment.querySelectorAll("details[id]")) part.open ||= Boolean(document.getElementById(part.id)?.open);
  }
});
