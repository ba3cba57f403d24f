// A request to be called back: what is in it, and how it is sealed. Always of one length, so that its size says nothing.
import { bytesOf, open, seal } from "./envelopes.js";

const INFO = "hcims callback v1";
const LENGTH = 256;

export function packed({ name, number, when }) {
  const text = new TextEncoder().encode(JSON.stringify({ v: 1, name: name.slice(0, 40), number: number.slice(0, 20), when }));
  const filled = new Uint8Array(LENGTH).fill(32); // spaces, which JSON does not mind
  filled.set(text.slice(0, LENGTH));
  return filled;
}

export const sealed = (request, point) => seal(packed(request), bytesOf(point), INFO);

export async function opened(envelope, privateKey, point) {
  return JSON.parse(new TextDecoder().decode(await open(bytesOf(envelope), privateKey, bytesOf(point), INFO)));
}
