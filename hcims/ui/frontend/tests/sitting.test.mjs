// How long a key stays open: by idle minutes and by hours, whatever is done: node --test.
import assert from "node:assert/strict";
import { test } from "node:test";

const signs = {};
globalThis.addEventListener = (name, act) => (signs[name] = act);
globalThis.setInterval = () => 0;
const { Sitting } = await import("../js/sealed/sitting.js");
const MINUTE = 60_000;

function sitting() {
  const ended = [];
  const warned = [];
  const one = new Sitting({ idleMinutes: 15, longestHours: 8, onEnd: (why) => ended.push(why), onWarning: (near) => warned.push(near) });
  one.begin({ identity: "secret" });
  one.caseKeys.set("case", "secret");
  return { one, ended, warned };
}

test("a key is forgotten after the idle minutes, with a warning in the last", (context) => {
  context.mock.timers.enable({ apis: ["Date"] });
  const { one, ended, warned } = sitting();
  context.mock.timers.setTime(14.5 * MINUTE);
  one.look();
  assert.deepEqual([ended, warned], [[], [true]]);
  context.mock.timers.setTime(15 * MINUTE);
  one.look();
  assert.deepEqual([ended, one.own, one.caseKeys.size, one.isOpen], [["idle"], null, 0, false]);
});

test("who works on is stopped after the longest hours", (context) => {
  context.mock.timers.enable({ apis: ["Date"] });
  const { one, ended } = sitting();
  for (let minutes = 10; minutes < 8 * 60; minutes += 10) {
    context.mock.timers.setTime(minutes * MINUTE);
    signs.keydown();
    one.look();
  }
  assert.deepEqual(ended, []);
  context.mock.timers.setTime(8 * 60 * MINUTE);
  one.look();
  assert.deepEqual(ended, ["long"]);
});

test("leaving the page forgets the key", () => {
  const { one, ended } = sitting();
  signs.pagehide();
  assert.deepEqual([ended, one.own], [["gone"], null]);
});
