// What was sealed is not what it says it is. The code names the sentence of the page (template "words") that explains it.
export class Refused extends Error {
  constructor(code, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.code = code;
  }
}
