/** The sentence around a mention. */

import type { Article } from "./data";
import type { Text } from "./text";

/** From the article if it lists its sentences, else as the browser divides the paragraph; in code points. */
export function sentenceAround(
  article: Article,
  text: Text,
  start: number,
  end: number,
): [from: number, until: number] {
  const listed = article.sentences?.find(([from, until]) => from <= start && end <= until);
  return listed ?? foundSentence(text, start, end);
}

function foundSentence(text: Text, start: number, end: number): [from: number, until: number] {
  const [first, last] = [text.unit(start), text.unit(end)];
  const from = text.raw.lastIndexOf("\n", first - 1) + 1;
  const newline = text.raw.indexOf("\n", last);
  const paragraph = text.raw.slice(from, newline < 0 ? undefined : newline);
  let [low, high] = [from, from + paragraph.length];
  if (typeof Intl.Segmenter === "function") {
    for (const { index, segment } of new Intl.Segmenter("de", { granularity: "sentence" }).segment(paragraph)) {
      const [begin, close] = [from + index, from + index + segment.trimEnd().length];
      if (begin <= first) low = begin;
      if (close >= last) {
        high = close;
        break;
      }
    }
  }
  return [text.point(low), text.point(high)];
}
