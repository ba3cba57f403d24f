// Which custodians a browser believes: those whose pins lie inside one's own locked key and in the file outside the database.
import { base64 } from "./bytes.js";
import { each, fill, onSubmit, show } from "./dom.js";
import { lockAgain } from "./enrolling.js";
import { fingerprint, spoken } from "./signatures.js";

export const trustedPins = (own, me) => own.pins.filter((pin) => me.pins.includes(pin));

/** Custodians whose pins are in the file and whom one's own key does not know yet: {ref, body, …, pin}. */
export async function unknownCustodians(own, me) {
  const prints = await Promise.all(me.custodians.map(fingerprint));
  const cards = me.custodians.map((custodian, place) => ({ ...custodian, pin: prints[place] }));
  return cards.filter(({ pin }) => me.pins.includes(pin) && !own.pins.includes(pin));
}

/** New custodians count once their fingerprints were compared with the printed list: the pins are locked in again. */
export async function pinsPage(gate) {
  const { own } = gate.sitting;
  const found = await unknownCustodians(own, gate.me);
  const root = show("pins");
  each(root, "custodians", found, (copy, { body, body_name: name, pin }) => fill(copy, { body: name ?? body, pin: spoken(pin) }));
  const form = root.querySelector("form");
  if (!form) return;
  onSubmit(form, async () => {
    const knowing = { ...own, pins: [...new Set([...trustedPins(own, gate.me), ...found.map(({ pin }) => pin)])] };
    lockAgain({
      own: knowing,
      page: "lock-again",
      send: (bytes) => gate.api.post(gate.relockPath(gate.me), { locked: base64(bytes) }),
      done: () => {
        history.replaceState(null, "", "#/");
        gate.begin(knowing);
      },
    });
  });
}
