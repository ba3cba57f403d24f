// Self-check: the sum is worked out here and stays here.
import { read } from "./w/scoring.js";

for (const check of document.querySelectorAll("[data-check]")) start(check);

function start(check) {
  const items = [...check.querySelectorAll("fieldset")];
  const bands = [...check.querySelectorAll("[data-lowest]")];
  const ranges = bands.map(({ dataset }) => ({ lowest: Number(dataset.lowest), highest: Number(dataset.highest) }));
  const dangerAt = items.findIndex((item) => "danger" in item.dataset);
  const [left, number, score, clear, said] = ["left", "left-number", "score", "clear", "danger-said"].map((name) =>
    check.querySelector(`[data-${name}]`),
  );

  function show() {
    const answers = items.map((item) => {
      const ticked = item.querySelector(":checked");
      return ticked ? Number(ticked.value) : null;
    });
    const found = read(answers, ranges, dangerAt);
    const begun = found.left < items.length;
    left.hidden = !begun || found.left === 0;
    number.textContent = found.left;
    score.hidden = found.total === null;
    score.textContent = found.total ?? "";
    bands.forEach((band, at) => (band.hidden = at !== found.band));
    clear.hidden = !begun;
    if (said) said.hidden = !found.isDanger;
  }

  function forget() {
    for (const ticked of check.querySelectorAll(":checked")) ticked.checked = false;
    show();
  }

  check.addEventListener("change", show);
  clear.addEventListener("click", () => {
    forget();
    check.querySelector("summary").focus();
  });
  addEventListener("pagehide", forget); // a page kept for "back" keeps no answers
  forget();
}
