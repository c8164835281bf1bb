/** What the graph shows, ready to be written down: places in pixels, colours, names. */

import type { Polarity } from "../data";

export interface PictureNode {
  id: number;
  iri: string;
  label: string;
  type: string;
  mentions: number;
  community: number;
  x: number;
  y: number; // down
  size: number; // radius
  colour: string;
  square: boolean;
}

export interface PictureEdge {
  source: number; // place in `nodes`
  target: number;
  label: string;
  kind: string;
  polarity: Polarity | null;
  modality: string | null;
  dates: string[];
  weight: number;
  width: number;
  colour: string;
  dashed: boolean;
}

export interface Picture {
  title: string;
  nodes: PictureNode[];
  edges: PictureEdge[];
  ground: string;
  ink: string;
}
