// `/` goes to the search box, `l` to the list, `?` shows the list of keys. Single keys can be switched off (WCAG 2.1.4).
const OFF = "hcims-single-keys-off";

const stored = () => {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
};

export function startShortcuts() {
  const dialog = document.getElementById("shortcuts");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || stored()) return;
    if (event.key === "/") focusSearch(event);
    if (event.key === "l") focusList(event);
    if (event.key === "?" && dialog) {
      event.preventDefault();
      dialog.showModal();
    }
  });
  if (!dialog) return;
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-shortcuts]")) dialog.showModal();
    if (event.target === dialog || event.target.closest?.("[data-close]")?.closest("dialog") === dialog) dialog.close();
  });
  const box = dialog.querySelector("[data-single-keys]");
  if (!box) return;
  box.checked = !stored();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, box.checked ? "no" : "yes");
    } catch {
      box.checked = true; // the browser keeps nothing: the keys stay on
    }
  });
}

function focusSearch(event) {
  const box = document.querySelector(".top-search input, [data-search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

/** The first list of the page; from there the arrow keys go into its cells. */
function focusList(event) {
  const list = document.querySelector("dialog[open]") ? null : document.querySelector("table[data-grid]")?.closest(".table-wrap");
  if (!list) return;
  event.preventDefault();
  list.focus();
}

function typing(element) {
  return element.matches?.("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");
}
