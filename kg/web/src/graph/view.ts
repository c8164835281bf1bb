/** The graph: sigma's picture or the list, a legend, and buttons to move. */

import type { App, Part } from "../app";
import { h, icon } from "../dom";
import { iconButton } from "../panel/chips";
import type { Selection, State } from "../state";
import { createLegend } from "./legend";
import { fillList } from "./list";
import { buildNetwork, MANY, type Network } from "./network";
import { createRenderer, type Emphasis, exchangeNetwork, isCalm, moveTo, onCameraKey, type Renderer } from "./renderer";

export function createGraphView(app: App): Part {
  const { names, store } = app;
  const stage = h("div", {
    class: "stage",
    role: "application",
    tabindex: "0",
    "aria-label": names.say("canvas"),
    "data-testid": "canvas",
  });
  const list = h("div", { class: "node-list", "data-testid": "node-list" });
  const toggle = h("button", {
    type: "button",
    class: "button",
    "data-testid": "toggle-list",
    onclick: () => store.set({ list: !store.get().list }),
  });
  const whole = h(
    "button",
    { type: "button", class: "button", "data-testid": "whole", onclick: () => store.set({ around: [] }) },
    names.say("whole"),
  );
  const note = h("p", { class: "note", role: "note", hidden: true, "data-testid": "no-webgl" }, names.say("noWebgl"));
  let drawable = true;
  let filled: { around: readonly number[]; filters: object } | null = null;
  const picture = createPicture(app, stage, () => {
    drawable = false;
    show(store.get());
  });
  const zoom = h("div", { class: "zoom" }, ...zoomButtons(app, picture));
  const show = (state: State): void => {
    const asList = state.list || !drawable;
    element.classList.toggle("as-list", asList);
    stage.hidden = zoom.hidden = asList;
    list.hidden = !asList;
    note.hidden = drawable;
    toggle.hidden = !drawable;
    toggle.replaceChildren(icon(asList ? "graph" : "list"), names.say(asList ? "asPicture" : "asList"));
    whole.hidden = state.around.length === 0;
    if (!asList || (filled?.around === state.around && filled.filters === state.filters)) return;
    filled = state;
    fillList(app, list);
  };
  const element = h(
    "div",
    { class: "graph-view", "data-testid": "panel-graph" },
    note,
    stage,
    list,
    h("div", { class: "graph-tools" }, whole, toggle),
    zoom,
    createLegend(app),
  );
  return {
    element,
    update: (state) => {
      show(state);
      if (drawable && !state.list) picture.update(state);
    },
    destroy: () => picture.destroy(),
  };
}

interface Drawing {
  renderer(): Renderer | null;
  update(state: State): void;
  destroy(): void;
}

function createPicture(app: App, stage: HTMLElement, fail: () => void): Drawing {
  let renderer: Renderer | null = null;
  let network: Network | null = null;
  let drawn: State | null = null; // the state in the picture
  let emphasis: Emphasis = { hovered: null, nodes: new Set(), edges: new Set() };
  let waiting = 0;
  const start = (): void => {
    waiting = 0;
    network = buildNetwork(app);
    try {
      renderer = createRenderer(app, network, stage, () => emphasis);
    } catch {
      return fail();
    }
    listenTo(app, renderer, stage, (hovered) => {
      if (network && network.size > MANY) return; // to draw all of them anew would lag behind the pointer
      emphasis = { ...emphasis, hovered };
      renderer?.refresh({ skipIndexation: true });
    });
    draw(app.store.get());
  };
  const draw = (state: State): void => {
    if (!renderer || !network) return;
    const changed = drawn !== null && (drawn.filters !== state.filters || drawn.around !== state.around);
    if (changed) network = buildNetwork(app);
    emphasis = { hovered: null, ...emphasised(app, state.selected, network) };
    if (changed) exchangeNetwork(renderer, network);
    else renderer.refresh({ skipIndexation: true });
    const other = drawn !== null && drawn.around !== state.around;
    if (other) renderer.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1 });
    const { selected } = state;
    if (!other && selected?.kind === "node" && selected !== drawn?.selected && network.hasNode(selected.node))
      moveTo(renderer, network, String(selected.node));
    drawn = state;
  };
  stage.addEventListener("keydown", (event) => renderer && onCameraKey(renderer, event));
  return {
    renderer: () => renderer,
    update: (state) => {
      if (renderer) draw(state);
      // the page is there before its picture, which may take the browser a while
      else if (!waiting) waiting = window.setTimeout(start, 20);
    },
    destroy: () => {
      window.clearTimeout(waiting);
      renderer?.kill();
    },
  };
}

/** What the selection means in the picture: a node, or the two ends of an edge. */
function emphasised(
  app: App,
  selected: Selection | null,
  network: Network,
): { nodes: Set<string>; edges: Set<string> } {
  const { data } = app.model;
  // what the filters hide emphasises nothing
  const nodes = (...list: number[]): Set<string> =>
    new Set(list.every((node) => network.hasNode(node)) ? list.map(String) : []);
  if (selected?.kind === "node") return { nodes: nodes(selected.node), edges: new Set() };
  if (selected?.kind === "edge") {
    const edge = data.edges[selected.edge]!;
    return { nodes: nodes(edge.source, edge.target), edges: new Set([String(selected.edge)]) };
  }
  if (selected?.kind === "cell")
    return { nodes: nodes(selected.holder, selected.topic), edges: between(app, selected.holder, selected.topic) };
  return { nodes: new Set(), edges: new Set() };
}

function between(app: App, a: number, b: number): Set<string> {
  const { data, edgesOf } = app.model;
  const joins = (at: number): boolean => data.edges[at]!.source === b || data.edges[at]!.target === b;
  return new Set(edgesOf[a]!.filter(joins).map(String));
}

function listenTo(app: App, renderer: Renderer, stage: HTMLElement, hover: (node: string | null) => void): void {
  const { store } = app;
  const pointer = (on: boolean): void => void (stage.style.cursor = on ? "pointer" : "");
  renderer.on("clickNode", ({ node }) => app.select({ kind: "node", node: Number(node) }));
  renderer.on("clickEdge", ({ edge }) => app.select({ kind: "edge", edge: Number(edge) }));
  renderer.on("clickStage", () => store.get().selected && app.select(null));
  renderer.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    const { around } = store.get();
    if (around.length && !around.includes(Number(node))) store.set({ around: [...around, Number(node)] });
  });
  renderer.on("enterNode", ({ node }) => (pointer(true), hover(node)));
  renderer.on("leaveNode", () => (pointer(false), hover(null)));
  renderer.on("enterEdge", () => pointer(true));
  renderer.on("leaveEdge", () => pointer(false));
}

function zoomButtons(app: App, picture: Drawing): HTMLElement[] {
  const { names } = app;
  const duration = isCalm() ? 0 : 200;
  return [
    iconButton(
      "plus",
      names.say("zoomIn"),
      () => void picture.renderer()?.getCamera().animatedZoom({ duration }),
      "zoom-in",
    ),
    iconButton(
      "minus",
      names.say("zoomOut"),
      () => void picture.renderer()?.getCamera().animatedUnzoom({ duration }),
      "zoom-out",
    ),
    iconButton(
      "fit",
      names.say("fit"),
      () => void picture.renderer()?.getCamera().animatedReset({ duration }),
      "zoom-fit",
    ),
  ];
}
