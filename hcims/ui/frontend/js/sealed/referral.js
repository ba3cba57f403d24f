// A referral from one counsellor to another. age says who can read a file, not who wrote it; so a letter carries a proof by the
// secret that the two certified keys have in common. It convinces the receiver, who could have made it as well, and nobody else.
import { openJson, recipientOf, sealJson, sharedSecret } from "./agefile.js";
import { hex, utf8 } from "./bytes.js";
import { Refused } from "./refused.js";
import { isSameDay } from "./texts.js";

const HASH = "SHA-256";

/** Seals a letter. `identity` is the sender's own, `recipient` the receiver's; `letter` is {ref, from, to, name, at, body}. */
export async function sealReferral(identity, recipient, letter) {
  const { ref, from, to, name, at, body } = letter;
  const inside = { v: 1, ref, from, to, name, at, body };
  const key = await proofKey(sharedSecret(identity, recipient), await recipientOf(identity), recipient);
  return sealJson(recipient, { ...inside, proof: await proofOf(key, inside) });
}

/** Opens a letter and checks whose it is. `row` is {ref, by: {ref}, sent_on}, `to` oneself, `sender` the public key of `by`,
 * already checked against the custodians, or null. Errors: Refused "moved-letter", "unproven-letter". */
export async function openReferral(identity, row, to, sender, ciphertext) {
  const { proof, ...inside } = await openJson(identity, ciphertext);
  if (inside.v !== 1) throw new Refused("unknown-format");
  const expected = { ref: row.ref, from: row.by.ref, to };
  for (const [name, value] of Object.entries(expected)) if (inside[name] !== value) throw new Refused("moved-letter", name);
  if (!isSameDay(inside.at, row.sent_on)) throw new Refused("moved-letter", "at");
  if (!sender) throw new Refused("unproven-letter", "no key");
  const key = await proofKey(sharedSecret(identity, sender), sender, await recipientOf(identity));
  if (proof !== (await proofOf(key, inside))) throw new Refused("unproven-letter");
  return inside;
}

async function proofKey(secret, sender, receiver) {
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const info = utf8(`hcims referral proof v1\n${sender}\n${receiver}`);
  const derive = { name: "HKDF", hash: HASH, salt: new Uint8Array(0), info };
  return crypto.subtle.deriveKey(derive, material, { name: "HMAC", hash: HASH, length: 256 }, false, ["sign"]);
}

const proofOf = async (key, inside) => hex(new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(JSON.stringify(inside)))));
