// People to talk to: the whole directory comes in one file without cookies, and is searched here.
import { sealed } from "./w/asking.js";
import { fitting, people } from "./w/filtering.js";

const PAGE = 20;
const page = document.querySelector("[data-people]");
const part = (name) => page.querySelector(`[data-${name}]`);
const filters = [...page.querySelectorAll("[data-filter]")];
const [list, count, more, template] = ["list", "count", "more", "person"].map(part);
let everyone = [];
let file;
let shown = PAGE;

function fill(name, entries) {
  const box = page.querySelector(`[data-filter="${name}"]`);
  const sorted = Object.entries(entries).sort((one, other) => one[1].localeCompare(other[1]));
  for (const [code, text] of sorted) box.append(new Option(text, code));
}

function words(name, code) {
  return [...page.querySelectorAll(`[data-filter="${name}"] option`)].find((option) => option.value === code)?.text ?? "";
}

function card(one) {
  const made = template.content.cloneNode(true);
  const languages = one.languages.split(" ").map((code) => words("language", code));
  const when = page.querySelector(`[data-availability="${one.availability}"]`)?.textContent;
  made.querySelector("[data-name]").textContent = one.name;
  made.querySelector("[data-facts]").textContent = [
    file.counties[one.county], file.commands[one.command], words("sex", one.sex), languages.join(", "), when,
  ].filter(Boolean).join(" · ");
  const [call, ask] = [made.querySelector("[data-call]"), made.querySelector("[data-ask]")];
  if (one.telephone) {
    call.href = `tel:${one.telephone}`;
    call.append(` ${one.telephone.replace(/(\d{3})(\d{3})$/, " $1 $2")}`);
    call.hidden = false;
  }
  if (one.canAsk) {
    ask.hidden = false;
    ask.addEventListener("click", () => ask.replaceWith(request(one)), { once: true });
  }
  made.querySelector("[data-no-way]").hidden = Boolean(one.telephone || one.canAsk);
  return made;
}

function request(one) {
  const form = part("request").content.cloneNode(true).firstElementChild;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { number, name, when } = form.elements;
    if (!/^[+\d][\d ]{5,19}$/.test(number.value)) return say(form, "number");
    const button = form.querySelector("button");
    button.disabled = true;
    const said = await send(one.ref, { number: number.value, name: name.value, when: when.value });
    button.disabled = false;
    if (said === "sent") form.reset();
    say(form, said);
  });
  return form;
}

const say = (form, word) => (form.querySelector("[data-said]").textContent = part(`word="${word}"`).textContent);

// Without cookies: the server learns which supporter is asked, and nothing about who asks.
async function send(ref, request) {
  const options = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };
  const address = `${page.dataset.ask}${ref}/`;
  try {
    const answer = await fetch(address, options);
    if (!answer.ok) return answer.status === 429 ? "busy" : "gone";
    const { point } = await answer.json();
    const { status } = await fetch(address, { ...options, method: "POST", body: await sealed(request, point) });
    return status === 204 ? "sent" : status === 410 ? "gone" : "busy";
  } catch {
    return "failed";
  }
}

function show() {
  const found = fitting(everyone, Object.fromEntries(filters.map((box) => [box.dataset.filter, box.value])));
  const { one, many, none } = count.dataset;
  count.textContent = found.length > 1 ? `${found.length} ${many}` : found.length ? one : none;
  list.replaceChildren(...found.slice(0, shown).map(card));
  more.hidden = found.length <= shown;
}

async function start() {
  try {
    const answer = await fetch(page.dataset.file, { credentials: "omit" });
    file = await answer.json();
  } catch {
    part("failed").hidden = false;
    return;
  }
  everyone = people(file);
  fill("county", file.counties);
  fill("outside", file.commands);
  for (const box of filters) box.addEventListener("change", () => { shown = PAGE; show(); });
  more.addEventListener("click", () => { shown += PAGE; show(); });
  show();
}

start();
