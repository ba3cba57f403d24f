// Asks two custodians to open one case. No key is needed here: nothing is opened on this page.
import { Api } from "./api.js";
import { each, fill, moment, onSubmit, options, sentence, show, word } from "./dom.js";

export async function startOpenings(base) {
  const api = new Api(base, () => show("signed-out"));
  try {
    await page(api);
  } catch (error) {
    show("broken", { why: sentence(error) });
  }
}

async function page(api) {
  const { openings, readers } = await api.get("openings/");
  const root = show("openings");
  const form = root.querySelector("form");
  options(form.elements.reader, readers.map(({ user, name, office }) => [user.ref ?? user, [name, office].filter(Boolean).join(", ")]));
  onSubmit(form, async ({ ref, ground, paper, reader }) => {
    await api.post("openings/", { case: ref.trim().toLowerCase(), ground, paper: paper.trim(), reader });
    await page(api);
  });
  each(root, "openings", openings, (copy, one) =>
    fill(copy, {
      case: one.case,
      ground: word(`ground-${one.ground}`),
      paper: one.paper,
      asked: moment(one.requested_at),
      reader: one.reader?.name ?? "",
      state: word(`opening-${one.state}`),
      until: one.ends_at ? word("until", { at: moment(one.ends_at) }) : "",
    }),
  );
}
