/** What colours, shapes and lines mean. */

import type { App } from "../app";
import { h } from "../dom";
import { polarityChip } from "../panel/chips";
import { POLARITIES } from "../state";

export function createLegend(app: App): HTMLElement {
  const { names, palette, model } = app;
  const counts = new Map<string, number>();
  for (const { type } of model.data.nodes) counts.set(type, (counts.get(type) ?? 0) + 1);
  const types = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([type]) => {
      const dot = h("span", { class: type === "Topic" ? "dot square" : "dot" });
      dot.style.backgroundColor = palette.type(type);
      return h("span", { class: "legend-item" }, dot, names.of(type));
    });
  const used = POLARITIES.filter((polarity) => model.data.positions.some((position) => position.polarity === polarity));
  const lines = h("span", { class: "legend-item faint" }, h("span", { class: "dashes" }), names.say("dashed"));
  return h(
    "details",
    { class: "legend", open: window.innerWidth > 900 },
    h("summary", {}, names.say("legend")),
    h(
      "div",
      { class: "legend-body" },
      h("div", {}, ...types),
      h("div", {}, ...used.map((polarity) => polarityChip(app, polarity))),
      lines,
    ),
  );
}
