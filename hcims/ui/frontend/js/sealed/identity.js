// A counsellor's or custodian's own key: made in the browser, locked by a passphrase, and once more to a printed key.
import { isIdentity, lockWith, newIdentity, openWith, recipientOf, sealTo, unlockWith } from "./agefile.js";
import { base64, randomBytes, text, utf8 } from "./bytes.js";
import { tidied } from "./passphrase.js";
import { Refused } from "./refused.js";

/** A new identity: what is locked, the public recipient, and the recovery key that is printed and kept nowhere. */
export async function newOwnKey({ user, pins, signing = undefined }) {
  const identity = await newIdentity();
  const own = { v: 1, identity, lookup: base64(randomBytes(32)), pins, user };
  if (signing) own.signing = signing;
  return { own, recipient: await recipientOf(identity), recovery: await newIdentity() };
}

/** The two locked forms that the server keeps: by passphrase, and to the printed recovery key. */
export async function lockedForms({ own, recovery, passphrase, derive }) {
  const bytes = utf8(JSON.stringify(own));
  return {
    locked: await lockWith(tidied(passphrase), bytes, derive),
    recoveryLocked: await sealTo(await recipientOf(recovery), bytes),
  };
}

/** The passphrase's form alone: after a new passphrase, or when pins were accepted. */
export async function relocked({ own, passphrase, derive }) {
  return lockWith(tidied(passphrase), utf8(JSON.stringify(own)), derive);
}

/** The identity unlocked. Errors: Refused "wrong-passphrase", "not-yours". */
export async function unlocked({ locked, passphrase, user, recipient, derive }) {
  return checked(await unlockWith(tidied(passphrase), locked, derive), user, recipient);
}

/** The identity from its printed recovery key. Errors: Refused "wrong-recovery", "not-yours". */
export async function recovered({ recoveryLocked, recovery, user, recipient }) {
  const printed = recovery.replace(/[\s]/g, "").toUpperCase();
  if (!isIdentity(printed)) throw new Refused("wrong-recovery");
  const bytes = await openWith(printed, recoveryLocked).catch(() => {
    throw new Refused("wrong-recovery");
  });
  return checked(bytes, user, recipient);
}

// The server could hand out somebody else's locked key: it must be this person's and fit the public half.
async function checked(bytes, user, recipient) {
  const own = JSON.parse(text(bytes));
  if (own.v !== 1 || !isIdentity(own.identity)) throw new Refused("unknown-format");
  if (own.user !== user || (await recipientOf(own.identity)) !== recipient) throw new Refused("not-yours");
  return own;
}
