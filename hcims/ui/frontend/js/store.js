// What a phone keeps, in a database of its own: `kept("name", ["store", …])` gives the ways in and out. A higher version
// adds the stores that are not there yet.
export function kept(database, stores, version = 1) {
  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open(database, version);
    request.onupgradeneeded = () => {
      const there = request.result.objectStoreNames;
      stores.filter((name) => !there.contains(name)).forEach((name) => request.result.createObjectStore(name));
    };
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

  return {
    get: (name, key) => within(name, "readonly", (store) => store.get(key)),
    keys: (name) => within(name, "readonly", (store) => store.getAllKeys()),
    all: (name) => within(name, "readonly", (store) => store.getAll()),
    add: (name, key, value) => within(name, "readwrite", (store) => store.add(value, key)), // fails where there is one
    put: (name, key, value) => within(name, "readwrite", (store) => store.put(value, key)),
    remove: (name, key) => within(name, "readwrite", (store) => store.delete(key)),
    empty: () => Promise.all(stores.map((name) => within(name, "readwrite", (store) => store.clear()))),
  };
}
