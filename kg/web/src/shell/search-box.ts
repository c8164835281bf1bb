/** Search with suggestions: the combobox pattern of ARIA 1.2, all by keyboard. */

import type { App } from "../app";
import { h, icon, replace } from "../dom";
import { nodeDot } from "../panel/chips";
import { buildSearch, type Hit } from "../search";

export function createSearchBox(app: App): HTMLElement {
  const { names } = app;
  const find = buildSearch(app.model.data, names.node);
  let hits: Hit[] = [];
  let active = -1;
  const input = h("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "suggestions",
    "aria-autocomplete": "list",
    "aria-label": names.say("searchLabel"),
    placeholder: names.say("search"),
    autocomplete: "off",
    spellcheck: "false",
    "data-testid": "search",
  });
  const list = h("ul", { id: "suggestions", role: "listbox", "aria-label": names.say("searchLabel"), hidden: true });
  const element = h(
    "div",
    { class: "search", role: "search" },
    icon("search"),
    input,
    h("kbd", { "aria-hidden": "true" }, "/"),
    list,
  );

  const close = (): void => {
    active = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (hit: Hit | undefined): void => {
    if (!hit) return;
    input.value = "";
    close();
    openHit(app, hit);
  };
  const show = (): void => {
    hits = find(input.value);
    active = hits.length ? 0 : -1;
    const options = hits.map((hit, at) => option(app, hit, at, () => choose(hit)));
    replace(list, ...(options.length ? options : [h("li", { class: "empty" }, names.say("nothing"))]));
    list.hidden = input.value.trim() === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };
  const mark = (): void => {
    [...list.children].forEach((child, at) => child.setAttribute("aria-selected", String(at === active)));
    list.children[active]?.scrollIntoView({ block: "nearest" });
    if (active >= 0) input.setAttribute("aria-activedescendant", `suggestion-${active}`);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) show();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (hits.length) active = (active + step + hits.length) % hits.length;
      mark();
    } else if (event.key === "Enter") choose(hits[Math.max(active, 0)]);
    else if (event.key === "Escape" && input.value) {
      input.value = "";
      close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  return element;
}

function option(app: App, hit: Hit, at: number, choose: () => void): HTMLElement {
  const { names, model } = app;
  const node = hit.kind === "node" ? model.data.nodes[hit.index]! : null;
  const article = node ? null : model.data.articles[hit.index]!;
  const about = node ? names.of(node.type) : `${names.say("chooseArticle")} · ${names.date(article!.date)}`;
  const alias = hit.alias ? h("span", { class: "faint small" }, `${names.say("also")} ${hit.alias}`) : null;
  const item = h("li", { role: "option", id: `suggestion-${at}`, "data-testid": "suggestion" });
  item.append(
    node ? nodeDot(app, hit.index) : h("span", { class: "dot sheet", "aria-hidden": "true" }),
    h("span", { class: "name" }, node ? names.node(hit.index) : article!.title),
    ...(alias ? [alias] : []),
    h("span", { class: "faint small kind" }, about),
  );
  // before the field loses its focus and the list closes
  item.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    choose();
  });
  // readers of screens and scripts click without a pointer
  item.addEventListener("click", choose);
  return item;
}

function openHit(app: App, hit: Hit): void {
  const { store } = app;
  if (hit.kind === "article") return app.read(hit.index, null);
  const { around, view } = store.get();
  const seen = around.length === 0 && app.shown().nodes[hit.index] && app.visible().nodes.size <= 300;
  const move = view === "graph" && !seen ? { around: [hit.index] } : {};
  store.set({ selected: { kind: "node", node: hit.index }, ...move });
}
