// The envelope in which a phone seals a contact or a request to be called back, by WebCrypto alone. Its form, and its
// other half in Python: counselling/envelopes.py. Known answers hold the two together.
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const POINT = 65;
const NONCE = 12;
const VERSION = Uint8Array.of(1);

export const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
export const textOf = (bytes) => btoa(String.fromCharCode(...bytes));

const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));

async function sealingKey(secretKey, publicKey, salt, info, use) {
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: publicKey }, secretKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode(info) };
  return crypto.subtle.deriveKey(parameters, material, { name: "AES-GCM", length: 256 }, false, [use]);
}

const imported = (point) => crypto.subtle.importKey("raw", point, CURVE, true, []);
const cipher = (nonce) => ({ name: "AES-GCM", iv: nonce, additionalData: VERSION });

// The envelope of `content` (bytes) for the public point `to` (65 bytes).
export async function seal(content, to, info) {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const key = await sealingKey(pair.privateKey, await imported(to), joined(point, to), info, "encrypt");
  return joined(VERSION, point, nonce, new Uint8Array(await crypto.subtle.encrypt(cipher(nonce), key, content)));
}

// What is in the envelope, with the receiver's private key and its public point. Fails where it is for another key.
export async function open(envelope, privateKey, ownPoint, info) {
  if (envelope[0] !== VERSION[0]) throw new Error("version");
  const point = envelope.slice(1, 1 + POINT);
  const nonce = envelope.slice(1 + POINT, 1 + POINT + NONCE);
  const key = await sealingKey(privateKey, await imported(point), joined(point, ownPoint), info, "decrypt");
  return new Uint8Array(await crypto.subtle.decrypt(cipher(nonce), key, envelope.slice(1 + POINT + NONCE)));
}
