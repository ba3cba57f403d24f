// What waits goes to the server, and what the server says comes back. Repeating it does no harm.
import { keyOf } from "./marks.js";
import { all, empty, get, put, remove } from "./store.js";

const PIECE = 500;
let underWay = null;

// The list as the server has it now. "signed-out", "offline", "other" (somebody else's marks wait here), or "ok".
export async function fetched(address) {
  let answer;
  try {
    answer = await fetch(address, { redirect: "manual", cache: "no-store" });
  } catch {
    return "offline";
  }
  if (answer.type === "opaqueredirect" || !answer.ok) return answer.status >= 500 ? "offline" : "signed-out";
  const list = await answer.json();
  const before = await get("list", "this");
  // Whose marks wait is asked of the marks themselves: their list is gone after signing out.
  if ((await all("marks")).some(({ owner }) => owner !== list.owner)) return "other";
  if (before && before.owner !== list.owner) await empty();
  await put("list", "this", list);
  return "ok";
}

// What the server said of a mark: it waits no longer, the list says what stands now, a refusal is kept to be read.
async function settle(mark, answer, list, name) {
  const key = keyOf(mark);
  const now = await get("marks", key);
  if (now?.at === mark.at) await remove("marks", key); // else it was tapped again meanwhile, and waits again
  if (answer.why) return put("refused", key, { ...mark, why: answer.why, name });
  for (const { meetings } of list.cohorts) {
    const meeting = meetings.find((one) => one.ref === mark.meeting);
    if (meeting) meeting.marks[mark.trainee] = [answer.stands, mark.at];
  }
}

async function sendOnce(address, named) {
  const list = await get("list", "this");
  const waiting = (await all("marks")).filter((mark) => mark.owner === list?.owner);
  for (let start = 0; start < waiting.length; start += PIECE) {
    const piece = waiting.slice(start, start + PIECE);
    const answer = await fetch(address, {
      method: "POST", redirect: "manual", headers: { "Content-Type": "application/json", "X-CSRFToken": list.token },
      body: JSON.stringify({ marks: piece.map(({ meeting, trainee, present, at }) => ({ meeting, trainee, present, at })) }),
    });
    if (!answer.ok) return answer.status >= 500 ? "offline" : "signed-out";
    const { answers } = await answer.json();
    const said = new Map(answers.map((each) => [keyOf(each), each]));
    for (const mark of piece) await settle(mark, said.get(keyOf(mark)), list, named(mark));
    await put("list", "this", list);
  }
  return "ok";
}

// One sending at a time; asked for while one is under way, it is done once more afterwards. Says how things stand then.
export function send(address, named) {
  underWay = (underWay ?? Promise.resolve()).then(() => sendOnce(address, named)).catch(() => "offline");
  return underWay;
}
