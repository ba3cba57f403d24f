// What this phone keeps: sealed envelopes that wait, and the wrapped secret of the device. Nothing readable.
import { kept } from "../store.js";

export const { get, keys, put, remove } = kept("notes", ["queue", "device"]);
