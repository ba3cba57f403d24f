// Stands in the bundle for the age library's post-quantum recipients (21 kB gz), which HCIMS neither makes nor accepts:
// every recipient here is X25519, so that age 1.0 and later can read an export. agefile.js refuses others by name.
const never = () => {
  throw new Error("post-quantum recipients are not used here");
};
const scheme = { getPublicKey: never, encapsulate: never, decapsulate: never };
export { scheme as MLKEM768P256, scheme as MLKEM768X25519 };
