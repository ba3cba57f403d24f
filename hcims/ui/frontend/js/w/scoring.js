// How a questionnaire is read: plain numbers in, plain numbers out. Nothing here knows a page, a store or a network.

// answers: points, or null where nothing was ticked; bands: [{lowest, highest}] that cover every sum.
export function read(answers, bands, dangerAt = -1) {
  const given = answers.filter((points) => points !== null);
  const left = answers.length - given.length;
  const total = left ? null : given.reduce((sum, points) => sum + points, 0);
  const band = total === null ? -1 : bands.findIndex(({ lowest, highest }) => lowest <= total && total <= highest);
  const isDanger = dangerAt >= 0 && (answers[dangerAt] ?? 0) > 0;
  return { left, total, band, isDanger };
}
