// Lets a colleague in: beside oneself, in one's place, or by a letter that says what the client agreed to share.
import { userOf } from "./casebook.js";
import { drawn } from "./bodies.js";
import { day, el, onSubmit, options, show, slot, word } from "./dom.js";
import { bodiesOf } from "./history.js";
import { WORDING } from "./instrument-words.js";
import { Refused } from "./refused.js";

const PAGES = { second, handover, refer };

export async function peoplePage(book, ref, deed) {
  const one = await book.read(ref);
  const readers = deed === "refer" ? await book.readers().catch(() => []) : await book.readers();
  const back = () => (location.hash = `#/case/${ref}`);
  const root = show(deed, { pseudonym: one.pseudonym, name: one.known.name, back: `#/case/${ref}`, "no-readers": !readers.length });
  const form = root.querySelector("form");
  const select = form?.elements.reader;
  if (select) options(select, readers.map((reader) => [userOf(reader), [reader.name ?? reader.user.name, reader.office].filter(Boolean).join(", ")]));
  PAGES[deed]({ book, one, root, form, back, chosen: (user) => readerOf(readers, user) });
}

function readerOf(readers, user) {
  const found = readers.find((reader) => userOf(reader) === user);
  if (!found) throw new Refused("not-certified");
  return found;
}

function second({ book, one, form, back, chosen }) {
  if (!form) return;
  onSubmit(form, async ({ reader, reason, ends_on: endsOn }) => {
    const endsAt = endsOn ? new Date(`${endsOn}T23:59:59+03:00`).toISOString() : null;
    await book.grantTo(one, chosen(reader), { reason, endsAt });
    back();
  });
}

function handover({ book, one, form, chosen }) {
  if (!form) return;
  onSubmit(form, async ({ reader, text }) => {
    await book.handOver(one, chosen(reader), { text: text.trim(), agreed: true });
    book.sitting.caseKeys.delete(`${one.ref} ${one.key_version}`);
    location.hash = "#/";
  });
}

// What is shared is chosen text by text; it goes sealed to a colleague, or on paper to a hospital or a chaplain.
function refer({ book, one, root, form, back, chosen }) {
  const last = bodiesOf(one.texts).map(({ row }) => row);
  const texts = last.filter((row) => row.inside && ["note", "plan", "risk", "instrument"].includes(row.kind));
  slot(root, "shared").append(...texts.map(choice));
  form.addEventListener("change", () => {
    const how = form.elements.how.value; // empty as long as neither is chosen: then nothing moves under the finger
    slot(root, "sealed-to").hidden = how !== "sealed";
    slot(root, "printed-to").hidden = how !== "printed";
    form.elements.reader.required = how === "sealed";
    form.elements.to.required = how === "printed";
  });
  onSubmit(form, async (values) => {
    const chosenTexts = texts.filter(({ ref }) => form.elements[`text-${ref}`].checked);
    const who = form.elements.with_name.checked ? one.known : {};
    const text = values.text.trim();
    if (values.how === "sealed") {
      const reader = chosen(values.reader);
      const shared = { text, name: who.name, service_number: who.service_number, contact: who.contact, texts: chosenTexts.map(asShared) };
      await book.refer(one, reader, { shared, record: { to: reader.name ?? reader.user.name, text, texts: chosenTexts.map(({ ref }) => ref), agreed: true } });
      return back();
    }
    await book.write(one, { kind: "referral", body: { to: values.to, text, texts: chosenTexts.map(({ ref }) => ref), agreed: true, printed: true } });
    letter(one, { ...values, text, who, texts: chosenTexts, from: book.me.user.name, today: book.me.today });
  });
}

const asShared = ({ kind, inside }) => ({ kind, at: inside.at, body: inside.body });

function choice(row) {
  const id = `text-${row.ref}`;
  const box = el("input", { className: "govuk-checkboxes__input", type: "checkbox", id, name: id, autocomplete: "off" });
  const said = (row.inside.body.text ?? WORDING[row.inside.body.instrument]?.name ?? "").slice(0, 60);
  const label = `${word(`kind-${row.kind}`)}, ${day(row.inside.at)}: ${said}`;
  return el("div", { className: "govuk-checkboxes__item" }, box, el("label", { className: "govuk-label govuk-checkboxes__label", for: id }, label));
}

function letter(one, { to, text, who, texts, from, today }) {
  const lines = [who.name, who.service_number, who.contact].filter(Boolean).join(" · ");
  const root = show("letter", { to, from, on: day(today), who: lines || word("without-name"), text, back: `#/case/${one.ref}` });
  slot(root, "texts").append(...texts.flatMap((row) => [el("h2", {}, `${word(`kind-${row.kind}`)}, ${day(row.inside.at)}`), ...drawn(row)]));
  root.querySelector("[data-print-letter]").addEventListener("click", () => window.print());
}
