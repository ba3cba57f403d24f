// The list of one's own cases: pseudonym and days from the server, the name and the next appointment opened here.
import { el, each, fill, day, moment, onSubmit, sentence, show, slot, word } from "./dom.js";
import { unknownCustodians } from "./pins.js";

export async function listPage(book, { state, page }) {
  const [found, letters, changed] = await Promise.all([book.list(state, page), book.api.get("referrals/"), unknownCustodians(book.own, book.me)]);
  const waiting = letters.referrals.filter((letter) => letter.state === "sent").length;
  const root = show("list", {
    title: word(state === "closed" ? "closed-cases" : "open-cases"),
    letters: waiting ? word("letters", { count: waiting }) : "",
    changed: changed.length ? word("new-custodians", { count: changed.length }) : "",
    total: String(found.total),
    closed: state === "closed",
  });
  draw(root, found.cases);
  pages(root, found, state, page);
  const form = root.querySelector("[data-find]");
  onSubmit(form, async ({ number }) => {
    const cases = await book.find(number);
    slot(root, "found").textContent = word("found", { count: cases.length });
    const list = root.querySelector("[data-each=cases]");
    list.querySelectorAll("tr").forEach((row) => row.remove());
    draw(root, cases);
    slot(root, "pages").replaceChildren();
  });
}

function draw(root, cases) {
  const today = new Date().toISOString().slice(0, 10);
  each(root, "cases", cases, (copy, row) => {
    const { known, grant } = row;
    fill(copy, {
      pseudonym: row.pseudonym,
      link: `#/case/${row.ref}`,
      name: known.refused ? sentence(known.refused) : known.name,
      number: known.service_number ?? "",
      next: known.next ? moment(known.next.at) : word("none"),
      review: day(row.state === "closed" ? row.keep_until : row.review_due_on) || word("none"),
      late: due(row, today),
      closed: row.state === "closed",
      kind: grant.kind === "owner" ? "" : word(`grant-${grant.kind}`),
      rekey: row.rekey_due ? word("rekey-due") : "",
    });
  });
}

function due(row, today) {
  if (row.state === "closed") return row.keep_until && row.keep_until <= today ? word("time-over") : "";
  return row.review_due_on && row.review_due_on < today ? word("late") : "";
}

function pages(root, found, state, page) {
  const links = Array.from({ length: found.pages }, (_, place) => place + 1);
  if (found.pages < 2) return;
  const current = (number) => (number === page ? { "aria-current": "page" } : {});
  slot(root, "pages").append(...links.map((number) => el("a", { href: `#/${state}/${number}`, ...current(number) }, String(number))));
}
