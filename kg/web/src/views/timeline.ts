/** Positions and events over time: bars by date, and below them the facts themselves. */

import type { App, Part } from "../app";
import type { Step } from "../dates";
import { h, listed, replace, s } from "../dom";
import { writeBarsSvg } from "../export/svg";
import { eventLine, polarityChip, positionLine } from "../panel/chips";
import { evidenceFigure } from "../panel/evidence";
import { moreLabel } from "../panel/facts";
import { POLARITIES } from "../state";
import { type Bar, type Bin, binFacts, stackBars, type Timeline } from "./timeline-bins";

const SIZE = { width: 1000, height: 220 };

export function createTimelineView(app: App): Part {
  const chart = h("div", { class: "chart" });
  const list = h("div", { class: "days" });
  const used = POLARITIES.filter((polarity) =>
    app.model.data.positions.some((position) => position.polarity === polarity),
  );
  const key = h(
    "p",
    { class: "matrix-key" },
    ...used.map((polarity) => polarityChip(app, polarity)),
    h("span", { class: "chip event" }, app.names.say("events")),
  );
  const element = h("div", { class: "timeline-view", "data-testid": "panel-timeline" });
  let timeline: Timeline | null = null;
  const draw = (): void => {
    const width = chart.clientWidth - 40; // its padding; nothing while it is out of sight
    if (timeline?.bins.length && width > 0)
      replace(
        chart,
        barChart(app, timeline, width, (bin) => scrollTo(list, timeline!, bin)),
      );
  };
  const update = (): void => {
    timeline = binFacts(app.model, app.shown());
    const { days, undated } = timeline;
    const groups = undated.positions.length + undated.events.length ? [...days, undated] : days;
    if (groups.length === 0) return replace(element, h("p", { class: "empty" }, app.names.say("noFacts")));
    replace(element, key, days.length > 0 && chart, list);
    draw();
    replace(
      list,
      listed(groups, (bin) => group(app, bin), moreLabel(app), 30),
    );
  };
  // the panel beside it takes room and gives it back
  const watch = new ResizeObserver(draw);
  watch.observe(chart);
  return {
    element,
    update: (state, before) => before?.filters !== state.filters && update(),
    destroy: () => watch.disconnect(),
  };
}

/** To the latest day of a bar that is in the list. */
function scrollTo(list: HTMLElement, { bins }: Timeline, bin: number): void {
  const [from, next] = [bins[bin]!.start, bins[bin + 1]?.start ?? "9999"];
  const day = [...list.querySelectorAll<HTMLElement>("[data-day]")].find(
    ({ dataset }) => dataset.day! >= from && dataset.day! < next,
  );
  day?.scrollIntoView({ block: "start" });
}

function bars(app: App, timeline: Timeline, width: number): Bar[] {
  const { names, palette } = app;
  return stackBars(app.model, timeline, {
    ...SIZE,
    width,
    colours: { ...palette.polarity, event: app.theme === "light" ? "#5b6b88" : "#8b9ab5" },
    label: (start) => binName(app, start, timeline.step),
    title: (kind, count, start) =>
      `${binName(app, start, timeline.step)}: ${count} ${kind === "event" ? names.say("events") : names.say(kind)}`,
  });
}

function binName(app: App, start: string, step: Step): string {
  return app.names.date(step === "year" ? start.slice(0, 4) : step === "month" ? start.slice(0, 7) : start);
}

function barChart(app: App, timeline: Timeline, width: number, go: (bin: number) => void): SVGElement {
  const chart = s("svg", {
    viewBox: `0 0 ${width} ${SIZE.height}`,
    height: SIZE.height,
    role: "img",
    "aria-label": `${app.names.say("timeline")}, ${app.names.say(`per_${timeline.step}`)}`,
  });
  const base = SIZE.height * 0.6 + 1;
  chart.append(s("line", { x1: 0, x2: width, y1: base, y2: base, class: "axis" }));
  for (const bar of bars(app, timeline, width)) {
    const group = s("g", { class: "bar-group", onclick: () => go(bar.bin) });
    group.append(s("rect", { x: bar.x, width: bar.width, y: 0, height: SIZE.height - 26, class: "slot" }));
    for (const { y, height, colour, title } of bar.parts)
      group.append(
        s(
          "rect",
          { x: bar.x, width: bar.width, y, height: Math.max(height, 1), fill: colour, rx: 1.5 },
          s("title", {}, title),
        ),
      );
    if (bar.label) group.append(s("text", { x: bar.labelAt, y: SIZE.height - 6, "text-anchor": "middle" }, bar.label));
    chart.append(group);
  }
  return chart;
}

function group(app: App, bin: Bin): HTMLElement {
  const { names, model } = app;
  const title = names.date(bin.start || null);
  const items = [
    ...bin.positions.map((index) => ({ kind: "position" as const, index })),
    ...bin.events.map((index) => ({ kind: "event" as const, index })),
  ];
  const row = (item: (typeof items)[number]): HTMLElement => {
    const fact = item.kind === "position" ? model.data.positions[item.index]! : model.data.events[item.index]!;
    const line =
      item.kind === "position"
        ? positionLine(app, model.data.positions[item.index]!)
        : eventLine(app, model.data.events[item.index]!);
    return h(
      "article",
      {
        class: `card ${item.kind === "position" ? model.data.positions[item.index]!.polarity : ""}`,
        "data-testid": `timeline-${item.kind}`,
      },
      line,
      evidenceFigure(app, fact.evidence),
    );
  };
  const count = [
    bin.positions.length && `${bin.positions.length} ${names.say("positions")}`,
    bin.events.length && `${bin.events.length} ${names.say("events")}`,
  ]
    .filter(Boolean)
    .join(" · ");
  return h(
    "section",
    { "data-day": bin.start || null },
    h("h3", {}, title, h("span", { class: "count" }, count)),
    listed(items, row, moreLabel(app), 6),
  );
}

export function timelineSvg(app: App): { svg: string; width: number; height: number } {
  const sheet = { ...SIZE, title: app.model.data.meta.title, ground: app.palette.ground };
  return {
    svg: writeBarsSvg(bars(app, binFacts(app.model, app.shown()), SIZE.width), sheet, app.palette.ink),
    ...SIZE,
  };
}
