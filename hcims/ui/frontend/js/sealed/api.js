// The server's side of the sealed pages: JSON of the same origin, never cached. Bytes travel as base64.

import { word } from "./dom.js";

export class ServerError extends Error {
  constructor(status, words) {
    super(words);
    Object.assign(this, { status, fromServer: true });
  }
}

export class SignedOut extends Error {}

export class Api {
  constructor(base, onSignedOut) {
    Object.assign(this, { base, onSignedOut });
  }

  get(path) {
    return this.ask(path, { method: "GET" });
  }

  post(path, body = {}) {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    return this.ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async ask(path, how) {
    const answer = await fetch(this.base + path, { ...how, cache: "no-store", credentials: "same-origin", redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      this.onSignedOut();
      throw new SignedOut();
    }
    const isJson = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
    const said = isJson ? await answer.json() : {};
    if (!answer.ok) throw new ServerError(answer.status, said.error ?? word(answer.status === 404 ? "not-there" : "went-wrong"));
    return said;
  }
}

/** The server's side for the page that stands now: an answer that comes when the reader has gone on to another is never heard. */
export function whileHere(api) {
  const here = location.hash;
  const heard = (asked) =>
    new Promise((resolve, reject) => {
      const ifStillHere = (settle) => (value) => location.hash === here && settle(value);
      asked.then(ifStillHere(resolve), ifStillHere(reject));
    });
  return { get: (path) => heard(api.get(path)), post: (path, body) => heard(api.post(path, body)) };
}
