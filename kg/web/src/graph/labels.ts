/** Labels of the graph: readable over edges, and a plate under the pointer. */

import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import type { Palette } from "../colours";
import type { EdgeAttributes, NodeAttributes } from "./network";

type Drawn = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;
type Draw = (
  context: CanvasRenderingContext2D,
  data: Drawn,
  settings: Settings<NodeAttributes, EdgeAttributes>,
) => void;

const LONGEST = 42;

function cut(label: string): string {
  return [...label].length > LONGEST ? `${[...label].slice(0, LONGEST - 1).join("")}…` : label;
}

function fontOf(data: Drawn, settings: Settings<NodeAttributes, EdgeAttributes>): { font: string; size: number } {
  const size = Math.round(Math.min(16, settings.labelSize + data.size / 6));
  return { font: `${data.size > 11 ? 600 : 500} ${size}px ${settings.labelFont}`, size };
}

export function drawLabel(palette: Palette): Draw {
  return (context, data, settings) => {
    if (!data.label) return;
    const { font, size } = fontOf(data, settings);
    context.font = font;
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = palette.ground;
    context.fillStyle = palette.ink;
    const [x, y] = [data.x + data.size + 4, data.y + size / 3];
    context.strokeText(cut(data.label), x, y);
    context.fillText(cut(data.label), x, y);
  };
}

export function drawHover(palette: Palette): Draw {
  return (context, data, settings) => {
    const { font, size } = fontOf(data, settings);
    context.font = font;
    const label = cut(data.label ?? "");
    const [height, radius] = [size + 12, data.size + 4];
    const width = radius + context.measureText(label).width + 14;
    context.fillStyle = palette.ground;
    context.shadowColor = "rgba(10,15,30,0.35)";
    context.shadowBlur = 10;
    context.beginPath();
    context.roundRect(data.x, data.y - height / 2, width, height, 6);
    context.arc(data.x, data.y, radius, 0, Math.PI * 2);
    context.fill();
    context.shadowBlur = 0;
    context.fillStyle = palette.ink;
    context.fillText(label, data.x + data.size + 6, data.y + size / 3);
  };
}
