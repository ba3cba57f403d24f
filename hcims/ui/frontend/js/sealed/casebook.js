// Cases between the server, which has ciphertext, and the pages, which have words. No element of any page is touched here.
import { recipientOf } from "./agefile.js";
import { base64, fromBase64, newReference } from "./bytes.js";
import { caseRecipient, newCaseKey, sharesOf, unwrap, wrapFor } from "./casekey.js";
import { exported } from "./export.js";
import { lookupOf } from "./lookup.js";
import { trustedPins } from "./pins.js";
import { openReferral, sealReferral } from "./referral.js";
import { Refused } from "./refused.js";
import { insistCertified, isCertified, pinned } from "./signatures.js";
import { openText, resealed, sealText } from "./texts.js";

const CUSTODIANS = 3;

export class Casebook {
  constructor(api, sitting, me) {
    Object.assign(this, { api, sitting, me });
  }

  get own() {
    if (!this.sitting.isOpen) throw new Refused("locked");
    return this.sitting.own;
  }

  /** Pins that this browser's key remembers and the file outside the database still has. */
  get pins() {
    return trustedPins(this.own, this.me);
  }

  async custodians() {
    const trusted = await pinned(this.me.custodians, this.pins);
    if (trusted.length < CUSTODIANS) throw new Refused("three-custodians");
    return trusted.sort((one, other) => (one.ref < other.ref ? -1 : 1)).slice(0, CUSTODIANS);
  }

  /** The key of a case, out of one's own grant; checked against the row, remembered for the sitting. */
  async keyOf(row) {
    const name = `${row.ref} ${row.key_version}`;
    const { caseKeys } = this.sitting;
    if (!caseKeys.has(name)) {
      const expected = { ref: row.ref, version: row.key_version, recipient: row.recipient };
      caseKeys.set(name, await unwrap(this.own.identity, fromBase64(row.grant.wrapped), expected));
    }
    return caseKeys.get(name);
  }

  /** The face opened, {name, service_number, …}. Errors: Refused, also "moved-face" where it is not whom the case was opened for. */
  async faceOf(row) {
    if (!row.face) throw new Refused("no-face");
    const { body } = await openText(await this.keyOf(row), { ...row.face, kind: "face" }, fromBase64(row.face.ciphertext));
    if (row.grant.kind === "owner" && row.grant.lookup !== (await this.lookup(body.service_number))) throw new Refused("moved-face");
    return body;
  }

  async lookup(serviceNumber) {
    return serviceNumber?.trim() ? lookupOf(this.own, serviceNumber) : "";
  }

  /** One page of cases, each with `known`: its face, or the refusal. */
  async list(state, page = 1) {
    const found = await this.api.get(`cases/?state=${state}&page=${page}`);
    for (const row of found.cases) row.known = await this.faceOf(row).catch((error) => ({ refused: error }));
    return found;
  }

  /** Own cases of this service number, open and closed. Nothing of it is sent. */
  async find(serviceNumber) {
    const lookup = await this.lookup(serviceNumber);
    const wanted = serviceNumber.trim().toUpperCase();
    const isIt = (row) => row.grant.lookup === lookup || row.known.service_number?.trim().toUpperCase() === wanted;
    const found = [];
    for (const state of ["open", "closed"]) {
      for (let page = 1, pages = 1; page <= pages; page++) {
        const answer = await this.list(state, page);
        pages = answer.pages;
        found.push(...answer.cases.filter(isIt));
      }
    }
    return found;
  }

  /** One case with its texts opened: {row…, known, texts: [{…, inside | refused}]}. A reading, which the server logs. */
  async read(ref) {
    const one = await this.api.get(`cases/${ref}/`);
    one.known = await this.faceOf(one);
    const key = await this.keyOf(one);
    for (const row of one.texts) {
      if (!row.ciphertext) continue;
      try {
        row.inside = await openText(key, row, fromBase64(row.ciphertext));
      } catch (error) {
        row.refused = error;
      }
    }
    return one;
  }

  async attachment(one, row) {
    const { ciphertext } = await this.api.get(`cases/${one.ref}/texts/${row.ref}/`);
    return (await openText(await this.keyOf(one), row, fromBase64(ciphertext))).body;
  }

  /** {ref, ciphertext} of a new text of the case. */
  async sealed(key, { kind, body, session = null, replaces = null }) {
    const about = { text: newReference(), kind, author: this.me.user.ref, at: new Date().toISOString(), session, replaces };
    return { ref: about.text, ciphertext: base64(await sealText(key, about, body)) };
  }

  async write(one, { kind, body, session = null, replaces = null }) {
    const made = await this.sealed(await this.keyOf(one), { kind, body, session, replaces });
    await this.api.post(`cases/${one.ref}/texts/`, { ...made, kind, session, replaces });
  }

  async addSession(one, { kind, on, minutes, mode }, text) {
    const ref = newReference();
    const note = text ? await this.sealed(await this.keyOf(one), { kind: "note", body: { text }, session: ref }) : null;
    await this.api.post(`cases/${one.ref}/sessions/`, { ref, kind, on, minutes: Number(minutes), mode, note });
  }

  /** A face with another service number, and with it the mark by which this browser finds the case again. */
  async correctNumber(one, body) {
    const replaces = one.face.ref;
    const made = await this.sealed(await this.keyOf(one), { kind: "face", body, replaces });
    await this.api.post(`cases/${one.ref}/face/`, { ...made, replaces, lookup: await this.lookup(body.service_number) });
  }

