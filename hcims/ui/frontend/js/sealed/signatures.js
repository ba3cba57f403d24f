// Custodians sign counsellors' public keys; a browser checks two of them against its pins before it wraps anything to a key.
import { base64, fromBase64, hex, sha256, utf8 } from "./bytes.js";
import { Refused } from "./refused.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };
export const NEEDED = 2;

/** A new signing key: its public half, and the private one for the locked identity. */
export async function newSigningKey() {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
  return {
    signingKey: base64(new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey))),
    signing: base64(new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey))),
  };
}

/** What a custodian signs about a counsellor's key. */
export const statement = ({ key, user, recipient }) => utf8(`hcims counsellor key v1\n${key}\n${user}\n${recipient}`);

export async function sign(signing, about) {
  const key = await crypto.subtle.importKey("pkcs8", fromBase64(signing), CURVE, false, ["sign"]);
  return base64(new Uint8Array(await crypto.subtle.sign(SIGNING, key, statement(about))));
}

/** The pin of a custodian: sixty-four characters that are printed, read out, and kept outside the database. */
export const fingerprint = async ({ signing_key, recipient }) => hex(await sha256(utf8(`${signing_key}\n${recipient}`)));

/** In groups of four, for reading out. */
export const spoken = (pin) => pin.match(/.{1,4}/g).join(" ");

/** Those custodians whose keys are pinned. */
export async function pinned(custodians, pins) {
  const prints = await Promise.all(custodians.map(fingerprint));
  return custodians.filter((custodian, place) => pins.includes(prints[place]));
}

/** Whether two pinned custodians of different bodies have signed this key of this person. */
export async function isCertified({ key, user, recipient, signatures }, custodians, pins) {
  const trusted = await pinned(custodians, pins);
  const bodies = new Set();
  for (const { custodian, signature } of signatures) {
    const by = trusted.find((one) => one.ref === custodian);
    if (by && (await isSigned(by.signing_key, signature, { key, user, recipient }))) bodies.add(by.body);
  }
  return bodies.size >= NEEDED;
}

/** Errors: Refused "not-certified". Called before anything is wrapped to a key. */
export async function insistCertified(about, custodians, pins) {
  if (!(await isCertified(about, custodians, pins))) throw new Refused("not-certified");
}

async function isSigned(signingKey, signature, about) {
  try {
    const key = await crypto.subtle.importKey("spki", fromBase64(signingKey), CURVE, false, ["verify"]);
    return await crypto.subtle.verify(SIGNING, key, fromBase64(signature), statement(about));
  } catch {
    return false;
  }
}
