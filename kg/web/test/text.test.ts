import assert from "node:assert/strict";
import test from "node:test";
import { cutPieces } from "../src/segments";
import { sentenceAround } from "../src/sentences";
import { fold, textOf } from "../src/text";
import { paragraphs } from "../src/views/article-spans";

test("offsets are code points, whatever lies outside the basic plane", () => {
  const raw = "a🛡b𝔘c";
  const text = textOf(raw);
  const points = [...raw];
  assert.equal(text.length, points.length);
  for (let start = 0; start <= points.length; start++)
    for (let end = start; end <= points.length; end++)
      assert.equal(text.slice(start, end), points.slice(start, end).join(""));
});

test("units and points are inverse", () => {
  const text = textOf("🛡🛡x🛡");
  for (let point = 0; point <= text.length; point++) assert.equal(text.point(text.unit(point)), point);
});

test("a slice beyond the text is clipped, and a lone surrogate counts as one", () => {
  assert.equal(textOf("ab").slice(1, 99), "b");
  assert.equal(textOf("\ud83da").slice(1, 2), "a");
});

test("overlapping spans are cut at every border and lose nothing", () => {
  const pieces = cutPieces(
    [
      [2, 6],
      [4, 8],
      [5, 5],
      [7, 3],
    ],
    0,
    10,
  );
  assert.deepEqual(pieces, [
    { start: 0, end: 2, spans: [] },
    { start: 2, end: 4, spans: [0] },
    { start: 4, end: 6, spans: [0, 1] },
    { start: 6, end: 8, spans: [1] },
    { start: 8, end: 10, spans: [] },
  ]);
});

test("spans that reach beyond the text marked are clipped to it", () => {
  assert.deepEqual(cutPieces([[0, 99]], 5, 7), [{ start: 5, end: 7, spans: [0] }]);
});

test("the sentence of a mention is found by the article's own list, else by the browser's rules", () => {
  const raw = "Erster Satz. Zweiter 🛡 Satz mit Mara.\nDritter.";
  const text = textOf(raw);
  const article = { id: "a", title: "", date: null, publisher: null, url: null, text: raw, mentions: [] };
  assert.equal(text.slice(...sentenceAround(article, text, 32, 36)), "Zweiter 🛡 Satz mit Mara.");
  assert.deepEqual(
    sentenceAround(
      {
        ...article,
        sentences: [
          [0, 12],
          [13, 37],
        ],
      },
      text,
      32,
      36,
    ),
    [13, 37],
  );
});

test("paragraphs keep their offsets past empty lines", () => {
  const raw = "🛡 Titel\n\nText";
  assert.deepEqual(
    paragraphs(raw).map(([start, end]) => textOf(raw).slice(start, end)),
    ["🛡 Titel", "Text"],
  );
});

test("searches ignore accents and case", () => {
  assert.equal(fold("Weißau ÉLYSÉE"), "weissau elysee");
});
