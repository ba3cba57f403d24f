// What a page counts after its main table: fetched once the page stands, put into the places that wait for it
// ([data-part], the same name in the answer). Where it does not come, each place keeps its link to everything at once.

export async function startRest() {
  const asked = document.querySelector("[data-rest]");
  if (!asked) return;
  const buttons = document.querySelectorAll("button[data-print]"); // paper shows the whole page
  for (const button of buttons) button.disabled = true;
  try {
    const answer = await fetch(asked.dataset.rest);
    if (answer.ok && !answer.redirected) put(await answer.text());
  } catch {
    // No network: the links stand.
  }
  for (const button of buttons) button.disabled = false;
}

function put(text) {
  const places = new Map([...document.querySelectorAll("[data-part]")].map((each) => [each.dataset.part, each]));
  for (const part of new DOMParser().parseFromString(text, "text/html").querySelectorAll("[data-part]")) {
    places.get(part.dataset.part)?.replaceChildren(...part.childNodes);
  }
}
