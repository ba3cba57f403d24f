// Bytes and text: UTF-8, base64, hexadecimal, random references. Nothing here knows what the bytes mean.
const ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"; // hcims/references.py has the same

export const utf8 = (text) => new TextEncoder().encode(text);
export const text = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export function base64(bytes) {
  let binary = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(binary);
}

export function fromBase64(encoded) {
  return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
}

export const randomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** A number from 0 to below `limit`, each as likely as any other. */
export function randomBelow(limit) {
  const top = 0x1_0000_0000 - (0x1_0000_0000 % limit);
  for (;;) {
    const [number] = crypto.getRandomValues(new Uint32Array(1));
    if (number < top) return number % limit;
  }
}

/** A reference as the server makes them: twelve characters that can be read out. */
export function newReference() {
  return Array.from({ length: 12 }, () => ALPHABET[randomBelow(ALPHABET.length)]).join("");
}

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
