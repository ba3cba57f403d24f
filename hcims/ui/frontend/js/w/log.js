// Logging a contact: five questions, five taps. What is chosen lives in this page's memory until it is sealed.
import { isEnrolled, unlock } from "./device.js";
import { bytesOf } from "./envelopes.js";
import { save, send, takeBack, waiting } from "./queue.js";

const IDLE = 5 * 60_000; // unlocked for so long without a tap
const TIME_TO_TAKE_BACK = 10_000;
const NAIROBI = 3 * 3_600_000;

const root = document.querySelector("[data-log]");
const find = (selector) => root.querySelector(selector);
const steps = [...root.querySelectorAll("[data-step]")];
const monthField = find("[data-month]");
const countyField = find("[data-county]");
let owner = null;
let answers = {};
let last = "";
let idle = 0;

function show(name) {
  for (const panel of root.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== name;
}

function ask(index) {
  show("steps");
  steps.forEach((step, each) => (step.hidden = each !== index));
  for (const part of root.querySelectorAll("[data-first]")) part.hidden = index > 0;
  find("[data-back]").hidden = index === 0;
  steps[index].querySelector("h2").focus();
  scrollTo(0, 0);
}

async function sayWaiting() {
  const count = await waiting();
  const words = root.dataset;
  find("[data-waiting]").textContent = count === 0 ? "" : count === 1 ? words.one : words.many.replace("0", count);
}

async function sendAll() {
  await send();
  await sayWaiting();
}

function fillMonths() {
  const name = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", year: "numeric", timeZone: "UTC" });
  const now = new Date(Date.now() + NAIROBI);
  monthField.replaceChildren();
  for (let earlier = 0; earlier <= Number(root.dataset.late); earlier++) {
    const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - earlier, 1));
    monthField.add(new Option(name.format(day), day.toISOString().slice(0, 7)));
  }
  sayWhere();
}

function sayWhere() {
  find("[data-where]").textContent = `${monthField.selectedOptions[0].text}, ${countyField.selectedOptions[0].text}`;
}

function begin() {
  answers = {};
  fillMonths();
  ask(0);
}

async function lock() {
  owner = null;
  answers = {};
  clearTimeout(idle);
  show((await isEnrolled()) ? "lock" : "none");
}

function stayOpen() {
  clearTimeout(idle);
  if (owner) idle = setTimeout(lock, IDLE);
}

async function tryPin(event) {
  event.preventDefault();
  const field = find("[data-pin]");
  const button = find("[data-open]");
  button.disabled = true;
  owner = await unlock(field.value);
  button.disabled = false;
  field.value = "";
  find("[data-wrong]").hidden = Boolean(owner);
  if (!owner) return (await isEnrolled()) ? field.focus() : lock();
  if (owner.county) countyField.value = owner.county;
  stayOpen();
  begin();
}

async function choose(step, value) {
  answers[step.dataset.step] = value;
  const next = steps.indexOf(step) + 1;
  if (next < steps.length) return ask(next);
  const contact = { v: 1, secret: owner.secret, month: monthField.value, county: countyField.value, ...answers };
  answers = {};
  last = await save(contact, bytesOf(root.dataset.point));
  show("saved");
  find("[data-take-back]").hidden = false;
  find("[data-saved]").focus();
  await sayWaiting();
  setTimeout(sendAll, TIME_TO_TAKE_BACK);
}

root.addEventListener("click", async ({ target }) => {
  stayOpen();
  const button = target.closest("button");
  if (!button) return;
  if (button.dataset.value && owner) await choose(button.closest("[data-step]"), button.dataset.value);
  else if (button.matches("[data-back]")) ask(steps.findIndex((step) => !step.hidden) - 1);
  else if (button.matches("[data-another]")) begin();
  else if (button.matches("[data-take-back]")) {
    await takeBack(last);
    await sayWaiting();
    begin();
  } else if (button.matches("[data-lock]")) await lock();
});
find("[data-pin-form]").addEventListener("submit", tryPin);
for (const field of [monthField, countyField]) field.addEventListener("change", sayWhere);
addEventListener("online", sendAll);
addEventListener("pagehide", lock);
document.addEventListener("visibilitychange", () => (document.hidden ? lock() : sendAll()));

lock().then(sayWaiting).then(sendAll);
