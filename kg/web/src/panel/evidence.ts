/** A sentence of an article with the words that carry a fact marked. */

import type { App } from "../app";
import type { Evidence } from "../data";
import { h, outLink } from "../dom";
import { cutPieces } from "../segments";
import { sentenceAround } from "../sentences";

export interface Mark {
  start: number;
  end: number;
  kind: string; // class of the mark
  title?: string;
}

/** The sentence, its article and date; a click on the title opens the article at the place. */
export function evidenceFigure(app: App, evidence: Evidence, marks: readonly Mark[] = []): HTMLElement {
  const article = app.model.data.articles[evidence.article];
  const all: Mark[] = [{ start: evidence.start, end: evidence.end, kind: "words" }, ...marks];
  const title = article?.title || article?.id || "";
  const open = h(
    "button",
    { type: "button", class: "cite", "data-testid": "evidence-article", title: app.names.say("readArticle") },
    title,
  );
  open.addEventListener("click", () => app.read(evidence.article, evidence.start));
  const facts = [app.names.date(article?.date ?? null), article?.publisher].filter(Boolean).join(" · ");
  return h(
    "figure",
    { class: "evidence", "data-testid": "evidence" },
    h("blockquote", {}, ...markedSentence(app, evidence, all)),
    h(
      "figcaption",
      {},
      open,
      h("span", { class: "faint" }, facts),
      article?.url ? outLink(article.url, app.names.say("source")) : null,
    ),
  );
}

/** A mention of a node as evidence: the name in its sentence. */
export function mentionEvidence(app: App, article: number, start: number, end: number): Evidence {
  const [from, until] = sentenceAround(app.model.data.articles[article]!, app.model.text(article), start, end);
  return { article, start, end, from, until };
}

function markedSentence(app: App, evidence: Evidence, marks: readonly Mark[]): (Node | string)[] {
  const text = app.model.text(evidence.article);
  const from = Math.min(evidence.from, evidence.start);
  const until = Math.max(evidence.until, evidence.end);
  return cutPieces(
    marks.map(({ start, end }) => [start, end] as const),
    from,
    until,
  ).map(({ start, end, spans }) => {
    const words = text.slice(start, end);
    if (spans.length === 0) return words;
    const covering = spans.map((at) => marks[at]!);
    const title = covering
      .map((mark) => mark.title)
      .filter(Boolean)
      .join(", ");
    return h("mark", { class: covering.map((mark) => mark.kind).join(" "), title: title || null }, words);
  });
}
