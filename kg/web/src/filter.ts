/** Which nodes, edges and facts pass the filters. Pure: the same filters give the same answer. */

import type { Edge, Evidence } from "./data";
import { dayOf } from "./dates";
import { type Model, NEIGHBOURS_UP_TO, participants } from "./model";
import type { Filters } from "./state";

export interface Shown {
  nodes: boolean[];
  edges: boolean[];
  positions: boolean[];
  events: boolean[];
  statements: boolean[];
  articles: boolean[];
}

interface Tests {
  type(type: string): boolean;
  topic(node: number): boolean;
  polarity(value: string): boolean;
  modality(value: string | null): boolean;
  actor(nodes: readonly (number | null)[]): boolean;
  article(index: number): boolean;
}

export function applyFilters(model: Model, filters: Filters): Shown {
  const { data } = model;
  const tests = testsOf(model, filters);
  const positions = data.positions.map(
    (position) =>
      tests.topic(position.topic) &&
      tests.polarity(position.polarity) &&
      tests.modality(position.modality) &&
      tests.actor([position.holder]) &&
      tests.article(position.evidence.article),
  );
  const onlyPositions = filters.topics.length > 0 || filters.polarities.length > 0;
  const events = data.events.map(
    (event) =>
      !onlyPositions &&
      tests.modality(event.modality) &&
      tests.actor(participants(event)) &&
      tests.article(event.evidence.article),
  );
  const statements = data.statements.map((said) => tests.actor([said.speaker]) && tests.article(said.article));
  const facts = data.edges.map((edge) => passesAsFact(edge, positions, events, tests, onlyPositions));
  const nodes = nodesThatPass(model, filters, facts, tests);
  const edges = data.edges.map((edge, at) => facts[at]! && nodes[edge.source]! && nodes[edge.target]!);
  return { nodes, edges, positions, events, statements, articles: data.articles.map((_, at) => tests.article(at)) };
}

function testsOf(model: Model, filters: Filters): Tests {
  const [from, until] = [filters.from, filters.until];
  const dated = (date: string | null): boolean => {
    if (!from && !until) return true;
    const day = date && dayOf(date);
    return !!day && (!from || day >= from) && (!until || day <= until);
  };
  const chosen = within(filters.articles);
  const articles = model.data.articles.map((article, index) => chosen(index) && dated(article.date));
  const [actor, modality] = [within(filters.actors), within<string>(filters.modalities)];
  return {
    type: within(filters.types),
    topic: within(filters.topics),
    polarity: within<string>(filters.polarities),
    modality: (value) => value === null || modality(value),
    actor: (nodes) => filters.actors.length === 0 || nodes.some((node) => node !== null && actor(node)),
    article: (index) => articles[index] ?? false,
  };
}

function within<T>(list: readonly T[]): (value: T) => boolean {
  const members = new Set(list);
  return (value) => members.size === 0 || members.has(value);
}

/** An edge passes if a fact behind it does; offices and relations have none but their evidence. */
function passesAsFact(
  edge: Edge,
  positions: readonly boolean[],
  events: readonly boolean[],
  tests: Tests,
  onlyPositions: boolean,
): boolean {
  if (edge.positions.length > 0 || edge.events.length > 0)
    return edge.positions.some((at) => positions[at]) || edge.events.some((at) => events[at]);
  if (onlyPositions && edge.kind !== "position") return false;
  if (edge.polarity !== null && !tests.polarity(edge.polarity)) return false;
  return tests.modality(edge.modality) && tests.actor([edge.source, edge.target]) && sourced(edge.evidence, tests);
}

function sourced(evidence: readonly Evidence[], tests: Tests): boolean {
  return evidence.length === 0 || evidence.some(({ article }) => tests.article(article));
}

/** A node passes by its type, and by a fact or a mention that passes where something else is filtered. */
function nodesThatPass(model: Model, filters: Filters, facts: readonly boolean[], tests: Tests): boolean[] {
  const byFact =
    filters.topics.length + filters.polarities.length + filters.modalities.length + filters.actors.length > 0;
  const byArticle = filters.articles.length > 0 || filters.from !== null || filters.until !== null;
  return model.data.nodes.map((node, index) => {
    if (!tests.type(node.type)) return false;
    if (!byFact && !byArticle) return true;
    // what no article says, but the ontology knows, holds at all times and shows nobody who is not shown anyway
    if (model.edgesOf[index]!.some((edge) => facts[edge] && model.data.edges[edge]!.evidence.length > 0)) return true;
    return !byFact && [...model.mentionedIn[index]!.keys()].some((article) => tests.article(article));
  });
}

export interface Neighbourhood {
  nodes: Set<number>;
  /** Neighbours left out because a node has too many. */
  left: number;
}

/** The nodes around some nodes, the strongest ties first; all that pass when there are none. */
export function neighbourhood(model: Model, shown: Shown, around: readonly number[]): Neighbourhood {
  if (around.length === 0)
    return { nodes: new Set(shown.nodes.flatMap((passes, at) => (passes ? [at] : []))), left: 0 };
  const nodes = new Set(around);
  let left = 0;
  for (const centre of around) {
    const ties = neighboursOf(model, shown, centre);
    for (const node of ties.slice(0, NEIGHBOURS_UP_TO)) nodes.add(node);
    left += Math.max(0, ties.length - NEIGHBOURS_UP_TO);
  }
  return { nodes, left };
}

/** Neighbours by edges that pass: heaviest tie first, then most mentioned. */
export function neighboursOf(model: Model, shown: Shown, centre: number): number[] {
  const weights = new Map<number, number>();
  for (const index of model.edgesOf[centre] ?? []) {
    const edge = model.data.edges[index]!;
    const other = edge.source === centre ? edge.target : edge.source;
    if (shown.edges[index] && other !== centre) weights.set(other, (weights.get(other) ?? 0) + edge.weight);
  }
  const mentions = (node: number): number => model.data.nodes[node]!.mentions;
  const order = [...weights].sort(([a, x], [b, y]) => y - x || mentions(b) - mentions(a) || a - b);
  return order.map(([node]) => node);
}
