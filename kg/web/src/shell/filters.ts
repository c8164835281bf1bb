/** The filters beside the views. */

import type { App, Part } from "../app";
import { h } from "../dom";
import { iconButton, nodeDot, polarityChip } from "../panel/chips";
import { countFilters, type Filters, MODALITIES, NO_FILTERS, POLARITIES } from "../state";
import { type Choice, createFacet, type Facet } from "./facet";
import { createSlider } from "./slider";

export function createFilters(app: App, close: () => void): Part {
  const { names, store, model } = app;
  const slider = createSlider(app);
  const facets = [
    facet(app, "polarities", "polarity", names.say("polarity"), true, polarities(app)),
    facet(app, "modalities", "modality", names.say("modality"), false, modalities(app)),
    facet(app, "types", "type", names.say("type"), true, types(app)),
    facet(app, "topics", "topic", names.say("topic"), true, nodes(app, model.topics, model.heldOn)),
    facet(app, "actors", "actor", names.say("actor"), false, nodes(app, model.actors, model.heldBy)),
    facet(app, "articles", "article", names.say("chooseArticle"), false, articles(app)),
  ];
  const reset = h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": "filter-reset",
      onclick: () => store.set({ filters: NO_FILTERS }),
    },
    names.say("reset"),
  );
  const head = h(
    "header",
    {},
    h("h2", {}, names.say("filters")),
    reset,
    iconButton("close", names.say("closeFilters"), close, "filters-close"),
  );
  const element = h(
    "nav",
    { class: "filters", "aria-label": names.say("filters"), "data-testid": "filters" },
    head,
    slider?.element,
    ...facets.map(({ part }) => part.element),
  );
  return {
    element,
    update: (state, before) => {
      if (before?.filters === state.filters) return;
      reset.hidden = countFilters(state.filters) === 0;
      slider?.update(state.filters);
      for (const { part, key } of facets) part.update(state.filters[key]);
    },
  };
}

type ListKey = "types" | "topics" | "polarities" | "modalities" | "actors" | "articles";

function facet<T extends string | number>(
  app: App,
  key: ListKey,
  name: string,
  title: string,
  open: boolean,
  choices: Choice<T>[],
): { key: ListKey; part: Facet<string | number> } {
  const change = (chosen: T[]): void => app.store.filter({ [key]: chosen } as Partial<Filters>);
  return {
    key,
    part: createFacet<T>(app, { name, title, open, choices, change }) as unknown as Facet<string | number>,
  };
}

function tally<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function polarities(app: App): Choice<string>[] {
  const counts = tally(app.model.data.positions.map(({ polarity }) => polarity));
  return POLARITIES.filter((value) => counts.has(value)).map((value) => {
    const mark = h("span", { class: `swatch ${value}` }, polarityChip(app, value).querySelector(".sign"));
    return { value, label: app.names.say(value), count: counts.get(value)!, mark };
  });
}

function modalities(app: App): Choice<string>[] {
  const { positions, events } = app.model.data;
  const counts = tally([...positions, ...events].map(({ modality }) => modality));
  return MODALITIES.filter((value) => counts.has(value)).map((value) => ({
    value,
    label: app.names.say(value),
    count: counts.get(value)!,
    mark: null,
  }));
}

function types(app: App): Choice<string>[] {
  const { data } = app.model;
  const counts = [...tally(data.nodes.map(({ type }) => type))].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return counts.map(([value, count]) => ({
    value,
    label: app.names.of(value),
    count,
    mark: nodeDot(
      app,
      data.nodes.findIndex(({ type }) => type === value),
    ),
  }));
}

function nodes(app: App, list: readonly number[], facts: readonly number[][]): Choice<number>[] {
  return list.map((node) => ({
    value: node,
    label: app.names.node(node),
    count: facts[node]!.length,
    mark: nodeDot(app, node),
  }));
}

function articles(app: App): Choice<number>[] {
  const { data, positionsIn, eventsIn } = app.model;
  const list = data.articles.map((article, value) => ({
    value,
    label: article.title || article.id,
    count: positionsIn[value]!.length + eventsIn[value]!.length,
    mark: null,
  }));
  return list.sort((a, b) => b.count - a.count || a.value - b.value);
}
