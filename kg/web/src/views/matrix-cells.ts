/** The matrix of positions: actors in rows, topics in columns. */

import type { Polarity } from "../data";
import type { Shown } from "../filter";
import type { Model } from "../model";
import { isOpen, SIGN } from "../colours";
import { POLARITIES } from "../state";

export interface Cell {
  holder: number;
  topic: number;
  positions: number[];
  counts: Record<Polarity, number>;
  /** The polarity most often held; of equals the first of the scale that is not neutral. */
  main: Polarity;
  /** Nothing in it is asserted or denied. */
  open: boolean;
}

export interface Matrix {
  holders: number[]; // most positions first
  topics: number[];
  cells: Map<string, Cell>;
}

export function cellKey(holder: number, topic: number): string {
  return `${holder} ${topic}`;
}

export function buildMatrix(model: Model, shown: Shown): Matrix {
  const cells = new Map<string, Cell>();
  const [holders, topics] = [new Map<number, number>(), new Map<number, number>()];
  model.data.positions.forEach(({ holder, topic, polarity }, index) => {
    if (!shown.positions[index] || !shown.nodes[holder] || !shown.nodes[topic]) return;
    const key = cellKey(holder, topic);
    const cell = cells.get(key) ?? emptyCell(holder, topic);
    cells.set(key, cell);
    cell.positions.push(index);
    cell.counts[polarity] += 1;
    holders.set(holder, (holders.get(holder) ?? 0) + 1);
    topics.set(topic, (topics.get(topic) ?? 0) + 1);
  });
  for (const cell of cells.values()) {
    cell.main = mainPolarity(cell.counts);
    cell.open = cell.positions.every((index) => isOpen(model.data.positions[index]!.modality));
  }
  return { holders: mostFirst(holders), topics: mostFirst(topics), cells };
}

function emptyCell(holder: number, topic: number): Cell {
  const counts = { support: 0, oppose: 0, conditional: 0, ambivalent: 0, neutral: 0 };
  return { holder, topic, positions: [], counts, main: "neutral", open: false };
}

function mainPolarity(counts: Record<Polarity, number>): Polarity {
  const order: Polarity[] = ["support", "oppose", "conditional", "ambivalent", "neutral"];
  return order.reduce((best, polarity) => (counts[polarity] > counts[best] ? polarity : best));
}

function mostFirst(counts: ReadonlyMap<number, number>): number[] {
  return [...counts].sort(([a, x], [b, y]) => y - x || a - b).map(([node]) => node);
}

/** The shares of a cell's polarities, in the order of the scale. */
export function shares(cell: Cell): { polarity: Polarity; share: number }[] {
  const total = cell.positions.length;
  return POLARITIES.filter((polarity) => cell.counts[polarity] > 0).map((polarity) => ({
    polarity,
    share: cell.counts[polarity] / total,
  }));
}

/** The sign of what is held most, and how many positions there are if it is not one alone. */
export function cellFigure(cell: Cell): string {
  return SIGN[cell.main] + (cell.positions.length > 1 ? `×${cell.positions.length}` : "");
}
