/** The graph shown as a picture for export: the whole of it, whatever the camera sees. */

import type { App } from "../app";
import type { Picture } from "../export/picture";
import { buildNetwork } from "./network";

export const PICTURE = { width: 1600, height: 1100 };
const MARGIN = 90;

export function pictureOf(app: App): Picture {
  const { data } = app.model;
  const network = buildNetwork(app);
  const keys = network.nodes();
  const attributes = keys.map((key) => network.getNodeAttributes(key));
  const place = fit(attributes.map(({ x, y }) => [x, y]));
  const nodes = keys.map((key, at) => {
    const node = data.nodes[Number(key)]!;
    const look = attributes[at]!;
    const [x, y] = place(look.x, look.y);
    const { iri, type, mentions, community } = node;
    return {
      id: Number(key),
      iri,
      label: look.label,
      type,
      mentions,
      community,
      x,
      y,
      size: look.size,
      colour: look.color,
      square: look.square === 1,
    };
  });
  const placeOf = new Map(keys.map((key, at) => [key, at]));
  const edges = network.mapEdges((key, look, source, target) => {
    const { kind, predicate, polarity, modality, dates, weight } = data.edges[Number(key)]!;
    const ends = { source: placeOf.get(source)!, target: placeOf.get(target)! };
    return {
      ...ends,
      label: app.names.property(predicate, Number(source)),
      kind,
      polarity,
      modality,
      dates,
      weight,
      width: look.size,
      colour: look.base,
      dashed: look.dash === 1,
    };
  });
  return { title: data.meta.title, nodes, edges, ground: app.palette.ground, ink: app.palette.ink };
}

/** From the coordinates of the layout to pixels, y down, filling the sheet. */
function fit(points: readonly [number, number][]): (x: number, y: number) => [number, number] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const low = (values: number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = (values: number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
  const [left, right, bottom, top] = [low(xs), high(xs), low(ys), high(ys)];
  const room = { x: PICTURE.width - 2 * MARGIN, y: PICTURE.height - 2 * MARGIN };
  const scale = Math.min(room.x / (right - left || 1), room.y / (top - bottom || 1));
  const [cx, cy] = [(left + right) / 2, (bottom + top) / 2];
  return (x, y) => [PICTURE.width / 2 + (x - cx) * scale, PICTURE.height / 2 - (y - cy) * scale];
}
