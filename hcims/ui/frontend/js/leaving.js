// Signing out on a phone that takes rolls: the names of trainees go first. Marks that wait stay, they name nobody.
const DATABASE = "roll";
const PATIENCE = 1500; // nobody waits longer than this to be signed out

async function forgetNames() {
  const there = await indexedDB.databases?.();
  if (there && !there.some(({ name }) => name === DATABASE)) return;
  await new Promise((resolve) => {
    const request = indexedDB.open(DATABASE);
    request.onerror = request.onblocked = resolve;
    request.onsuccess = () => {
      const { result } = request;
      const naming = [...result.objectStoreNames].filter((name) => name !== "marks");
      const done = () => resolve(result.close());
      if (!naming.length) return done();
      const change = result.transaction(naming, "readwrite");
      for (const name of naming) change.objectStore(name).clear();
      change.oncomplete = change.onabort = done;
    };
  });
}

export function startLeaving() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.getAttribute("action")?.endsWith("/sign-out/")) return;
    event.preventDefault();
    Promise.race([forgetNames().catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE))]).then(() => form.submit());
  });
}
