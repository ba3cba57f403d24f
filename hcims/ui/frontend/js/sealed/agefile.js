// Standard age files (age-encryption.org/v1): to recipients, and locked by a passphrase. The only file that knows the library.
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { bech32 } from "@scure/base";
import { Decrypter, Encrypter, Stanza, generateX25519Identity, identityToRecipient } from "age-encryption";
import { text, utf8 } from "./bytes.js";
import { Refused } from "./refused.js";

const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/;
const IDENTITY = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/;
const WORK_FACTOR = 18; // the library's default, 256 MB and 0.9 s on a desk; never lowered
const HIGHEST_WORK_FACTOR = 20;

export const isRecipient = (value) => RECIPIENT.test(value);
export const isIdentity = (value) => IDENTITY.test(value);
export const newIdentity = () => generateX25519Identity();
export const recipientOf = (identity) => identityToRecipient(identity);

/** Bytes sealed to one recipient, or to several of whom each can open them. */
export async function sealTo(recipients, bytes) {
  const encrypter = new Encrypter();
  for (const recipient of [recipients].flat()) {
    if (!isRecipient(recipient)) throw new Refused("bad-recipient");
    encrypter.addRecipient(recipient);
  }
  return encrypter.encrypt(bytes);
}

/** Bytes opened with an identity. Errors: Refused "wrong-key" where it is not for this identity or was changed. */
export async function openWith(identity, bytes) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(bytes);
  } catch (error) {
    throw new Refused("wrong-key", error.message);
  }
}

/** The secret that two keys have in common (X25519): whoever holds either of them can work it out, and nobody else. */
export function sharedSecret(identity, recipient) {
  if (!isIdentity(identity)) throw new Refused("unknown-format");
  if (!isRecipient(recipient)) throw new Refused("bad-recipient");
  return x25519.getSharedSecret(bech32.decodeToBytes(identity).bytes, bech32.decodeToBytes(recipient).bytes);
}

export const sealJson = (recipients, value) => sealTo(recipients, utf8(JSON.stringify(value)));

export async function openJson(identity, bytes) {
  return JSON.parse(text(await openWith(identity, bytes)));
}

/** Bytes locked by a passphrase. `derive(passphrase, salt, logN)` does the slow work, in a worker where there is one. */
export async function lockWith(passphrase, bytes, derive) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(new PassphraseRecipient(passphrase, derive));
  return encrypter.encrypt(bytes);
}

/** Bytes unlocked. Errors: Refused "wrong-passphrase". */
export async function unlockWith(passphrase, bytes, derive) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(new PassphraseIdentity(passphrase, derive));
  try {
    return await decrypter.decrypt(bytes);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused("wrong-passphrase", error.message);
  }
}

// The library's own scrypt stanza blocks the page and says no progress: these two write and read the very same stanza.
const LABEL = utf8("age-encryption.org/v1/scrypt");
const NONCE = new Uint8Array(12);

class PassphraseRecipient {
  constructor(passphrase, derive) {
    Object.assign(this, { passphrase, derive });
  }

  async wrapFileKey(fileKey) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const key = await this.derive(this.passphrase, labelled(salt), WORK_FACTOR);
    return [new Stanza(["scrypt", unpadded(salt), String(WORK_FACTOR)], chacha20poly1305(key, NONCE).encrypt(fileKey))];
  }
}

class PassphraseIdentity {
  constructor(passphrase, derive) {
    Object.assign(this, { passphrase, derive });
  }

  async unwrapFileKey(stanzas) {
    const [{ args, body }] = stanzas;
    const isOurs = stanzas.length === 1 && args.length === 3 && args[0] === "scrypt" && body.length === 32;
    if (!isOurs || !/^[1-9][0-9]?$/.test(args[2])) throw new Refused("not-locked-by-passphrase");
    if (Number(args[2]) > HIGHEST_WORK_FACTOR) throw new Refused("work-factor-too-high");
    const key = await this.derive(this.passphrase, labelled(salted(args[1])), Number(args[2]));
    try {
      return chacha20poly1305(key, NONCE).decrypt(body);
    } catch {
      return null;
    }
  }
}

function labelled(salt) {
  const whole = new Uint8Array(LABEL.length + salt.length);
  whole.set(LABEL);
  whole.set(salt, LABEL.length);
  return whole;
}

const unpadded = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");

function salted(encoded) {
  const salt = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  if (salt.length !== 16) throw new Refused("not-locked-by-passphrase");
  return salt;
}
