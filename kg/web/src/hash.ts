/** The state as the part of an address after "#", and back. Nodes stand as IRIs, so a link survives a new build. */

import type { Data, Modality, Polarity } from "./data";
import { dayOf } from "./dates";
import { firstAround, type Model } from "./model";
import { type Filters, MODALITIES, NO_FILTERS, POLARITIES, type Selection, type State, VIEWS } from "./state";

const WHOLE = "*";

export function writeHash(model: Model, state: State): string {
  const { data } = model;
  const parts = new URLSearchParams();
  const put = (key: string, value: string): void => {
    if (value) parts.append(key, value);
  };
  const iri = (node: number): string => data.nodes[node]?.iri ?? "";
  if (state.view !== "graph") put("view", state.view);
  if (String(state.around) !== String(firstAround(data)))
    for (const value of state.around.length ? state.around.map(iri) : [WHOLE]) put("around", value);
  if (state.list) put("list", "1");
  if (state.selected) put(...writeSelection(data, state.selected));
  if (state.article !== null) put("article", data.articles[state.article]?.id ?? "");
  if (state.at !== null) put("at", String(state.at));
  const { filters } = state;
  filters.types.forEach((value) => put("type", value));
  filters.topics.forEach((value) => put("topic", iri(value)));
  filters.polarities.forEach((value) => put("polarity", value));
  filters.modalities.forEach((value) => put("modality", value));
  filters.actors.forEach((value) => put("actor", iri(value)));
  filters.articles.forEach((value) => put("in", data.articles[value]?.id ?? ""));
  put("from", filters.from ?? "");
  put("until", filters.until ?? "");
  return parts.toString();
}

/** Whatever the address does not say, or says of something unknown, is as when the page opens. */
export function readHash(model: Model, hash: string): State {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const nodes = (key: string): number[] => known(parts.getAll(key).map((iri) => model.nodeAt.get(iri)));
  const article = articleAt(model.data, parts.get("article"));
  const around = parts.get("around") === WHOLE ? [] : nodes("around");
  const at = Number.parseInt(parts.get("at") ?? "", 10);
  return {
    view: VIEWS.find((view) => view === parts.get("view")) ?? "graph",
    around: parts.get("around") !== WHOLE && around.length === 0 ? firstAround(model.data) : around,
    list: parts.get("list") === "1",
    selected: readSelection(model, parts),
    article: article ?? null,
    at: Number.isNaN(at) ? null : at,
    filters: readFilters(model.data, parts, nodes),
  };
}

function readFilters(data: Data, parts: URLSearchParams, nodes: (key: string) => number[]): Filters {
  const types = new Set(data.nodes.map((node) => node.type));
  return {
    ...NO_FILTERS,
    types: parts.getAll("type").filter((type) => types.has(type)),
    topics: nodes("topic"),
    polarities: parts.getAll("polarity").filter((p): p is Polarity => (POLARITIES as string[]).includes(p)),
    modalities: parts.getAll("modality").filter((m): m is Modality => (MODALITIES as string[]).includes(m)),
    actors: nodes("actor"),
    articles: known(parts.getAll("in").map((id) => articleAt(data, id))),
    from: dayOf(parts.get("from") ?? ""),
    until: dayOf(parts.get("until") ?? ""),
  };
}

function known(values: readonly (number | undefined)[]): number[] {
  return [...new Set(values.filter((value): value is number => value !== undefined))];
}

function articleAt(data: Data, id: string | null): number | undefined {
  const index = id === null ? -1 : data.articles.findIndex((article) => article.id === id);
  return index < 0 ? undefined : index;
}

function writeSelection(data: Data, selected: Selection): [key: string, value: string] {
  const iri = (node: number): string => data.nodes[node]?.iri ?? "";
  switch (selected.kind) {
    case "node":
      return ["node", iri(selected.node)];
    case "edge":
      return ["edge", edgeKey(data, selected.edge)];
    case "cell":
      return ["cell", `${iri(selected.holder)} ${iri(selected.topic)}`];
    case "position":
      return ["position", data.positions[selected.position]?.iri ?? ""];
    case "event":
      return ["event", data.events[selected.event]?.iri ?? ""];
    case "spot":
      return ["spot", `${selected.at} ${data.articles[selected.article]?.id ?? ""}`];
  }
}

/** Edges have no IRI: what they connect and how tells them apart. */
function edgeKey(data: Data, index: number): string {
  const edge = data.edges[index];
  if (!edge) return "";
  const ends = [data.nodes[edge.source]?.iri, data.nodes[edge.target]?.iri];
  return [...ends, edge.kind, edge.predicate, edge.polarity, edge.modality].join(" ");
}

function readSelection(model: Model, parts: URLSearchParams): Selection | null {
  const { data } = model;
  const node = model.nodeAt.get(parts.get("node") ?? "");
  if (node !== undefined) return { kind: "node", node };
  const key = parts.get("edge");
  const edge = key ? data.edges.findIndex((_, index) => edgeKey(data, index) === key) : -1;
  if (edge >= 0) return { kind: "edge", edge };
  const [holder, topic] = (parts.get("cell") ?? "").split(" ").map((iri) => model.nodeAt.get(iri));
  if (holder !== undefined && topic !== undefined) return { kind: "cell", holder, topic };
  const position = data.positions.findIndex(({ iri }) => iri === parts.get("position"));
  if (position >= 0) return { kind: "position", position };
  const event = data.events.findIndex(({ iri }) => iri === parts.get("event"));
  if (event >= 0) return { kind: "event", event };
  const spot = /^(\d+) (.+)$/s.exec(parts.get("spot") ?? "");
  const article = spot && articleAt(data, spot[2]!);
  return spot && article !== null && article !== undefined ? { kind: "spot", article, at: Number(spot[1]) } : null;
}
