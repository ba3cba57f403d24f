// The sealed format by itself, without a browser: node --test. Run by tests/counselling/test_sealing.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scrypt } from "@noble/hashes/scrypt.js";
import * as age from "../js/sealed/agefile.js";
import * as casekey from "../js/sealed/casekey.js";
import * as identity from "../js/sealed/identity.js";
import * as referral from "../js/sealed/referral.js";
import * as signatures from "../js/sealed/signatures.js";
import * as texts from "../js/sealed/texts.js";
import { base64, fromBase64, hex, newReference, randomBelow, utf8 } from "../js/sealed/bytes.js";
import { lookupOf } from "../js/sealed/lookup.js";
import { drawnPassphrase, guessedBits, isStrong, tidied } from "../js/sealed/passphrase.js";
import { WORDS, drawnPseudonym } from "../js/sealed/pseudonym.js";

const refused = (code) => (error) => error.code === code || assert.fail(`${error.code ?? error.stack}, not ${code}`);
// The factor in the file stays 18; only this test's own arithmetic is shortened, alike on both sides.
const derive = (passphrase, salt) => scrypt(passphrase, salt, { N: 2 ** 4, r: 8, p: 1, dkLen: 32 });
const OWN = { user: "user22223333", pins: ["aa"] };

test("an identity opens with its passphrase and with the printed key, for its owner only", async () => {
  const { own, recipient, recovery } = await identity.newOwnKey(OWN);
  const forms = await identity.lockedForms({ own, recovery, passphrase: "baro kitu  woje", derive });
  assert.match(new TextDecoder().decode(forms.locked), /^age-encryption.org\/v1\n-> scrypt \S+ 18\n/);
  const about = { locked: forms.locked, user: OWN.user, recipient, derive };
  assert.deepEqual(await identity.unlocked({ ...about, passphrase: " baro kitu woje " }), own);
  await assert.rejects(identity.unlocked({ ...about, passphrase: "baro kitu woja" }), refused("wrong-passphrase"));
  await assert.rejects(identity.unlocked({ ...about, passphrase: "baro kitu woje", user: "other" }), refused("not-yours"));
  const other = await age.recipientOf(await age.newIdentity());
  await assert.rejects(identity.unlocked({ ...about, passphrase: "baro kitu woje", recipient: other }), refused("not-yours"));
  const printed = { recoveryLocked: forms.recoveryLocked, user: OWN.user, recipient };
  assert.deepEqual(await identity.recovered({ ...printed, recovery: recovery.toLowerCase().match(/.{1,6}/g).join(" ") }), own);
  await assert.rejects(identity.recovered({ ...printed, recovery: await age.newIdentity() }), refused("wrong-recovery"));
  await assert.rejects(identity.recovered({ ...printed, recovery: "nonsense" }), refused("wrong-recovery"));
});

test("only plain X25519 recipients are sealed to", async () => {
  for (const wrong of ["age1pq1qqqq", "", "age1tag1qqq", "ssh-ed25519 AAAA"]) {
    await assert.rejects(age.sealTo(wrong, utf8("x")), refused("bad-recipient"));
  }
});

async function sealed(changes = {}) {
  const key = await casekey.newCaseKey("case22223333");
  const row = { ref: "text22223333", kind: "note", author: "user22223333", session: "sess22223333", replaces: null, written_on: "2026-11-22" };
  const about = { ...row, text: row.ref, at: "2026-11-22T10:00:00.000Z", ...changes };
  return { key, row, ciphertext: await texts.sealText(key, about, { text: "jacaranda" }) };
}

test("a text opens in its own place", async () => {
  const { key, row, ciphertext } = await sealed();
  assert.equal((await texts.openText(key, row, ciphertext)).body.text, "jacaranda");
  assert.ok(ciphertext.length < 900, `${ciphertext.length} bytes`);
});

for (const [name, value] of [["ref", "text99999999"], ["kind", "plan"], ["author", "user99999999"], ["session", null], ["replaces", "text88888888"], ["written_on", "2026-11-25"]]) {
  test(`a text whose row says another ${name} is refused`, async () => {
    const { key, row, ciphertext } = await sealed();
    await assert.rejects(texts.openText(key, { ...row, [name]: value }, ciphertext), refused("moved-text"));
  });
} // prettier-ignore

