/** Bundles the page: dist/explorer.js (one IIFE) and dist/explorer.css, as kg/view puts them into the HTML file.
 *
 * `--tests` bundles the tests instead, `--sample` writes dist/sample.html and dist/large.html with invented data.
 */
import { build } from "esbuild";
import { readFileSync, readdirSync, existsSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
process.chdir(here);

/** The licences of the packages in the bundle: MIT asks that they travel with every copy. */
function licences(inputs) {
  const packages = new Set();
  for (const input of Object.keys(inputs)) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) packages.add(found[1]);
  }
  return [...packages].sort().map((name) => {
    const folder = join("node_modules", name);
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trim() : "MIT";
    return `${name} ${version}\n\n${text}`;
  });
}

async function page() {
  const result = await build({
    entryPoints: { explorer: "src/main.ts" },
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    outdir: "dist",
    metafile: true,
  });
  const notes = licences(result.metafile.inputs).join("\n\n---\n\n").replaceAll("*/", "* /");
  const script = readFileSync("dist/explorer.js", "utf8");
  writeFileSync("dist/explorer.js", `/*! Contains, under their licences:\n\n${notes}\n*/\n${script}`);
  for (const name of ["explorer.js", "explorer.css"]) {
    if (/<\/(script|style)|<!--/i.test(readFileSync(join("dist", name), "utf8")))
      throw new Error(`dist/${name} would end its element in the page: it holds "</script", "</style" or "<!--"`);
  }
}

async function tests() {
  const files = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  await build({
    entryPoints: files.map((name) => join("test", name)),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    outdir: "dist/tests",
    outExtension: { ".js": ".mjs" },
    entryNames: "[name]",
  });
}

async function sample() {
  const outfile = "dist/tests/write-sample.mjs";
  await build({ entryPoints: ["test/write-sample.ts"], bundle: true, format: "esm", platform: "node", outfile });
  await import(join(here, outfile));
}

mkdirSync("dist", { recursive: true });
if (process.argv.includes("--tests")) await tests();
else if (process.argv.includes("--sample")) await sample();
else await page();
