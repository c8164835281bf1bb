import assert from "node:assert/strict";
import test from "node:test";
import { namesIn } from "../src/names";
import { smallData } from "./sample";

const data = smallData();
const first = (type: string): number => data.nodes.findIndex((node) => node.type === type);

test("what is counted stands in the singular for one alone", () => {
  assert.equal(namesIn(data, "en").count(1, "chooseArticle", "article"), "1 Article");
  assert.equal(namesIn(data, "en").count(0, "edge", "edges"), "0 edges");
  assert.equal(namesIn(data, "de").count(1, "edge", "edges"), "1 Kante");
  assert.equal(namesIn(data, "de").count(1234, "edge", "edges"), "1.234 Kanten");
});

test("the party of a treaty is none that stands for election", () => {
  assert.equal(namesIn(data, "de").property("party", first("Treaty")), "Vertragspartei");
  assert.equal(namesIn(data, "en").property("party", first("Treaty")), "party to it");
  assert.notEqual(namesIn(data, "de").property("party", first("Person")), "Vertragspartei");
});
