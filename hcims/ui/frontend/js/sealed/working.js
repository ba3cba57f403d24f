// The step that takes seconds: a passphrase stretched in the worker, with its progress shown.
import { announce, slot, word } from "./dom.js";
import { deriveInWorker } from "./stretching.js";

/** A `derive` that shows in `root` (slots "working", "share") how far it is. */
export function derivingIn(root) {
  const { worker } = document.getElementById("sealed").dataset;
  const panel = slot(root, "working");
  const bar = panel.querySelector("progress");
  let told = -1;
  const onProgress = (done) => {
    bar.value = done;
    const share = Math.round(done * 100);
    slot(root, "share").textContent = `${share}%`;
    if (share - told >= 25) announce(word("working", { share: (told = share) }));
  };
  return async (...stretch) => {
    panel.hidden = false;
    onProgress(0);
    try {
      return await deriveInWorker(worker, onProgress)(...stretch);
    } finally {
      panel.hidden = true;
    }
  };
}
