// Makes a key in the browser: a passphrase of its own, and a recovery key on paper, before anything reaches the server.
import { complain, onSubmit, show, slot, word } from "./dom.js";
import { lockedForms, newOwnKey, relocked } from "./identity.js";
import { drawnPassphrase, guessedBits, isStrong, tidied } from "./passphrase.js";
import { Refused } from "./refused.js";
import { spoken } from "./signatures.js";
import { derivingIn } from "./working.js";

/** Fields "passphrase" and "again" with their help: one drawn by chance, its strength, whether it is seen. */
export function startPassphrase(form) {
  const { passphrase, again } = form.elements;
  const judge = () => {
    const bits = guessedBits(passphrase.value);
    slot(form, "strength").textContent = passphrase.value ? word(isStrong(passphrase.value) ? "strong" : "weak", { bits }) : "";
  };
  passphrase.addEventListener("input", judge);
  form.querySelector("[data-draw]").addEventListener("click", () => {
    passphrase.value = drawnPassphrase();
    passphrase.type = "text";
    again.value = "";
    judge();
    again.focus();
  });
  form.querySelector("[data-see]").addEventListener("click", (event) => {
    const seen = passphrase.type === "password";
    passphrase.type = again.type = seen ? "text" : "password";
    event.currentTarget.setAttribute("aria-pressed", String(seen));
  });
}

/** The new passphrase, or a complaint thrown. */
export function newPassphrase({ passphrase, again }) {
  if (tidied(passphrase) !== tidied(again)) throw new Refused("not-the-same");
  if (!isStrong(passphrase)) throw new Refused("weak-passphrase");
  return passphrase;
}

/** The whole of enrolling. `send({recipient, locked, recoveryLocked, values})` puts it on the server. */
export function enrol({ page, user, pins, signing = () => ({}), send, begin }) {
  const root = show(page);
  const form = root.querySelector("form");
  startPassphrase(form);
  onSubmit(form, async (values) => {
    const passphrase = newPassphrase(values);
    const { signingKey, signing: secret } = await signing();
    const made = await newOwnKey({ user, pins, signing: secret });
    const forms = await lockedForms({ ...made, passphrase, derive: derivingIn(root) });
    showRecovery(made.recovery, async () => {
      await send({ recipient: made.recipient, ...forms, signingKey, values });
      begin(made.own);
    });
  });
}

function showRecovery(recovery, finish) {
  const root = show("recovery", { recovery: `${recovery.slice(0, 16)} ${spoken(recovery.slice(16))}` });
  root.querySelector("[data-print-key]").addEventListener("click", () => window.print());
  onSubmit(root.querySelector("form"), async ({ ending }, form) => {
    const isRight = ending.replace(/\s/g, "").toUpperCase() === recovery.slice(-6);
    if (!isRight) return complain(form, word("wrong-ending"), form.elements.ending);
    await finish();
  });
}

/** A new passphrase around a key that is open, for instance after the printed key was used. */
export function lockAgain({ own, send, done, page = "new-passphrase" }) {
  const root = show(page);
  const form = root.querySelector("form");
  startPassphrase(form);
  onSubmit(form, async (values) => {
    await send(await relocked({ own, passphrase: newPassphrase(values), derive: derivingIn(root) }));
    done();
  });
}
