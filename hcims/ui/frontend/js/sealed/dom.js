// Pages out of the <template> elements that the server has translated. Values go in as text, never as markup.

/** A sentence of the page's own (template "words"), with {names} filled in. */
export function word(key, values = {}) {
  const found = document.getElementById("words").content.querySelector(`[data-word="${key}"]`);
  return (found?.textContent ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A copy of a template's content. */
export const copyOf = (id) => document.getElementById(id).content.cloneNode(true);

/** Puts a page into the document and the focus on its heading. */
export function show(id, values = {}) {
  const root = document.getElementById("sealed");
  root.replaceChildren(copyOf(`page-${id}`));
  fill(root, values);
  const heading = root.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  return root;
}

export const slot = (root, name) => root.querySelector(`[data-slot="${name}"]`);

/** Texts by slot; an element whose `data-if` names nothing is taken away. */
export function fill(root, values) {
  for (const [name, value] of Object.entries(values)) {
    for (const place of root.querySelectorAll(`[data-slot="${name}"]`)) place.textContent = value ?? "";
    for (const place of root.querySelectorAll(`[data-href="${name}"]`)) place.href = value;
    for (const place of root.querySelectorAll(`[data-if="${name}"]`)) if (!value) place.remove();
    for (const place of root.querySelectorAll(`[data-unless="${name}"]`)) if (value) place.remove();
  }
  return root;
}

/** One copy of the list's own template for each item; what says "nothing here" stays only when there is nothing. */
export function each(root, name, items, draw) {
  const list = root.querySelector(`[data-each="${name}"]`);
  const pattern = list.querySelector("template");
  for (const item of items) {
    const copy = pattern.content.cloneNode(true);
    draw(copy, item);
    list.append(copy);
  }
  if (items.length) root.querySelector(`[data-none="${name}"]`)?.remove();
  else root.querySelector(`[data-some="${name}"]`)?.remove();
}

export function el(tag, { className = "", ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Options of a <select>: [value, label] each. */
export function options(select, pairs) {
  select.append(...pairs.map(([value, label]) => new Option(label, value)));
}

/** A day or a moment in words, in the language of the document, as a clock in Nairobi has it. */
export function day(value, more = {}) {
  if (!value) return "";
  const date = new Date(value.length === 10 ? `${value}T09:00:00Z` : value);
  const locale = document.documentElement.lang === "sw" ? "sw-KE" : "en-GB";
  return date.toLocaleString(locale, { timeZone: "Africa/Nairobi", day: "numeric", month: "short", year: "numeric", ...more });
}

export const moment = (value) => day(value, { hour: "2-digit", minute: "2-digit" });

/** What changed without a new page, for those who listen. */
export function announce(sentence) {
  document.getElementById("sealed-said").textContent = sentence;
}

/** Runs `send(values, form)` when the form is sent, says what went wrong at its top, and never sends it to the server. */
export function onSubmit(form, send) {
  form.noValidate = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const buttons = [...form.querySelectorAll("button")];
    if (buttons.some((button) => button.disabled)) return;
    form.querySelector(".govuk-error-summary")?.remove();
    const missing = [...form.elements].find((field) => field.willValidate && !field.checkValidity());
    if (missing) return complain(form, word("fill-in", { field: labelOf(missing) }), missing);
    buttons.forEach((button) => (button.disabled = true));
    try {
      await send(Object.fromEntries(new FormData(form)), form);
    } catch (error) {
      complain(form, sentence(error));
    } finally {
      buttons.forEach((button) => (button.disabled = false));
    }
  });
}

/** An error in words: the server's own, or the page's sentence for a refusal. */
export function sentence(error) {
  if (error.fromServer) return error.message;
  const known = error.code && word(`refused-${error.code}`);
  if (known && !known.startsWith("refused-")) return known;
  console.error(error);
  return word("went-wrong");
}

export function complain(form, words, field = null) {
  const summary = copyOf("error-summary");
  const said = slot(summary, "error");
  if (field?.id) {
    const link = el("a", { href: `#${field.id}` }, words);
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the address says where one is in the document; a field is no such place
      field.focus();
    });
    said.append(link);
  } else said.textContent = words;
  form.prepend(summary);
  form.querySelector(".govuk-error-summary").focus();
}

function labelOf(field) {
  const own = field.labels?.[0]?.textContent.trim();
  const group = field.type === "radio" && field.closest("fieldset")?.querySelector("legend")?.textContent.trim();
  return group || own || field.name;
}
