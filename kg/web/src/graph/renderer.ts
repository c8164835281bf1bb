/** Sigma over the network shown: emphasis of what is selected or under the pointer, camera, keys.
 *
 * Contexts of WebGL are dear, so one renderer stays while the graph in it changes.
 */

import Sigma from "sigma";
import type { App } from "../app";
import { withAlpha } from "../colours";
import { drawHover, drawLabel } from "./labels";
import { LineProgram } from "./edge-program";
import { type EdgeAttributes, MANY, type Network, type NodeAttributes } from "./network";
import { ShapeProgram } from "./node-program";
import { ThinProgram } from "./thin-program";

export type Renderer = Sigma<NodeAttributes, EdgeAttributes>;

export interface Emphasis {
  hovered: string | null;
  nodes: ReadonlySet<string>; // selected
  edges: ReadonlySet<string>;
}

export function isCalm(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Throws where the browser has no WebGL. */
export function createRenderer(app: App, network: Network, container: HTMLElement, emphasis: () => Emphasis): Renderer {
  const { palette } = app;
  // what it draws may be exchanged by `setGraph`
  const graph = (): Network => renderer.getGraph() as Network;
  const renderer: Renderer = new Sigma<NodeAttributes, EdgeAttributes>(network, container, {
    nodeProgramClasses: { circle: ShapeProgram },
    nodeHoverProgramClasses: { circle: ShapeProgram },
    edgeProgramClasses: { line: LineProgram, thin: ThinProgram },
    defaultEdgeType: "line",
    defaultDrawNodeLabel: drawLabel(palette),
    defaultDrawNodeHover: drawHover(palette),
    labelFont: "Inter, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
    labelSize: 12,
    enableEdgeEvents: true, // when it begins, or it never can later
    zIndex: true,
    stagePadding: 48,
    minCameraRatio: 0.02,
    maxCameraRatio: 4,
    allowInvalidContainer: true,
  });
  exchangeSettings(renderer, network);
  renderer.setSetting("nodeReducer", (node, data) => reduceNode(app, graph(), node, data, emphasis()));
  renderer.setSetting("edgeReducer", (edge, data) => reduceEdge(app, graph(), edge, data, emphasis()));
  return renderer;
}

export function exchangeNetwork(renderer: Renderer, network: Network): void {
  exchangeSettings(renderer, network);
  renderer.setGraph(network);
}

function exchangeSettings(renderer: Renderer, network: Network): void {
  const settings = sizeSettings(network, renderer.getContainer().clientWidth);
  for (const key of Object.keys(settings) as (keyof typeof settings)[]) renderer.setSetting(key, settings[key]);
}

/** A large picture leaves out while it moves what takes long to draw. */
function sizeSettings(network: Network, width: number) {
  const [small, large] = [network.order < 80 && width > 600, network.size > MANY];
  return {
    labelDensity: small ? 3 : 1,
    labelGridCellSize: small ? 60 : 110,
    labelRenderedSizeThreshold: network.order < 120 ? 0 : 6,
    enableEdgeEvents: !large,
    hideEdgesOnMove: large,
    hideLabelsOnMove: large,
  };
}

function centreOf({ hovered, nodes }: Emphasis): ReadonlySet<string> {
  return hovered ? new Set([hovered]) : nodes;
}

/** Far from what is emphasised, nodes fade; what is emphasised lies on top with its label. */
function reduceNode(
  app: App,
  network: Network,
  node: string,
  data: NodeAttributes,
  emphasis: Emphasis,
): Partial<NodeAttributes> & { zIndex: number } {
  const centre = centreOf(emphasis);
  const look = { ...data, zIndex: 1 };
  if (centre.size === 0) return look;
  if (centre.has(node)) return { ...look, zIndex: 3, rim: app.palette.ink, forceLabel: true } as typeof look;
  for (const other of centre)
    if (network.hasNode(other) && network.areNeighbors(node, other) && centre.size === 1) return { ...look, zIndex: 2 };
  return { ...look, color: withAlpha(data.color, 0.22), label: "", zIndex: 0 };
}

function reduceEdge(
  app: App,
  network: Network,
  edge: string,
  data: EdgeAttributes,
  emphasis: Emphasis,
): Partial<EdgeAttributes> & { zIndex: number } {
  const centre = centreOf(emphasis);
  if (emphasis.edges.has(edge) && !emphasis.hovered)
    return { ...data, color: data.base, size: data.size + 1.5, zIndex: 2 };
  if (centre.size === 0) return { ...data, zIndex: 0 };
  const [source, target] = network.extremities(edge);
  const near = centre.size === 1 && (centre.has(source) || centre.has(target));
  return near
    ? { ...data, color: withAlpha(data.base, 0.95), size: data.size + 0.4, zIndex: 1 }
    : { ...data, color: withAlpha(app.palette.faint, 0.16), zIndex: 0 };
}

/** Arrow keys move the picture, plus and minus zoom, 0 fits it. */
export function onCameraKey(renderer: Renderer, event: KeyboardEvent): void {
  const camera = renderer.getCamera();
  const { x, y, ratio } = camera.getState();
  const step = 0.12 * ratio;
  const moves: Record<string, { x: number; y: number }> = {
    ArrowLeft: { x: x - step, y },
    ArrowRight: { x: x + step, y },
    ArrowUp: { x, y: y + step },
    ArrowDown: { x, y: y - step },
  };
  const duration = isCalm() ? 0 : 120;
  const move = moves[event.key];
  if (move) void camera.animate(move, { duration });
  else if (event.key === "+") void camera.animatedZoom({ duration, factor: 1.4 });
  else if (event.key === "-") void camera.animatedUnzoom({ duration, factor: 1.4 });
  else if (event.key === "0") void camera.animatedReset({ duration });
  else return;
  event.preventDefault();
}

/** Brings a node into the middle, closer if the picture is large. */
export function moveTo(renderer: Renderer, network: Network, node: string): void {
  const place = renderer.getNodeDisplayData(node);
  if (!place) return;
  const camera = renderer.getCamera();
  const ratio = Math.min(camera.getState().ratio, network.order > 400 ? 0.25 : network.order > 80 ? 0.6 : 1);
  void camera.animate({ x: place.x, y: place.y, ratio }, { duration: isCalm() ? 0 : 350 });
}
