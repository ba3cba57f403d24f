// Referrals sealed to oneself by colleagues.
import { drawn } from "./bodies.js";
import { day, each, el, fill, onSubmit, sentence, show, slot, word } from "./dom.js";

export async function lettersPage(book) {
  const letters = await book.letters();
  const root = show("letters");
  each(root, "letters", letters, (copy, { ref, by, state, sent_on: sentOn, letter, refused }) => {
    const { body = {}, name = by.name } = letter ?? {};
    fill(copy, {
      from: name,
      on: day(sentOn),
      state: word(`referral-${state}`),
      who: letter ? [body.name, body.service_number, body.contact].filter(Boolean).join(" · ") || word("without-name") : "",
      proven: Boolean(letter),
      text: body.text ?? "",
      refused: refused ? sentence(refused) : "",
      waits: state === "sent",
    });
    const texts = (body.texts ?? []).flatMap((one) => [el("h3", {}, `${word(`kind-${one.kind}`)}, ${day(one.at)}`), ...drawn({ kind: one.kind, inside: one })]);
    slot(copy, "texts").append(...texts);
    const form = copy.querySelector("form");
    if (!form) return;
    let answer = "accepted";
    form.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => (answer = button.value)));
    onSubmit(form, async () => {
      await book.api.post(`referrals/${ref}/`, { answer });
      await lettersPage(book);
    });
  });
}
