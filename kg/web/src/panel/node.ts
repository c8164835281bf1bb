/** The panel of a node: what it is, what it holds, does and says, and every sentence that names it. */

import type { App } from "../app";
import { h, listed } from "../dom";
import type { Edge } from "../data";
import { modalityChip, nodeButton, section } from "./chips";
import { evidenceFigure, mentionEvidence } from "./evidence";
import { eventCard, moreLabel, positionCard, statementCard } from "./facts";

export function nodePanel(app: App, index: number): (Node | null)[] {
  const { model, names } = app;
  const shown = app.shown();
  const held = model.heldBy[index]!.filter((at) => shown.positions[at]);
  const heldOn = model.heldOn[index]!.filter((at) => shown.positions[at]);
  const events = model.eventsOf[index]!.filter((at) => shown.events[at]);
  const said = model.saidBy[index]!.filter((at) => shown.statements[at]);
  const ties = model.edgesOf[index]!.filter(
    (at) => shown.edges[at] && !["position", "event"].includes(model.data.edges[at]!.kind),
  );
  const list = (
    title: string,
    items: readonly number[],
    card: (app: App, at: number) => HTMLElement,
    first: number,
  ): HTMLElement | null =>
    items.length
      ? section(
          title,
          items.length,
          listed(items, (at) => card(app, at), moreLabel(app), first),
        )
      : null;
  return [
    about(app, index),
    actions(app, index),
    list(names.say("positions"), [...held, ...heldOn], positionCard, 4),
    list(names.say("relations"), ties, tieLine, 8),
    list(names.say("events"), events, eventCard, 3),
    list(names.say("statements"), said, statementCard, 3),
    mentionList(app, index),
  ];
}

function about(app: App, index: number): HTMLElement {
  const node = app.model.data.nodes[index]!;
  const facts = h("dl", { class: "facts" });
  for (const [key, value] of node.facts) facts.append(h("dt", {}, app.names.property(key, index)), h("dd", {}, value));
  const others = node.aliases.filter((alias) => alias !== node.label);
  if (others.length) facts.append(h("dt", {}, app.names.say("aliases")), h("dd", {}, others.slice(0, 12).join(", ")));
  return facts;
}

function actions(app: App, index: number): HTMLElement {
  const { store, names, model } = app;
  const { around, view } = store.get();
  const row = h("div", { class: "actions" });
  const add = (label: string, testid: string, act: () => void): void => {
    row.append(h("button", { type: "button", class: "button", "data-testid": testid, onclick: act }, label));
  };
  if (around.length && !around.includes(index))
    add(names.say("expand"), "expand", () => store.set({ view: "graph", around: [...around, index] }));
  if (String(around) !== String([index]) || view !== "graph")
    add(names.say("focus"), "focus", () => store.set({ view: "graph", around: [index] }));
  if (model.heldBy[index]!.length) add(names.say("onlyActor"), "only-actor", () => store.filter({ actors: [index] }));
  if (model.heldOn[index]!.length) add(names.say("onlyTopic"), "only-topic", () => store.filter({ topics: [index] }));
  return row;
}

function tieLine(app: App, at: number): HTMLElement {
  const edge: Edge = app.model.data.edges[at]!;
  const line = h(
    "button",
    { type: "button", class: "tie", onclick: () => app.select({ kind: "edge", edge: at }) },
    app.names.property(edge.predicate, edge.source),
  );
  return h(
    "div",
    { class: "fact-line" },
    nodeButton(app, edge.source),
    line,
    nodeButton(app, edge.target),
    modalityChip(app, edge.modality),
  );
}

function mentionList(app: App, index: number): HTMLElement | null {
  const shown = app.shown();
  const { data } = app.model;
  const places = [...app.model.mentionedIn[index]!]
    .filter(([article]) => shown.articles[article])
    .flatMap(([article, list]) => list.map((at) => ({ article, mention: data.articles[article]!.mentions[at]! })));
  if (places.length === 0) return null;
  const figure = ({ article, mention: [start, end] }: (typeof places)[number]): HTMLElement =>
    evidenceFigure(app, mentionEvidence(app, article, start, end));
  return section(app.names.say("mentions"), places.length, listed(places, figure, moreLabel(app), 5));
}
