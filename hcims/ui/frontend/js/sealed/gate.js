// What stands before every page of a sealed document: who one is, making a key, unlocking it, and locking up again.
import { Api, SignedOut } from "./api.js";
import { base64 } from "./bytes.js";
import { show, sentence } from "./dom.js";
import { Sitting } from "./sitting.js";
import { unlock } from "./unlocking.js";

/** `look()` answers {user, key, idle_minutes, longest_hours, …}; `enrolPage(gate)` where there is no key; `open(gate)` once unlocked. */
export class Gate {
  constructor(base, { look, enrolPage, open, relockPath }) {
    Object.assign(this, { look, enrolPage, open, relockPath });
    this.api = new Api(base, () => this.signedOut());
  }

  async start() {
    addEventListener("hashchange", () => this.route());
    addEventListener("visibilitychange", () => this.stillSignedIn());
    document.querySelector("[data-lock]").addEventListener("click", () => this.sitting?.end("asked"));
    try {
      this.me = await this.look(this.api);
    } catch (error) {
      if (error instanceof SignedOut) return;
      show("broken", { why: sentence(error) });
      return;
    }
    this.sitting = new Sitting({
      idleMinutes: this.me.idle_minutes,
      longestHours: this.me.longest_hours,
      onEnd: (why) => this.locked(why),
      onWarning: (isNear) => (document.querySelector("[data-warning]").hidden = !isNear),
    });
    if (this.me.key) this.ask();
    else this.enrolPage(this);
  }

  ask(why = "") {
    unlock({
      key: this.me.key,
      user: this.me.user.ref,
      times: { minutes: this.me.idle_minutes, hours: this.me.longest_hours },
      why,
      begin: (own) => this.begin(own),
      relock: (bytes) => this.relock(bytes),
      anew: () => this.enrolPage(this),
    });
  }

  async relock(bytes) {
    await this.api.post(this.relockPath(this.me), { locked: base64(bytes) });
    this.me = await this.look(this.api);
  }

  /** The key is open from here on. */
  async begin(own) {
    this.me = await this.look(this.api);
    this.sitting.begin(own);
    document.querySelector("[data-lock]").hidden = false;
    await this.route();
  }

  async route() {
    if (!this.sitting?.isOpen) return;
    try {
      await this.open(this);
    } catch (error) {
      if (error instanceof SignedOut || !this.sitting.isOpen) return;
      show("broken", { why: sentence(error) });
    }
  }

  /** Nothing that was opened stays in the document. */
  locked(why) {
    document.querySelector("[data-lock]").hidden = true;
    document.querySelector("[data-warning]").hidden = true;
    document.getElementById("sealed").replaceChildren();
    document.getElementById("sealed-said").textContent = "";
    if (why === "gone") return;
    if (why === "signed-out") show("signed-out");
    else this.ask(why);
  }

  signedOut() {
    if (this.sitting?.isOpen) this.sitting.end("signed-out");
    else show("signed-out");
  }

  // Signing out in another window ends this one's sitting as soon as somebody looks at it again.
  async stillSignedIn() {
    if (document.visibilityState === "visible" && this.sitting?.isOpen) await this.api.get("me/").catch(() => {});
  }
}
