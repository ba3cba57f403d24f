// The custodians' document: one's own keys, counsellors' keys to sign, and openings in which one acts as first or second.
import { base64, fromBase64 } from "./bytes.js";
import { openInner, openOuter, wrapFor } from "./casekey.js";
import { each, fill, moment, onSubmit, show, word } from "./dom.js";
import { enrol } from "./enrolling.js";
import { Gate } from "./gate.js";
import { pinsPage, trustedPins, unknownCustodians } from "./pins.js";
import { fingerprint, insistCertified, newSigningKey, sign, spoken } from "./signatures.js";

export function startCustody(base) {
  const gate = new Gate(base, {
    look: (api) => api.get("custody/"),
    relockPath: () => "custody/relock/",
    enrolPage,
    open: deskPage,
  });
  gate.start();
}

function enrolPage(gate) {
  enrol({
    page: "enrol",
    user: gate.me.user.ref,
    pins: gate.me.pins,
    signing: newSigningKey,
    send: ({ recipient, locked, recoveryLocked, signingKey, values }) =>
      gate.api.post("custody/keys/", {
        body: values.body,
        signing_key: signingKey,
        recipient,
        locked: base64(locked),
        recovery_locked: base64(recoveryLocked),
      }),
    begin: (own) => gate.begin(own),
  });
}

async function deskPage(gate) {
  const [first, ref] = location.hash.replace(/^#\/?/, "").split("/");
  if (first === "sign") return signPage(gate, ref);
  if (first === "opening") return openingPage(gate, ref);
  if (first === "custodians") return pinsPage(gate);
  gate.me = await gate.look(gate.api);
  const { me } = gate;
  const pin = await fingerprint(me.key);
  const unknown = await unknownCustodians(gate.sitting.own, me);
  const root = show("desk", {
    pin: spoken(pin),
    pinned: me.pins.includes(pin),
    unpinned: !me.pins.includes(pin),
    changed: unknown.length ? word("new-custodians", { count: unknown.length }) : "",
  });
  each(root, "keys", me.to_sign, (copy, { key, name, office }) => fill(copy, { name, office: office ?? "", link: `#/sign/${key}` }));
  each(root, "openings", me.openings, (copy, one) =>
    fill(copy, {
      case: one.case,
      ground: word(`ground-${one.ground}`),
      paper: one.paper,
      asked: moment(one.requested_at),
      state: word(`opening-${one.state}`),
      link: one.share || one.inner_sealed ? `#/opening/${one.ref}` : "",
    }),
  );
}

function signPage(gate, ref) {
  const found = gate.me.to_sign.find(({ key }) => key === ref);
  if (!found) return (location.hash = "#/");
  const root = show("sign", { name: found.name, office: found.office ?? "", recipient: spoken(found.recipient) });
  onSubmit(root.querySelector("form"), async () => {
    const { signing } = gate.sitting.own;
    const signature = await sign(signing, { key: found.key, user: found.user.ref ?? found.user, recipient: found.recipient });
    await gate.api.post("custody/sign/", { key: found.key, signature });
    location.hash = "#/";
  });
}

function openingPage(gate, ref) {
  const one = gate.me.openings.find((each) => each.ref === ref);
  if (!one) return (location.hash = "#/");
  const isInner = Boolean(one.inner_sealed);
  const root = show(isInner ? "inner" : "outer", {
    case: one.case,
    ground: word(`ground-${one.ground}`),
    paper: one.paper,
    asked: moment(one.requested_at),
    by: one.requested_by?.name ?? "",
    reader: one.reader?.name ?? "",
  });
  onSubmit(root.querySelector("[data-act]"), async () => {
    await (isInner ? actInner(gate, one) : actOuter(gate, one));
    location.hash = "#/";
  });
  const refusal = root.querySelector("[data-refuse]");
  onSubmit(refusal, async ({ reason }) => {
    await gate.api.post(`openings/${ref}/refuse/`, { reason });
    location.hash = "#/";
  });
}

async function actOuter(gate, one) {
  const opened = await openOuter(gate.sitting.own.identity, fromBase64(one.share.sealed ?? one.share));
  await gate.api.post(`openings/${one.ref}/outer/`, { inner_sealed: base64(opened) });
}

// The second custodian's browser sees the secret of the case, wraps it to the reader alone, and says so on record.
async function actInner(gate, one) {
  const { key } = one.reader;
  const about = { key: key.ref, user: one.reader.user, recipient: key.recipient, signatures: key.signatures };
  await insistCertified(about, gate.me.custodians, trustedPins(gate.sitting.own, gate.me));
  const expected = { ref: one.case, version: one.key_version, recipient: one.recipient };
  const secret = await openInner(gate.sitting.own.identity, fromBase64(one.inner_sealed), expected);
  await gate.api.post(`openings/${one.ref}/inner/`, { wrapped: base64(await wrapFor(key.recipient, secret)), saw: true });
}
