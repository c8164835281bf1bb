import assert from "node:assert/strict";
import test from "node:test";
import { applyFilters, neighbourhood } from "../src/filter";
import { buildModel, firstAround, mostMentioned } from "../src/model";
import { buildSearch } from "../src/search";
import { countFilters, NO_FILTERS } from "../src/state";
import { buildMatrix, cellKey, shares } from "../src/views/matrix-cells";
import { binFacts } from "../src/views/timeline-bins";
import { smallData } from "./sample";
import { largeData } from "./sample-large";

const data = smallData();
const model = buildModel(data);
const node = (label: string): number => data.nodes.findIndex((one) => one.label === label);
const all = applyFilters(model, NO_FILTERS);
const count = (list: readonly boolean[]): number => list.filter(Boolean).length;

test("no filter hides nothing", () => {
  assert.ok(
    [all.nodes, all.edges, all.positions, all.events, all.statements, all.articles].every((list) =>
      list.every(Boolean),
    ),
  );
  assert.equal(countFilters(NO_FILTERS), 0);
});

test("a polarity leaves its positions, their ends and no events", () => {
  const shown = applyFilters(model, { ...NO_FILTERS, polarities: ["oppose"] });
  assert.deepEqual(
    data.positions.filter((_, at) => shown.positions[at]).map((p) => p.polarity),
    ["oppose", "oppose", "oppose", "oppose"],
  );
  assert.equal(count(shown.events), 0);
  assert.ok(shown.nodes[node("Jurij Brankow")] && !shown.nodes[node("Mara Lindqvist")]);
});

test("a type leaves edges among its members only", () => {
  const shown = applyFilters(model, { ...NO_FILTERS, types: ["Person", "Topic"] });
  assert.ok(
    data.edges.every(
      (edge, at) =>
        !shown.edges[at] ||
        [edge.source, edge.target].every((end) => ["Person", "Topic"].includes(data.nodes[end]!.type)),
    ),
  );
  assert.ok(count(shown.edges) > 0);
});

test("a period leaves the articles in it, both days included", () => {
  const shown = applyFilters(model, { ...NO_FILTERS, from: "2031-04-19", until: "2031-04-19" });
  assert.deepEqual(shown.articles, [false, true, false]);
  assert.ok(data.positions.every((p, at) => shown.positions[at] === (p.evidence.article === 1)));
  assert.ok(shown.nodes[node("Ilse Verhagen")] && !shown.nodes[node("Tadeus Okonjo")]);
});

test("an actor leaves what it holds and takes part in", () => {
  const shown = applyFilters(model, { ...NO_FILTERS, actors: [node("Jurij Brankow")] });
  assert.equal(count(shown.positions), 3);
  assert.equal(count(shown.events), 1);
  assert.equal(count(shown.statements), 1);
});

test("filters combine", () => {
  const topics = [node("Sanktionen")];
  const shown = applyFilters(model, { ...NO_FILTERS, topics, modalities: ["hypothetical"] });
  assert.deepEqual(
    data.positions.filter((_, at) => shown.positions[at]).map((p) => data.nodes[p.holder]!.label),
    ["Per Hallbeck"],
  );
});

test("a neighbourhood holds its centre and its neighbours", () => {
  const centre = node("Nadia Salim");
  const { nodes, left } = neighbourhood(model, all, [centre]);
  assert.deepEqual([...nodes].map((one) => data.nodes[one]!.label).sort(), [
    "Grüne Mitte",
    "Nadia Salim",
    "Rüstungskontrolle",
    "Verteidigungsausgaben",
  ]);
  assert.equal(left, 0);
});

test("a small graph opens whole, a large one around the node most mentioned, with its strongest ties", () => {
  assert.deepEqual(firstAround(data), []);
  const large = buildModel(largeData(1000, 4000));
  assert.deepEqual(firstAround(large.data), [mostMentioned(large.data)]);
  const { nodes, left } = neighbourhood(large, applyFilters(large, NO_FILTERS), firstAround(large.data));
  assert.ok(nodes.size <= 121 && left > 0);
});

test("the matrix counts polarities and knows what is only hypothetical", () => {
  const { cells, holders, topics } = buildMatrix(model, all);
  const cell = cells.get(cellKey(node("Jurij Brankow"), node("Beitritt zur Küstenallianz")))!;
  assert.deepEqual([cell.main, cell.open, cell.positions.length], ["oppose", false, 1]);
  assert.deepEqual(shares(cell), [{ polarity: "oppose", share: 1 }]);
  assert.ok(cells.get(cellKey(node("Per Hallbeck"), node("Sanktionen")))!.open);
  assert.equal(holders[0], node("Jurij Brankow"));
  assert.equal(topics.length, 6);
});

test("the timeline has every fact once, by the date of its article", () => {
  const { days, bins, undated } = binFacts(model, all);
  assert.deepEqual(
    days.map((day) => day.start),
    ["2031-06-27", "2031-04-19", "2031-03-04"],
  );
  for (const list of [days, bins])
    assert.equal(
      list.reduce((sum, bin) => sum + bin.positions.length, 0),
      data.positions.length,
    );
  assert.equal(undated.positions.length, 0);
});

test("search finds by the beginning of any word, by other names and without umlauts", () => {
  const find = buildSearch(data, (index) => data.nodes[index]!.label);
  const first = (words: string): string | undefined => find(words)[0] && data.nodes[find(words)[0]!.index]!.label;
  assert.equal(first("brank"), "Jurij Brankow");
  assert.equal(first("weissau"), "Republik Weißau");
  assert.equal(first("kuestenallianz"), "Küstenallianz");
  assert.equal(first("Kustenallianz"), "Küstenallianz");
  assert.deepEqual(find("(.*"), []);
  assert.deepEqual(find("   "), []);
  assert.equal(find("fjordvertrags")[0]!.kind, "article");
});
