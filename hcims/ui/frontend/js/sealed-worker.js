// The worker behind sealed/stretching.js: scrypt of a passphrase, telling how far it is. It keeps and sends nothing.
import { scrypt } from "@noble/hashes/scrypt.js";

self.onmessage = ({ data: { passphrase, salt, logN } }) => {
  let told = 0;
  const onProgress = (done) => {
    if (done - told < 0.01) return;
    told = done;
    self.postMessage({ done });
  };
  self.postMessage({ key: scrypt(passphrase, salt, { N: 2 ** logN, r: 8, p: 1, dkLen: 32, onProgress }) });
};
