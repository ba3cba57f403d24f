// Enrolling this phone: the server gives a secret once, the PIN locks it here.
import { enrol, knownAs } from "./w/device.js";

const form = document.querySelector("[data-enrol]");
const say = (name) => form.querySelectorAll("[data-says]").forEach((line) => (line.hidden = line.dataset.says !== name));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { pin, again, county } = form.elements;
  if (!/^\d{6,12}$/.test(pin.value)) return say("short");
  if (pin.value !== again.value) return say("different");
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, instead_of: await knownAs() });
    const { ref, secret } = await (await fetch(form.action, { method: "POST", body })).json();
    await enrol(pin.value, { secret, county: county.value }, ref, Number(form.dataset.tries));
    location.assign(form.dataset.next);
  } catch {
    button.disabled = false;
    say("failed");
  }
});

knownAs().then((ref) => {
  const mark = ref && document.querySelector(`[data-phone="${ref}"] [data-this]`);
  if (mark) mark.hidden = false;
});
