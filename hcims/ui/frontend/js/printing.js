// Print buttons; what is folded is opened for the paper and folded again after it. Long pages fold on a narrow screen alone.
const FOLDED = "details.figures:not([open]), details.fold:not([open])";

export function startPrinting() {
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });
  if (matchMedia("screen and (max-width: 40em)").matches) for (const each of document.querySelectorAll("details[data-fold]")) each.open = false;
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(FOLDED)];
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}
