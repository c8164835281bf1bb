/** A large invented graph. */

import type { Article, Data, Edge, Modality, Node, Polarity, Position } from "../src/data";
import { BASE, NAMES } from "./sample-content";

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A large graph of numbered nodes in communities, to see that the page stays quick. */
export function largeData(count: number, edgeCount: number): Data {
  const random = randomNumbers(11);
  const pick = (limit: number): number => Math.floor(random() ** 2.2 * limit);
  const types = ["Person", "State", "Organisation", "Party", "Place", "WeaponSystem", "Treaty", "Alliance"];
  const topics = 40;
  const text = Array.from({ length: 40 }, (_, at) => `Satz ${at} nennt jemanden und etwas, das geschehen ist.`).join(
    " ",
  );
  const articles: Article[] = Array.from({ length: 400 }, (_, at) => ({
    id: `a${at}`,
    title: `Artikel ${at}`,
    date: `2030-${String((at % 12) + 1).padStart(2, "0")}-${String((at % 28) + 1).padStart(2, "0")}`,
    publisher: "Bote",
    url: null,
    text,
    mentions: [],
  }));
  const nodes: Node[] = Array.from({ length: count }, (_, at) => {
    const community = at % 24;
    const [angle, far] = [(community / 24) * Math.PI * 2, 0.45 + (0.4 * ((community * 7) % 5)) / 5];
    const [spread, turn] = [Math.sqrt(random()) * 0.22, random() * Math.PI * 2];
    const type = at < topics ? "Topic" : types[at % types.length]!;
    return {
      iri: `${BASE}n${at}`,
      label: `${type} ${at}`,
      type,
      aliases: [],
      mentions: Math.ceil(800 / (1 + at)) + 1,
      x: Math.cos(angle) * far + Math.cos(turn) * spread,
      y: Math.sin(angle) * far + Math.sin(turn) * spread,
      community,
      facts: [],
    };
  });
  const positions: Position[] = [];
  const polarities: Polarity[] = ["support", "oppose", "oppose", "support", "conditional", "neutral"];
  const edges: Edge[] = Array.from({ length: edgeCount }, (_, at) => {
    const article = at % articles.length;
    const evidence = { article, start: 0, end: 6, from: 0, until: 50 };
    const [source, target] = [topics + pick(count - topics), pick(count)];
    const base = {
      source,
      target,
      dates: [articles[article]!.date!],
      weight: 1 + (at % 4),
      events: [],
      evidence: [evidence],
    };
    if (target >= topics)
      return { ...base, kind: "relation", predicate: "memberOf", polarity: null, modality: null, positions: [] };
    const polarity = polarities[at % polarities.length]!;
    const modality: Modality = at % 5 ? "asserted" : "hypothetical";
    positions.push({
      iri: `${BASE}p${at}`,
      holder: source,
      topic: target,
      about: null,
      polarity,
      modality,
      accordingTo: null,
      date: articles[article]!.date,
      confidence: 0.8,
      evidence,
      condition: null,
    });
    return { ...base, kind: "position", predicate: polarity, polarity, modality, positions: [positions.length - 1] };
  });
  return {
    version: 1,
    meta: { title: "Großer Graph", generator: "kg", from: "2030-01-01", until: "2030-12-28", cut: 0, names: NAMES },
    nodes,
    edges,
    positions,
    statements: [],
    events: [],
    articles,
  };
}
