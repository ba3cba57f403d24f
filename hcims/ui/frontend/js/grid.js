// Spreadsheet keys in a list: <table data-grid>.
//
// The table keeps its native semantics, so a screen reader's own table commands still work: no role=grid, cells only
// become focusable when an arrow key asks for it. Rows are selected by their real checkboxes.
import { withSelf } from "./forms.js";
import { say, words } from "./said.js";

export function startGrids(root) {
  for (const table of withSelf(root, "table[data-grid]")) {
    if (table.dataset.gridOn) continue;
    table.dataset.gridOn = "yes";
    new Grid(table);
  }
}

class Grid {
  constructor(table) {
    this.table = table;
    this.anchor = null; // where a range began: [row, column]
    this.head = null; // where it ends
    const box = table.closest(".table-wrap") ?? table;
    box.addEventListener("keydown", (event) => this.onKey(event));
    table.addEventListener("mousedown", (event) => this.onMouse(event));
    document.addEventListener("copy", (event) => this.onCopy(event));
  }

  rows() {
    return [...this.table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.classList.contains("group"));
  }

  cellAt([row, column]) {
    return this.rows()[row]?.cells[column];
  }

  where(cell) {
    return [this.rows().indexOf(cell.parentElement), cell.cellIndex];
  }

  onKey(event) {
    if (event.target.matches("input:not([type=checkbox]), select, textarea") || event.altKey) return;
    const cell = event.target.closest("tbody td, tbody th");
    if (!cell) return this.enter(event);
    const at = this.where(cell);
    const to = this.goal(event, at);
    if (to) {
      event.preventDefault();
      return this.go(to, event.shiftKey);
    }
    if (event.key === " " && !event.target.matches("input, button, a, summary")) return this.toggle(event, at);
    if (event.key === "Enter" && event.target === cell) return this.open(cell);
    if (event.key === "Escape") return this.clear();
    if (event.key === "a" && (event.ctrlKey || event.metaKey)) return this.all(event);
  }

  /** The first arrow key on the box itself puts the cursor into the first cell. */
  enter(event) {
    if (event.target.tagName === "A" || event.target.tagName === "BUTTON" || event.ctrlKey) return;
    if (event.key !== "ArrowDown" && event.key !== "ArrowRight") return;
    const first = this.head && this.cellAt(this.head) ? this.head : [0, this.firstColumn()];
    if (!this.cellAt(first)) return;
    event.preventDefault();
    this.go(first, false);
  }

  firstColumn() {
    return this.rows()[0]?.cells[0]?.classList.contains("pick") ? 1 : 0;
  }

  goal(event, [row, column]) {
    const last = this.rows().length - 1;
    const wide = (this.rows()[row]?.cells.length ?? 1) - 1;
    const far = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case "ArrowDown": return [far ? last : Math.min(row + 1, last), column];
      case "ArrowUp": return [far ? 0 : Math.max(row - 1, 0), column];
      case "ArrowRight": return [row, far ? wide : Math.min(column + 1, wide)];
      case "ArrowLeft": return [row, far ? 0 : Math.max(column - 1, 0)];
      case "Home": return [far ? 0 : row, 0];
      case "End": return [far ? last : row, wide];
      case "PageDown": return [Math.min(row + 15, last), column];
      case "PageUp": return [Math.max(row - 15, 0), column];
      default: return null;
    }
  }

  go(to, extend) {
    const cell = this.cellAt(to);
    if (!cell) return;
    this.anchor = extend ? (this.anchor ?? this.head ?? to) : to;
    this.head = to;
    cell.tabIndex = -1;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.paint();
  }

  box() {
    if (!this.anchor || !this.head) return null;
    const [r1, c1] = this.anchor, [r2, c2] = this.head;
    return { top: Math.min(r1, r2), bottom: Math.max(r1, r2), left: Math.min(c1, c2), right: Math.max(c1, c2) };
  }

  paint() {
    for (const cell of this.table.querySelectorAll(".in-range")) cell.classList.remove("in-range");
    const box = this.box();
    if (!box || (box.top === box.bottom && box.left === box.right)) return;
    const rows = this.rows();
    for (let row = box.top; row <= box.bottom; row++) {
      for (let column = box.left; column <= box.right; column++) rows[row]?.cells[column]?.classList.add("in-range");
    }
    const height = box.bottom - box.top + 1, width = box.right - box.left + 1;
    say(words("range", { rows: height, columns: width }));
  }

  clear() {
    this.anchor = this.head;
    this.paint();
  }

  all(event) {
    event.preventDefault();
    const rows = this.rows();
    this.anchor = [0, this.firstColumn()];
    this.head = [rows.length - 1, rows[0].cells.length - 1];
    this.paint();
  }

  /** Enter follows what the cell offers; a cell that offers nothing opens what its row is about. */
  open(cell) {
    (cell.querySelector("a, button, input:not([data-select])") ?? cell.parentElement.querySelector("a"))?.click();
  }

  /** Space ticks the row, or every row of the range. */
  toggle(event, [row]) {
    const box = this.box() ?? { top: row, bottom: row };
    const boxes = this.rows().slice(box.top, box.bottom + 1).map((each) => each.querySelector("[data-select]")).filter(Boolean);
    if (!boxes.length) return;
    event.preventDefault();
    const on = !boxes.every((each) => each.checked);
    for (const each of boxes) each.checked = on;
    boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
  }

  onMouse(event) {
    const cell = event.target.closest("tbody td, tbody th");
    if (!cell || event.target.closest("a, button, input, label, select")) return;
    if (event.shiftKey && this.head) {
      event.preventDefault();
      return this.go(this.where(cell), true);
    }
    this.anchor = this.head = this.where(cell);
    cell.tabIndex = -1; // the click itself then gives it the focus, and the keys go on from here
    this.paint();
  }

  onCopy(event) {
    const box = this.box();
    if (!box || !this.table.contains(document.activeElement) || String(window.getSelection())) return;
    const rows = this.rows().slice(box.top, box.bottom + 1);
    const text = rows.map((row) => [...row.cells].slice(box.left, box.right + 1).map(plain).join("\t")).join("\n");
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    say(words("copied", { rows: rows.length, columns: box.right - box.left + 1 }));
  }
}

/** What a cell says, on one line; `data-value` wins where the cell shows something shorter. */
function plain(cell) {
  if (cell.dataset.value !== undefined) return cell.dataset.value;
  const copy = cell.cloneNode(true);
  for (const quiet of copy.querySelectorAll(".sr, [aria-hidden=true], input")) quiet.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}
