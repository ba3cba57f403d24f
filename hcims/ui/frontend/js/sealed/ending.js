// Review, waiting time, closing, opening again, erasing, and a new key for a case.
import { day, onSubmit, show } from "./dom.js";

const PAGES = {
  review: (book, one, values) => book.api.post(`cases/${one.ref}/review/`, { review_due_on: values.review_due_on }),
  waited: (book, one, { waited }) => book.api.post(`cases/${one.ref}/waited/`, { waited }),
  close: async (book, one, { text }) => {
    const face = await book.sealed(await book.keyOf(one), { kind: "face", body: { ...one.known, next: null, outcome: text.trim() }, replaces: one.face.ref });
    await book.api.post(`cases/${one.ref}/close/`, { face });
  },
  reopen: (book, one) => book.api.post(`cases/${one.ref}/reopen/`),
  erase: (book, one, { confirm }) => book.api.post(`cases/${one.ref}/erase/`, { confirm: confirm.trim() }),
  rekey: (book, one) => book.rekey(one),
};

export async function endingPage(book, ref, deed) {
  const one = await book.read(ref);
  const values = { pseudonym: one.pseudonym, name: one.known.name, back: `#/case/${ref}`, opened: day(one.opened_on), texts: one.texts.length };
  const root = show(deed, values);
  const form = root.querySelector("form");
  if (deed === "review") form.elements.review_due_on.value = one.review_due_on ?? "";
  if (deed === "waited") form.elements.waited.value = one.waited ?? "";
  onSubmit(form, async (sent) => {
    await PAGES[deed](book, one, sent);
    book.sitting.caseKeys.delete(`${ref} ${one.key_version}`);
    location.hash = deed === "erase" || deed === "close" ? "#/" : `#/case/${ref}`;
  });
}
