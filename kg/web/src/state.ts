/** What the page shows, as one plain object; every view is a function of it. */

import type { Modality, Polarity } from "./data";

export const VIEWS = ["graph", "matrix", "timeline", "article"] as const;
export type View = (typeof VIEWS)[number];

export const POLARITIES: readonly Polarity[] = ["support", "conditional", "ambivalent", "neutral", "oppose"];
export const MODALITIES: readonly Modality[] = ["asserted", "planned", "possible", "hypothetical", "denied"];

/** Lists restrict what is shown to their members; an empty list restricts nothing. */
export interface Filters {
  types: string[];
  topics: number[];
  polarities: Polarity[];
  modalities: Modality[];
  actors: number[];
  articles: number[];
  from: string | null; // YYYY-MM-DD, inclusive
  until: string | null;
}

export type Selection =
  | { kind: "node"; node: number }
  | { kind: "edge"; edge: number }
  | { kind: "cell"; holder: number; topic: number }
  | { kind: "position"; position: number }
  | { kind: "event"; event: number }
  | { kind: "spot"; article: number; at: number }; // whatever covers a code point of an article

export interface State {
  view: View;
  /** Nodes whose neighbourhoods the graph shows; empty for the whole graph. */
  around: number[];
  /** The graph as a list, for those who cannot use a picture of it. */
  list: boolean;
  selected: Selection | null;
  article: number | null;
  /** The place in the article to bring into sight. */
  at: number | null;
  filters: Filters;
}

export const NO_FILTERS: Filters = {
  types: [],
  topics: [],
  polarities: [],
  modalities: [],
  actors: [],
  articles: [],
  from: null,
  until: null,
};

export function countFilters(filters: Filters): number {
  const lists = [
    filters.types,
    filters.topics,
    filters.polarities,
    filters.modalities,
    filters.actors,
    filters.articles,
  ];
  return lists.filter((list) => list.length > 0).length + (filters.from || filters.until ? 1 : 0);
}

export type Listener = (state: State, before: State) => void;

export interface Store {
  get(): State;
  set(change: Partial<State>): void;
  filter(change: Partial<Filters>): void;
  listen(listener: Listener): void;
}

/** Holds the state and tells each change to whoever listens. */
export function createStore(initial: State): Store {
  let state = initial;
  const listeners: Listener[] = [];
  const set = (change: Partial<State>): void => {
    const before = state;
    state = { ...state, ...change };
    for (const listener of listeners) listener(state, before);
  };
  return {
    get: () => state,
    set,
    filter: (change) => set({ filters: { ...state.filters, ...change } }),
    listen: (listener) => listeners.push(listener),
  };
}
