// What a roll says on a phone: node --test.
import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, dayOf, inOrder, keyOf, named, needed, standing, tapped, timeOf } from "../js/roll/marks.js";

const meeting = { ref: "m", on: "2026-11-20", marks: { a: [true, "2026-11-20T10:00:00Z"], b: [false, "2026-11-20T10:00:00Z"] } };
const waits = (trainee, present, at) => [keyOf({ meeting: "m", trainee }), { meeting: "m", trainee, present, at }];

test("the later tap stands, whether it waits here or came from elsewhere", () => {
  const waiting = new Map([waits("a", false, "2026-11-20T10:05:00Z"), waits("b", true, "2026-11-20T09:55:00Z")]);
  assert.deepEqual(standing(meeting, "a", waiting), { present: false, waits: true });
  assert.deepEqual(standing(meeting, "b", waiting), { present: false, waits: false });
  assert.equal(standing(meeting, "c", waiting), null);
});

test("one tap is present, the next absent, the next present", () => {
  assert.equal(tapped(null), true);
  assert.equal(tapped({ present: true }), false);
  assert.equal(tapped({ present: false }), true);
});

test("a tap is later than what it changes, also on a phone whose clock is slow", () => {
  assert.equal(timeOf(Date.parse("2026-11-20T09:00:00Z"), ["", "2026-11-20T10:00:00Z"]), "2026-11-20T10:00:00.001Z");
  assert.equal(timeOf(Date.parse("2026-11-20T11:00:00Z"), undefined), "2026-11-20T11:00:00.000Z");
});

test("the sums of a roll are those of its lines", () => {
  const people = ["a", "b", "c"].map((ref) => ({ ref, left: "" }));
  assert.deepEqual(counted(people, meeting, new Map()), { present: 1, absent: 1, open: 1, all: 3 });
  assert.deepEqual(counted(people, meeting, new Map([waits("c", true, "2026-11-20T10:00:00Z")])), { present: 2, absent: 1, open: 0, all: 3 });
});

test("who had left by then does not stand on the roll, unless marked", () => {
  const people = [{ ref: "a", left: "2026-11-19" }, { ref: "c", left: "2026-11-20" }, { ref: "d", left: "2026-11-21" }];
  assert.deepEqual(named(people, meeting).map((one) => one.ref), ["a", "d"]);
});

test("meetings stand with today first, then the latest, then those to come", () => {
  const days = (list) => list.map((on) => ({ on }));
  const found = inOrder(days(["2026-11-06", "2026-11-13", "2026-11-20", "2026-11-27"]), "2026-11-20");
  assert.deepEqual(found.map((one) => one.on), ["2026-11-20", "2026-11-13", "2026-11-06", "2026-11-27"]);
});

test("names go once the last day of their rolls is over, unless a mark still waits", () => {
  const cohorts = [["old", "2026-11-10"], ["open", "2026-11-20"], ["waits", "2026-11-10"]].map(([ref, until]) => ({ ref, meetings: [{ ref, until }] }));
  const waiting = new Map([[keyOf({ meeting: "waits", trainee: "a" }), { meeting: "waits", trainee: "a" }]]);
  assert.deepEqual(needed({ owner: "me", cohorts }, waiting, "2026-11-20").cohorts.map((one) => one.ref), ["open", "waits"]);
  const all = { owner: "me", cohorts: cohorts.slice(1, 2) };
  assert.equal(needed(all, waiting, "2026-11-20"), all);
});

test("the day is that of Nairobi", () => assert.equal(dayOf(Date.parse("2026-11-20T21:30:00Z")), "2026-11-21"));
