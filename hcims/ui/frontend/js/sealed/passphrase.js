// A passphrase of its own for the key, not the sign-in password: one drawn by chance, and a judgement of one thought up.
import { randomBelow } from "./bytes.js";

const CONSONANTS = "bcdfghjklmnprstvwyz"; // 19
const VOWELS = "aeiou"; // 5
export const LEAST_BITS = 50;
const WORDS = 5;

/** Five words of two syllables, 65 bits of chance, sayable in English and Kiswahili: "baro kitu woje sama rife". */
export function drawnPassphrase() {
  const syllable = () => CONSONANTS[randomBelow(CONSONANTS.length)] + VOWELS[randomBelow(VOWELS.length)];
  return Array.from({ length: WORDS }, () => syllable() + syllable()).join(" ");
}

/** Spaces around and doubled, and how a keyboard composes letters, must not decide whether a key opens. */
export const tidied = (passphrase) => passphrase.normalize("NFKC").trim().replace(/\s+/g, " ");

/** A cautious guess at the bits of chance in a passphrase: runs such as "aaa", "345" or "cba" count for nothing. */
export function guessedBits(passphrase) {
  const characters = [...tidied(passphrase)];
  const each = new Set(characters).size;
  const fresh = characters.filter((character, place) => !isEasy(characters, place)).length;
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9 ]/].filter((one) => one.test(passphrase)).length;
  const bits = fresh * (2.2 + 0.3 * classes);
  return Math.floor(Math.min(bits, each * 6));
}

function isEasy(characters, place) {
  if (place < 2) return false;
  const [first, before, here] = characters.slice(place - 2, place + 1).map((one) => one.toLowerCase().codePointAt(0));
  return here - before === before - first && Math.abs(here - before) <= 1;
}

export const isStrong = (passphrase) => guessedBits(passphrase) >= LEAST_BITS;
