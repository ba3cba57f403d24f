// One case: who, what is agreed, and everything written, newest first. What replaced something stands with what it replaced.
import { bodiesOf } from "./history.js";
import { drawn, kilobytes } from "./bodies.js";
import { fromBase64 } from "./bytes.js";
import { day, each, el, fill, moment, onSubmit, sentence, show, slot, word } from "./dom.js";
import { saveFile } from "./saving.js";

export async function casePage(book, ref) {
  const one = await book.read(ref);
  const { known, grant } = one;
  const isOwner = ["owner", "successor"].includes(grant.kind);
  const root = show("case", {
    pseudonym: one.pseudonym,
    state: word(`state-${one.state}`),
    name: known.name,
    number: known.service_number || word("none"),
    contact: known.contact,
    presenting: known.presenting,
    consent: known.consent ? word("consented", { version: known.consent.words, on: day(known.consent.on) }) : "",
    next: known.next ? word("next-at", { at: moment(known.next.at), where: known.next.where ?? "" }) : word("none"),
    review: day(one.review_due_on) || word("none"),
    opened: day(one.opened_on),
    waited: word(`waited-${one.waited ?? "unknown"}`),
    "may-correct-wait": isOwner && !book.me.published.includes(quarterOf(one.opened_on)),
    rekey: one.rekey_due,
    reading: grant.kind === "break-glass" ? word("until", { at: moment(grant.ends_at) }) : "",
    "is-open": one.state === "open" && grant.kind !== "break-glass",
    "is-owner": isOwner,
    "is-open-owner": isOwner && one.state === "open",
    "is-closed-owner": isOwner && one.state === "closed",
    "has-second": isOwner && one.grants.some(({ kind }) => kind === "second"),
  });
  for (const link of root.querySelectorAll("[data-to]")) link.href = `#/case/${ref}/${link.dataset.to}`;
  readers(root, book, one);
  for (const kind of ["plan", "risk"]) latest(root, one, kind);
  writings(root, book, one);
  root.querySelector("[data-export]")?.addEventListener("click", async () => {
    saveFile(`case-${one.ref}.zip`, await book.archive(one));
  });
  root.querySelector("[data-print-case]")?.addEventListener("click", () => window.print());
}

/** The first day of a day's quarter, as published ones are named. */
function quarterOf(on) {
  const [year, month] = on.split("-").map(Number);
  return `${year}-${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
}

function readers(root, book, one) {
  each(root, "readers", one.grants, (copy, { user, name, kind, ends_at: end }) => {
    const self = user === book.me.user.ref;
    fill(copy, { name, kind: word(`grant-${kind}`), until: end ? word("until", { at: moment(end) }) : "", mayEnd: !self && kind === "second" });
    const form = copy.querySelector("form");
    if (form) {
      onSubmit(form, async () => {
        await book.api.post(`cases/${one.ref}/grants/${user}/end/`);
        await casePage(book, one.ref);
      });
    }
  });
}

function latest(root, one, kind) {
  const now = bodiesOf(one.texts).filter(({ row }) => row.kind === kind && row.inside).at(-1);
  const place = slot(root, `latest-${kind}`);
  if (now) place.replaceChildren(el("p", { className: "small muted" }, day(now.row.inside.at)), ...drawn(now.row));
}

function writings(root, book, one) {
  const sessions = new Map(one.sessions.map((session) => [session.ref, session]));
  const entries = bodiesOf(one.texts).filter(({ row }) => row.kind !== "face");
  const noted = new Set(entries.map(({ row }) => row.session));
  const bare = one.sessions.filter(({ ref }) => !noted.has(ref)).map((session) => ({ session, on: session.on, earlier: [] }));
  const all = [...entries.map((entry) => ({ ...entry, session: sessions.get(entry.row.session), on: entry.row.written_on })), ...bare];
  all.sort((first, second) => (moments(second) > moments(first) ? 1 : -1));
  each(root, "writings", all, (copy, entry) => writing(copy, book, one, entry));
}

const moments = ({ row, on }) => row?.inside?.at ?? `${on}T00:00:00Z`;

function writing(copy, book, one, { row, earlier, session }) {
  const author = row ? one.grants.find(({ user }) => user === row.author)?.name : one.grants.find(({ user }) => user === session.by)?.name;
  fill(copy, {
    when: row?.inside ? moment(row.inside.at) : day(row?.written_on ?? session.on),
    kind: word(`kind-${row?.kind ?? "session"}`),
    author: author ?? word("earlier-counsellor"),
    session: session ? sessionLine(session) : "",
    amend: row?.inside && one.state === "open" && amendable(row, book, one) ? `#/case/${one.ref}/amend/${row.ref}` : "",
    file: row?.kind === "attachment",
    size: row ? kilobytes(row.size) : "",
    refused: row?.refused ? sentence(row.refused) : "",
  });
  const place = slot(copy, "body");
  if (row?.inside) place.append(...drawn(row));
  const before = slot(copy, "earlier");
  if (earlier.length) before.append(...earlier.map((old) => old.inside && el("div", {}, el("p", { className: "small muted" }, moment(old.inside.at)), ...drawn(old))).filter(Boolean));
  else before.closest("details").remove();
  copy.querySelector("[data-file]")?.addEventListener("click", () => fetchFile(book, one, row));
}

const amendable = (row, book, one) => row.author === book.me.user.ref && ["note", "plan", "risk"].includes(row.kind) && one.grant.kind !== "break-glass";

async function fetchFile(book, one, row) {
  const body = await book.attachment(one, row);
  saveFile(body.name, fromBase64(body.bytes));
}

export function sessionLine({ kind, on, minutes, mode }) {
  return word("session-line", { kind: word(`session-${kind}`), on: day(on), minutes, mode: word(`mode-${mode}`) });
}
