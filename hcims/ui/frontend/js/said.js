// One polite live region for what changed without a new page.
let timer;
export function say(text) {
  const region = document.getElementById("said");
  if (!region) return;
  clearTimeout(timer);
  timer = setTimeout(() => (region.textContent = text), 120);
}

/** A translated sentence from the page, with {names} filled in. */
export function words(key, values = {}) {
  const text = document.getElementById("said")?.dataset[key] ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
