import assert from "node:assert/strict";
import test from "node:test";
import { csvField, xml } from "../src/export/clean";
import { writeCsv } from "../src/export/csv";
import { writeGexf } from "../src/export/gexf";
import type { Picture } from "../src/export/picture";
import { writeGraphSvg } from "../src/export/svg";
import { applyFilters } from "../src/filter";
import { buildModel } from "../src/model";
import { namesIn } from "../src/names";
import { NO_FILTERS } from "../src/state";
import { smallData } from "./sample";

const HOSTILE = `</script><b a="1">&'\u0000\u0007\u202e\ud800 =1+1`;

const picture: Picture = {
  title: HOSTILE,
  ground: "#ffffff",
  ink: "#000000",
  nodes: [
    {
      id: 7,
      iri: "https://example.org/a?b&c",
      label: HOSTILE,
      type: "Person",
      mentions: 2,
      community: 0,
      x: 1,
      y: 2,
      size: 5,
      colour: "#102030",
      square: false,
    },
    {
      id: 9,
      iri: "https://example.org/t",
      label: "Thema",
      type: "Topic",
      mentions: 1,
      community: 1,
      x: 10,
      y: 20,
      size: 5,
      colour: "#ffffff",
      square: true,
    },
  ],
  edges: [
    {
      source: 0,
      target: 1,
      label: HOSTILE,
      kind: "position",
      polarity: "oppose",
      modality: "hypothetical",
      dates: ["2031-04", "2031-03-04"],
      weight: 3,
      width: 2,
      colour: "#aa0000",
      dashed: true,
    },
    {
      source: 1,
      target: 0,
      label: "x",
      kind: "relation",
      polarity: null,
      modality: null,
      dates: [],
      weight: 1,
      width: 1,
      colour: "#aaaaaa",
      dashed: false,
    },
  ],
};

/** Well-formed as far as a check without a parser can see: tags balance, nothing raw is left. */
function checkXml(text: string): void {
  const open: string[] = [];
  for (const [, close, name, self] of text.matchAll(/<(\/?)([a-zA-Z:]+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (close) assert.equal(open.pop(), name);
    else if (!self) open.push(name!);
  }
  assert.deepEqual(open, []);
  const left = text.replace(/<\?xml[^>]*\?>|<\/?[a-zA-Z:]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, "");
  assert.doesNotMatch(left, /[<>]|&(?!amp;|lt;|gt;|quot;|#\d+;)/);
  assert.doesNotMatch(text, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/);
}

test("XML loses what it cannot hold and keeps the rest", () => {
  assert.equal(xml(`<a> & "b" '\u0000\ud800🛡\n`), "&lt;a&gt; &amp; &quot;b&quot; &#39;🛡&#10;");
});

test("GEXF is well-formed with hostile labels, dated, placed and coloured", () => {
  const text = writeGexf(picture);
  checkXml(text);
  assert.match(text, /<node id="7"/);
  assert.match(text, /<edge id="0" source="7" target="9"[^>]* weight="3">/);
  assert.match(text, /<spell start="2031-03-04" end="2031-03-04"\/><spell start="2031-04-01" end="2031-04-01"\/>/);
  assert.match(text, /<viz:color r="16" g="32" b="48"\/>/);
});

test("SVG is well-formed with hostile labels and holds no script", () => {
  const text = writeGraphSvg(picture, 100, 100);
  checkXml(text);
  assert.doesNotMatch(text, /<script|style=|<foreignObject| on\w+=/);
  assert.match(text, /stroke-dasharray/);
  assert.match(text, /<circle/);
});

test("CSV quotes what must be and disarms what a spreadsheet would run", () => {
  assert.deepEqual(
    ["=1+1", "+1", "-1", "@a", "\t=1", " =1", "＝1", "\u200b=1", "\r=1"].map(
      (text) => csvField(text).replace(/^"/, "")[0],
    ),
    Array(9).fill("'"),
  );
  assert.equal(csvField('a "b", c'), '"a ""b"", c"');
  assert.equal(csvField("a\nb"), '"a\nb"');
  assert.equal(csvField("Brankow – Nein"), "Brankow – Nein");
  assert.equal(csvField(-3), "-3");
  assert.equal(csvField(null), "");
});

test("the table holds every fact shown with its sentence", () => {
  const data = smallData();
  const model = buildModel(data);
  const table = writeCsv(model, applyFilters(model, NO_FILTERS), namesIn(data, "de"), { nodes: null, article: null });
  const lines = table.replace("\ufeff", "").trimEnd().split("\r\n");
  const relations = data.edges.filter(({ kind }) => kind === "office" || kind === "relation").length;
  assert.equal(lines.length, 1 + data.positions.length + data.events.length + relations);
  assert.ok(
    lines.some((line) =>
      line.startsWith(
        "position,Jurij Brankow,oppose,Beitritt zur Küstenallianz,Republik Weißau,asserted,2031-03-04,,a1,",
      ),
    ),
  );
  assert.ok(lines.some((line) => line.includes("nannte einen solchen Schritt inakzeptabel")));
});

test("the table of an article holds its facts alone", () => {
  const data = smallData();
  const model = buildModel(data);
  const table = writeCsv(model, applyFilters(model, NO_FILTERS), namesIn(data, "en"), { nodes: null, article: 1 });
  assert.equal(table.trimEnd().split("\r\n").length, 1 + 5 + 2);
});
