/** The matrix as a picture for export. */

import type { App } from "../app";
import { svgDocument, svgText } from "../export/svg";
import { buildMatrix, cellFigure, cellKey, shares } from "./matrix-cells";

const [CELL, LEFT, TOP] = [34, 250, 190];

export function matrixSvg(app: App): { svg: string; width: number; height: number } {
  const { names, palette, model } = app;
  const { holders, topics, cells } = buildMatrix(model, app.shown());
  const [width, height] = [LEFT + topics.length * CELL + 130, TOP + holders.length * CELL + 30];
  const body = [
    `<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.6" height="6" fill="${palette.ground}" fill-opacity="0.75"/></pattern></defs>`,
    ...topics.map((topic, at) => {
      const [x, y] = [LEFT + at * CELL + CELL / 2 + 4, TOP - 10];
      return svgText(x, y, names.node(topic), {
        "font-size": 12,
        fill: palette.ink,
        transform: `rotate(-50 ${x} ${y})`,
      });
    }),
    ...holders.map((holder, at) =>
      svgText(LEFT - 10, TOP + at * CELL + CELL / 2 + 4, names.node(holder), {
        "font-size": 12,
        fill: palette.ink,
        "text-anchor": "end",
      }),
    ),
  ];
  holders.forEach((holder, row) =>
    topics.forEach((topic, column) => {
      const cell = cells.get(cellKey(holder, topic));
      if (!cell) return;
      const [x, y, side] = [LEFT + column * CELL + 1, TOP + row * CELL + 1, CELL - 2];
      let from = x;
      for (const { polarity, share } of shares(cell)) {
        body.push(
          `<rect x="${from}" y="${y}" width="${share * side}" height="${side}" fill="${palette.polarity[polarity]}"/>`,
        );
        from += share * side;
      }
      if (cell.open) body.push(`<rect x="${x}" y="${y}" width="${side}" height="${side}" fill="url(#hatch)"/>`);
      const sign = cellFigure(cell);
      body.push(
        svgText(x + side / 2, y + side / 2 + 5, sign, {
          "font-size": 13,
          fill: cell.open ? palette.ink : palette.ground,
          "text-anchor": "middle",
          "font-weight": 700,
        }),
      );
    }),
  );
  return {
    svg: svgDocument({ title: model.data.meta.title, width, height, ground: palette.ground }, body),
    width,
    height,
  };
}
