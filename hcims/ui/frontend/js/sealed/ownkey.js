// One's own key is made and waits for two custodians.
import { recipientOf } from "./agefile.js";
import { fill, show, word } from "./dom.js";
import { isCertified, spoken } from "./signatures.js";

export async function waitingPage(gate, book) {
  const { key, user } = gate.me;
  const recipient = await recipientOf(book.own.identity);
  const root = show("waiting", { recipient: spoken(recipient), signed: key.signatures.length });
  const about = { key: key.ref, user: user.ref, recipient, signatures: key.signatures };
  fill(root, { pinned: (await isCertified(about, gate.me.custodians, book.pins)) ? word("pinned") : "" });
  root.querySelector("[data-again]").addEventListener("click", async () => {
    gate.me = await gate.look(gate.api);
    await gate.route();
  });
}
