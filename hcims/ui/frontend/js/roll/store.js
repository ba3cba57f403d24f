// What this phone keeps of rolls. The list it was given and marks that were refused name people: they are sealed with a key
// that this browser holds and never gives out. Marks that wait to be sent name nobody, and stay as they are.
import { kept } from "../store.js";

const plain = kept("roll", ["list", "marks", "refused", "key"], 2);
const NAMING = ["list", "refused"];
const CIPHER = "AES-GCM";
let held = null;

// One key a browser, whichever of two open pages made it first.
async function made() {
  const key = await crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ["encrypt", "decrypt"]);
  await plain.add("key", "this", key).catch(() => {});
  return plain.get("key", "this");
}
const ownKey = () => (held ??= plain.get("key", "this").then((key) => key ?? made()));

async function sealed(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  return { iv, sealed: await crypto.subtle.encrypt({ name: CIPHER, iv }, await ownKey(), text) };
}

// undefined for what this key does not open: it is fetched again.
async function opened(box) {
  try {
    const text = await crypto.subtle.decrypt({ name: CIPHER, iv: box.iv }, await ownKey(), box.sealed);
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return undefined;
  }
}

const names = (store) => NAMING.includes(store);
export const { remove } = plain;
export const get = async (store, key) => (names(store) ? opened(await plain.get(store, key)) : plain.get(store, key));
export const put = async (store, key, value) => plain.put(store, key, names(store) ? await sealed(value) : value);
export async function all(store) {
  const found = await plain.all(store);
  return names(store) ? (await Promise.all(found.map(opened))).filter(Boolean) : found;
}
export function empty() {
  held = null;
  return plain.empty();
}
