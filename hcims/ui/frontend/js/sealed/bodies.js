// What a sealed text says, drawn by its kind. Words only; line breaks are kept by the style sheet.
import { el, moment, word } from "./dom.js";
import { WORDING, itemOf } from "./instrument-words.js";
import { valuesOf } from "./instruments.js";

const DRAWN = { instrument, risk, attachment, referral, face };

export function drawn(row) {
  const { body } = row.inside;
  return (DRAWN[row.kind] ?? plain)(body);
}

function plain(body) {
  return [el("p", { className: "sealed-words" }, body.text ?? "")];
}

function face(body) {
  const lines = [body.name, body.service_number, body.contact].filter(Boolean).join(" · ");
  const next = body.next ? [el("p", {}, word("next-at", { at: moment(body.next.at), where: body.next.where ?? "" }))] : [];
  return [el("p", { className: "strong" }, lines), ...next, el("p", { className: "sealed-words" }, body.presenting ?? "")];
}

function risk(body) {
  const about = (body.about ?? []).map((each) => word(`risk-about-${each}`)).join(", ");
  return [el("p", { className: "strong" }, [word(`risk-${body.level}`), about].filter(Boolean).join(": ")), ...plain(body)];
}

function instrument(body) {
  const { name, credit } = WORDING[body.instrument];
  const score = word("score", { name, total: body.total, most: body.most, band: word(`band-${body.instrument}-${body.band}`) });
  const items = body.answers.map((answer, place) => {
    const { question, answers } = itemOf(body.instrument, place + 1);
    return el("li", {}, `${question} `, el("strong", {}, answers[valuesOf(body.instrument, place + 1).indexOf(answer)]));
  });
  const alert = body.alert ? [el("p", { className: "chip chip--bad" }, word("ask-about-safety"))] : [];
  const criteria = body.criteria === undefined ? [] : [el("p", {}, word(body.criteria ? "criteria-met" : "criteria-not-met"))];
  const all = el("details", {}, el("summary", {}, word("answers")), el("ol", { lang: "en" }, ...items), el("p", { className: "small muted", lang: "en" }, credit));
  return [el("p", { className: "strong" }, score), ...alert, ...criteria, all];
}

function attachment(body) {
  return [el("p", {}, `${body.name} (${kilobytes(body.size)})`)];
}

function referral(body) {
  const to = el("p", { className: "strong" }, word("referred-to", { to: body.to }));
  return [to, el("p", { className: "sealed-words" }, body.text ?? ""), el("p", { className: "small" }, word("client-agreed"))];
}

export const kilobytes = (bytes) => `${Math.max(1, Math.round(bytes / 1000))} kB`;
