/** The page: header, filters, the view, the panel, the line of status. */

import type { App, Part } from "../app";
import { h, replace } from "../dom";
import { createGraphView } from "../graph/view";
import { createPanel } from "../panel/panel";
import type { State, View } from "../state";
import { createArticleView } from "../views/article";
import { createMatrixView } from "../views/matrix";
import { createTimelineView } from "../views/timeline";
import type { Word } from "../words";
import { createFilters } from "./filters";
import { createHeader } from "./header";

const CREATE: Record<View, (app: App) => Part> = {
  graph: createGraphView,
  matrix: createMatrixView,
  timeline: createTimelineView,
  article: createArticleView,
};

/** Builds everything in the language and colours of the app; call `destroy` before building it again. */
export function createPage(app: App, root: HTMLElement): Part {
  const toggle = (open?: boolean): void => void element.classList.toggle("with-filters", open);
  const header = createHeader(app, () => toggle());
  const filters = createFilters(app, () => toggle(false));
  const panel = createPanel(app);
  const main = h("main", { id: "main", tabindex: "-1" });
  const status = h("p", { class: "status", role: "status", "aria-live": "polite", "data-testid": "status" });
  const toast = h("p", { class: "toast", role: "status", hidden: true, "data-testid": "toast" });
  const element = h(
    "div",
    { class: "page" },
    header.element,
    h("div", { class: "columns" }, filters.element, main, panel.element),
    status,
    toast,
  );
  if (!narrow()) toggle(true);
  replace(root, element);
  app.announce = announcer(toast);

  // views stay once made, with where the reader was in them; one out of sight is brought up to date when it is shown
  const views = new Map<View, { part: Part; state: State | null }>();
  const onKey = (event: KeyboardEvent): void => pressed(app, event, () => narrow() && toggle(false));
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", closeMenus);
  return {
    element,
    update: (state, before) => {
      for (const part of [header, filters, panel]) part.update(state, before);
      // the view measures the room that is left, so the panel comes first
      element.classList.toggle("with-panel", state.selected !== null);
      const view = views.get(state.view) ?? { part: CREATE[state.view](app), state: null };
      if (!views.has(state.view)) main.append(view.part.element);
      views.set(state.view, view);
      for (const [name, { part }] of views) part.element.hidden = name !== state.view;
      view.part.update(state, view.state);
      view.state = state;
      status.textContent = statusLine(app, state);
    },
    destroy: () => {
      for (const { part } of views.values()) part.destroy?.();
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("pointerdown", closeMenus);
    },
  };
}

function announcer(toast: HTMLElement): (text: string) => void {
  let timer = 0;
  return (text) => {
    toast.textContent = text;
    toast.hidden = false;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => (toast.hidden = true), 2500);
  };
}

/** A click anywhere else closes the menus. */
function closeMenus(event: Event): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!menu.contains(event.target as Node)) menu.open = false;
  }
}

/** Where filters and panel lie over the view. */
function narrow(): boolean {
  return window.innerWidth <= 900;
}

function pressed(app: App, event: KeyboardEvent, closeFilters: () => void): void {
  const typing =
    event.target instanceof HTMLInputElement && event.target.type !== "checkbox" && event.target.type !== "range";
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    document.querySelector<HTMLElement>("[data-testid=search]")?.focus();
  }
  if (event.key !== "Escape") return;
  const open = document.querySelector<HTMLDetailsElement>("details.menu[open]");
  if (open) {
    open.open = false;
    open.querySelector<HTMLElement>("summary")?.focus();
  } else if (app.store.get().selected) app.select(null);
  else closeFilters();
}

function statusLine(app: App, state: State): string {
  const { names, model } = app;
  const { nodes, left } = app.visible();
  const shown = app.shown();
  const say = (count: number, all: number, one: Word, many: Word): string => {
    const whole = names.count(all, one, many);
    return count === all ? whole : `${names.number(count)} ${names.say("of")} ${whole}`;
  };
  const passed = (list: readonly boolean[]): number => list.filter(Boolean).length;
  const edges = model.data.edges.filter(
    (edge, at) => shown.edges[at] && nodes.has(edge.source) && nodes.has(edge.target),
  ).length;
  const counts = [
    state.view === "graph" && say(nodes.size, model.data.nodes.length, "node", "nodes"),
    state.view === "graph" && say(edges, model.data.edges.length, "edge", "edges"),
    say(passed(shown.positions), model.data.positions.length, "position", "positions"),
    say(passed(shown.events), model.data.events.length, "event", "events"),
    say(passed(shown.articles), model.data.articles.length, "chooseArticle", "article"),
    state.view === "graph" && left > 0 && `${names.say("leftOut")} ${names.number(left)}`,
    model.data.meta.cut > 0 && `${names.say("cut")} ${names.number(model.data.meta.cut)}`,
  ];
  return counts.filter(Boolean).join(" · ");
}
