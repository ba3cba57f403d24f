// A case taken away: standard age files in a zip. Nothing in it is opened; what is clear is what the server holds in clear.
import { fromBase64, utf8 } from "./bytes.js";
import { zipped } from "./zip.js";

const READ_ME = `A sealed case of HCIMS, as standard age files (age-encryption.org/v1).

identity.age        your own key, locked by your passphrase
case-key.age        the key of the case, sealed to your own key
texts/*.age         the texts, sealed to the key of the case
case.json           pseudonym, days, and which file is which; no word of any text

With the age program:
  age -d identity.age > identity.json            (asks for your passphrase)
  copy the line AGE-SECRET-KEY-1... that stands under "identity" into a file identity.txt
  age -d -i identity.txt case-key.age > case-key.json
  copy the line AGE-SECRET-KEY-1... that stands under "secret" into a file case.txt
  age -d -i case.txt texts/NAME.age

What is written is in clear wherever you write it. Destroy the files when you are done.
The format in full: docs/counselling/format.md
`;

/** The archive's bytes. `one` is the case as the API gives it; `textOf(row)` gives the ciphertext of each text, as base64. */
export async function exported(one, locked, textOf) {
  const files = [
    { name: "README.txt", bytes: utf8(READ_ME) },
    { name: "identity.age", bytes: fromBase64(locked) },
    { name: "case-key.age", bytes: fromBase64(one.grant.wrapped) },
  ];
  const texts = [];
  for (const row of one.texts) {
    const name = `texts/${row.written_on}-${row.kind}-${row.ref}.age`;
    files.push({ name, bytes: fromBase64(await textOf(row)) });
    texts.push({ ...clear(row), file: name });
  }
  files.push({ name: "case.json", bytes: utf8(JSON.stringify(described(one, texts), null, 2)) });
  return zipped(files);
}

// Named one by one: the rows of an open case also carry what was opened.
const clear = ({ ref, kind, session, author, written_on, replaces, key_version }) => ({ ref, kind, session, author, written_on, replaces, key_version });

function described(one, texts) {
  const { ref, pseudonym, state, opened_on, review_due_on, closed_on, recipient, key_version, sessions } = one;
  return { v: 1, ref, pseudonym, state, opened_on, review_due_on, closed_on, recipient, key_version, sessions, texts };
}
