// Texts are never changed: a new one replaces an older one. This puts each last word together with what it replaced.

/** [{row, earlier: [older, oldest]}], oldest first, one entry for every chain of texts. */
export function bodiesOf(texts) {
  const byRef = new Map(texts.map((row) => [row.ref, row]));
  const replaced = new Set(texts.map((row) => row.replaces).filter(Boolean));
  return texts
    .filter((row) => !replaced.has(row.ref))
    .map((row) => {
      const earlier = [];
      for (let old = byRef.get(row.replaces); old; old = byRef.get(old.replaces)) earlier.push(old);
      return { row, earlier };
    });
}
