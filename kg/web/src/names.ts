/** Names in the language of the reader: words of the page, labels from the graph, nodes. */

import type { Data } from "./data";
import { readableDate } from "./dates";
import { isWord, type Lang, type Word, word } from "./words";

export interface Names {
  lang: Lang;
  /** A word of the page itself. */
  say(key: Word): string;
  /** A type, predicate, event type: as the graph names it, or the key itself. */
  of(key: string): string;
  /** A property of a node, or what leads from it: the party of a treaty is none that stands for election. */
  property(key: string, node: number): string;
  node(index: number | null): string;
  date(date: string | null): string;
  number(value: number): string;
  /** A number with what it counts, in singular or plural. */
  count(value: number, one: Word, many: Word): string;
}

export function namesIn(data: Data, lang: Lang): Names {
  const say = (key: Word): string => word(lang, key);
  const of = (key: string): string => {
    const name = Object.hasOwn(data.meta.names, key) ? data.meta.names[key] : undefined;
    return (name && (name[lang] || name.de || name.en)) || (isWord(key) ? say(key) : key);
  };
  const numbers = new Intl.NumberFormat(lang);
  return {
    lang,
    say,
    of,
    property: (key, index) => (key === "party" && data.nodes[index]?.type === "Treaty" ? say("treatyParty") : of(key)),
    node: (index) => (index === null ? say("unknown") : nodeName(data, index, lang)),
    date: (date) => (date ? readableDate(date, lang) : say("undated")),
    number: (value) => numbers.format(value),
    count: (value, one, many) => `${numbers.format(value)} ${say(value === 1 ? one : many)}`,
  };
}

/** Issues have labels in both languages; names stay as they are. */
function nodeName(data: Data, index: number, lang: Lang): string {
  const node = data.nodes[index];
  if (!node) return "";
  const local = node.iri.split(/[/#]/).at(-1) ?? "";
  for (const key of [node.iri, local, local.replace(/^topic-/, "")]) {
    if (node.type === "Topic" || node.type === "Issue") {
      const name = Object.hasOwn(data.meta.names, key) ? data.meta.names[key] : undefined;
      if (name?.[lang]) return name[lang];
    }
  }
  return node.label || local;
}
