// Everything that is written into a case: sealed in this page and sent as ciphertext. A change is a new text that replaces.
import { base64 } from "./bytes.js";
import { kilobytes } from "./bodies.js";
import { day, fill, onSubmit, show, slot, word } from "./dom.js";
import { Refused } from "./refused.js";
import { instrumentPage } from "./questionnaire.js";
import { sessionLine } from "./casepage.js";

const MOST_BYTES = 3_700_000; // sealed and written as text it is a third longer, and the server takes 5 MB
const PAGES = { session, note, plan, risk, instrument: instrumentPage, attachment, appointment, face, amend };

export async function writingPage(book, ref, deed, more) {
  const one = await book.read(ref);
  const back = () => (location.hash = `#/case/${ref}`);
  await PAGES[deed](book, one, back, more);
}

function started(id, one, values = {}) {
  const root = show(id, { pseudonym: one.pseudonym, name: one.known.name, back: `#/case/${one.ref}`, ...values });
  return { root, form: root.querySelector("form") };
}

function session(book, one, back) {
  const { form } = started("session", one);
  form.elements.on.value = book.me.today;
  form.elements.on.max = book.me.today;
  onSubmit(form, async ({ kind, on, minutes, mode, text }) => {
    await book.addSession(one, { kind, on, minutes, mode }, text.trim());
    back();
  });
}

function note(book, one, back) {
  const { form } = started("note", one);
  const choice = form.elements.session;
  for (const each of [...one.sessions].reverse()) choice.append(new Option(sessionLine(each), each.ref));
  onSubmit(form, async ({ session: about, text }) => {
    await book.write(one, { kind: "note", body: { text: text.trim() }, session: about || null });
    back();
  });
}

function plan(book, one, back) {
  const { form } = started("plan", one);
  const now = newest(one, "plan");
  form.elements.text.value = now?.inside.body.text ?? "";
  onSubmit(form, async ({ text }) => {
    await book.write(one, { kind: "plan", body: { text: text.trim() }, replaces: now?.ref ?? null });
    back();
  });
}

function risk(book, one, back) {
  const { form } = started("risk", one);
  onSubmit(form, async ({ level, text }) => {
    const about = [...form.querySelectorAll("input[name=about]:checked")].map((box) => box.value);
    await book.write(one, { kind: "risk", body: { level, about, text: text.trim() }, replaces: newest(one, "risk")?.ref ?? null });
    back();
  });
}

function attachment(book, one, back) {
  const most = book.me.attachment_bytes ?? MOST_BYTES;
  const { root, form } = started("attachment", one, { most: kilobytes(most) });
  onSubmit(form, async () => {
    const [file] = form.elements.file.files;
    if (file.size > most) throw new Refused("too-large");
    slot(root, "state").textContent = word("sealing");
    const bytes = base64(new Uint8Array(await file.arrayBuffer()));
    await book.write(one, { kind: "attachment", body: { name: file.name, type: file.type, size: file.size, bytes } });
    back();
  });
}

// The appointment is part of the face, so that the list of cases can show it without opening every text.
function appointment(book, one, back) {
  const { form } = started("appointment", one);
  const { next } = one.known;
  form.elements.on.value = next ? nairobi(next.at).slice(0, 10) : "";
  form.elements.time.value = next ? nairobi(next.at).slice(11, 16) : "";
  form.elements.where.value = next?.where ?? "";
  form.querySelector("[data-without]").addEventListener("click", async () => {
    await newFace(book, one, { ...one.known, next: null });
    back();
  });
  onSubmit(form, async ({ on, time, where }) => {
    const at = new Date(`${on}T${time}:00+03:00`).toISOString();
    await newFace(book, one, { ...one.known, next: { at, where: where.trim() } });
    back();
  });
}

// Kenya has had one offset and no summer time since 1960.
const nairobi = (at) => new Date(Date.parse(at) + 3 * 3_600_000).toISOString();

const newFace = (book, one, body) => book.write(one, { kind: "face", body, replaces: one.face.ref });

// The service number is changed by whose case it is alone: the mark that finds the case again lies in that person's grant.
function face(book, one, back) {
  const isOwner = ["owner", "successor"].includes(one.grant.kind);
  const before = one.known.service_number ?? "";
  const { form } = started("face", one, { number: before || word("none"), "is-owner": isOwner });
  for (const name of ["name", "contact", "presenting"]) form.elements[name].value = one.known[name] ?? "";
  if (isOwner) form.elements.service_number.value = before;
  onSubmit(form, async ({ name, contact, presenting, service_number: typed = before }) => {
    const number = typed.trim().toUpperCase();
    const body = { ...one.known, name: name.trim(), service_number: number, contact: contact.trim(), presenting: presenting.trim() };
    await (number === before ? newFace(book, one, body) : book.correctNumber(one, body));
    back();
  });
}

function amend(book, one, back, ref) {
  const row = one.texts.find((each) => each.ref === ref && each.inside);
  if (!row) throw new Refused("no-text");
  const { root, form } = started("amend", one, { when: day(row.inside.at), kind: word(`kind-${row.kind}`) });
  fill(root, { risk: row.kind === "risk" });
  form.elements.text.value = row.inside.body.text;
  onSubmit(form, async ({ text }) => {
    const body = { ...row.inside.body, text: text.trim() };
    await book.write(one, { kind: row.kind, body, session: row.session, replaces: row.ref });
    back();
  });
}

function newest(one, kind) {
  const replaced = new Set(one.texts.map((row) => row.replaces));
  return one.texts.filter((row) => row.kind === kind && row.inside && !replaced.has(row.ref)).at(-1);
}
