// Whom the directory names for what was chosen. Plain data in and out; the file's form is in counselling/directory.py.
const FIELDS = ["ref", "name", "county", "sex", "languages", "command", "telephone", "availability", "canAsk"];

export function people(file) {
  return file.people.map((row) => Object.fromEntries(FIELDS.map((name, at) => [name, row[at]])));
}

// `outside`: the own command; who belongs to it is left out, and who does not say where he or she belongs.
export function fitting(everyone, { county = "", sex = "", language = "", outside = "" }) {
  return everyone.filter(
    (one) =>
      (!county || one.county === county) &&
      (!sex || one.sex === sex) &&
      (!language || one.languages.split(" ").includes(language)) &&
      (!outside || (one.command && one.command !== outside)),
  );
}
