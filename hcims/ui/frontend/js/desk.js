// Desk pages: spreadsheet keys in lists, bulk selection, pasting blocks, the command palette and its shortcuts.
import { startBulk } from "./bulk.js";
import { startGrids } from "./grid.js";
import { startPalette } from "./palette.js";
import { startPasting } from "./paste-grid.js";
import { startRest } from "./rest.js";
import { startShortcuts } from "./shortcuts.js";

// On a small screen the list comes before its filters.
if (!window.matchMedia("(min-width: 40.0625em)").matches) {
  for (const fold of document.querySelectorAll(".filters-fold")) fold.open = false;
}
// Of tabs pushed aside on a small screen, the one that is open is in sight.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.closest(".tabs");
  if (tab.offsetLeft + tab.offsetWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - 16;
}
startGrids(document);
startBulk(document);
startPasting(document);
startPalette();
startShortcuts();
startRest();
document.addEventListener("htmx:load", ({ detail }) => {
  startGrids(detail.elt);
  startBulk(detail.elt);
  startPasting(detail.elt);
});
