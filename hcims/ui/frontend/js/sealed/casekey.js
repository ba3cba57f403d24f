// The key of one case: made in the browser, wrapped for each reader, and shared out to pairs of custodians.
import { isIdentity, newIdentity, openJson, openWith, recipientOf, sealJson, sealTo } from "./agefile.js";
import { utf8 } from "./bytes.js";
import { Refused } from "./refused.js";

/** A new secret for a case: {v, case, version, secret}. */
export async function newCaseKey(ref, version = 1) {
  return { v: 1, case: ref, version, secret: await newIdentity() };
}

export const caseRecipient = (caseKey) => recipientOf(caseKey.secret);

/** The secret wrapped for one reader. The caller has checked the reader's key against the custodians' signatures. */
export const wrapFor = (recipient, caseKey) => sealJson(recipient, caseKey);

/** The secret out of a grant. Errors: Refused "moved-key" where it belongs to another case, version or recipient. */
export async function unwrap(identity, wrapped, { ref, version, recipient }) {
  return checkedKey(await openJson(identity, wrapped), { ref, version, recipient });
}

/** Age within age: the outer custodian's layer hides the inner custodian's, which hides the secret. */
export async function shareFor(outer, inner, caseKey) {
  return sealTo(outer, await sealTo(inner, utf8(JSON.stringify(caseKey))));
}

export const openOuter = (identity, share) => openWith(identity, share);

/** What the inner custodian comes to see. Errors: Refused "moved-key". */
export async function openInner(identity, innerSealed, expected) {
  return checkedKey(await openJson(identity, innerSealed), expected);
}

/** Three pairs out of three custodians, each once outside and once inside: any two can act, no one alone. */
export function pairsOf(custodians) {
  if (custodians.length !== 3) throw new Refused("three-custodians");
  return custodians.map((outer, place) => ({ outer, inner: custodians[(place + 1) % 3] }));
}

/** The three shares as the server stores them; `encode` is base64. */
export async function sharesOf(custodians, caseKey, encode) {
  return Promise.all(
    pairsOf(custodians).map(async ({ outer, inner }) => ({
      outer: outer.ref,
      inner: inner.ref,
      sealed: encode(await shareFor(outer.recipient, inner.recipient, caseKey)),
    })),
  );
}

async function checkedKey(found, { ref, version, recipient }) {
  if (found.v !== 1 || !isIdentity(found.secret)) throw new Refused("unknown-format");
  if (found.case !== ref || found.version !== version) throw new Refused("moved-key");
  if (recipient && (await recipientOf(found.secret)) !== recipient) throw new Refused("moved-key");
  return found;
}
