// A table of inputs that takes a block copied from a spreadsheet: <table data-paste-grid>.
//
// The block lands at the focused cell and runs right and down. Changed cells are marked and counted against what the
// server sent; the last paste can be taken back; nothing is saved until the form is sent.
import { withSelf } from "./forms.js";
import { say, words } from "./said.js";

export function startPasting(root) {
  for (const table of withSelf(root, "table[data-paste-grid]")) {
    if (table.dataset.pasteOn) continue;
    table.dataset.pasteOn = "yes";
    new PasteGrid(table);
  }
}

/** Rows of cells of a copied block; a spreadsheet ends it with a line break, and quotes cells that hold one. */
export function parseBlock(text) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i], row = rows[rows.length - 1], last = row.length - 1;
    if (quoted) {
      if (sign === '"' && text[i + 1] === '"') { row[last] += '"'; i++; }
      else if (sign === '"') quoted = false;
      else row[last] += sign;
    } else if (sign === '"' && row[last] === "") quoted = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[last] += sign;
  }
  if (rows.length > 1 && rows[rows.length - 1].join("") === "") rows.pop();
  return rows.map((row) => row.map((cell) => cell.trim()));
}

class PasteGrid {
  constructor(table) {
    this.table = table;
    this.scope = table.closest("form") ?? document;
    this.before = null;
    table.addEventListener("paste", (event) => this.onPaste(event));
    table.addEventListener("input", () => this.mark());
    table.addEventListener("keydown", (event) => this.onKey(event));
    this.scope.querySelector("[data-paste-undo]")?.addEventListener("click", () => this.undo());
    this.mark();
  }

  inputs() {
    return [...this.table.tBodies].flatMap((body) => [...body.rows]).map((row) => [...row.querySelectorAll("input[data-cell]")]).filter((row) => row.length);
  }

  where(input) {
    const grid = this.inputs();
    const row = grid.findIndex((each) => each.includes(input));
    return row < 0 ? null : [row, grid[row].indexOf(input)];
  }

  onPaste(event) {
    const at = this.where(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!at || !/[\t\n]/.test(text.replace(/\n$/, ""))) return; // a single value pastes as it always does
    event.preventDefault();
    this.place(parseBlock(text), at);
  }

  place(block, [top, left]) {
    const grid = this.inputs();
    this.before = grid.flat().map((input) => input.value);
    let placed = 0, outside = 0;
    block.forEach((cells, down) => cells.forEach((cell, right) => {
      const input = grid[top + down]?.[left + right];
      if (!input || input.readOnly || input.disabled) return void outside++;
      input.value = input.inputMode === "numeric" ? cell.replace(/[,\s\u00a0](?=\d{3}\b)/g, "") : cell;
      placed++;
    }));
    this.mark();
    const undo = this.scope.querySelector("[data-paste-undo]");
    if (undo) undo.hidden = false;
    const report = words(outside ? "pastedOutside" : "pasted", { placed, outside, rows: block.length });
    const line = this.scope.querySelector("[data-paste-report]");
    if (line) line.textContent = report;
    say(report);
  }

  undo() {
    if (!this.before) return;
    this.inputs().flat().forEach((input, index) => (input.value = this.before[index]));
    this.before = null;
    this.scope.querySelector("[data-paste-undo]").hidden = true;
    const line = this.scope.querySelector("[data-paste-report]");
    if (line) line.textContent = "";
    this.mark();
  }

  mark() {
    let changed = 0;
    for (const input of this.inputs().flat()) {
      const was = input.dataset.was ?? input.defaultValue;
      const differs = input.value.trim() !== was;
      input.classList.toggle("changed", differs);
      if (input.inputMode === "numeric") {
        if (/^\d*$/.test(input.value.trim())) input.removeAttribute("aria-invalid");
        else input.setAttribute("aria-invalid", "true");
      }
      input.title = differs ? words("was", { was: was || "–" }) : "";
      changed += differs;
    }
    for (const spot of this.scope.querySelectorAll("[data-changed-count]")) spot.textContent = changed.toLocaleString(document.documentElement.lang);
  }

  onKey(event) {
    const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
    const at = this.where(event.target);
    if (!at || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = steps[event.key] ?? this.sideways(event);
    if (!step) return;
    const next = this.inputs()[at[0] + step[0]]?.[at[1] + step[1]];
    event.preventDefault(); // Enter goes down, as in a spreadsheet, and never sends the form
    next?.focus();
    next?.select();
  }

  /** Left and right leave the cell only from the end of its text. */
  sideways(event) {
    const { selectionStart: start, selectionEnd: end, value } = event.target;
    const whole = start === 0 && end === value.length;
    if (event.key === "ArrowRight" && (whole || start === value.length)) return [0, 1];
    if (event.key === "ArrowLeft" && (whole || end === 0)) return [0, -1];
    return null;
  }
}
