// What this phone keeps of rolls: the list it was given, marks that wait to be sent, and those that were refused.
import { kept } from "../store.js";

export const { all, empty, get, put, remove } = kept("roll", ["list", "marks", "refused"]);
