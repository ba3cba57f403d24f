// The roll of a meeting: one tap a person, without a connection if need be. Who was there, yes or no; nothing else.
import { counted, dayOf, inOrder, keyOf, named, needed, standing, tapped, timeOf } from "./roll/marks.js";
import { fetched, send } from "./roll/sending.js";
import { all, empty, get, put, remove } from "./roll/store.js";

const QUIET = 1500; // after the last tap: a roll goes in a few sendings, not one a person

const root = document.querySelector("[data-roll]");
const find = (selector) => root.querySelector(selector);
const words = root.dataset;
const { lang } = document.documentElement;
const day = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
let list = null;
let waiting = new Map();
let open = ""; // the reference of the meeting shown
let state = "";
let later = 0;

const today = () => dayOf(Date.now());
const dayName = (on) => day.format(new Date(`${on}T00:00:00Z`));
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const made = (name) => find(`template[data-make="${name}"]`).content.cloneNode(true).firstElementChild;

function meetingOf(ref) {
  for (const cohort of list?.cohorts ?? []) {
    const meeting = cohort.meetings.find((one) => one.ref === ref);
    if (meeting) return { cohort, meeting };
  }
  return null;
}

function nameOf({ meeting, trainee }) {
  const person = meetingOf(meeting)?.cohort.people.find((one) => one.ref === trainee);
  return person ? `${person.name}, ${person.number}` : "";
}

async function read() {
  waiting = new Map((await all("marks")).map((mark) => [keyOf(mark), mark]));
  const stored = (await get("list", "this")) ?? null;
  list = stored && needed(stored, waiting, today());
  if (list !== stored) await put("list", "this", list);
}

function showWaiting() {
  const count = waiting.size;
  const text = count ? (count === 1 ? words.one : filled(words.many, { n: count })) : list ? words.sent : "";
  find("[data-waiting]").textContent = [text, state === "offline" ? words.offline : ""].filter(Boolean).join(" · ");
  for (const box of root.querySelectorAll("[data-when]")) box.hidden = box.dataset.when !== state;
  find("[data-none]").hidden = !list || list.cohorts.length > 0;
  find("[data-forget]").hidden = !list;
}

function meetingLine(cohort, meeting) {
  const line = made("meeting");
  const people = named(cohort.people, meeting);
  const { present, open: left, all: whole } = counted(people, meeting, waiting);
  line.querySelector("[data-day]").textContent = meeting.on === today() ? `${words.today}, ${dayName(meeting.on)}` : dayName(meeting.on);
  line.querySelector("[data-what]").textContent = [`${words.meeting} ${meeting.number}`, meeting.title].filter(Boolean).join(": ");
  const toCome = meeting.on > today();
  const said = toCome ? words.later : left === whole ? words.nobody : filled(left ? words.some : words.done, { present, left, all: whole });
  line.querySelector("[data-count]").textContent = said;
  const button = line.querySelector("button");
  button.disabled = toCome;
  button.addEventListener("click", () => show(meeting.ref, true));
  return line;
}

function showCohorts() {
  const boxes = (list?.cohorts ?? []).map((cohort) => {
    const box = made("cohort");
    box.querySelector("h2").textContent = cohort.title;
    box.querySelector("p").textContent = `${cohort.course} · ${cohort.unit}`;
    box.querySelector("ul").append(...inOrder(cohort.meetings, today()).map((one) => meetingLine(cohort, one)));
    return box;
  });
  find("[data-cohorts]").replaceChildren(...boxes);
}

function drawMark(button, mark) {
  button.dataset.mark = mark ? (mark.present ? "present" : "absent") : "";
  button.querySelector("[data-sign]").textContent = mark ? (mark.present ? "✓" : "✗") : "–";
  button.querySelector("[data-word]").textContent = (mark ? (mark.present ? words.present : words.absent) : words.open) + (mark?.waits ? ` · ${words.waits}` : "");
}

