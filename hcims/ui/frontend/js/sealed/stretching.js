// The slow step of a passphrase (scrypt), in a Web Worker so that the page goes on and can show how far it is.

/** A `derive` for agefile.js that works in the worker at `address` and tells `onProgress` shares from 0 to 1. */
export function deriveInWorker(address, onProgress = () => {}) {
  return (passphrase, salt, logN) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(address);
      const end = (settle, value) => {
        worker.terminate(); // its memory, the passphrase in it included, goes with it
        settle(value);
      };
      worker.onmessage = ({ data }) => (data.key ? end(resolve, data.key) : onProgress(data.done));
      worker.onerror = (event) => end(reject, new Error(event.message || "the worker did not start"));
      worker.postMessage({ passphrase, salt, logN });
    });
}
