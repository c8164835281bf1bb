/** An article with every span marked by what was found in it, or the list of articles. */

import type { App, Part } from "../app";
import { h, listed, outLink, replace } from "../dom";
import { moreLabel } from "../panel/facts";
import { cutPieces } from "../segments";
import { findSpans, type Found, type Layer, LAYERS, paragraphs } from "./article-spans";

export function createArticleView(app: App): Part {
  const { store, names } = app;
  const layers = new Set<Layer>(LAYERS);
  const element = h("div", { class: "article-view", "data-testid": "panel-article" });
  const render = (): void => {
    const { article } = store.get();
    const one = article !== null && app.model.data.articles[article];
    replace(
      element,
      ...(one ? page(app, article, layers, render) : [h("h2", {}, names.say("allArticles")), overview(app)]),
    );
  };
  return {
    element,
    update: (state, before) => {
      const changed = !before || before.article !== state.article || before.filters !== state.filters;
      if (changed) render();
      if (state.article !== null && state.at !== null && (changed || before.at !== state.at))
        showPlace(element, state.at);
      else if (changed) element.scrollTop = 0;
    },
  };
}

function overview(app: App): HTMLElement {
  const { model, names } = app;
  const shown = app.shown();
  const order = model.data.articles
    .map((article, index) => ({ article, index }))
    .filter(({ index }) => shown.articles[index])
    .sort((a, b) => (b.article.date ?? "").localeCompare(a.article.date ?? "") || a.index - b.index);
  if (order.length === 0) return h("p", { class: "empty" }, names.say("noFacts"));
  const card = ({ article, index }: (typeof order)[number]): HTMLElement => {
    const counts = [
      `${model.positionsIn[index]!.length} ${names.say("positions")}`,
      `${model.statementsIn[index]!.length} ${names.say("statements")}`,
      `${model.eventsIn[index]!.length} ${names.say("events")}`,
    ];
    const open = (): void => app.read(index, null);
    const about = [names.date(article.date), article.publisher].filter(Boolean).join(" · ");
    return h(
      "button",
      { type: "button", class: "article-card", "data-testid": "article-card", onclick: open },
      h("strong", {}, article.title || article.id),
      h("span", { class: "faint small" }, about),
      h("span", { class: "faint small" }, counts.join(" · ")),
    );
  };
  return listed(order, card, moreLabel(app), 60);
}

function page(app: App, article: number, layers: Set<Layer>, render: () => void): HTMLElement[] {
  const { model, names } = app;
  const data = model.data.articles[article]!;
  const back = h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": "article-all",
      onclick: () => app.store.set({ article: null, at: null }),
    },
    `← ${names.say("allArticles")}`,
  );
  const boxes = LAYERS.map((layer) => {
    const box = h("input", { type: "checkbox", "data-testid": `layer-${layer}` });
    box.checked = layers.has(layer);
    box.addEventListener("change", () => {
      if (box.checked) layers.add(layer);
      else layers.delete(layer);
      render();
    });
    return h(
      "label",
      { class: `layer ${layer}` },
      box,
      h("span", {}, names.say(layer === "mention" ? "mentions" : `${layer}s`)),
    );
  });
  const about = h(
    "p",
    { class: "faint" },
    [names.date(data.date), data.publisher].filter(Boolean).join(" · "),
    data.url ? " · " : null,
    data.url ? outLink(data.url, names.say("source")) : null,
  );
  const tools = h(
    "div",
    { class: "article-tools" },
    back,
    h("div", { class: "layers", role: "group", "aria-label": names.say("showInText") }, ...boxes),
  );
  const text = model.text(article);
  const [first, ...rest] = paragraphs(text.raw);
  // most texts begin with their title, whose spans are marked like all others
  const titled = first && text.slice(...first).trim() === data.title.trim();
  const marked = body(app, article, layers);
  const title = h(
    "h2",
    { "data-testid": "article-title", class: "article-text" },
    ...(titled ? marked(first) : [data.title || data.id]),
  );
  const lines = titled || !first ? rest : [first, ...rest];
  return [
    h("header", {}, tools, title, about),
    h(
      "div",
      { class: "article-text", lang: "de", "data-testid": "article-text" },
      ...lines.map((line) => h("p", {}, ...marked(line))),
    ),
  ];
}

/** Gives the words between two places with every span in them marked. */
function body(
  app: App,
  article: number,
  layers: ReadonlySet<Layer>,
): (line: [start: number, end: number]) => (Node | string)[] {
  const text = app.model.text(article);
  const found = findSpans(app.model, app.shown(), article, layers);
  const begun = new Set<Found>();
  return ([start, end]) => {
    const inside = found.filter((span) => span.start < end && span.end > start);
    return cutPieces(
      inside.map((span) => [span.start, span.end] as const),
      start,
      end,
    ).map((piece) => {
      const words = text.slice(piece.start, piece.end);
      return piece.spans.length
        ? mark(
            app,
            article,
            piece.start,
            words,
            piece.spans.map((at) => inside[at]!),
            begun,
          )
        : words;
    });
  };
}

/** The spans under a marked piece of text. */
const spansOf = new WeakMap<Element, readonly Found[]>();

/** A piece of text under one or more spans; the first piece of each span can be reached with the tab key. */
function mark(
  app: App,
  article: number,
  at: number,
  words: string,
  spans: readonly Found[],
  begun: Set<Found>,
): HTMLElement {
  const { names } = app;
  const mention = spans.filter((span) => span.node !== null).at(-1);
  const fresh = spans.some((span) => !begun.has(span));
  for (const span of spans) begun.add(span);
  const open = (): void =>
    app.select(mention && spans.length === 1 ? { kind: "node", node: mention.node! } : { kind: "spot", article, at });
  const classes = spans.flatMap(({ layer, kind }) => (layer === "position" ? [layer, kind] : [layer]));
  const titles = spans.map((span) =>
    span.node === null ? `${names.say(span.layer)}: ${names.of(span.kind)}` : names.node(span.node),
  );
  const element = h(
    "mark",
    {
      class: [...new Set(classes)].join(" "),
      role: "button",
      tabindex: fresh ? "0" : "-1",
      title: [...new Set(titles)].join(" · "),
      "data-at": at,
      "data-testid": "article-mark",
      onclick: open,
    },
    words,
  );
  spansOf.set(element, spans);
  if (mention) element.style.setProperty("--type", app.palette.type(mention.kind));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open();
  });
  return element;
}

/** Brings what begins at a place, or the last mark before it, into sight. */
function showPlace(element: HTMLElement, at: number): void {
  const marks = [...element.querySelectorAll<HTMLElement>("mark")];
  const begins = marks.filter((mark) => spansOf.get(mark)?.some(({ start }) => start === at));
  const nearest = marks.filter((mark) => Number(mark.dataset.at) <= at).at(-1) ?? marks[0];
  const target = begins[0] ?? nearest;
  target?.scrollIntoView({ block: "center" });
  for (const mark of marks) mark.classList.toggle("here", begins.length ? begins.includes(mark) : mark === nearest);
}