function personLine(meeting, person) {
  const line = made("person");
  const button = line.querySelector("button");
  line.querySelector("[data-name]").textContent = person.name;
  line.querySelector("[data-number]").textContent = [person.rank, person.number].filter(Boolean).join(" ");
  button.dataset.trainee = person.ref;
  drawMark(button, standing(meeting, person.ref, waiting));
  button.addEventListener("click", () => mark([person.ref], tapped(standing(meeting, person.ref, waiting))));
  return line;
}

function showMeeting() {
  const { cohort, meeting } = meetingOf(open);
  find("[data-title]").textContent = `${words.meeting} ${meeting.number}, ${dayName(meeting.on)}`;
  find("[data-of]").textContent = [cohort.title, meeting.title].filter(Boolean).join(" · ");
  find("[data-people]").replaceChildren(...named(cohort.people, meeting).map((one) => personLine(meeting, one)));
  redraw();
}

function redraw() {
  const { cohort, meeting } = meetingOf(open);
  const people = named(cohort.people, meeting);
  const count = counted(people, meeting, waiting);
  find("[data-total]").textContent = filled(words.total, count);
  find("[data-rest]").hidden = !count.open || count.open === count.all;
  for (const button of root.querySelectorAll("[data-trainee]")) drawMark(button, standing(meeting, button.dataset.trainee, waiting));
}

async function mark(trainees, present) {
  const { meeting } = meetingOf(open);
  for (const trainee of trainees) {
    const tap = { meeting: meeting.ref, trainee, present, at: timeOf(Date.now(), meeting.marks[trainee]), owner: list.owner };
    waiting.set(keyOf(tap), tap);
    await put("marks", keyOf(tap), tap);
  }
  redraw();
  showWaiting();
  clearTimeout(later);
  later = setTimeout(update, QUIET, false);
}

async function showRefused() {
  const refused = await all("refused");
  find("[data-refused]").hidden = !refused.length;
  find("[data-refusals]").replaceChildren(
    ...refused.map((each) => Object.assign(document.createElement("li"), { textContent: `${each.name}: ${each.why}` })),
  );
}

function show(ref, isTap = false) {
  open = ref && meetingOf(ref) ? ref : "";
  find("[data-panel=list]").hidden = Boolean(open);
  find("[data-panel=meeting]").hidden = !open;
  if (open) showMeeting();
  else showCohorts();
  if (isTap) {
    find(open ? "[data-title]" : "h1").focus();
    scrollTo(0, 0);
  }
}

// Reads the list again where that is asked for or was not possible before, and sends what waits; a roll being taken keeps
// its place on the page.
async function update(readsList = true) {
  clearTimeout(later);
  if (readsList || state !== "ok") state = await fetched(words.list);
  if (state === "ok") state = await send(words.marks, nameOf);
  await read();
  showWaiting();
  await showRefused();
  if (open && meetingOf(open)) redraw();
  else show("");
}

async function forget() {
  if (waiting.size) return (find("[data-forget-not]").hidden = false);
  await empty();
  await read();
  state = "forgotten";
  show("");
  showWaiting();
}

find("[data-back]").addEventListener("click", () => show("", true));
find("[data-rest]").addEventListener("click", () => {
  const { cohort, meeting } = meetingOf(open);
  mark(named(cohort.people, meeting).map((one) => one.ref).filter((ref) => !standing(meeting, ref, waiting)), false);
});
find("[data-understood]").addEventListener("click", async () => {
  for (const each of await all("refused")) await remove("refused", keyOf(each));
  await showRefused();
});
find("[data-forget]").addEventListener("click", forget);
addEventListener("online", () => update());
document.addEventListener("visibilitychange", () => document.hidden || update());
navigator.serviceWorker?.register(words.worker, { scope: words.scope, updateViaCache: "all" }).catch(() => {});

read().then(() => show("")).then(showWaiting).then(() => update());
