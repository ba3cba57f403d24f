// Every page: govuk-frontend's behaviours for forms, and small manners. Pages work without any of it.
import { startCards } from "./cards.js";
import { startForms } from "./forms.js";
import { startLeaving } from "./leaving.js";
import { startMenus } from "./menus.js";
import { startPrinting } from "./printing.js";

// govuk-frontend does nothing unless the body says so; its own inline script would break our content policy.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

startCards(document);
startForms(document);
startMenus();
startPrinting();
startLeaving();
document.addEventListener("htmx:load", ({ detail }) => {
  startCards(detail.elt);
  startForms(detail.elt);
});
