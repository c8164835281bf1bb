/** SVG of the graph, the matrix and the timeline: presentation attributes only, no styles, no scripts. */

import type { Bar } from "../views/timeline-bins";
import { xml } from "./clean";
import type { Picture, PictureEdge, PictureNode } from "./picture";

const FONT = "Inter, Segoe UI, Helvetica, Arial, sans-serif";

export interface Sheet {
  title: string;
  width: number;
  height: number;
  ground: string;
}

/** Wraps elements, already escaped, into a document. */
export function svgDocument(sheet: Sheet, body: readonly string[]): string {
  const { width, height, ground, title } = sheet;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}">`,
    `<title>${xml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${ground}"/>`,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

export function svgText(x: number, y: number, text: string, more: Record<string, string | number> = {}): string {
  const attributes = Object.entries(more).map(([name, value]) => ` ${name}="${xml(String(value))}"`);
  return `<text x="${fixed(x)}" y="${fixed(y)}"${attributes.join("")}>${xml(text)}</text>`;
}

export function writeGraphSvg(picture: Picture, width: number, height: number): string {
  const edges = picture.edges.map((edge) => edgeLine(edge, picture.nodes));
  const nodes = picture.nodes.map((node) => nodeShape(node, picture.ground));
  const labels = labelled(picture.nodes).map((node) =>
    svgText(node.x + node.size + 4, node.y + 4, node.label, {
      "font-size": 12,
      fill: picture.ink,
      stroke: picture.ground,
      "stroke-width": 3,
      "paint-order": "stroke",
    }),
  );
  return svgDocument({ title: picture.title, width, height, ground: picture.ground }, [...edges, ...nodes, ...labels]);
}

/** All labels of a small picture; of a large one those of the largest nodes. */
function labelled(nodes: readonly PictureNode[]): PictureNode[] {
  return [...nodes].sort((a, b) => b.size - a.size || a.id - b.id).slice(0, 150);
}

function edgeLine(edge: PictureEdge, nodes: readonly PictureNode[]): string {
  const [a, b] = [nodes[edge.source]!, nodes[edge.target]!];
  const dash = edge.dashed ? ' stroke-dasharray="5 4"' : "";
  const ends = `x1="${fixed(a.x)}" y1="${fixed(a.y)}" x2="${fixed(b.x)}" y2="${fixed(b.y)}"`;
  const title = `<title>${xml(`${a.label} – ${edge.label} – ${b.label}`)}</title>`;
  return `<line ${ends} stroke="${edge.colour}" stroke-width="${fixed(edge.width)}" stroke-opacity="0.75"${dash}>${title}</line>`;
}

function nodeShape(node: PictureNode, ground: string): string {
  const look = `fill="${node.colour}" stroke="${ground}" stroke-width="1.5"`;
  const title = `<title>${xml(node.label)}</title>`;
  if (!node.square)
    return `<circle cx="${fixed(node.x)}" cy="${fixed(node.y)}" r="${fixed(node.size)}" ${look}>${title}</circle>`;
  const side = node.size * 1.76;
  const corner = `x="${fixed(node.x - side / 2)}" y="${fixed(node.y - side / 2)}"`;
  return `<rect ${corner} width="${fixed(side)}" height="${fixed(side)}" rx="3" ${look}>${title}</rect>`;
}

export function writeBarsSvg(bars: readonly Bar[], sheet: Sheet, ink: string): string {
  const shapes = bars.flatMap((bar) =>
    bar.parts.map((part) => {
      const place = `x="${fixed(bar.x)}" y="${fixed(part.y)}" width="${fixed(bar.width)}" height="${fixed(part.height)}"`;
      return `<rect ${place} fill="${part.colour}"><title>${xml(part.title)}</title></rect>`;
    }),
  );
  const labels = bars
    .filter((bar) => bar.label)
    .map((bar) =>
      svgText(bar.labelAt, sheet.height - 8, bar.label, { "font-size": 11, fill: ink, "text-anchor": "middle" }),
    );
  return svgDocument(sheet, [...shapes, ...labels]);
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
