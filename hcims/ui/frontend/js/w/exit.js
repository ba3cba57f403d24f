// Leaves for the plain page so that "back" does not return here.
export function startExit() {
  for (const link of document.querySelectorAll("[data-exit]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.body.replaceChildren();
      location.replace(link.href);
    });
  }
}
