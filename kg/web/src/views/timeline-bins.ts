/** Positions and events by the date of the article that reports them. */

import type { Polarity } from "../data";
import { dayOf, type Step, stepFor, stepsBetween, stepStart } from "../dates";
import type { Shown } from "../filter";
import type { Model } from "../model";
import { POLARITIES } from "../state";

export interface Bin {
  start: string; // first day
  positions: number[];
  events: number[];
}

export interface Timeline {
  step: Step;
  bins: Bin[]; // every step between the first and the last, empty ones too
  days: Bin[]; // the same facts by day, the latest first, without empty ones
  undated: Bin;
}

export function binFacts(model: Model, shown: Shown): Timeline {
  const { positions, events, articles } = model.data;
  const dated: { day: string | null; at: number; list: "positions" | "events" }[] = [];
  const dayIn = (date: string | null): string | null => (date ? dayOf(date) : null);
  positions.forEach((position, at) => {
    const date = articles[position.evidence.article]?.date ?? position.date;
    if (shown.positions[at]) dated.push({ day: dayIn(date), at, list: "positions" });
  });
  events.forEach((event, at) => {
    if (shown.events[at])
      dated.push({ day: dayIn(articles[event.evidence.article]?.date ?? null), at, list: "events" });
  });
  const days = dated
    .map(({ day }) => day)
    .filter((day) => day !== null)
    .sort();
  const [from, until] = [days[0], days.at(-1)];
  const step = from && until ? stepFor(from, until) : "day";
  const starts = from && until ? stepsBetween(from, until, step) : [];
  const bins = new Map(starts.map((start) => [start, { start, positions: [], events: [] } as Bin]));
  const undated: Bin = { start: "", positions: [], events: [] };
  const byDay = new Map<string, Bin>();
  for (const { day, at, list } of dated) {
    if (day === null) undated[list].push(at);
    else {
      const bin = byDay.get(day) ?? { start: day, positions: [], events: [] };
      byDay.set(day, bin);
      bin[list].push(at);
      bins.get(stepStart(day, step))![list].push(at);
    }
  }
  const latest = [...byDay.values()].sort((a, b) => b.start.localeCompare(a.start));
  return { step, bins: [...bins.values()], days: latest, undated };
}

export interface Bar {
  x: number;
  width: number;
  label: string; // empty where there is no room
  labelAt: number; // its middle
  bin: number;
  parts: { y: number; height: number; colour: string; title: string }[];
}

export interface BarStyle {
  width: number;
  height: number; // positions grow up from two thirds of it, events down
  colours: Record<Polarity | "event", string>;
  label(start: string): string;
  title(kind: Polarity | "event", count: number, start: string): string;
}

/** The bins as stacked bars: positions by polarity above the line, events below it. */
export function stackBars(model: Model, timeline: Timeline, style: BarStyle): Bar[] {
  const { bins } = timeline;
  const most = Math.max(1, ...bins.map((bin) => Math.max(bin.positions.length, bin.events.length)));
  const [slot, base, space] = [Math.min(style.width / Math.max(1, bins.length), 64), style.height * 0.6, 26];
  const left = (style.width - slot * bins.length) / 2;
  const [up, down] = [(base - 6) / most, (style.height - base - space) / most];
  const every = Math.ceil(92 / slot);
  return bins.map((bin, index) => {
    const x = left + index * slot;
    const parts: Bar["parts"] = [];
    let y = base;
    for (const polarity of POLARITIES) {
      const count = bin.positions.filter((at) => model.data.positions[at]!.polarity === polarity).length;
      if (count === 0) continue;
      y -= count * up;
      parts.push({
        y,
        height: count * up,
        colour: style.colours[polarity],
        title: style.title(polarity, count, bin.start),
      });
    }
    const count = bin.events.length;
    if (count)
      parts.push({
        y: base + 2,
        height: count * down,
        colour: style.colours.event,
        title: style.title("event", count, bin.start),
      });
    const label = index % every === 0 ? style.label(bin.start) : "";
    const labelAt = Math.min(Math.max(x + slot / 2, 40), style.width - 40);
    return { x: x + slot * 0.08, width: slot * 0.84, label, labelAt, bin: index, parts };
  });
}
