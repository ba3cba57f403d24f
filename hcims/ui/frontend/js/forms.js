// Error summary takes the focus, radios and checkboxes reveal, characters are counted, double clicks are ignored.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { ExitThisPage } from "govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";

const KINDS = {
  "govuk-button": Button,
  "govuk-character-count": CharacterCount,
  "govuk-checkboxes": Checkboxes,
  "govuk-error-summary": ErrorSummary,
  "govuk-exit-this-page": ExitThisPage,
  "govuk-radios": Radios,
};

/** Start the behaviours inside `root`, each element once. */
export function startForms(root) {
  for (const [name, Kind] of Object.entries(KINDS)) {
    for (const element of withSelf(root, `[data-module="${name}"]`)) {
      if (element.hasAttribute(`data-${name}-init`)) continue;
      try {
        new Kind(element);
      } catch (error) {
        console.warn(error); // the element stays plain HTML, which works
      }
    }
  }
}

export function withSelf(root, selector) {
  const inside = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...inside] : inside;
}
