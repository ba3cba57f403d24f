// What waits for a supporter: opened with the PIN, by a key that lies on this phone alone, beside the phone's own secret.
import { opened } from "./w/asking.js";
import { enrol, isEnrolled, knownAs, unlock } from "./w/device.js";
import { bytesOf, textOf } from "./w/envelopes.js";
import { get, put } from "./w/store.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const AWAY = 60_000; // out of sight for so long: a call takes one there
const root = document.querySelector("[data-calls]");
if (root) start();

async function start() {
  const form = root.querySelector("[data-pin-form]");
  const says = (name, shown, inside = root) => (inside.querySelector(`[data-says="${name}"]`).hidden = !shown);
  const [openButton, useButton] = ["[data-open]", "[data-use]"].map((name) => form.querySelector(name));
  const pin = form.querySelector("input");
  const { point, tries } = root.dataset;
  const isHere = point && (await get("device", "point")) === point;

  if (!(await isEnrolled())) return says("none", true);
  form.hidden = false;
  openButton.hidden = !isHere;
  useButton.hidden = Boolean(isHere);
  says("other", !isHere);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = pin.value;
    pin.value = "";
    const owner = await unlock(typed);
    says("wrong", !owner);
    if (!owner) return (await isEnrolled()) ? pin.focus() : location.reload();
    if (isHere && owner.call) return show(owner.call);
    await use(typed, owner);
  });

  async function use(typed, owner) {
    const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
    const [secret, raw] = await Promise.all([crypto.subtle.exportKey("pkcs8", pair.privateKey), crypto.subtle.exportKey("raw", pair.publicKey)]);
    const made = textOf(new Uint8Array(raw));
    await enrol(typed, { ...owner, call: textOf(new Uint8Array(secret)) }, await knownAs(), Number(tries));
    await put("device", "point", made); // which phone requests are sealed to; no secret
    const send = root.querySelector("[data-key-form]");
    send.elements.point.value = made;
    send.submit();
  }

  async function show(secret) {
    form.hidden = true;
    const key = await crypto.subtle.importKey("pkcs8", bytesOf(secret), CURVE, false, ["deriveBits"]);
    for (const line of root.querySelectorAll("[data-sealed]")) {
      try {
        const { name, number, when } = await opened(line.dataset.sealed, key, point);
        line.querySelector("[data-content]").textContent = [name, number, when].filter(Boolean).join(" · ");
        const call = line.querySelector("[data-call]");
        if (/^[+\d][\d ]{2,19}$/.test(number)) {
          call.href = `tel:${number.replaceAll(" ", "")}`;
          call.hidden = false;
        }
      } catch {
        says("unreadable", true, line);
      }
    }
  }

  // Left, or out of sight for a while: sealed again.
  let away = 0;
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  document.addEventListener("visibilitychange", () => {
    clearTimeout(away);
    if (document.hidden && form.hidden) away = setTimeout(() => location.reload(), AWAY);
  });
}
