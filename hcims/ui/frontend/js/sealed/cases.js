// The counsellor's document: from the key to the pages of cases, which the part of the address after # chooses.
import { whileHere } from "./api.js";
import { base64 } from "./bytes.js";
import { Casebook } from "./casebook.js";
import { casePage } from "./casepage.js";
import { listPage } from "./caselist.js";
import { newCasePage } from "./newcase.js";
import { endingPage } from "./ending.js";
import { enrol } from "./enrolling.js";
import { Gate } from "./gate.js";
import { lettersPage } from "./letters.js";
import { waitingPage } from "./ownkey.js";
import { peoplePage } from "./people.js";
import { pinsPage } from "./pins.js";
import { readingsPage } from "./readings.js";
import { writingPage } from "./writing.js";

const WRITING = ["session", "note", "plan", "risk", "instrument", "attachment", "appointment", "face", "amend"];
const PEOPLE = ["second", "handover", "refer"];
const ENDING = ["review", "waited", "close", "reopen", "erase", "rekey"];

export function startCases(base) {
  const gate = new Gate(base, {
    look: (api) => api.get("me/"),
    relockPath: (me) => `keys/${me.key.ref}/relock/`,
    enrolPage,
    open,
  });
  gate.start();
}

function enrolPage(gate) {
  enrol({
    page: "enrol",
    user: gate.me.user.ref,
    pins: gate.me.pins,
    send: ({ recipient, locked, recoveryLocked }) =>
      gate.api.post("keys/", { recipient, locked: base64(locked), recovery_locked: base64(recoveryLocked) }),
    begin: (own) => gate.begin(own),
  });
}

async function open(gate) {
  const book = new Casebook(whileHere(gate.api), gate.sitting, gate.me);
  const [first, ref, deed, more] = location.hash.replace(/^#\/?/, "").split("/");
  if (first === "custodians") return pinsPage(gate);
  if (gate.me.key.state !== "certified") return waitingPage(gate, book);
  if (first === "new") return newCasePage(book);
  if (first === "letters") return lettersPage(book);
  if (first !== "case") return listPage(book, { state: first === "closed" ? "closed" : "open", page: Number(ref) || 1 });
  if (!deed) return casePage(book, ref);
  if (WRITING.includes(deed)) return writingPage(book, ref, deed, more);
  if (PEOPLE.includes(deed)) return peoplePage(book, ref, deed);
  if (ENDING.includes(deed)) return endingPage(book, ref, deed);
  if (deed === "readings") return readingsPage(book, ref);
  return casePage(book, ref);
}
