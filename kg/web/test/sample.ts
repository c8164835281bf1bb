/** Invented data for tests and pictures: no name in here is anybody's. */

import { MultiDirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { Article, Data, Edge, Event, Evidence, Modality, Node, Polarity, Position, Statement } from "../src/data";

const BASE = "https://example.org/";

interface Written {
  text: string;
  positions?: { holder: string; topic: string; polarity: Polarity; modality?: Modality; words: string; about?: string; condition?: string; by?: string }[];
  events?: { type: string; agent?: string; recipient?: string; object?: string; place?: string; modality?: Modality; words: string; time?: string }[];
  said?: { speaker: string; words: string; form: string };
}

const NODES: [id: string, label: string, type: string, aliases?: string[], facts?: [string, string][]][] = [
  ["lindqvist", "Mara Lindqvist", "Person", ["Lindqvist"], [["office", "Außenministerin von Nordmark"], ["since", "2031"]]],
  ["okonjo", "Tadeus Okonjo", "Person", ["Okonjo"], [["office", "Generalsekretär der Küstenallianz"]]],
  ["verhagen", "Ilse Verhagen", "Person", ["Verhagen"], [["office", "Verteidigungsministerin von Sundland"]]],
  ["brankow", "Jurij Brankow", "Person", ["Brankow"], [["office", "Sprecher der Regierung von Osterrien"]]],
  ["salim", "Nadia Salim", "Person", ["Salim"], [["office", "Abgeordnete, Grüne Mitte"]]],
  ["hallbeck", "Per Hallbeck", "Person", ["Hallbeck"], [["office", "Präsident von Nordmark"]]],
  ["nordmark", "Nordmark", "State", ["nordmärkisch"], [["iso", "NM"]]],
  ["sundland", "Sundland", "State", [], [["iso", "SL"]]],
  ["osterrien", "Osterrien", "State", [], [["iso", "OR"]]],
  ["weissau", "Republik Weißau", "State", ["Weißau"], [["iso", "WA"]]],
  ["allianz", "Küstenallianz", "Alliance", ["Bündnis"]],
  ["rat", "Rat der Anrainer", "InternationalOrganisation"],
  ["gruene", "Grüne Mitte", "Party"],
  ["bund", "Liberaler Bund", "Party"],
  ["ministerium", "Außenministerium von Nordmark", "GovernmentBody"],
  ["fjordvertrag", "Fjordvertrag", "Treaty", [], [["signed", "1998"], ["status", "gekündigt"]]],
  ["falke", "Flugabwehr Falke 3", "WeaponSystem", ["Falke 3"], [["category", "Flugabwehr"]]],
  ["nordwind", "Marschflugkörper Nordwind", "WeaponSystem", ["Nordwind"], [["category", "Marschflugkörper"]]],
  ["haven", "Havenstedt", "Place"],
  ["t-beitritt", "Beitritt zur Küstenallianz", "Topic"],
  ["t-lieferung", "Waffenlieferungen", "Topic"],
  ["t-sanktionen", "Sanktionen", "Topic"],
  ["t-verhandlung", "Verhandlungen", "Topic"],
  ["t-haushalt", "Verteidigungsausgaben", "Topic"],
  ["t-kontrolle", "Rüstungskontrolle", "Topic"],
];

const ARTICLES: { id: string; title: string; date: string; publisher: string; body: Written[][] }[] = [
  {
    id: "a1",
    title: "Nordmark drängt auf Beitritt zur Küstenallianz, Osterrien droht mit Folgen",
    date: "2031-03-04",
    publisher: "Der Küstenbote",
    body: [
      [
        { text: "Außenministerin Mara Lindqvist hat sich für einen raschen Beitritt der Republik Weißau zur Küstenallianz ausgesprochen.", positions: [{ holder: "lindqvist", topic: "t-beitritt", polarity: "support", about: "weissau", words: "hat sich für einen raschen Beitritt der Republik Weißau zur Küstenallianz ausgesprochen" }] },
        { text: "„Wer jetzt zögert, lädt zur nächsten Drohung ein“, sagte Lindqvist in Havenstedt. 🛡️", said: { speaker: "lindqvist", words: "Wer jetzt zögert, lädt zur nächsten Drohung ein", form: "direct" } },
      ],
      [
        { text: "Der Sprecher der Regierung von Osterrien, Jurij Brankow, nannte einen solchen Schritt inakzeptabel.", positions: [{ holder: "brankow", topic: "t-beitritt", polarity: "oppose", about: "weissau", words: "nannte einen solchen Schritt inakzeptabel" }], events: [{ type: "reject", agent: "brankow", recipient: "weissau", words: "nannte einen solchen Schritt inakzeptabel" }] },
        { text: "Osterrien könnte dann den Marschflugkörper Nordwind an der Grenze aufstellen, sagte Brankow.", events: [{ type: "threaten", agent: "osterrien", recipient: "weissau", object: "nordwind", modality: "hypothetical", words: "könnte dann den Marschflugkörper Nordwind an der Grenze aufstellen" }], said: { speaker: "brankow", words: "Osterrien könnte dann den Marschflugkörper Nordwind an der Grenze aufstellen", form: "indirect" } },
      ],
      [
        { text: "Generalsekretär Tadeus Okonjo zeigte sich zurückhaltend: Ein Beitritt sei möglich, wenn Weißau den Grenzstreit löse.", positions: [{ holder: "okonjo", topic: "t-beitritt", polarity: "conditional", about: "weissau", words: "Ein Beitritt sei möglich", condition: "wenn Weißau den Grenzstreit löse" }], said: { speaker: "okonjo", words: "Ein Beitritt sei möglich, wenn Weißau den Grenzstreit löse", form: "free-indirect" } },
        { text: "Die Grüne Mitte fordert zugleich neue Verhandlungen mit Osterrien.", positions: [{ holder: "gruene", topic: "t-verhandlung", polarity: "support", about: "osterrien", words: "fordert zugleich neue Verhandlungen mit Osterrien" }] },
      ],
    ],
  },
  {
    id: "a2",
    title: "Sundland liefert Flugabwehr und streitet über den Haushalt",
    date: "2031-04-19",
    publisher: "Sundländer Tageblatt",
    body: [
      [
        { text: "Sundland hat der Republik Weißau zwei Batterien der Flugabwehr Falke 3 geliefert.", events: [{ type: "deliver-weapons", agent: "sundland", recipient: "weissau", object: "falke", words: "hat der Republik Weißau zwei Batterien der Flugabwehr Falke 3 geliefert", time: "2031-04" }], positions: [{ holder: "sundland", topic: "t-lieferung", polarity: "support", about: "weissau", words: "zwei Batterien der Flugabwehr Falke 3 geliefert" }] },
        { text: "Verteidigungsministerin Ilse Verhagen kündigte weitere Lieferungen an.", positions: [{ holder: "verhagen", topic: "t-lieferung", polarity: "support", modality: "planned", words: "kündigte weitere Lieferungen an" }], events: [{ type: "deliver-weapons", agent: "verhagen", recipient: "weissau", modality: "planned", words: "kündigte weitere Lieferungen an" }] },
      ],
      [
        { text: "Die Abgeordnete Nadia Salim lehnte höhere Verteidigungsausgaben ab, solange das Geld bei Schulen fehle.", positions: [{ holder: "salim", topic: "t-haushalt", polarity: "oppose", words: "lehnte höhere Verteidigungsausgaben ab", condition: "solange das Geld bei Schulen fehle" }] },
        { text: "Der Liberale Bund warb dagegen für höhere Verteidigungsausgaben.", positions: [{ holder: "bund", topic: "t-haushalt", polarity: "support", words: "warb dagegen für höhere Verteidigungsausgaben" }] },
        { text: "Präsident Per Hallbeck von Nordmark würde Sanktionen gegen Osterrien mittragen.", positions: [{ holder: "hallbeck", topic: "t-sanktionen", polarity: "support", modality: "hypothetical", about: "osterrien", words: "würde Sanktionen gegen Osterrien mittragen" }] },
      ],
    ],
  },
  {
    id: "a3",
    title: "Rat der Anrainer berät über das Ende des Fjordvertrags",
    date: "2031-06-27",
    publisher: "Der Küstenbote",
    body: [
      [
        { text: "Nach der Kündigung des Fjordvertrags durch Osterrien hat der Rat der Anrainer in Havenstedt getagt.", events: [{ type: "withdraw-from-treaty", agent: "osterrien", object: "fjordvertrag", words: "Kündigung des Fjordvertrags durch Osterrien" }, { type: "meet", agent: "rat", place: "haven", words: "hat der Rat der Anrainer in Havenstedt getagt", time: "2031-06-26" }] },
        { text: "Mara Lindqvist traf dort Tadeus Okonjo und Ilse Verhagen.", events: [{ type: "meet", agent: "lindqvist", recipient: "okonjo", place: "haven", words: "traf dort Tadeus Okonjo" }] },
      ],
      [
        { text: "Lindqvist und das Außenministerium von Nordmark verlangten Sanktionen gegen Osterrien.", positions: [{ holder: "lindqvist", topic: "t-sanktionen", polarity: "support", about: "osterrien", words: "verlangten Sanktionen gegen Osterrien" }, { holder: "ministerium", topic: "t-sanktionen", polarity: "support", about: "osterrien", words: "verlangten Sanktionen gegen Osterrien" }] },
        { text: "Brankow wies Sanktionen zurück und bot Verhandlungen über Rüstungskontrolle an.", positions: [{ holder: "brankow", topic: "t-sanktionen", polarity: "oppose", words: "wies Sanktionen zurück" }, { holder: "brankow", topic: "t-kontrolle", polarity: "support", modality: "possible", words: "bot Verhandlungen über Rüstungskontrolle an" }] },
        { text: "Nach Angaben von Okonjo sieht Osterrien einen Beitritt Weißaus weiter als Bedrohung.", positions: [{ holder: "osterrien", topic: "t-beitritt", polarity: "oppose", about: "weissau", by: "okonjo", words: "sieht Osterrien einen Beitritt Weißaus weiter als Bedrohung" }] },
        { text: "Salim begrüßte das Angebot, nannte es aber auch durchsichtig.", positions: [{ holder: "salim", topic: "t-kontrolle", polarity: "ambivalent", words: "begrüßte das Angebot, nannte es aber auch durchsichtig" }] },
        { text: "Okonjo und die Küstenallianz nahmen das Angebot zur Kenntnis.", positions: [{ holder: "allianz", topic: "t-kontrolle", polarity: "neutral", words: "nahmen das Angebot zur Kenntnis" }] },
      ],
    ],
  },
];

const NAMES: Data["meta"]["names"] = {
  Person: { de: "Person", en: "person" },
  State: { de: "Staat", en: "state" },
  Alliance: { de: "Bündnis", en: "alliance" },
  InternationalOrganisation: { de: "internationale Organisation", en: "international organisation" },
  Party: { de: "Partei", en: "party" },
  GovernmentBody: { de: "staatliche Stelle", en: "government body" },
  Treaty: { de: "Vertrag", en: "treaty" },
  WeaponSystem: { de: "Waffensystem", en: "weapon system" },
  Place: { de: "Ort", en: "place" },
  Topic: { de: "Thema", en: "topic" },
  "t-beitritt": { de: "Beitritt zur Küstenallianz", en: "accession to the Coastal Alliance" },
  "t-lieferung": { de: "Waffenlieferungen", en: "arms deliveries" },
  "t-sanktionen": { de: "Sanktionen", en: "sanctions" },
  "t-verhandlung": { de: "Verhandlungen", en: "negotiations" },
  "t-haushalt": { de: "Verteidigungsausgaben", en: "defence spending" },
  "t-kontrolle": { de: "Rüstungskontrolle", en: "arms control" },
  supports: { de: "befürwortet", en: "supports" },
  opposes: { de: "lehnt ab", en: "opposes" },
  threaten: { de: "drohen", en: "threaten" },
  reject: { de: "zurückweisen", en: "reject" },
  meet: { de: "sich treffen", en: "meet" },
  "deliver-weapons": { de: "Waffen liefern", en: "deliver weapons" },
  "withdraw-from-treaty": { de: "Vertrag kündigen", en: "withdraw from a treaty" },
  memberOf: { de: "Mitglied von", en: "member of" },
  foreignMinisterOf: { de: "Außenministerin von", en: "foreign minister of" },
  office: { de: "Amt", en: "office" },
  since: { de: "seit", en: "since" },
  iso: { de: "Kürzel", en: "code" },
  category: { de: "Kategorie", en: "category" },
  signed: { de: "unterzeichnet", en: "signed" },
  status: { de: "Stand", en: "status" },
};

const points = (text: string): number => [...text].length;

/** Three articles with everything the page can show. */
export function smallData(): Data {
  const at = new Map(NODES.map(([id], index) => [id, index]));
  const node = (id: string | undefined): number | null => (id === undefined ? null : at.get(id)!);
  const nodes: Node[] = NODES.map(([id, label, type, aliases = [], facts = []]) => ({ iri: BASE + id, label, type, aliases, mentions: 0, x: 0, y: 0, community: 0, facts }));
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
        const evidence = (words: string): Evidence => ({ article, start: span(words)[0], end: span(words)[1], from, until });
        for (const { holder, topic, polarity, modality = "asserted", words, about, condition, by } of found.positions ?? [])
          positions.push({ iri: `${BASE}p${positions.length}`, holder: node(holder)!, topic: node(topic)!, about: node(about), polarity, modality, accordingTo: node(by), date, confidence: 0.9, evidence: evidence(words), condition: condition ? span(condition) : null });
        for (const { type, agent, recipient, object, place, modality = "asserted", words, time = null } of found.events ?? [])
          events.push({ iri: `${BASE}e${events.length}`, type, agent: node(agent), recipient: node(recipient), object: node(object), place: node(place), time, modality, evidence: evidence(words) });
        if (found.said) statements.push({ iri: `${BASE}s${statements.length}`, speaker: node(found.said.speaker), form: found.said.form, article, content: [span(found.said.words)] });
      }
      text += "\n";
    }
    articles.push({ id, title, date, publisher, url: `https://example.org/${id}`, text, mentions: mentionsIn(text, nodes) });
  });
  for (const article of articles) for (const [, , index] of article.mentions) nodes[index]!.mentions += 1;
  const edges = edgesOf(positions, events, articles);
  const tie = (source: string, target: string, kind: "office" | "relation", predicate: string): Edge => ({ source: node(source)!, target: node(target)!, kind, predicate, polarity: null, modality: null, dates: [], weight: 1, positions: [], events: [], evidence: [] });
  edges.push(tie("nordmark", "allianz", "relation", "memberOf"), tie("sundland", "allianz", "relation", "memberOf"), tie("lindqvist", "nordmark", "office", "foreignMinisterOf"), tie("salim", "gruene", "relation", "memberOf"), tie("brankow", "osterrien", "office", "office"), tie("okonjo", "allianz", "office", "office"), tie("verhagen", "sundland", "office", "office"), tie("hallbeck", "nordmark", "office", "office"));
  const data: Data = { version: 1, meta: { title: "Beispiel: Küstenallianz", generator: "kg", from: "2031-03-04", until: "2031-06-27", cut: 0, names: NAMES }, nodes, edges, positions, statements, events, articles };
  placeNodes(data);
  return data;
}

