/** The graph as text: its nodes with their neighbours, for those who cannot see or draw the picture. */

import type { App } from "../app";
import { h, listed, replace } from "../dom";
import { nodeButton } from "../panel/chips";
import { moreLabel } from "../panel/facts";

export function fillList(app: App, box: HTMLElement): void {
  const { nodes } = app.visible();
  const { data } = app.model;
  const order = [...nodes].sort((a, b) => data.nodes[b]!.mentions - data.nodes[a]!.mentions || a - b);
  if (order.length === 0) return replace(box, h("p", { class: "empty" }, app.names.say("noNodes")));
  replace(
    box,
    listed(order, (node) => row(app, node, nodes), moreLabel(app), 100),
  );
}

function row(app: App, node: number, nodes: ReadonlySet<number>): HTMLElement {
  const { model, names } = app;
  const shown = app.shown();
  const others = new Set<number>();
  for (const at of model.edgesOf[node]!) {
    const { source, target } = model.data.edges[at]!;
    const other = source === node ? target : source;
    if (shown.edges[at] && nodes.has(other) && other !== node) others.add(other);
  }
  const { mentions, type } = model.data.nodes[node]!;
  const near = [...others].slice(0, 5).map(names.node).join(", ");
  return h(
    "div",
    { class: "list-row", "data-testid": "list-node" },
    nodeButton(app, node),
    h("span", { class: "faint small" }, `${names.of(type)} · ${names.count(mentions, "mention", "mentions")}`),
    h("span", { class: "faint small near" }, near ? `↔ ${near}${others.size > 5 ? " …" : ""}` : ""),
  );
}
