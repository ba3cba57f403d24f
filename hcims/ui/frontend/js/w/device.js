// The secret by which the receiving worker knows this phone: locked by the PIN, and again by a key that cannot leave it.
import { get, put, remove } from "./store.js";

const ROUNDS = 600_000;
const random = (count) => crypto.getRandomValues(new Uint8Array(count));
const cipher = (iv) => ({ name: "AES-GCM", iv });

async function keyOf(pin, salt) {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const parameters = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(parameters, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export const isEnrolled = async () => Boolean(await get("device", "this"));

// The reference under which the server lists this phone to its owner; it opens nothing.
export const knownAs = async () => (await get("device", "this"))?.ref ?? "";

// Keeps `owner` ({secret, county}) under the PIN, in place of whatever was here. `tries` wrong PINs make it forget.
export async function enrol(pin, owner, ref, tries) {
  const [salt, inner, outer] = [random(16), random(12), random(12)];
  const own = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const locked = await crypto.subtle.encrypt(cipher(inner), await keyOf(pin, salt), new TextEncoder().encode(JSON.stringify(owner)));
  const sealed = await crypto.subtle.encrypt(cipher(outer), own, locked);
  await put("device", "this", { ref, own, salt, inner, outer, sealed, tries, wrong: 0 });
}

// The owner, or null for a wrong PIN. A wrong one is counted before it is tried, so that a reload does not help.
export async function unlock(pin) {
  const device = await get("device", "this");
  if (!device) return null;
  await put("device", "this", { ...device, wrong: device.wrong + 1 });
  try {
    const locked = await crypto.subtle.decrypt(cipher(device.outer), device.own, device.sealed);
    const plain = await crypto.subtle.decrypt(cipher(device.inner), await keyOf(pin, device.salt), locked);
    await put("device", "this", { ...device, wrong: 0 });
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    if (device.wrong + 1 >= device.tries) await remove("device", "this");
    return null;
  }
}
