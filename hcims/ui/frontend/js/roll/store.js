// What this phone keeps of rolls: the list it was given, marks that wait to be sent, and those that were refused.
const STORES = ["list", "marks", "refused"];
const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open("roll", 1);
  request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name));
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// Resolves when the phone has it on its disk: a browser killed a moment later has lost nothing.
async function within(name, mode, work) {
  const transaction = (await opened).transaction(name, mode, { durability: "strict" });
  const request = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const get = (name, key) => within(name, "readonly", (store) => store.get(key));
export const all = (name) => within(name, "readonly", (store) => store.getAll());
export const put = (name, key, value) => within(name, "readwrite", (store) => store.put(value, key));
export const remove = (name, key) => within(name, "readwrite", (store) => store.delete(key));
export const empty = () => Promise.all(STORES.map((name) => within(name, "readwrite", (store) => store.clear())));
