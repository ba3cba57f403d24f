// What a case is called on lists: two words and a number, drawn by chance, so that nobody is tempted to describe a person.
// counselling/pseudonyms.py checks the same shape.
import { randomBelow } from "./bytes.js";

const FIRST = [
  "amber", "ashen", "azure", "brass", "bright", "broad", "calm", "cedar", "clear", "cobalt", "copper", "coral", "crimson",
  "deep", "dusky", "early", "ebony", "fallow", "flint", "golden", "granite", "green", "hazel", "indigo", "ivory", "jade",
  "late", "level", "linen", "long", "lunar", "maize", "mellow", "misty", "mossy", "ochre", "olive", "opal", "pale", "pearl",
  "plain", "quiet", "rainy", "ruby", "russet", "saffron", "sandy", "scarlet", "silver", "slate", "soft", "steady", "stone",
  "sunny", "tall", "tawny", "teal", "tidal", "umber", "velvet", "violet", "warm", "white", "wide",
]; // prettier-ignore
const SECOND = [
  "acacia", "anchor", "arrow", "baobab", "basin", "beacon", "bridge", "brook", "cabin", "canoe", "canyon", "cliff", "cloud",
  "cove", "delta", "dune", "falls", "fern", "field", "forest", "garden", "gate", "grove", "harbour", "heath", "hill", "island",
  "kite", "ladder", "lagoon", "lake", "lamp", "lantern", "lava", "maple", "marsh", "meadow", "mill", "moor", "oasis", "orchard",
  "palm", "pebble", "pine", "plateau", "pond", "prairie", "reed", "reef", "ridge", "river", "sail", "savanna", "shore", "spring",
  "stream", "summit", "tower", "trail", "valley", "village", "wave", "willow", "window",
]; // prettier-ignore

export const WORDS = { first: FIRST, second: SECOND };

export function drawnPseudonym() {
  const number = 10 + randomBelow(90);
  return `${FIRST[randomBelow(FIRST.length)]} ${SECOND[randomBelow(SECOND.length)]} ${number}`;
}
