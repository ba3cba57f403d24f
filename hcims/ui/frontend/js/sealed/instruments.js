// Five questionnaires, scored in the browser. Cut-offs with their sources; a score is a reason to talk, never a diagnosis.
// Wording and answers: instrument-words.js.
import { Refused } from "./refused.js";

const FREQUENCY = { options: 4, from: 0 };

export const INSTRUMENTS = {
  // Kroenke, Spitzer, Williams, J Gen Intern Med 2001;16:606-613.
  phq9: { items: 9, ...FREQUENCY, bands: [[0, "minimal"], [5, "mild"], [10, "moderate"], [15, "moderately-severe"], [20, "severe"]] },
  // Spitzer, Kroenke, Williams, Löwe, Arch Intern Med 2006;166:1092-1097.
  gad7: { items: 7, ...FREQUENCY, bands: [[0, "minimal"], [5, "mild"], [10, "moderate"], [15, "severe"]] },
  // US National Center for PTSD: provisional cut-point between 31 and 33.
  pcl5: { items: 20, options: 5, from: 0, bands: [[0, "below-cut"], [31, "at-cut"]] },
  // Babor et al., WHO/MSD/MSB/01.6a, 2001: zones I to IV.
  audit: { items: 10, options: 5, from: 0, bands: [[0, "zone-1"], [8, "zone-2"], [16, "zone-3"], [20, "zone-4"]] },
  // Kessler et al., Psychol Med 2002;32:959-976; bands of the Australian Bureau of Statistics, 2001, as on the self-check.
  k10: { items: 10, options: 5, from: 1, bands: [[10, "low"], [16, "moderate"], [22, "high"], [30, "very-high"]] },
}; // prettier-ignore

const THREE_ANSWERS = [9, 10]; // AUDIT's last two have three answers, worth 0, 2 and 4

/** The values an item of an instrument can take. */
export function valuesOf(code, item) {
  if (code === "audit" && THREE_ANSWERS.includes(item)) return [0, 2, 4];
  const { options, from } = INSTRUMENTS[code];
  return Array.from({ length: options }, (_, place) => from + place);
}

/** {total, most, band, alert, criteria}. Errors: Refused "unanswered", "bad-answer". */
export function scored(code, answers) {
  const instrument = INSTRUMENTS[code];
  if (answers.length !== instrument.items || answers.includes(null)) throw new Refused("unanswered");
  answers.forEach((answer, place) => {
    if (!valuesOf(code, place + 1).includes(answer)) throw new Refused("bad-answer", `${place + 1}`);
  });
  const total = answers.reduce((sum, answer) => sum + answer, 0);
  const band = instrument.bands.filter(([from]) => total >= from).at(-1)[1];
  const most = instrument.items * Math.max(...valuesOf(code, 1));
  return { total, most, band, alert: code === "phq9" && answers[8] > 0, ...(code === "pcl5" && { criteria: symptoms(answers) }) };
}

// DSM-5 by PCL-5: an item of 2 or more counts; one of B and C, two of D and E.
function symptoms(answers) {
  const met = (from, to) => answers.slice(from - 1, to).filter((answer) => answer >= 2).length;
  return met(1, 5) >= 1 && met(6, 7) >= 1 && met(8, 14) >= 2 && met(15, 20) >= 2;
}