test("a text under another case's key, changed, or made without the key is refused", async () => {
  const { key, row, ciphertext } = await sealed();
  await assert.rejects(texts.openText({ ...key, case: "case99999999" }, row, ciphertext), refused("moved-text"));
  await assert.rejects(texts.openText(await casekey.newCaseKey("case22223333"), row, ciphertext), refused("wrong-key"));
  const changed = ciphertext.slice();
  changed[changed.length - 3] ^= 1;
  await assert.rejects(texts.openText(key, row, changed), refused("wrong-key"));
  // Whoever can write the database knows the recipient, and can seal anything to it: the proof is what it cannot make.
  const inside = { v: 1, case: key.case, text: row.ref, kind: "note", author: row.author, at: "2026-11-22T10:00:00Z", session: row.session, replaces: null, body: { text: "forged" }, proof: "00" };
  const forged = await age.sealJson(await casekey.caseRecipient(key), inside);
  await assert.rejects(texts.openText(key, row, forged), refused("forged-text"));
});

test("re-keying keeps author, time and words, and shuts the old key out", async () => {
  const { key, row, ciphertext } = await sealed();
  const fresh = await casekey.newCaseKey("case22223333", 2);
  const again = await texts.resealed(key, fresh, row, ciphertext);
  assert.equal((await texts.openText(fresh, row, again)).at, "2026-11-22T10:00:00.000Z");
  await assert.rejects(texts.openText(key, row, again), refused("wrong-key"));
});

test("a case's key is wrapped for a reader, and a wrapped key moved to another case is refused", async () => {
  const reader = await age.newIdentity();
  const key = await casekey.newCaseKey("case22223333", 3);
  const wrapped = await casekey.wrapFor(await age.recipientOf(reader), key);
  const row = { ref: "case22223333", version: 3, recipient: await casekey.caseRecipient(key) };
  assert.deepEqual(await casekey.unwrap(reader, wrapped, row), key);
  for (const wrong of [{ ref: "case99999999" }, { version: 2 }, { recipient: await age.recipientOf(reader) }]) {
    await assert.rejects(casekey.unwrap(reader, wrapped, { ...row, ...wrong }), refused("moved-key"));
  }
});

test("two custodians open a case together, in either pair, and no one alone", async () => {
  const secrets = await Promise.all([1, 2, 3].map(() => age.newIdentity()));
  const custodians = await Promise.all(secrets.map(async (secret, place) => ({ ref: `c${place}`, recipient: await age.recipientOf(secret) })));
  const key = await casekey.newCaseKey("case22223333");
  const expected = { ref: key.case, version: 1, recipient: await casekey.caseRecipient(key) };
  const shares = await casekey.sharesOf(custodians, key, (bytes) => bytes);
  assert.deepEqual(shares.map(({ outer, inner }) => outer + inner), ["c0c1", "c1c2", "c2c0"]);
  for (const { outer, inner, sealed: share } of shares) {
    const [first, second] = [secrets[outer[1]], secrets[inner[1]]];
    const half = await casekey.openOuter(first, share);
    assert.deepEqual(await casekey.openInner(second, half, expected), key);
    await assert.rejects(casekey.openOuter(second, share), refused("wrong-key"));
    await assert.rejects(casekey.openInner(first, half, expected), refused("wrong-key"));
  }
  assert.throws(() => casekey.pairsOf(custodians.slice(1)), refused("three-custodians"));
});

async function custodian(ref, body) {
  const { signingKey, signing } = await signatures.newSigningKey();
  const recipient = await age.recipientOf(await age.newIdentity());
  const card = { ref, body, signing_key: signingKey, recipient };
  return { card, signing, pin: await signatures.fingerprint(card) };
}

