// A questionnaire filled in together: scored here, and only the sealed result is kept.
import { el, onSubmit, show, slot, word } from "./dom.js";
import { WORDING, itemOf } from "./instrument-words.js";
import { INSTRUMENTS, scored, valuesOf } from "./instruments.js";

export async function instrumentPage(book, one, back, code) {
  if (!INSTRUMENTS[code]) return choose(one);
  const { name, credit, stem } = WORDING[code];
  const values = { pseudonym: one.pseudonym, name, credit, stem, back: `#/case/${one.ref}` };
  const root = show("questionnaire", values);
  const numbers = Array.from({ length: INSTRUMENTS[code].items }, (_, place) => place + 1);
  slot(root, "items").append(...numbers.map((number) => question(code, number)));
  const form = root.querySelector("form");
  const answers = () => numbers.map((number) => answerOf(form, number));
  form.addEventListener("change", () => {
    const given = answers();
    const open = given.filter((answer) => answer === null).length;
    slot(root, "sum").textContent = open ? word("still-open", { count: open }) : line(code, scored(code, given));
  });
  onSubmit(form, async () => {
    const given = answers();
    await book.write(one, { kind: "instrument", body: { instrument: code, answers: given, ...scored(code, given) } });
    back();
  });
}

function choose(one) {
  const root = show("instruments", { pseudonym: one.pseudonym, back: `#/case/${one.ref}` });
  const links = Object.entries(WORDING).map(([code, { name, credit }]) =>
    el("li", {}, el("a", { href: `#/case/${one.ref}/instrument/${code}` }, name), el("p", { className: "small muted", lang: "en" }, credit)),
  );
  slot(root, "list").append(...links);
}

function question(code, number) {
  const { question: asked, answers } = itemOf(code, number);
  const choices = valuesOf(code, number).map((value, place) => {
    const id = `item-${number}-${value}`;
    const input = el("input", { className: "govuk-radios__input", type: "radio", id, name: `item-${number}`, value: String(value), required: "", autocomplete: "off" });
    return el("div", { className: "govuk-radios__item" }, input, el("label", { className: "govuk-label govuk-radios__label", for: id }, answers[place]));
  });
  const legend = el("legend", { className: "govuk-fieldset__legend" }, `${number}. ${asked}`);
  const radios = el("div", { className: "govuk-radios govuk-radios--small answers-row" }, ...choices);
  return el("div", { className: "govuk-form-group", lang: "en" }, el("fieldset", { className: "govuk-fieldset" }, legend, radios));
}

function answerOf(form, number) {
  const value = form.elements[`item-${number}`].value;
  return value === "" ? null : Number(value);
}

function line(code, { total, most, band, alert }) {
  const score = word("score", { name: WORDING[code].name, total, most, band: word(`band-${code}-${band}`) });
  return alert ? `${score} ${word("ask-about-safety")}` : score;
}
