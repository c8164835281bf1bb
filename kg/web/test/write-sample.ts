/** Writes dist/sample.html and dist/large.html as kg/view puts a page together, to look at while working on it. */

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { Data } from "../src/data";
import { smallData } from "./sample";
import { largeData } from "./sample-large";

const script = readFileSync("dist/explorer.js", "utf8");
const style = readFileSync("dist/explorer.css", "utf8");
const digest = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policy = `default-src 'none'; script-src ${digest(script)}; style-src ${digest(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'`;

function page(data: Data): string {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${data.meta.title}</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="kg-data">${json}</script>
<script>${script}</script>
</body>
</html>
`;
}

writeFileSync("dist/sample.html", page(smallData()));
writeFileSync("dist/large.html", page(largeData(5000, 15000)));
