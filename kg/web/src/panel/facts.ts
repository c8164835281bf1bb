/** Panels of a position, an event, an edge, a cell of the matrix and a place in an article. */

import type { App } from "../app";
import type { Position } from "../data";
import { h, listed } from "../dom";
import { eventLine, modalityChip, nodeButton, polarityChip, positionLine, section } from "./chips";
import { evidenceFigure, type Mark } from "./evidence";

export function moreLabel(app: App): (left: number) => string {
  return (left) => `${app.names.say("showMore")} (${left})`;
}

/** A position with its words, its condition and who ascribes it. */
export function positionCard(app: App, index: number): HTMLElement {
  const position = app.model.data.positions[index]!;
  const { names } = app;
  const marks: Mark[] = position.condition
    ? [{ start: position.condition[0], end: position.condition[1], kind: "condition", title: names.say("condition") }]
    : [];
  const by =
    position.accordingTo === null
      ? null
      : h(
          "div",
          { class: "fact-line" },
          h("span", { class: "faint" }, names.say("accordingTo")),
          nodeButton(app, position.accordingTo),
        );
  return h(
    "article",
    { class: `card ${position.polarity}`, "data-testid": "position" },
    positionLine(app, position),
    by,
    conditionNote(app, position),
    evidenceFigure(app, position.evidence, marks),
    confidence(app, position),
  );
}

function conditionNote(app: App, position: Position): HTMLElement | null {
  if (!position.condition) return null;
  const [start, end] = position.condition;
  const words = app.model.text(position.evidence.article).slice(start, end);
  return h("p", { class: "note" }, h("span", { class: "faint" }, `${app.names.say("condition")}: `), words);
}

function confidence(app: App, position: Position): HTMLElement {
  return h(
    "p",
    { class: "faint small" },
    `${app.names.say("confidence")} ${app.names.number(Math.round(position.confidence * 100) / 100)}`,
  );
}

export function eventCard(app: App, index: number): HTMLElement {
  const event = app.model.data.events[index]!;
  const place =
    event.place === null
      ? null
      : h(
          "div",
          { class: "fact-line" },
          h("span", { class: "faint" }, app.names.say("place")),
          nodeButton(app, event.place),
        );
  return h(
    "article",
    { class: "card", "data-testid": "event" },
    eventLine(app, event),
    place,
    evidenceFigure(app, event.evidence),
  );
}

export function statementCard(app: App, index: number): HTMLElement {
  const said = app.model.data.statements[index]!;
  const [first] = said.content;
  const head = h(
    "div",
    { class: "fact-line" },
    nodeButton(app, said.speaker),
    h("span", { class: "chip" }, app.names.of(said.form)),
  );
  const text = app.model.text(said.article);
  const words = said.content.map(([start, end]) => text.slice(start, end)).join(" … ");
  const open = h("button", { type: "button", class: "cite" }, app.model.data.articles[said.article]?.title ?? "");
  open.addEventListener("click", () => app.read(said.article, first?.[0] ?? null));
  const date = app.names.date(app.model.data.articles[said.article]?.date ?? null);
  return h(
    "article",
    { class: "card", "data-testid": "statement" },
    head,
    h("blockquote", {}, words),
    h("p", { class: "small" }, open, " ", h("span", { class: "faint" }, date)),
  );
}

export function edgePanel(app: App, index: number): (Node | null)[] {
  const edge = app.model.data.edges[index]!;
  const shown = app.shown();
  const [positions, events] = [
    edge.positions.filter((at) => shown.positions[at]),
    edge.events.filter((at) => shown.events[at]),
  ];
  const head = h(
    "div",
    { class: "fact-line big" },
    nodeButton(app, edge.source),
    edge.polarity ? polarityChip(app, edge.polarity) : h("span", { class: "chip" }, app.names.property(edge.predicate, edge.source)),
    nodeButton(app, edge.target),
    modalityChip(app, edge.modality),
  );
  const plain = positions.length + events.length === 0;
  return [
    head,
    positions.length
      ? section(
          app.names.say("positions"),
          positions.length,
          listed(positions, (at) => positionCard(app, at), moreLabel(app)),
        )
      : null,
    events.length
      ? section(
          app.names.say("events"),
          events.length,
          listed(events, (at) => eventCard(app, at), moreLabel(app)),
        )
      : null,
    plain
      ? section(
          app.names.say("evidence"),
          edge.evidence.length,
          listed(edge.evidence, (evidence) => evidenceFigure(app, evidence), moreLabel(app)),
        )
      : null,
  ];
}

export function cellPanel(app: App, holder: number, topic: number): Node[] {
  const shown = app.shown();
  const inCell = app.model.heldBy[holder]!.filter(
    (at) => app.model.data.positions[at]!.topic === topic && shown.positions[at],
  );
  const head = h(
    "div",
    { class: "fact-line big" },
    nodeButton(app, holder),
    h("span", { class: "faint" }, "×"),
    nodeButton(app, topic),
  );
  if (inCell.length === 0) return [head, h("p", { class: "empty" }, app.names.say("noPositions"))];
  return [
    head,
    section(
      app.names.say("positions"),
      inCell.length,
      listed(inCell, (at) => positionCard(app, at), moreLabel(app), 12),
    ),
  ];
}

/** Everything that covers a place in an article. */
export function spotPanel(app: App, article: number, at: number): (Node | null)[] {
  const { model, names } = app;
  const { data } = model;
  const covers = ([start, end]: readonly [number, number]): boolean => start <= at && at < end;
  const nodes = [
    ...new Set(
      data.articles[article]!.mentions.filter(([start, end]) => covers([start, end])).map(([, , node]) => node),
    ),
  ];
  const positions = model.positionsIn[article]!.filter((index) =>
    covers([data.positions[index]!.evidence.start, data.positions[index]!.evidence.end]),
  );
  const events = model.eventsIn[article]!.filter((index) =>
    covers([data.events[index]!.evidence.start, data.events[index]!.evidence.end]),
  );
  const statements = model.statementsIn[article]!.filter((index) => data.statements[index]!.content.some(covers));
  return [
    nodes.length
      ? section(
          names.say("mention"),
          null,
          h("div", { class: "fact-line" }, ...nodes.map((node) => nodeButton(app, node))),
        )
      : null,
    positions.length
      ? section(names.say("positions"), positions.length, ...positions.map((index) => positionCard(app, index)))
      : null,
    events.length ? section(names.say("events"), events.length, ...events.map((index) => eventCard(app, index))) : null,
    statements.length
      ? section(names.say("statements"), statements.length, ...statements.map((index) => statementCard(app, index)))
      : null,
  ];
}
