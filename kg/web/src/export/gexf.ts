/** GEXF 1.3 of what is shown, with colours, places and the dates of the facts for Gephi's timeline. */

import { dayOf } from "../dates";
import { xml } from "./clean";
import type { Picture, PictureEdge, PictureNode } from "./picture";

const NODE_FIELDS = ["iri", "type", "mentions", "community"] as const;
const EDGE_FIELDS = ["kind", "polarity", "modality"] as const;

export function writeGexf(picture: Picture): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    `<meta><creator>kg</creator><title>${xml(picture.title)}</title></meta>`,
    '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">',
    attributes("node", NODE_FIELDS),
    attributes("edge", EDGE_FIELDS),
    "<nodes>",
    ...picture.nodes.map(nodeElement),
    "</nodes>",
    "<edges>",
    ...picture.edges.map((edge, index) => edgeElement(edge, index, picture.nodes)),
    "</edges>",
    "</graph>",
    "</gexf>",
    "",
  ].join("\n");
}

function attributes(of: string, fields: readonly string[]): string {
  const type = (name: string): string => (name === "mentions" || name === "community" ? "integer" : "string");
  const list = fields.map((name) => `<attribute id="${name}" title="${name}" type="${type(name)}"/>`);
  return `<attributes class="${of}" mode="static">${list.join("")}</attributes>`;
}

function values(pairs: [string, string | number | null][]): string {
  const list = pairs.filter(([, value]) => value !== null);
  return `<attvalues>${list.map(([name, value]) => `<attvalue for="${name}" value="${xml(String(value))}"/>`).join("")}</attvalues>`;
}

function nodeElement(node: PictureNode): string {
  const fields = values(NODE_FIELDS.map((name) => [name, node[name]]));
  const place = `<viz:position x="${node.x.toFixed(2)}" y="${(-node.y).toFixed(2)}" z="0"/>`;
  const look = `<viz:size value="${node.size.toFixed(2)}"/>${place}${colourElement(node.colour)}`;
  return `<node id="${node.id}" label="${xml(node.label)}">${fields}${look}</node>`;
}

function edgeElement(edge: PictureEdge, index: number, nodes: readonly PictureNode[]): string {
  const ends = `source="${nodes[edge.source]!.id}" target="${nodes[edge.target]!.id}"`;
  const fields = values(EDGE_FIELDS.map((name) => [name, edge[name]]));
  const days = [...new Set(edge.dates.map(dayOf).filter((day) => day !== null))].sort();
  const spells = days.map((day) => `<spell start="${day}" end="${day}"/>`).join("");
  const dated = spells ? `<spells>${spells}</spells>` : "";
  const head = `<edge id="${index}" ${ends} label="${xml(edge.label)}" weight="${edge.weight}">`;
  return `${head}${fields}${dated}${colourElement(edge.colour)}</edge>`;
}

function colourElement(colour: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `<viz:color r="${r}" g="${g}" b="${b}"/>`;
}
