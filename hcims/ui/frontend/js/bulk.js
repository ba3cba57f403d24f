// Rows ticked, counted and offered to the bulk bar. The whole list can be chosen where the page says how many it has.
import { withSelf } from "./forms.js";
import { say, words } from "./said.js";

export function startBulk(root) {
  for (const form of withSelf(root, "[data-bulk]")) {
    if (form.dataset.bulkOn) continue;
    form.dataset.bulkOn = "yes";
    form.addEventListener("change", (event) => onChange(form, event));
    form.addEventListener("click", (event) => onClick(form, event));
    form.addEventListener("mousedown", (event) => (form.shiftDown = event.shiftKey));
    count(form);
  }
}

const boxes = (form) => [...form.querySelectorAll("[data-select]")];

function onChange(form, event) {
  const box = event.target;
  if (box.matches("[data-select-page]")) for (const each of boxes(form)) each.checked = box.checked;
  if (box.matches("[data-select]")) {
    if (form.shiftDown && form.lastBox) between(form, form.lastBox, box);
    form.lastBox = box;
  }
  if (box.matches("[data-select], [data-select-page]")) {
    everything(form, false);
    count(form);
  }
}

function between(form, first, last) {
  const all = boxes(form);
  const [from, to] = [all.indexOf(first), all.indexOf(last)].sort((a, b) => a - b);
  for (const each of all.slice(from, to + 1)) each.checked = last.checked;
}

function onClick(form, event) {
  if (event.target.closest("[data-bulk-all]")) {
    for (const each of boxes(form)) each.checked = true;
    everything(form, true);
    count(form);
  }
  if (event.target.closest("[data-bulk-none]")) {
    for (const each of boxes(form)) each.checked = false;
    everything(form, false);
    count(form);
  }
}

function everything(form, on) {
  const field = form.querySelector("[name=everything]");
  if (field) field.value = on ? "yes" : "";
}

function count(form) {
  const all = boxes(form);
  const chosen = all.filter((each) => each.checked).length;
  const bar = form.querySelector(".bulk");
  const page = form.querySelector("[data-select-page]");
  if (page) {
    page.checked = chosen > 0 && chosen === all.length;
    page.indeterminate = chosen > 0 && chosen < all.length;
  }
  if (!bar) return;
  const whole = form.querySelector("[name=everything]")?.value === "yes";
  const total = Number(bar.dataset.total ?? all.length);
  const number = whole ? total : chosen;
  bar.classList.toggle("on", number > 0);
  const text = words("selected", { count: number.toLocaleString(document.documentElement.lang), total: total.toLocaleString(document.documentElement.lang) });
  bar.querySelector(".bulk-count").textContent = text;
  const more = bar.querySelector("[data-bulk-all]");
  if (more) more.hidden = whole || total <= all.length || chosen < all.length;
  if (number) say(text);
}
