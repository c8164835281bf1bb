/** Text addressed by code points, as the graph counts, over strings that JavaScript counts in UTF-16 units. */

export interface Text {
  readonly raw: string;
  /** Length in code points. */
  readonly length: number;
  /** The words between two code points; clipped to the text. */
  slice(start: number, end: number): string;
  /** The UTF-16 unit at which a code point begins. */
  unit(point: number): number;
  /** The code point at which a UTF-16 unit lies. */
  point(unit: number): number;
}

/** Indexes the surrogate pairs of a text once; a text without any costs nothing. */
export function textOf(raw: string): Text {
  const pairs = surrogatePairs(raw);
  const length = raw.length - pairs.length;
  const unit = (point: number): number => {
    const clipped = Math.min(Math.max(point, 0), length);
    return clipped + countBelow(pairs, (place, index) => place - index < clipped);
  };
  return {
    raw,
    length,
    unit,
    slice: (start, end) => raw.slice(unit(start), unit(end)),
    point: (at) => at - countBelow(pairs, (place) => place < at),
  };
}

/** Where pairs of surrogates start, in UTF-16 units. */
function surrogatePairs(raw: string): number[] {
  const places: number[] = [];
  for (const found of raw.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) places.push(found.index);
  return places;
}

/** How many of the sorted places pass a test that fails from some place on. */
function countBelow(places: readonly number[], below: (place: number, index: number) => boolean): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (below(places[middle]!, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Without accents and case, with "ss" for "ß": what searches compare. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
}
