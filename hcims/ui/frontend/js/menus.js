// Menus are <details>: Escape and a click elsewhere close them, and only one is open at a time.
export function startMenus() {
  document.addEventListener("click", (event) => closeMenus((menu) => !menu.contains(event.target)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    if (!open) return;
    closeMenus(() => true);
    open.querySelector("summary").focus();
  });
}

function closeMenus(test) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (test(menu)) menu.open = false;
}
