// Desk pages: spreadsheet keys in lists, bulk selection, pasting blocks, the command palette and its shortcuts.
import { startBulk } from "./bulk.js";
import { startGrids } from "./grid.js";
import { startPalette } from "./palette.js";
import { startPasting } from "./paste-grid.js";
import { startShortcuts } from "./shortcuts.js";

// On a small screen the list comes before its filters.
if (!window.matchMedia("(min-width: 40.0625em)").matches) {
  for (const fold of document.querySelectorAll(".filters-fold")) fold.open = false;
}
startGrids(document);
startBulk(document);
startPasting(document);
startPalette();
startShortcuts();
document.addEventListener("htmx:load", ({ detail }) => {
  startGrids(detail.elt);
  startBulk(detail.elt);
  startPasting(detail.elt);
});
