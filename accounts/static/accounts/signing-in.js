// Passwords in sight at the press of a button, and passkeys. Pages work without it: passwords and codes are plain forms.

for (const input of document.querySelectorAll("input[data-sight]")) {
  const { show, hide } = input.form.dataset;
  const button = document.createElement("button");
  const see = (inSight) => {
    input.type = inSight ? "text" : "password";
    button.setAttribute("aria-pressed", String(inSight));
    button.textContent = inSight ? hide : show;
  };
  button.type = "button";
  button.className = "btn";
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => see(input.type === "password"));
  input.form.addEventListener("submit", () => see(false)); // browsers offer to keep passwords, not texts
  see(false);
  const row = document.createElement("div");
  row.className = "sight";
  input.replaceWith(row);
  row.append(input, button);
}

const fromBase64url = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer;
};
const toBase64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** The server's options, with the bytes in them as bytes. */
function withBytes(options) {
  const key = structuredClone(options.publicKey);
  key.challenge = fromBase64url(key.challenge);
  if (key.user) key.user.id = fromBase64url(key.user.id);
  for (const list of [key.excludeCredentials, key.allowCredentials]) {
    for (const each of list || []) each.id = fromBase64url(each.id);
  }
  return { publicKey: key };
}

/** What the device answered, as JSON. */
function asJson(credential) {
  const { response } = credential;
  const answer = {
    id: credential.id,
    rawId: toBase64url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: toBase64url(response.clientDataJSON) },
  };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) answer.response[part] = toBase64url(response[part]);
  }
  if (response.getTransports) answer.response.transports = response.getTransports();
  return JSON.stringify(answer);
}

async function optionsFor(form) {
  const here = document.getElementById("passkey-options");
  if (here) return JSON.parse(here.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  const button = form.querySelector("button");
  const trouble = form.querySelector("[data-trouble]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    button.disabled = true;
    try {
      const { creation_options: creating, request_options: asking } = await optionsFor(form);
      const credential = creating
        ? await navigator.credentials.create(withBytes(creating))
        : await navigator.credentials.get(withBytes(asking));
      form.elements.credential.value = asJson(credential);
      form.submit(); // without the event: this time it goes out
    } catch (error) {
      console.warn(error);
      trouble.hidden = false;
      button.disabled = false;
      button.focus();
    }
  });
}
