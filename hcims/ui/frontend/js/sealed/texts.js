// Sealed texts of a case. Each carries inside it what it is, and a proof by the case's own key that it was made by someone
// who holds it: a ciphertext moved to another case, note, author or day is refused, and so is one made by the server.
import { openWith, sealTo, recipientOf } from "./agefile.js";
import { hex, text, utf8 } from "./bytes.js";
import { Refused } from "./refused.js";

const DAY = 86_400_000;
const BOUND = ["case", "text", "kind", "author", "session", "replaces"];

/** Seals `body` to the case. `about`: {text, kind, author, at, session, replaces}; the last two may be null. */
export async function sealText(caseKey, about, body) {
  const inside = {
    v: 1,
    case: caseKey.case,
    text: about.text,
    kind: about.kind,
    author: about.author,
    at: about.at,
    session: about.session ?? null,
    replaces: about.replaces ?? null,
    body,
  };
  return sealTo(await recipientOf(caseKey.secret), utf8(JSON.stringify(await proven(caseKey, inside))));
}

/** Opens a text and compares it with its row {ref, kind, author, written_on, session, replaces}. Errors: Refused. */
export async function openText(caseKey, row, ciphertext) {
  const { proof, ...inside } = JSON.parse(text(await openWith(caseKey.secret, ciphertext)));
  if (inside.v !== 1) throw new Refused("unknown-format");
  const expected = { ...row, case: caseKey.case, text: row.ref };
  for (const name of BOUND) {
    if ((inside[name] ?? null) !== (expected[name] ?? null)) throw new Refused("moved-text", name);
  }
  if (!isSameDay(inside.at, row.written_on)) throw new Refused("moved-text", "at");
  if (proof !== (await proven(caseKey, inside)).proof) throw new Refused("forged-text");
  return inside;
}

/** The same text under a new key of its case: author, time and body stay. */
export async function resealed(oldKey, newKey, row, ciphertext) {
  const inside = await openText(oldKey, row, ciphertext);
  return sealText(newKey, inside, inside.body);
}

async function proven(caseKey, inside) {
  const key = await proofKey(caseKey);
  const signed = await crypto.subtle.sign("HMAC", key, utf8(JSON.stringify(inside)));
  return { ...inside, proof: hex(new Uint8Array(signed)) };
}

// Held by the object of the key, so that fifty notes derive it once and it is forgotten with the key.
const kept = new WeakMap();
async function proofKey(caseKey) {
  if (!kept.has(caseKey)) {
    const name = utf8("hcims case proof v1\n");
    const secret = await crypto.subtle.importKey("raw", utf8(caseKey.secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const bytes = await crypto.subtle.sign("HMAC", secret, name);
    kept.set(caseKey, await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]));
  }
  return kept.get(caseKey);
}

/** The row has the day in Nairobi; a clock that is wrong by some hours around midnight is forgiven. */
export function isSameDay(at, day) {
  const moment = Date.parse(at);
  const noon = Date.parse(`${day}T09:00:00Z`);
  return Number.isFinite(moment) && Number.isFinite(noon) && Math.abs(moment - noon) <= 1.5 * DAY;
}
