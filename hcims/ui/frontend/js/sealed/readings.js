// Who has read a case: to show to the officer whom it is about.
import { each, fill, moment, show } from "./dom.js";

export async function readingsPage(book, ref) {
  const { pseudonym, readings } = await book.api.get(`cases/${ref}/readings/`);
  const root = show("readings", { pseudonym: pseudonym ?? "", back: `#/case/${ref}` });
  each(root, "readings", readings, (copy, { at, by, event, words, reason }) =>
    fill(copy, { at: moment(at), by: by?.name ?? by ?? "", what: words ?? event, reason: reason ?? "" }),
  );
  root.querySelector("[data-print-page]").addEventListener("click", () => window.print());
}
