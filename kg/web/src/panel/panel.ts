/** The panel beside the views: whatever is selected, with its sentences. */

import type { App, Part } from "../app";
import { h, replace } from "../dom";
import type { Selection } from "../state";
import { iconButton, nodeDot } from "./chips";
import { cellPanel, edgePanel, eventCard, positionCard, spotPanel } from "./facts";
import { nodePanel } from "./node";

export function createPanel(app: App): Part {
  const kicker = h("p", { class: "kicker" });
  const title = h("h2", { tabindex: "-1", "data-testid": "panel-title" });
  const body = h("div", { class: "panel-body" });
  const close = iconButton("close", app.names.say("close"), () => app.select(null), "panel-close");
  const head = h("header", {}, h("div", {}, kicker, title), close);
  const element = h(
    "aside",
    { class: "panel", "data-testid": "panel", "aria-label": app.names.say("panel"), hidden: true },
    head,
    body,
  );
  let origin: Element | null = null; // where the reader came from by keyboard
  const follow = (open: boolean): void => {
    const active = document.activeElement;
    if (!open) {
      if (element.contains(active) || active === document.body) (origin as HTMLElement | null)?.focus();
      origin = null;
    } else if (active?.matches(":focus-visible") || active === document.body) {
      if (active !== document.body && !element.contains(active)) origin = active;
      title.focus({ preventScroll: true });
    }
  };
  return {
    element,
    update: (state, before) => {
      const same =
        before &&
        before.selected === state.selected &&
        before.filters === state.filters &&
        before.around === state.around;
      if (same) return;
      const { selected } = state;
      if (selected === null) {
        if (before?.selected) follow(false);
        element.hidden = true;
        return replace(body);
      }
      element.hidden = false;
      replace(kicker, ...kickerOf(app, selected));
      replace(title, titleOf(app, selected));
      replace(body, ...bodyOf(app, selected));
      if (before && before.selected !== selected) follow(true);
      if (before?.selected !== selected) body.scrollTop = element.scrollTop = 0;
    },
  };
}

function kickerOf(app: App, selected: Selection): (Node | string)[] {
  const { names } = app;
  if (selected.kind === "node") {
    const node = app.model.data.nodes[selected.node]!;
    const count = names.count(node.mentions, "mention", "mentions");
    return [nodeDot(app, selected.node), `${names.of(node.type)} · ${count}`];
  }
  if (selected.kind === "edge") return [names.say(app.model.data.edges[selected.edge]!.kind)];
  if (selected.kind === "spot") return [app.model.data.articles[selected.article]!.title];
  return [names.say(selected.kind === "event" ? "event" : "position")];
}

function titleOf(app: App, selected: Selection): string {
  const { data } = app.model;
  const { names } = app;
  const pair = (a: number | null, b: number | null): string => `${names.node(a)} – ${names.node(b)}`;
  switch (selected.kind) {
    case "node":
      return names.node(selected.node);
    case "edge":
      return pair(data.edges[selected.edge]!.source, data.edges[selected.edge]!.target);
    case "cell":
      return pair(selected.holder, selected.topic);
    case "position":
      return pair(data.positions[selected.position]!.holder, data.positions[selected.position]!.topic);
    case "event":
      return names.of(data.events[selected.event]!.type);
    case "spot":
      return names.say("here");
  }
}

function bodyOf(app: App, selected: Selection): (Node | null)[] {
  switch (selected.kind) {
    case "node":
      return nodePanel(app, selected.node);
    case "edge":
      return edgePanel(app, selected.edge);
    case "cell":
      return cellPanel(app, selected.holder, selected.topic);
    case "position":
      return [positionCard(app, selected.position)];
    case "event":
      return [eventCard(app, selected.event)];
    case "spot":
      return spotPanel(app, selected.article, selected.at);
  }
}