function mentionsIn(text: string, nodes: readonly Node[]): [number, number, number][] {
  const names = nodes.flatMap(({ label, aliases, type }, index) => (type === "Topic" ? [] : [label, ...aliases].map((name) => ({ name, index }))));
  names.sort((a, b) => b.name.length - a.name.length);
  const found: [number, number, number][] = [];
  for (const { name, index } of names) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      const start = points(text.slice(0, at));
      if (!found.some(([from, until]) => from < start + points(name) && start < until)) found.push([start, start + points(name), index]);
    }
  }
  return found.sort(([a], [b]) => a - b);
}

function edgesOf(positions: readonly Position[], events: readonly Event[], articles: readonly Article[]): Edge[] {
  const edges = new Map<string, Edge>();
  const add = (source: number, target: number, kind: "position" | "event", predicate: string, polarity: Polarity | null, modality: Modality, evidence: Evidence, at: number): void => {
    const key = [source, target, predicate, modality].join(" ");
    const edge = edges.get(key) ?? { source, target, kind, predicate, polarity, modality, dates: [], weight: 0, positions: [], events: [], evidence: [] };
    edges.set(key, edge);
    edge.weight += 1;
    edge.dates = [...new Set([...edge.dates, articles[evidence.article]!.date!])].sort();
    edge[kind === "position" ? "positions" : "events"].push(at);
    edge.evidence.push(evidence);
  };
  const verbs: Partial<Record<Polarity, string>> = { support: "supports", oppose: "opposes" };
  positions.forEach((p, at) => add(p.holder, p.topic, "position", verbs[p.polarity] ?? p.polarity, p.polarity, p.modality, p.evidence, at));
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
  const places = forceAtlas2(graph, { iterations: 600, settings: { scalingRatio: 30, gravity: 0.3, strongGravityMode: true } });
  const reach = Math.max(...Object.values(places).flatMap(({ x, y }) => [Math.abs(x!), Math.abs(y!)]));
  data.nodes.forEach((node, index) => Object.assign(node, { x: places[index]!.x! / reach, y: places[index]!.y! / reach }));
}

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
  const text = Array.from({ length: 40 }, (_, at) => `Satz ${at} nennt jemanden und etwas, das geschehen ist.`).join(" ");
  const articles: Article[] = Array.from({ length: 400 }, (_, at) => ({ id: `a${at}`, title: `Artikel ${at}`, date: `2030-${String((at % 12) + 1).padStart(2, "0")}-${String((at % 28) + 1).padStart(2, "0")}`, publisher: "Bote", url: null, text, mentions: [] }));
  const nodes: Node[] = Array.from({ length: count }, (_, at) => {
    const community = at % 24;
    const [angle, far] = [(community / 24) * Math.PI * 2, 0.45 + 0.4 * ((community * 7) % 5) / 5];
    const [spread, turn] = [Math.sqrt(random()) * 0.22, random() * Math.PI * 2];
    const type = at < topics ? "Topic" : types[at % types.length]!;
    return { iri: `${BASE}n${at}`, label: `${type} ${at}`, type, aliases: [], mentions: Math.ceil(800 / (1 + at)) + 1, x: Math.cos(angle) * far + Math.cos(turn) * spread, y: Math.sin(angle) * far + Math.sin(turn) * spread, community, facts: [] };
  });
  const positions: Position[] = [];
  const polarities: Polarity[] = ["support", "oppose", "oppose", "support", "conditional", "neutral"];
  const edges: Edge[] = Array.from({ length: edgeCount }, (_, at) => {
    const article = at % articles.length;
    const evidence = { article, start: 0, end: 6, from: 0, until: 50 };
    const [source, target] = [topics + pick(count - topics), pick(count)];
    const base = { source, target, dates: [articles[article]!.date!], weight: 1 + (at % 4), events: [], evidence: [evidence] };
    if (target >= topics) return { ...base, kind: "relation", predicate: "memberOf", polarity: null, modality: null, positions: [] };
    const polarity = polarities[at % polarities.length]!;
    const modality: Modality = at % 5 ? "asserted" : "hypothetical";
    positions.push({ iri: `${BASE}p${at}`, holder: source, topic: target, about: null, polarity, modality, accordingTo: null, date: articles[article]!.date, confidence: 0.8, evidence, condition: null });
    return { ...base, kind: "position", predicate: polarity, polarity, modality, positions: [positions.length - 1] };
  });
  return { version: 1, meta: { title: "Großer Graph", generator: "kg", from: "2030-01-01", until: "2030-12-28", cut: 0, names: NAMES }, nodes, edges, positions, statements: [], events: [], articles };
}
