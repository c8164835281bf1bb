/** Three invented articles as the data of a page. */

import { MultiDirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { Article, Data, Edge, Event, Evidence, Modality, Node, Polarity, Position, Statement } from "../src/data";
import { ARTICLES, BASE, NAMES, NODES } from "./sample-content";
import { randomNumbers } from "./sample-large";

const points = (text: string): number => [...text].length;

/** Three articles with everything the page can show. */
export function smallData(): Data {
  const at = new Map(NODES.map(([id], index) => [id, index]));
  const node = (id: string | undefined): number | null => (id === undefined ? null : at.get(id)!);
  const nodes: Node[] = NODES.map(([id, label, type, aliases = [], facts = []]) => ({
    iri: BASE + id,
    label,
    type,
    aliases,
    mentions: 0,
    x: 0,
    y: 0,
    community: 0,
    facts,
  }));
  const [positions, events, statements, articles]: [Position[], Event[], Statement[], Article[]] = [[], [], [], []];
  ARTICLES.forEach(({ id, title, date, publisher, body }, article) => {
    let text = `${title}\n`;
    for (const paragraph of body) {
      text += "\n";
      for (const { text: sentence, ...found } of paragraph) {
        if (!text.endsWith("\n")) text += " ";
        const from = points(text);
        text += sentence;
        const until = points(text);
        const span = (words: string): [number, number] => {
          const start = from + points(sentence.slice(0, sentence.indexOf(words)));
          return [start, start + points(words)];
        };
        const evidence = (words: string): Evidence => ({
          article,
          start: span(words)[0],
          end: span(words)[1],
          from,
          until,
        });
        for (const { holder, topic, polarity, modality = "asserted", words, about, condition, by } of found.positions ??
          [])
          positions.push({
            iri: `${BASE}p${positions.length}`,
            holder: node(holder)!,
            topic: node(topic)!,
            about: node(about),
            polarity,
            modality,
            accordingTo: node(by),
            date,
            confidence: 0.9,
            evidence: evidence(words),
            condition: condition ? span(condition) : null,
          });
        for (const {
          type,
          agent,
          recipient,
          object,
          place,
          modality = "asserted",
          words,
          time = null,
        } of found.events ?? [])
          events.push({
            iri: `${BASE}e${events.length}`,
            type,
            agent: node(agent),
            recipient: node(recipient),
            object: node(object),
            place: node(place),
            time,
            modality,
            evidence: evidence(words),
          });
        if (found.said)
          statements.push({
            iri: `${BASE}s${statements.length}`,
            speaker: node(found.said.speaker),
            form: found.said.form,
            article,
            content: [span(found.said.words)],
          });
      }
      text += "\n";
    }
    articles.push({
      id,
      title,
      date,
      publisher,
      url: `https://example.org/${id}`,
      text,
      mentions: mentionsIn(text, nodes),
    });
  });
  for (const article of articles) for (const [, , index] of article.mentions) nodes[index]!.mentions += 1;
  const edges = edgesOf(positions, events, articles);
  const tie = (source: string, target: string, kind: "office" | "relation", predicate: string): Edge => ({
    source: node(source)!,
    target: node(target)!,
    kind,
    predicate,
    polarity: null,
    modality: null,
    dates: [],
    weight: 1,
    positions: [],
    events: [],
    evidence: [],
  });
  edges.push(
    tie("nordmark", "allianz", "relation", "memberOf"),
    tie("sundland", "allianz", "relation", "memberOf"),
    tie("lindqvist", "nordmark", "office", "foreignMinisterOf"),
    tie("salim", "gruene", "relation", "memberOf"),
    tie("brankow", "osterrien", "office", "office"),
    tie("okonjo", "allianz", "office", "office"),
    tie("verhagen", "sundland", "office", "office"),
    tie("hallbeck", "nordmark", "office", "office"),
  );
  const data: Data = {
    version: 1,
    meta: {
      title: "Beispiel: Küstenallianz",
      generator: "kg",
      from: "2031-03-04",
      until: "2031-06-27",
      cut: 0,
      names: NAMES,
    },
    nodes,
    edges,
    positions,
    statements,
    events,
    articles,
  };
  placeNodes(data);
  return data;
}

function mentionsIn(text: string, nodes: readonly Node[]): [number, number, number][] {
  const names = nodes.flatMap(({ label, aliases, type }, index) =>
    type === "Topic" ? [] : [label, ...aliases].map((name) => ({ name, index })),
  );
  names.sort((a, b) => b.name.length - a.name.length);
  const found: [number, number, number][] = [];
  for (const { name, index } of names) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      const start = points(text.slice(0, at));
      if (!found.some(([from, until]) => from < start + points(name) && start < until))
        found.push([start, start + points(name), index]);
    }
  }
  return found.sort(([a], [b]) => a - b);
}

function edgesOf(positions: readonly Position[], events: readonly Event[], articles: readonly Article[]): Edge[] {
  const edges = new Map<string, Edge>();
  const add = (
    source: number,
    target: number,
    kind: "position" | "event",
    predicate: string,
    polarity: Polarity | null,
    modality: Modality,
    evidence: Evidence,
    at: number,
  ): void => {
    const key = [source, target, predicate, modality].join(" ");
    const edge = edges.get(key) ?? {
      source,
      target,
      kind,
      predicate,
      polarity,
      modality,
      dates: [],
      weight: 0,
      positions: [],
      events: [],
      evidence: [],
    };
    edges.set(key, edge);
    edge.weight += 1;
    edge.dates = [...new Set([...edge.dates, articles[evidence.article]!.date!])].sort();
    edge[kind === "position" ? "positions" : "events"].push(at);
    edge.evidence.push(evidence);
  };
  const verbs: Partial<Record<Polarity, string>> = { support: "supports", oppose: "opposes" };
  positions.forEach((p, at) =>
    add(p.holder, p.topic, "position", verbs[p.polarity] ?? p.polarity, p.polarity, p.modality, p.evidence, at),
  );
  events.forEach((e, at) => {
    const [first, second] = [e.agent, e.recipient ?? e.object ?? e.place];
    if (first !== null && second !== null) add(first, second, "event", e.type, null, e.modality, e.evidence, at);
  });
  return [...edges.values()];
}

/** As Python's layout would: fixed seed, scaled to -1..1. */
function placeNodes(data: Data): void {
  const graph = new MultiDirectedGraph();
  const random = randomNumbers(7);
  data.nodes.forEach((_, index) => graph.addNode(index, { x: random() - 0.5, y: random() - 0.5 }));
  for (const { source, target } of data.edges) if (source !== target) graph.addEdge(source, target);
  const places = forceAtlas2(graph, {
    iterations: 600,
    settings: { scalingRatio: 30, gravity: 0.3, strongGravityMode: true },
  });
  const reach = Math.max(...Object.values(places).flatMap(({ x, y }) => [Math.abs(x!), Math.abs(y!)]));
  data.nodes.forEach((node, index) =>
    Object.assign(node, { x: places[index]!.x! / reach, y: places[index]!.y! / reach }),
  );
}
