// What a roll says on this phone. Plain data in and out: nothing here knows a page, a store or a network.

export const keyOf = ({ meeting, trainee }) => `${meeting} ${trainee}`;

const NAIROBI = 3 * 3_600_000;
export const dayOf = (time) => new Date(time + NAIROBI).toISOString().slice(0, 10);

// The mark of one trainee: the later of what the server said and what waits here. null where nobody tapped yet.
export function standing(meeting, trainee, waiting) {
  const told = meeting.marks[trainee];
  const own = waiting.get(keyOf({ meeting: meeting.ref, trainee }));
  if (own && (!told || Date.parse(own.at) > Date.parse(told[1]))) return { present: own.present, waits: true };
  return told ? { present: told[0], waits: false } : null;
}

// A tap: there; a second one: not there; and back.
export const tapped = (mark) => !mark?.present;

// A tap is later than what it changes, whatever the clock of this phone says.
export function timeOf(now, told) {
  return new Date(told ? Math.max(now, Date.parse(told[1]) + 1) : now).toISOString();
}

// Those whom the roll of a meeting names: who had left by then does not stand on it.
export function named(people, meeting) {
  return people.filter((one) => !one.left || one.left > meeting.on || meeting.marks[one.ref]);
}

export function counted(people, meeting, waiting) {
  const marks = people.map((one) => standing(meeting, one.ref, waiting));
  const present = marks.filter((mark) => mark?.present).length;
  const open = marks.filter((mark) => mark === null).length;
  return { present, absent: marks.length - present - open, open, all: marks.length };
}

// The list without cohorts of which this phone takes no roll any more: their last days are over and nothing of them waits.
export function needed(list, waiting, today) {
  const marked = new Set([...waiting.values()].map((mark) => mark.meeting));
  const cohorts = list.cohorts.filter(({ meetings }) => meetings.some((one) => one.until >= today || marked.has(one.ref)));
  return cohorts.length < list.cohorts.length ? { ...list, cohorts } : list;
}

// Meetings in the order of use: those of today first, then the latest, then those to come.
export function inOrder(meetings, today) {
  const held = meetings.filter((one) => one.on <= today).sort((one, other) => (one.on < other.on ? 1 : -1));
  return [...held, ...meetings.filter((one) => one.on > today)];
}
