// Opens one's own key for this sitting: by passphrase, or by the printed key and then a new passphrase.
import { fromBase64 } from "./bytes.js";
import { onSubmit, show, word } from "./dom.js";
import { lockAgain } from "./enrolling.js";
import { recovered, unlocked } from "./identity.js";
import { derivingIn } from "./working.js";

/** `key` is {ref, recipient, locked, recovery_locked}; `begin(own)` goes on; `relock(bytes)` stores a new lock; `anew()` makes another key. */
export function unlock({ key, user, times, why = "", begin, relock, anew }) {
  const root = show("unlock", { why: why && word(`locked-${why}`), rule: word("unlock-rule", times) });
  const form = root.querySelector("form");
  form.elements.passphrase.focus();
  onSubmit(form, async ({ passphrase }) => {
    const about = { locked: fromBase64(key.locked), recipient: key.recipient, user, passphrase, derive: derivingIn(root) };
    const own = await unlocked(about).catch((error) => {
      form.reset();
      throw error;
    });
    await begin(own);
  });
  root.querySelector("[data-recover]").addEventListener("click", () => recover({ key, user, begin, relock, anew }));
}

function recover({ key, user, begin, relock, anew }) {
  const root = show("recover");
  root.querySelector("[data-anew]").addEventListener("click", anew);
  onSubmit(root.querySelector("form"), async ({ recovery }) => {
    const own = await recovered({ recoveryLocked: fromBase64(key.recovery_locked), recipient: key.recipient, user, recovery });
    lockAgain({ own, send: relock, done: () => begin(own) });
  });
}
