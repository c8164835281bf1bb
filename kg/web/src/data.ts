/** What the page is given: one JSON object in `<script type="application/json" id="kg-data">`, written by `kg/view`.
 *
 * Nodes, articles and topics are referred to by their place in the arrays. Offsets are code points into the text of the
 * article, half open. Everything in it may be hostile text: it is only ever set as text, never as markup.
 */

export interface Data {
  version: 1;
  meta: Meta;
  nodes: Node[];
  edges: Edge[];
  positions: Position[];
  statements: Statement[];
  events: Event[];
  articles: Article[];
}

export interface Meta {
  title: string;
  generator: string; // kg and its version
  from: string | null; // earliest and latest date of an article, YYYY-MM-DD (a month is its first day)
  until: string | null;
  cut: number; // nodes of the graph that are not in here because it is too large; 0 if all are
  names: Record<string, { de: string; en: string }>; // labels of types, predicates, issues, event types, polarities, ...
}

export type Polarity = "support" | "oppose" | "conditional" | "ambivalent" | "neutral";
export type Modality = "asserted" | "possible" | "hypothetical" | "denied" | "planned";

export interface Node {
  iri: string;
  label: string;
  type: string; // local name of the class: Person, State, ..., Topic
  aliases: string[];
  mentions: number;
  x: number; // layout computed in Python, between -1 and 1
  y: number;
  community: number;
  facts: [key: string, value: string][]; // for the panel: office, ISO code, signed, operated by, ...; already readable
}

export interface Edge {
  source: number; // node
  target: number;
  kind: "position" | "event" | "office" | "relation";
  predicate: string; // supports, opposes, ...; event type; role; local name of the property
  polarity: Polarity | null;
  modality: Modality | null;
  dates: string[]; // of the articles, sorted
  weight: number; // facts behind it
  positions: number[]; // places in `positions`
  events: number[]; // places in `events`
  evidence: Evidence[];
}

export interface Evidence {
  article: number;
  start: number; // the words that carry it
  end: number;
  from: number; // the sentence around them
  until: number;
}

export interface Position {
  iri: string;
  holder: number; // node
  topic: number; // node of type Topic: the issue
  about: number | null;
  polarity: Polarity;
  modality: Modality;
  accordingTo: number | null;
  date: string | null;
  confidence: number;
  evidence: Evidence;
  condition: [start: number, end: number] | null;
}

export interface Statement {
  iri: string;
  speaker: number | null;
  form: string; // direct, indirect, free-indirect, indirect-free-indirect, reported
  article: number;
  content: [start: number, end: number][];
}

export interface Event {
  iri: string;
  type: string; // meet, deliver-weapons, ...
  agent: number | null;
  recipient: number | null;
  object: number | null;
  place: number | null;
  time: string | null;
  modality: Modality;
  evidence: Evidence;
}

export interface Article {
  id: string;
  title: string;
  date: string | null;
  publisher: string | null;
  url: string | null; // http or https only
  text: string;
  mentions: [start: number, end: number, node: number][]; // sorted by start
  sentences?: [start: number, end: number][]; // sorted; without them the page finds the sentence of a mention itself
}
