// htmx, set up by <meta name="htmx-config"> in the page; the CSRF token travels with every request that writes.
import "htmx.org/dist/htmx.esm.js";

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb === "get") return;
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (field) detail.headers["X-CSRFToken"] = field.value;
});

// A request that never arrived is said in words, beside what was asked.
const LOST = ["htmx:sendError", "htmx:timeout"];
for (const name of LOST) {
  document.addEventListener(name, () => {
    const line = document.querySelector("[data-connection]");
    if (line) line.hidden = false;
  });
}
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const line = document.querySelector("[data-connection]");
  if (line && detail.successful) line.hidden = true;
});
