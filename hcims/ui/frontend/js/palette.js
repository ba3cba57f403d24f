// Ctrl+K: a dialog that searches as you type. The answer is a list of links (GET returns <li><a>…), moved with arrows.
import { say, words } from "./said.js";

export function startPalette() {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const input = dialog.querySelector("input[name=q]");
  const list = dialog.querySelector("ul");
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-palette]")) openPalette();
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => move(event, input, list));
  list.addEventListener("htmx:afterSwap", () => {
    list.dataset.for = input.value;
    say(words("found", { count: list.querySelectorAll("a").length }));
  });

  function openPalette() {
    // A page that leaves htmx out to weigh less fetches it when the first search is opened.
    const later = document.querySelector("[data-htmx-later]");
    if (later) {
      import(later.dataset.htmxLater);
      later.remove();
    }
    if (!dialog.open) dialog.showModal();
    input.select();
  }
}

function move(event, input, list) {
  const links = [...list.querySelectorAll("a")];
  const here = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && links.length) {
    event.preventDefault();
    links[Math.min(here + 1, links.length - 1)].focus();
  } else if (event.key === "ArrowUp" && here >= 0) {
    event.preventDefault();
    (links[here - 1] ?? input).focus();
  } else if (event.key === "Enter" && document.activeElement === input && links.length && list.dataset.for === input.value) {
    event.preventDefault();
    links[0].click();
  } else if (here >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
    input.focus(); // typing on goes back to the words
  }
}
