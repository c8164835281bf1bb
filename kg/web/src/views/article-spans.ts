/** Everything found in an article, as spans. */

import type { Shown } from "../filter";
import type { Model } from "../model";

export const LAYERS = ["mention", "position", "statement", "event"] as const;
export type Layer = (typeof LAYERS)[number];

export interface Found {
  layer: Layer;
  start: number;
  end: number;
  kind: string; // polarity of a position, type of a node; for the style
  node: number | null; // of a mention
}

export function findSpans(model: Model, shown: Shown, article: number, layers: ReadonlySet<Layer>): Found[] {
  const { data } = model;
  const found: Found[] = [];
  if (layers.has("statement"))
    for (const at of model.statementsIn[article]!)
      if (shown.statements[at])
        for (const [start, end] of data.statements[at]!.content)
          found.push({ layer: "statement", start, end, kind: data.statements[at]!.form, node: null });
  if (layers.has("position"))
    for (const at of model.positionsIn[article]!) {
      const { evidence, polarity } = data.positions[at]!;
      if (shown.positions[at])
        found.push({ layer: "position", start: evidence.start, end: evidence.end, kind: polarity, node: null });
    }
  if (layers.has("event"))
    for (const at of model.eventsIn[article]!) {
      const { evidence, type } = data.events[at]!;
      if (shown.events[at])
        found.push({ layer: "event", start: evidence.start, end: evidence.end, kind: type, node: null });
    }
  if (layers.has("mention"))
    for (const [start, end, node] of data.articles[article]!.mentions)
      found.push({ layer: "mention", start, end, kind: data.nodes[node]?.type ?? "", node });
  return found;
}

/** Paragraphs as code points, without the line breaks. */
export function paragraphs(raw: string): [start: number, end: number][] {
  const list: [number, number][] = [];
  let at = 0;
  for (const line of raw.split("\n")) {
    const length = [...line].length;
    if (line.trim()) list.push([at, at + length]);
    at += length + 1;
  }
  return list;
}