  /** A new case; gives its reference. */
  async open({ pseudonym, office, reviewDueOn, waited, face }) {
    const key = await newCaseKey(newReference());
    await this.api.post("cases/", {
      ref: key.case,
      pseudonym,
      office: office || null,
      recipient: await caseRecipient(key),
      review_due_on: reviewDueOn || null,
      waited: waited || null,
      wrapped: base64(await wrapFor(await recipientOf(this.own.identity), key)),
      lookup: await this.lookup(face.service_number),
      face: await this.sealed(key, { kind: "face", body: face }),
      shares: await sharesOf(await this.custodians(), key, base64),
    });
    return key.case;
  }

  /** Colleagues whose keys two custodians have signed; each key is checked here and not taken from the server's word. */
  async readers() {
    const { readers } = await this.api.get("readers/");
    const checked = await Promise.all(readers.map((reader) => isCertified(aboutKey(reader), this.me.custodians, this.pins)));
    return readers.filter((_, place) => checked[place]);
  }

  /** The case's key wrapped to a colleague. Errors: Refused "not-certified". */
  async wrappedTo(one, reader, key = null) {
    await insistCertified(aboutKey(reader), this.me.custodians, this.pins);
    return base64(await wrapFor(reader.key.recipient, key ?? (await this.keyOf(one))));
  }

  async grantTo(one, reader, { reason, endsAt }) {
    const wrapped = await this.wrappedTo(one, reader);
    const what = { user: userOf(reader), key: reader.key.ref, wrapped, kind: "second", reason, ends_at: endsAt, lookup: "" };
    await this.api.post(`cases/${one.ref}/grants/`, what);
  }

  async handOver(one, reader, consent) {
    const wrapped = await this.wrappedTo(one, reader);
    const sealed = await this.sealed(await this.keyOf(one), { kind: "consent", body: consent });
    await this.api.post(`cases/${one.ref}/handover/`, { user: userOf(reader), key: reader.key.ref, wrapped, consent: sealed });
  }

  /** Sends a colleague what was chosen; what was sent, and that the client agreed, stays sealed in the case. */
  async refer(one, reader, { shared, record }) {
    await insistCertified(aboutKey(reader), this.me.custodians, this.pins);
    const { user } = this.me;
    const letter = { ref: newReference(), from: user.ref, to: userOf(reader), name: user.name, at: new Date().toISOString(), body: shared };
    const sealed = base64(await sealReferral(this.own.identity, reader.key.recipient, letter));
    const kept = await this.sealed(await this.keyOf(one), { kind: "referral", body: record });
    await this.api.post(`cases/${one.ref}/referrals/`, { ref: letter.ref, to: letter.to, key: reader.key.ref, sealed, record: kept });
  }

  async letters() {
    const { referrals } = await this.api.get("referrals/");
    for (const each of referrals) {
      try {
        each.letter = await openReferral(this.own.identity, each, this.me.user.ref, await this.provenKey(each.by), fromBase64(each.sealed));
      } catch (error) {
        each.refused = error;
      }
    }
    return referrals;
  }

  /** The public key of a colleague if two custodians have signed it, else null. */
  async provenKey({ ref, key }) {
    const about = key && { key: key.ref, user: ref, recipient: key.recipient, signatures: key.signatures };
    return about && (await isCertified(about, this.me.custodians, this.pins)) ? key.recipient : null;
  }

  /** All texts under a new key, wrapped again for everyone who may read, shared out again: all of it or nothing. */
  async rekey(one) {
    const old = await this.keyOf(one);
    const key = await newCaseKey(one.ref, one.key_version + 1);
    const texts = [];
    for (const row of one.texts) {
      const ciphertext = row.ciphertext ?? (await this.api.get(`cases/${one.ref}/texts/${row.ref}/`)).ciphertext;
      texts.push({ ref: row.ref, ciphertext: base64(await resealed(old, key, row, fromBase64(ciphertext))) });
    }
    await this.api.post(`cases/${one.ref}/rekey/`, {
      recipient: await caseRecipient(key),
      texts,
      grants: await this.wrappedAgain(one, key),
      shares: await sharesOf(await this.custodians(), key, base64),
    });
  }

  async wrappedAgain(one, key) {
    const others = one.grants.filter(({ user }) => user !== this.me.user.ref);
    const readers = others.length ? await this.readers() : [];
    const wrapped = await Promise.all(
      others.map(async ({ user }) => {
        const reader = readers.find((each) => userOf(each) === user);
        if (!reader) throw new Refused("not-certified");
        return { user, wrapped: await this.wrappedTo(one, reader, key) };
      }),
    );
    const mine = base64(await wrapFor(await recipientOf(this.own.identity), key));
    return [{ user: this.me.user.ref, wrapped: mine }, ...wrapped];
  }

  async archive(one) {
    const textOf = async (row) => row.ciphertext ?? (await this.api.get(`cases/${one.ref}/texts/${row.ref}/`)).ciphertext;
    return exported(one, this.me.key.locked, textOf);
  }
}

export const userOf = (reader) => reader.user.ref ?? reader.user;

const aboutKey = (reader) => ({
  key: reader.key.ref,
  user: userOf(reader),
  recipient: reader.key.recipient,
  signatures: reader.key.signatures,
});
