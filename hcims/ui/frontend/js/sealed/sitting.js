// How long an unlocked key stays in the page's memory: so many idle minutes, so many hours at most, gone with the page.
const LOOK_EVERY = 5_000;
const WARN_BEFORE = 60_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchstart"];

export class Sitting {
  constructor({ idleMinutes, longestHours, onEnd, onWarning }) {
    Object.assign(this, { idle: idleMinutes * 60_000, longest: longestHours * 3_600_000, onEnd, onWarning });
    this.own = null;
    this.caseKeys = new Map();
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, () => (this.seen = Date.now()), { passive: true, capture: true });
    addEventListener("visibilitychange", () => this.look());
    addEventListener("pagehide", () => this.end("gone"));
    setInterval(() => this.look(), LOOK_EVERY);
  }

  get isOpen() {
    return this.own !== null;
  }

  begin(own) {
    this.own = own;
    this.since = this.seen = Date.now();
  }

  look() {
    if (!this.isOpen) return;
    const [idle, whole] = [Date.now() - this.seen, Date.now() - this.since];
    if (idle >= this.idle) this.end("idle");
    else if (whole >= this.longest) this.end("long");
    else this.onWarning(idle >= this.idle - WARN_BEFORE || whole >= this.longest - WARN_BEFORE);
  }

  /** Forgets every key; `why` is idle, long, asked, signed-out or gone. */
  end(why) {
    if (!this.isOpen) return;
    this.own = null;
    this.caseKeys.clear();
    this.onEnd(why);
  }
}
