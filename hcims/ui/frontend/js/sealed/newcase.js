// Opens a case: the pseudonym is drawn, the rest is sealed before it leaves the page.
import { onSubmit, options, show, slot } from "./dom.js";
import { drawnPseudonym } from "./pseudonym.js";

const FACE = ["name", "service_number", "contact", "presenting"];

export async function newCasePage(book) {
  await book.custodians(); // says at once when a case could not be shared out
  let pseudonym = drawnPseudonym();
  const root = show("new-case", { pseudonym });
  options(root.querySelector("select[name=office]"), book.me.offices.map(({ ref, name }) => [ref, name]));
  root.querySelector("[data-draw]").addEventListener("click", () => {
    pseudonym = drawnPseudonym();
    slot(root, "pseudonym").textContent = pseudonym;
  });
  onSubmit(root.querySelector("form"), async (values) => {
    const face = Object.fromEntries(FACE.map((name) => [name, values[name].trim()]));
    const words = root.querySelector("[data-consent]");
    if (words) face.consent = { words: Number(words.dataset.consent), on: book.me.today };
    face.service_number = face.service_number.toUpperCase();
    const ref = await book.open({ pseudonym, office: values.office, reviewDueOn: values.review_due_on, waited: values.waited, face });
    location.hash = `#/case/${ref}`;
  });
}
