/** The part of the graph that is shown, as graphology holds it for sigma. */

import { MultiDirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { App } from "../app";
import { isOpen, withAlpha } from "../colours";
import type { Edge } from "../data";
import type { EdgeLook } from "./edge-program";
import type { NodeLook } from "./node-program";

export interface NodeAttributes extends NodeLook {
  x: number;
  y: number;
  size: number;
  color: string;
  label: string;
}

export interface EdgeAttributes extends EdgeLook {
  type: "line" | "thin";
  size: number;
  color: string;
  base: string; // the colour without its opacity
}

export type Network = MultiDirectedGraph<NodeAttributes, EdgeAttributes>;

const EMPTY_LAYOUT = 1e-9;
/** Above this many edges they are thin, without heads and dashes, and cannot be clicked. */
export const MANY = 3000;

/** Keys are the places of nodes and edges in the data. */
export function buildNetwork(app: App): Network {
  const { data } = app.model;
  const { nodes } = app.visible();
  const network: Network = new MultiDirectedGraph();
  // nobody names a topic: it is as large as the positions on it are many
  const weight = (node: number): number => Math.max(data.nodes[node]!.mentions, app.model.heldOn[node]!.length);
  const most = [...nodes].reduce((max, node) => Math.max(max, weight(node)), 1);
  // on the small screen of a phone they would hide each other
  const zoom = window.innerWidth < 720 ? 0.72 : 1;
  const [least, scale] = nodes.size > 1500 ? [2, 8] : nodes.size > 200 ? [3.5, 11] : [4.5, 14];
  // the largest last, on top of the others
  for (const node of [...nodes].sort((a, b) => weight(a) - weight(b) || a - b)) {
    const { x, y, type } = data.nodes[node]!;
    const size = (least + scale * Math.sqrt(weight(node) / most)) * zoom;
    const look = { square: type === "Topic" || type === "Issue" ? 1 : 0, rim: app.palette.ground };
    network.addNode(node, { x, y, size, color: app.palette.type(type), label: app.names.node(node), ...look });
  }
  addEdges(app, network, nodes);
  if (app.store.get().around.length > 0) relax(network);
  return network;
}

function addEdges(app: App, network: Network, nodes: ReadonlySet<number>): void {
  const { data } = app.model;
  const shown = app.shown();
  const beside = new Map<string, number[]>();
  data.edges.forEach((edge, index) => {
    if (!shown.edges[index] || !nodes.has(edge.source) || !nodes.has(edge.target) || edge.source === edge.target)
      return;
    const pair = `${Math.min(edge.source, edge.target)} ${Math.max(edge.source, edge.target)}`;
    const known = beside.get(pair);
    if (known) known.push(index);
    else beside.set(pair, [index]);
  });
  const many = beside.size > MANY;
  for (const indexes of beside.values()) {
    indexes.forEach((index, place) => {
      const edge = data.edges[index]!;
      // offsets turn with the direction of the edge; the sign makes parallels lie side by side whichever way they point
      const offset = (place - (indexes.length - 1) / 2) * 5 * (edge.source < edge.target ? 1 : -1);
      network.addEdgeWithKey(index, edge.source, edge.target, { ...lookOf(app, edge, many), offset });
    });
  }
}

function lookOf(app: App, edge: Edge, many: boolean): Omit<EdgeAttributes, "offset"> {
  const base = edge.polarity ? app.palette.polarity[edge.polarity] : app.palette.faint;
  const open = isOpen(edge.modality);
  const alpha = (edge.polarity ? 0.85 : 0.7) * (open ? 0.7 : 1) * (many ? 0.22 : 1);
  const size = (edge.polarity ? 1.6 : 1.1) + Math.min(2.2, Math.log2(Math.max(1, edge.weight)) * 0.6);
  return {
    size: many ? 1 : size,
    color: withAlpha(base, alpha),
    base,
    dash: open ? 1 : 0,
    type: many ? "thin" : "line",
  };
}

/** Spreads a neighbourhood, whose nodes may lie in a corner of the whole; from the places given, so always alike. */
function relax(network: Network): void {
  if (network.order < 3) return;
  network.forEachNode((node, { x, y }) => {
    // force layouts cannot part two nodes at the very same place
    network.mergeNodeAttributes(node, { x: x * 100 + Number(node) * EMPTY_LAYOUT, y: y * 100 });
  });
  const settings = {
    ...forceAtlas2.inferSettings(network),
    adjustSizes: network.order < 150,
    scalingRatio: 12,
    gravity: 1.2,
    strongGravityMode: false,
  };
  forceAtlas2.assign(network, { iterations: network.order < 100 ? 260 : 120, settings });
}
