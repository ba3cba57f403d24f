// Scoring of the questionnaires at each of their published cut-offs: node --test.
import assert from "node:assert/strict";
import { test } from "node:test";
import { INSTRUMENTS, scored, valuesOf } from "../js/sealed/instruments.js";
import { WORDING, itemOf } from "../js/sealed/instrument-words.js";

const refused = (code) => (error) => error.code === code;

/** Answers that add up to `total`, as high as possible from the first item on. */
function answersFor(code, total) {
  const least = Array.from({ length: INSTRUMENTS[code].items }, (_, place) => valuesOf(code, place + 1)[0]);
  let left = total - least.reduce((sum, value) => sum + value, 0);
  return least.map((from, place) => {
    const more = Math.min(left, valuesOf(code, place + 1).filter((value) => value - from <= left).at(-1) - from);
    left -= more;
    return from + more;
  });
}

const CUTS = {
  phq9: { 0: "minimal", 4: "minimal", 5: "mild", 9: "mild", 10: "moderate", 14: "moderate", 15: "moderately-severe", 19: "moderately-severe", 20: "severe", 27: "severe" },
  gad7: { 4: "minimal", 5: "mild", 10: "moderate", 14: "moderate", 15: "severe", 21: "severe" },
  pcl5: { 0: "below-cut", 30: "below-cut", 31: "at-cut", 80: "at-cut" },
  audit: { 7: "zone-1", 8: "zone-2", 15: "zone-2", 16: "zone-3", 19: "zone-3", 20: "zone-4", 40: "zone-4" },
  k10: { 10: "low", 15: "low", 16: "moderate", 21: "moderate", 22: "high", 29: "high", 30: "very-high", 50: "very-high" },
};

for (const [code, cuts] of Object.entries(CUTS)) {
  test(`${code} is scored and named at its cut-offs`, () => {
    for (const [total, band] of Object.entries(cuts)) {
      const found = scored(code, answersFor(code, Number(total)));
      assert.deepEqual([found.total, found.band], [Number(total), band]);
    }
    const highest = Math.max(...Object.keys(cuts).map(Number));
    assert.equal(scored(code, answersFor(code, highest)).most, highest);
  });

  test(`${code} has words for every answer, and a credit`, () => {
    const { items } = INSTRUMENTS[code];
    assert.equal(WORDING[code].items.length, items);
    for (let item = 1; item <= items; item++) assert.equal(itemOf(code, item).answers.length, valuesOf(code, item).length);
    assert.ok(WORDING[code].credit.length > 20);
  });
}

test("the ninth item of PHQ-9 alone asks for a talk about safety", () => {
  assert.equal(scored("phq9", [3, 3, 3, 3, 3, 3, 3, 3, 0]).alert, false);
  assert.equal(scored("phq9", [0, 0, 0, 0, 0, 0, 0, 0, 1]).alert, true);
});

test("PCL-5 counts symptoms by cluster", () => {
  const answers = Array(20).fill(0);
  for (const item of [1, 6, 8, 9, 15, 16]) answers[item - 1] = 2;
  assert.equal(scored("pcl5", answers).criteria, true);
  answers[8] = 1;
  assert.equal(scored("pcl5", answers).criteria, false);
});

test("a missing or impossible answer is refused", () => {
  assert.throws(() => scored("gad7", [0, 0, 0]), refused("unanswered"));
  assert.throws(() => scored("gad7", [0, 0, 0, null, 0, 0, 0]), refused("unanswered"));
  assert.throws(() => scored("gad7", [0, 0, 0, 4, 0, 0, 0]), refused("bad-answer"));
  assert.throws(() => scored("audit", [0, 0, 0, 0, 0, 0, 0, 0, 1, 0]), refused("bad-answer"));
});
