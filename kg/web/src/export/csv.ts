/** The facts shown as a table: positions, events, offices and relations, each with its sentence. */

import type { Evidence } from "../data";
import type { Shown } from "../filter";
import type { Model } from "../model";
import type { Names } from "../names";
import { csvField } from "./clean";

const COLUMNS = [
  "kind",
  "subject",
  "predicate",
  "object",
  "about",
  "modality",
  "date",
  "according_to",
  "article",
  "title",
  "start",
  "end",
  "words",
  "sentence",
];

type Row = (string | number | null)[];

export interface Range {
  /** Facts all of whose nodes are among these; null for all. */
  nodes: ReadonlySet<number> | null;
  /** Facts of this article only. */
  article: number | null;
}

export function writeCsv(model: Model, shown: Shown, names: Names, range: Range): string {
  const rows = [...positionRows(model, shown, names, range), ...eventRows(model, shown, names, range)];
  if (range.article === null) rows.push(...edgeRows(model, shown, names, range));
  // spreadsheets take a file for UTF-8 by its byte order mark
  return `\ufeff${[COLUMNS, ...rows].map((row) => row.map(csvField).join(",")).join("\r\n")}\r\n`;
}

function positionRows(model: Model, shown: Shown, names: Names, range: Range): Row[] {
  return model.data.positions.flatMap((position, at) => {
    if (!shown.positions[at] || !inRange(range, [position.holder, position.topic], position.evidence)) return [];
    const name = (node: number | null): string => (node === null ? "" : names.node(node));
    const front = ["position", name(position.holder), position.polarity, name(position.topic), name(position.about)];
    const by = name(position.accordingTo);
    return [[...front, position.modality, position.date, by, ...evidenceCells(model, position.evidence)]];
  });
}

function eventRows(model: Model, shown: Shown, names: Names, range: Range): Row[] {
  return model.data.events.flatMap((event, at) => {
    const nodes = [event.agent, event.recipient, event.object].filter((node): node is number => node !== null);
    if (!shown.events[at] || !inRange(range, nodes, event.evidence)) return [];
    const name = (node: number | null): string => (node === null ? "" : names.node(node));
    const date = event.time ?? model.data.articles[event.evidence.article]?.date ?? null;
    const front = ["event", name(event.agent), event.type, name(event.recipient), name(event.object)];
    return [[...front, event.modality, date, "", ...evidenceCells(model, event.evidence)]];
  });
}

function edgeRows(model: Model, shown: Shown, names: Names, range: Range): Row[] {
  return model.data.edges.flatMap((edge, at) => {
    if (edge.kind === "position" || edge.kind === "event" || !shown.edges[at]) return [];
    const evidence = edge.evidence[0];
    if (!inRange(range, [edge.source, edge.target], evidence)) return [];
    const front = [edge.kind, names.node(edge.source), edge.predicate, names.node(edge.target), ""];
    const cells = evidence ? evidenceCells(model, evidence) : ["", "", "", "", "", ""];
    return [[...front, edge.modality, edge.dates[0] ?? "", "", ...cells]];
  });
}

function inRange(range: Range, nodes: readonly number[], evidence: Evidence | undefined): boolean {
  if (range.article !== null && evidence?.article !== range.article) return false;
  return range.nodes === null || nodes.every((node) => range.nodes!.has(node));
}

function evidenceCells(model: Model, evidence: Evidence): Row {
  const article = model.data.articles[evidence.article];
  const text = model.text(evidence.article);
  const words = text.slice(evidence.start, evidence.end);
  const sentence = text.slice(evidence.from, evidence.until);
  return [article?.id ?? "", article?.title ?? "", evidence.start, evidence.end, words, sentence];
}
