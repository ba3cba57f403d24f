// What this phone keeps: sealed envelopes that wait, and the wrapped secret of the device. Nothing readable.
const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open("notes", 1);
  request.onupgradeneeded = () => ["queue", "device"].forEach((name) => request.result.createObjectStore(name));
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
export const keys = (name) => within(name, "readonly", (store) => store.getAllKeys());
export const put = (name, key, value) => within(name, "readwrite", (store) => store.put(value, key));
export const remove = (name, key) => within(name, "readwrite", (store) => store.delete(key));
