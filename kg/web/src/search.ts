/** Finds nodes and articles by the beginning of a word, whatever the accents. */

import type { Data } from "./data";
import { fold } from "./text";

export interface Hit {
  kind: "node" | "article";
  index: number;
  /** The other name that matched, if it was not the label. */
  alias: string | null;
}

interface Entry {
  kind: "node" | "article";
  index: number;
  weight: number;
  names: { name: string; folded: string }[];
}

export type Search = (words: string, limit?: number) => Hit[];

/** Folds all names once; `label` gives the names shown, which depend on the language. */
export function buildSearch(data: Data, label: (node: number) => string): Search {
  const entries: Entry[] = data.nodes.map((node, index) => ({
    kind: "node",
    index,
    weight: node.mentions,
    names: [label(index), node.label, ...node.aliases].map((name) => ({ name, folded: fold(name) })),
  }));
  data.articles.forEach((article, index) =>
    entries.push({ kind: "article", index, weight: 0, names: [{ name: article.title, folded: fold(article.title) }] }),
  );
  return (words, limit = 12) => searchEntries(entries, words, limit);
}

function searchEntries(entries: readonly Entry[], words: string, limit: number): Hit[] {
  const folded = fold(words.trim());
  if (!folded) return [];
  // who has no umlauts on the keyboard types "ae" for "ä", which folds to "a"
  const queries = [...new Set([folded, folded.replace(/([aou])e/g, "$1")])];
  const hits: { hit: Hit; rank: number; weight: number }[] = [];
  for (const entry of entries) {
    const best = bestName(entry, queries);
    if (!best) continue;
    const alias = best.at > 1 ? entry.names[best.at]!.name : null;
    const rank = best.rank + (best.at > 1 ? 0.5 : 0) + (entry.kind === "article" ? 4 : 0);
    hits.push({ hit: { kind: entry.kind, index: entry.index, alias }, rank, weight: entry.weight });
  }
  hits.sort((a, b) => a.rank - b.rank || b.weight - a.weight || a.hit.index - b.hit.index);
  return hits.slice(0, limit).map(({ hit }) => hit);
}

function bestName(entry: Entry, queries: readonly string[]): { at: number; rank: number } | null {
  let best: { at: number; rank: number } | null = null;
  entry.names.forEach(({ folded }, at) => {
    for (const query of queries) {
      const rank = rankOf(folded, query);
      if (rank !== null && (best === null || rank < best.rank)) best = { at, rank };
    }
  });
  return best;
}

/** 0 the whole name, 1 its beginning, 2 the beginning of a word, 3 anywhere; null nowhere. */
function rankOf(name: string, query: string): number | null {
  const at = name.indexOf(query);
  if (at < 0) return null;
  if (at === 0) return name === query ? 0 : 1;
  return /[^\p{L}\p{N}]/u.test(name[at - 1]!) || new RegExp("[^\\p{L}\\p{N}]" + escapeRegExp(query), "u").test(name)
    ? 2
    : 3;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
