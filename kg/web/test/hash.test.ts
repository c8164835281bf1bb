import assert from "node:assert/strict";
import test from "node:test";
import { dayFromNumber, dayNumber, dayOf, readableDate, stepFor, stepsBetween, stepStart } from "../src/dates";
import { readHash, writeHash } from "../src/hash";
import { buildModel } from "../src/model";
import { NO_FILTERS, type Selection, type State } from "../src/state";
import { smallData } from "./sample";
import { largeData } from "./sample-large";

const model = buildModel(smallData());
const large = buildModel(largeData(400, 600));
const plain = readHash(model, "");

test("what opens has an empty address", () => {
  assert.equal(writeHash(model, plain), "");
  assert.equal(writeHash(large, readHash(large, "")), "");
});

test("every state comes back from its address", () => {
  const selections: Selection[] = [
    { kind: "node", node: 3 },
    { kind: "edge", edge: 5 },
    { kind: "cell", holder: 3, topic: 19 },
    { kind: "position", position: 2 },
    { kind: "event", event: 1 },
    { kind: "spot", article: 1, at: 120 },
    { kind: "spot", article: 0, at: 0 },
  ];
  for (const selected of selections) {
    const state: State = {
      view: "matrix",
      around: [2, 4],
      list: true,
      selected,
      article: 1,
      at: 17,
      filters: {
        types: ["Person"],
        topics: [19],
        polarities: ["oppose"],
        modalities: ["denied", "planned"],
        actors: [0, 1],
        articles: [2],
        from: "2031-04-01",
        until: null,
      },
    };
    assert.deepEqual(readHash(model, `#${writeHash(model, state)}`), state);
  }
});

test("the whole of a large graph has an address of its own", () => {
  const whole = { ...readHash(large, ""), around: [] };
  assert.deepEqual(readHash(large, writeHash(large, whole)), whole);
});

test("an address that names what is not there opens as if it did not", () => {
  const hash =
    "view=nothing&node=https://example.org/nobody&polarity=angry&from=soon&around=x&article=zz&at=-&cell=%20&__proto__=1&type=constructor";
  assert.deepEqual(readHash(model, hash), { ...plain, filters: NO_FILTERS });
});

test("dates of any exactness have a first day", () => {
  assert.deepEqual(["2031", "2031-04", "2031-04-19", "Frühjahr"].map(dayOf), [
    "2031-01-01",
    "2031-04-01",
    "2031-04-19",
    null,
  ]);
  assert.equal(dayFromNumber(dayNumber("2032-02-29")), "2032-02-29");
});

test("dates are read as written, and what is none stays", () => {
  assert.equal(readableDate("2031-04", "de"), "April 2031");
  assert.equal(readableDate("2031-04-19", "en"), "Apr 19, 2031");
  assert.equal(readableDate("bald <b>", "de"), "bald <b>");
  assert.equal(readableDate("2031-99-99", "de"), "2031-99-99");
});

test("steps cover a range without gaps", () => {
  assert.equal(stepFor("2031-03-04", "2031-06-27"), "week");
  assert.equal(stepStart("2031-04-19", "week"), "2031-04-14"); // a Monday
  assert.deepEqual(stepsBetween("2030-11-30", "2031-02-01", "month"), [
    "2030-11-01",
    "2030-12-01",
    "2031-01-01",
    "2031-02-01",
  ]);
});
