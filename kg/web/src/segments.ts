/** Overlapping spans cut into pieces that do not overlap, so that a text can be marked without nesting. */

export interface Piece {
  start: number;
  end: number;
  /** Places of the spans that cover the piece, in the order given. */
  spans: number[];
}

/** Cuts start to end wherever a span begins or ends; empty and reversed spans cover nothing. */
export function cutPieces(
  spans: readonly (readonly [start: number, end: number])[],
  start: number,
  end: number,
): Piece[] {
  const clipped = spans
    .map(([from, until], index) => ({ from: Math.max(from, start), until: Math.min(until, end), index }))
    .filter(({ from, until }) => from < until)
    .sort((a, b) => a.from - b.from);
  const bounds = [...new Set([start, end, ...clipped.flatMap(({ from, until }) => [from, until])])].sort(
    (a, b) => a - b,
  );
  const pieces: Piece[] = [];
  let open: typeof clipped = [];
  let next = 0;
  for (let at = 0; at + 1 < bounds.length; at++) {
    const [from, until] = [bounds[at]!, bounds[at + 1]!];
    while (next < clipped.length && clipped[next]!.from <= from) open.push(clipped[next++]!);
    open = open.filter((span) => span.until > from);
    pieces.push({ start: from, end: until, spans: open.map((span) => span.index).sort((a, b) => a - b) });
  }
  return pieces;
}
