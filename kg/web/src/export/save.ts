/** Hands a file to the reader. */

import type { App } from "../app";
import { PICTURE, pictureOf } from "../graph/picture-of";
import { matrixSvg } from "../views/matrix-svg";
import { timelineSvg } from "../views/timeline";
import { writeCsv } from "./csv";
import { writeGexf } from "./gexf";
import { writeGraphSvg } from "./svg";

export type Format = "png" | "svg" | "gexf" | "csv";

export async function save(app: App, format: Format): Promise<void> {
  const name = fileName(app.model.data.meta.title);
  if (format === "gexf") return download(`${name}.gexf`, "application/xml", writeGexf(pictureOf(app)));
  if (format === "csv") return download(`${name}.csv`, "text/csv;charset=utf-8", table(app));
  const { svg, width, height } = drawing(app);
  if (format === "svg") return download(`${name}.svg`, "image/svg+xml", svg);
  download(`${name}.png`, "image/png", await rasterise(svg, width, height));
}

function table(app: App): string {
  const { view, article } = app.store.get();
  const nodes = view === "graph" ? app.visible().nodes : null;
  return writeCsv(app.model, app.shown(), app.names, { nodes, article: view === "article" ? article : null });
}

/** The matrix and the timeline as they are, the graph elsewhere. */
function drawing(app: App): { svg: string; width: number; height: number } {
  const { view } = app.store.get();
  if (view === "matrix") return matrixSvg(app);
  if (view === "timeline") return timelineSvg(app);
  return { svg: writeGraphSvg(pictureOf(app), PICTURE.width, PICTURE.height), ...PICTURE };
}

async function rasterise(svg: string, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    // twice as sharp, within what browsers allow a canvas to be
    const scale = Math.min(2, 8000 / Math.max(width, height));
    [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

function download(name: string, type: string, content: string | Blob): void {
  const url = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type }) : content);
  const link = document.createElement("a");
  [link.href, link.download] = [url, name];
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function fileName(title: string): string {
  const plain = title
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return plain.slice(0, 60) || "graph";
}
