// Contacts that wait to be sent. Sealed as they are saved: this phone itself cannot open them again.
import { seal, textOf } from "./envelopes.js";
import { get, keys, put, remove } from "./store.js";

const INFO = "hcims contact v1";
const LENGTH = 256; // every contact is as long as every other
const ADDRESS = "/w/inbox/";
let isSending = false;

// Returns the identifier under which it waits.
export async function save(contact, point) {
  const client = crypto.getRandomValues(new Uint8Array(16));
  const content = JSON.stringify({ ...contact, client: textOf(client).replaceAll("=", "") }).padEnd(LENGTH);
  const envelope = await seal(new TextEncoder().encode(content), point, INFO);
  const key = textOf(client);
  await put("queue", key, new Uint8Array([...client, ...envelope]));
  return key;
}

export const waiting = async () => (await keys("queue")).length;
export const takeBack = (key) => remove("queue", key);

// Sends what waits, without a cookie or a word of where it comes from. What is not answered stays.
export async function send() {
  if (isSending) return;
  isSending = true;
  try {
    for (const key of await keys("queue")) {
      const body = await get("queue", key);
      if (!body) continue;
      const answer = await fetch(ADDRESS, {
        method: "POST", body, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
      });
      if (!answer.ok) break;
      await remove("queue", key);
    }
  } catch {
    // No connection: it is tried again when there is one, or when the page is shown.
  } finally {
    isSending = false;
  }
}
