// On a phone a table too wide for it stands as cards, each cell under the head of its column. Without this script it is
// pushed sideways; a table whose shape is its meaning (`.matrix`, cells to type in) stays one.
const PHONE = window.matchMedia("(max-width: 40em)");
const TABLES = "table.data:not(.data--cards, .data--said, .paste, .bars, .edit, .diff)";

const LONG = 40; // letters, from which a cell takes the width of its card

const wordsOf = (cell) => cell.textContent.replace(/[↑↓]/g, "").trim().replace(/\s+/g, " ");

function isPlain(table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).concat([...(table.tFoot?.rows ?? [])]);
  const heads = table.tHead?.rows;
  return heads?.length === 1 && rows.every(({ cells }) => cells.length === heads[0].cells.length || cells.length === 1);
}

function asCards(table) {
  const names = [...table.tHead.rows[0].cells].map(wordsOf);
  for (const row of table.querySelectorAll(":scope > tbody > tr, :scope > tfoot > tr")) {
    [...row.cells].forEach((cell, place) => {
      if (place && names[place]) cell.setAttribute("data-label", names[place]);
      cell.classList.toggle("whole-row", !place || cell.textContent.trim().length > LONG);
    });
  }
  if (table.tHead.querySelector("a")) table.classList.add("data--sorted");
  table.classList.add("data--cards");
}

export function startCards(root) {
  if (!PHONE.matches) return;
  const wraps = [...root.querySelectorAll(".table-wrap")].filter((wrap) => wrap.scrollWidth > wrap.clientWidth + 1);
  for (const table of wraps.map((wrap) => wrap.querySelector(TABLES))) if (table && isPlain(table)) asCards(table);
}