test("a key counts with the signatures of two pinned custodians of different bodies", async () => {
  const [one, two, three] = await Promise.all([custodian("a", "KNCHR"), custodian("b", "IPOA"), custodian("c", "IPOA")]);
  const cards = [one, two, three].map(({ card }) => card);
  const pins = [one, two, three].map(({ pin }) => pin);
  const about = { key: "key222223333", user: "user22223333", recipient: await age.recipientOf(await age.newIdentity()) };
  const signed = async (...by) => ({ ...about, signatures: await Promise.all(by.map(async ({ card, signing }) => ({ custodian: card.ref, signature: await signatures.sign(signing, about) }))) });
  const both = await signed(one, two);
  assert.equal(await signatures.isCertified(both, cards, pins), true);
  await signatures.insistCertified(both, cards, pins);
  await assert.rejects(signatures.insistCertified(both, cards, pins.slice(1)), refused("not-certified"));
  assert.equal(await signatures.isCertified(await signed(one), cards, pins), false);
  assert.equal(await signatures.isCertified(await signed(one, one), cards, pins), false);
  assert.equal(await signatures.isCertified(await signed(two, three), cards, pins), false);
  assert.equal(await signatures.isCertified({ ...both, user: "user99999999" }, cards, pins), false);
  const swapped = { ...both, recipient: await age.recipientOf(await age.newIdentity()) };
  assert.equal(await signatures.isCertified(swapped, cards, pins), false);
  const impostor = await custodian("b", "IPOA"); // the database's row of b was exchanged for a key of one's own
  assert.equal(await signatures.isCertified(await signed(one, impostor), [one.card, impostor.card, three.card], pins), false);
  assert.match(signatures.spoken(one.pin), /^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  assert.equal(fromBase64(both.signatures[0].signature).length, 64);
});

async function letter(changes = {}) {
  const [sender, receiver] = [await age.newIdentity(), await age.newIdentity()];
  const keys = { sender, receiver, from: await age.recipientOf(sender), to: await age.recipientOf(receiver) };
  const row = { ref: "ltrr22223333", by: { ref: "user22223333" }, sent_on: "2026-11-22" };
  const inside = { ref: row.ref, from: row.by.ref, to: "user44445555", name: "Ann", at: "2026-11-22T10:00:00.000Z", body: { text: "jacaranda" }, ...changes };
  return { keys, row, sealed: await referral.sealReferral(sender, keys.to, inside) };
}

const opening = ({ keys, row, sealed }, { changed = {}, me = "user44445555", sender = keys.from } = {}) =>
  referral.openReferral(keys.receiver, { ...row, ...changed }, me, sender, sealed);

test("a referral opens for its receiver and proves its sender, of one's own making included", async () => {
  const one = await letter();
  assert.equal((await opening(one)).body.text, "jacaranda");
  await assert.rejects(opening(one, { sender: null }), refused("unproven-letter"));
  await assert.rejects(opening(one, { sender: one.keys.to }), refused("unproven-letter"));
  await assert.rejects(opening(one, { sender: (await letter()).keys.from }), refused("unproven-letter"));
  const forged = await age.sealJson(one.keys.to, { v: 1, ...one.row, from: "user22223333", to: "user44445555", at: "2026-11-22T10:00:00.000Z", body: {}, proof: "00" });
  await assert.rejects(opening({ ...one, sealed: forged }), refused("unproven-letter"));
  const back = await referral.openReferral(one.keys.receiver, one.row, "user44445555", one.keys.from, one.sealed);
  assert.equal(back.proof, undefined);
});

for (const [name, more] of [
  ["reference", { changed: { ref: "ltrr99999999" } }],
  ["sender", { changed: { by: { ref: "user99999999" } } }],
  ["day", { changed: { sent_on: "2026-11-25" } }],
  ["receiver", { me: "user99999999" }],
]) {
  test(`a referral of another ${name} is refused`, async () => assert.rejects(opening(await letter(), more), refused("moved-letter")));
}

test("a case is found by service number with one's own key only", async () => {
  const [mine, other] = await Promise.all([identity.newOwnKey(OWN), identity.newOwnKey(OWN)]);
  const found = await lookupOf(mine.own, " ke123456 ");
  assert.match(found, /^[0-9a-f]{64}$/);
  assert.equal(await lookupOf(mine.own, "KE123456"), found);
  assert.notEqual(await lookupOf(other.own, "KE123456"), found);
});

test("references, pseudonyms and passphrases are drawn by chance", () => {
  assert.match(newReference(), /^[2-9a-hjkmnp-tv-z]{12}$/);
  assert.match(drawnPseudonym(), /^[a-z]+ [a-z]+ [1-9][0-9]$/);
  assert.equal(new Set([...WORDS.first, ...WORDS.second]).size, 128);
  const drawn = drawnPassphrase();
  assert.match(drawn, /^([a-z]{4} ){4}[a-z]{4}$/);
  assert.ok(Array.from({ length: 50 }, drawnPassphrase).every(isStrong));
  assert.equal(tidied("  a   b "), "a b");
  for (const weak of ["", "password", "aaaaaaaaaaaaaaaaaaaaaaaa", "12345678901234567890", "Nairobi2026!"]) {
    assert.ok(!isStrong(weak), `${weak}: ${guessedBits(weak)}`);
  }
  assert.ok(Array.from({ length: 500 }, () => randomBelow(3)).every((number) => number < 3));
  assert.equal(base64(fromBase64("AAECAw==")), "AAECAw==");
  assert.equal(hex(Uint8Array.of(0, 171)), "00ab");
});
