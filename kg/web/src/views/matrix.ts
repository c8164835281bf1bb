/** The matrix of positions as a table; a click on a cell opens the quotations. */

import type { App, Part } from "../app";
import { h, replace } from "../dom";
import { nodeButton } from "../panel/chips";
import type { Selection } from "../state";
import { POLARITIES } from "../state";
import { polarityChip } from "../panel/chips";
import { buildMatrix, type Cell, cellFigure, cellKey, type Matrix, shares } from "./matrix-cells";

const ROWS = 60;
const COLUMNS = 40;

export function createMatrixView(app: App): Part {
  const box = h("div", {
    class: "matrix-scroll",
    tabindex: "0",
    role: "region",
    "aria-label": app.names.say("matrix"),
  });
  const used = POLARITIES.filter((polarity) =>
    app.model.data.positions.some((position) => position.polarity === polarity),
  );
  const key = h(
    "p",
    { class: "matrix-key" },
    ...used.map((polarity) => polarityChip(app, polarity)),
    h("span", { class: "hatch-key" }, h("span", { class: "swatch hatched" }), app.names.say("hatched")),
  );
  const element = h("div", { class: "matrix-view", "data-testid": "panel-matrix" }, key, box);
  let rows = ROWS;
  const render = (): void => {
    const matrix = buildMatrix(app.model, app.shown());
    if (matrix.cells.size === 0) return replace(box, h("p", { class: "empty" }, app.names.say("noPositions")));
    const left = matrix.holders.length - rows;
    const more = h(
      "button",
      { type: "button", class: "more", onclick: () => ((rows += 200), render()) },
      `${app.names.say("showMore")} (${left})`,
    );
    replace(box, table(app, matrix, rows), left > 0 && more);
    markCell(box, app.store.get().selected);
  };
  box.addEventListener("keydown", (event) => moveCell(box, event));
  return {
    element,
    update: (state, before) => {
      if (before?.filters !== state.filters) render();
      else if (before.selected !== state.selected) markCell(box, state.selected);
    },
  };
}

function table(app: App, matrix: Matrix, rows: number): HTMLElement {
  const topics = matrix.topics.slice(0, COLUMNS);
  const heads = topics.map((topic) => h("th", { scope: "col" }, h("div", {}, nodeButton(app, topic))));
  const body = matrix.holders.slice(0, rows).map((holder) => {
    const cells = topics.map((topic) => cellElement(app, matrix.cells.get(cellKey(holder, topic))));
    return h("tr", {}, h("th", { scope: "row" }, nodeButton(app, holder)), ...cells);
  });
  const corner = h(
    "th",
    { class: "corner" },
    h("span", { class: "faint" }, `${app.names.say("actors")} × ${app.names.say("topics")}`),
  );
  return h("table", { class: "matrix" }, h("thead", {}, h("tr", {}, corner, ...heads)), h("tbody", {}, ...body));
}

function cellElement(app: App, cell: Cell | undefined): HTMLElement {
  if (!cell) return h("td");
  const { names, model } = app;
  const parts = shares(cell);
  const counts = parts.map(({ polarity }) => `${cell.counts[polarity]} ${names.say(polarity)}`).join(", ");
  const label = `${names.node(cell.holder)} – ${names.node(cell.topic)}: ${counts}${cell.open ? ` (${names.say("hypothetical")})` : ""}`;
  const bars = parts.map(({ polarity, share }) => {
    const bar = h("span", { class: `bar ${polarity}` });
    bar.style.flexGrow = String(share);
    return bar;
  });
  const button = h(
    "button",
    {
      type: "button",
      class: cell.open ? "cell hatched" : "cell",
      "aria-label": label,
      title: label,
      "data-testid": "matrix-cell",
      "data-holder": model.data.nodes[cell.holder]!.iri,
      "data-topic": model.data.nodes[cell.topic]!.iri,
      "data-cell": cellKey(cell.holder, cell.topic),
      "data-polarity": cell.main,
      onclick: () => app.select({ kind: "cell", holder: cell.holder, topic: cell.topic }),
    },
    h("span", { class: "bars", "aria-hidden": "true" }, ...bars),
    h("span", { class: "figure", "aria-hidden": "true" }, cellFigure(cell)),
  );
  return h("td", {}, button);
}

function markCell(box: HTMLElement, selected: Selection | null): void {
  const key = selected?.kind === "cell" ? cellKey(selected.holder, selected.topic) : null;
  for (const cell of box.querySelectorAll<HTMLElement>(".cell"))
    cell.classList.toggle("selected", cell.dataset.cell === key);
}

/** Arrow keys go to the next filled cell of the row or column. */
function moveCell(box: HTMLElement, event: KeyboardEvent): void {
  const cell = document.activeElement?.closest("td");
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!cell || !step || !box.contains(cell)) return;
  event.preventDefault();
  const rows = [...box.querySelectorAll("tbody tr")] as HTMLTableRowElement[];
  let [row, column] = [rows.indexOf(cell.parentElement as HTMLTableRowElement), cell.cellIndex];
  while (rows[(row += step[0]!)]?.cells[(column += step[1]!)]) {
    const button = rows[row]!.cells[column]!.querySelector<HTMLElement>(".cell");
    if (button) return button.focus();
  }
}
