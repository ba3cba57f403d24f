// Builds the style sheets and scripts of HCIMS into hcims/ui/static/built/ (ignored by git) and prints what they weigh.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "built");
const modules = join(here, "node_modules");

// Most a file may weigh, gzipped, in bytes; the pages' own budgets are tested in tests/ui/.
const LIMITS = { "core.css": 13_500, "desk.css": 7_000, "core.js": 7_500, "htmx.js": 19_500, "desk.js": 9_000, "sealed.js": 60_000, "sealed-worker.js": 6_000,
  // Phone pages under /w/: 15 kB in all on the first visit, a page's own text included.
  "w.css": 2_500, "w.js": 4_500, "w-check.js": 900, "w-people.js": 2_700, "w-calls.js": 2_500, "w-log.js": 3_500, "w-enrol.js": 2_000,
  "sw.js": 1_000,
  // The roll of a meeting, on a facilitator's phone.
  "roll.js": 4_500 };

// Parts of libraries that HCIMS never calls; what stands in for them says why.
const UNUSED = { "@noble/post-quantum/hybrid.js": join(here, "js", "sealed", "no-hybrid.js") };

function styles(name) {
  const { css } = sass.compile(join(here, "scss", `${name}.scss`), {
    style: "compressed",
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "if-function"],
    importers: [{ findFileUrl: (url) => (url.startsWith("govuk/") ? pathToFileURL(join(modules, "govuk-frontend/dist", url)) : null) }],
  });
  return esbuild.transformSync(css, { loader: "css", minify: true, target: ["chrome90", "firefox90", "safari14"] }).code;
}

function script(name) {
  const built = esbuild.buildSync({
    entryPoints: [join(here, "js", `${name}.js`)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    legalComments: "none",
    alias: UNUSED,
    write: false,
  });
  return built.outputFiles[0].text;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const files = {
  "core.css": styles("core"),
  "desk.css": styles("desk"),
  "core.js": script("core"),
  "w.css": styles("w"),
  "w.js": script("w"),
  "w-check.js": script("w-check"),
  "w-people.js": script("w-people"),
  "w-log.js": script("w-log"),
  "w-enrol.js": script("w-enrol"),
  "sw.js": script("sw"),
  "roll.js": script("roll"),
  "w-calls.js": script("w-calls"),
  "htmx.js": script("htmx"),
  "desk.js": script("desk"),
  "sealed.js": script("sealed"),
  "sealed-worker.js": script("sealed-worker"),
  "notes.svg": readFileSync(join(here, "notes.svg"), "utf8"),
  "icon.svg": readFileSync(join(here, "icon.svg"), "utf8"),
};
const weights = {};
let tooHeavy = false;
for (const [name, text] of Object.entries(files)) {
  writeFileSync(join(out, name), text);
  const bytes = gzipSync(text, { level: 9 }).length;
  weights[name] = bytes;
  const limit = LIMITS[name];
  tooHeavy ||= limit !== undefined && bytes > limit;
  console.log(`${name.padEnd(10)} ${(bytes / 1000).toFixed(1).padStart(6)} kB gz${limit ? ` of ${(limit / 1000).toFixed(1)}` : ""}`);
}
writeFileSync(join(out, "weights.json"), JSON.stringify(weights));
if (tooHeavy) {
  console.error("A file is heavier than its limit in build.mjs.");
  process.exit(1);
}
