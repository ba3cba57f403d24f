// Desk pages: spreadsheet keys in lists, bulk selection, pasting blocks, the command palette and its shortcuts.
import { startBulk } from "./bulk.js";
import { startGrids } from "./grid.js";
import { startPalette } from "./palette.js";
import { startPasting } from "./paste-grid.js";
import { startShortcuts } from "./shortcuts.js";

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
