/** Small pieces that the panel and the lists share. */

import type { App } from "../app";
import { SIGN } from "../colours";
import type { Event, Modality, Polarity, Position } from "../data";
import { h, icon } from "../dom";

export function polarityChip(app: App, polarity: Polarity): HTMLElement {
  return h(
    "span",
    { class: `chip polarity ${polarity}` },
    h("span", { class: "sign", "aria-hidden": "true" }, SIGN[polarity]),
    app.names.say(polarity),
  );
}

/** What is asserted needs no saying. */
export function modalityChip(app: App, modality: Modality | null): HTMLElement | null {
  return modality && modality !== "asserted"
    ? h("span", { class: `chip modality ${modality}` }, app.names.say(modality))
    : null;
}

export function nodeDot(app: App, node: number): HTMLElement {
  const type = app.model.data.nodes[node]?.type ?? "";
  const dot = h("span", { class: type === "Topic" ? "dot square" : "dot", "aria-hidden": "true" });
  dot.style.backgroundColor = app.palette.type(type);
  return dot;
}

/** A node by its name; a click opens it in the panel. */
export function nodeButton(app: App, node: number | null): HTMLElement {
  if (node === null) return h("span", { class: "faint" }, app.names.say("unknown"));
  const button = h(
    "button",
    { type: "button", class: "node-link" },
    nodeDot(app, node),
    h("span", { class: "name" }, app.names.node(node)),
  );
  button.addEventListener("click", () => app.select({ kind: "node", node }));
  return button;
}

export function positionLine(app: App, position: Position): HTMLElement {
  return h(
    "div",
    { class: "fact-line" },
    nodeButton(app, position.holder),
    polarityChip(app, position.polarity),
    nodeButton(app, position.topic),
    position.about === null ? null : h("span", { class: "faint" }, app.names.say("about")),
    position.about === null ? null : nodeButton(app, position.about),
    modalityChip(app, position.modality),
  );
}

export function eventLine(app: App, event: Event): HTMLElement {
  const others = [event.recipient, event.object].filter((node) => node !== null);
  return h(
    "div",
    { class: "fact-line" },
    event.agent === null ? null : nodeButton(app, event.agent),
    h("span", { class: "chip event" }, app.names.of(event.type)),
    ...others.map((node) => nodeButton(app, node)),
    modalityChip(app, event.modality),
    event.time ? h("span", { class: "faint" }, app.names.date(event.time)) : null,
  );
}

export function section(title: string, count: number | null, ...content: (Node | null)[]): HTMLElement {
  const head = h("h3", {}, title, count === null ? null : h("span", { class: "count" }, String(count)));
  return h("section", {}, head, ...content);
}

export function iconButton(
  name: Parameters<typeof icon>[0],
  label: string,
  onclick: () => void,
  testid?: string,
): HTMLButtonElement {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, "data-testid": testid },
    icon(name),
  );
}
