import { initAll } from "./govuk-frontend.min.js";
initAll();

for (const part of document.querySelectorAll("[data-print]")) {
  part.hidden = false;
  part.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    window.print();
  });
}
