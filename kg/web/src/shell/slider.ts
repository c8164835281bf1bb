/** The period: two native sliders on one track, days as steps. */

import type { App } from "../app";
import { dayFromNumber, dayNumber, dayOf } from "../dates";
import { h } from "../dom";
import type { Filters } from "../state";

export interface Slider {
  element: HTMLElement;
  update(filters: Filters): void;
}

const MARGIN = 15; // days on either side where all articles are of one day, so that there is something to slide

export function createSlider(app: App): Slider | null {
  const { meta } = app.model.data;
  const [first, last] = [dayOf(meta.from ?? ""), dayOf(meta.until ?? "")];
  if (!first || !last) return null;
  const margin = first === last ? MARGIN : 0;
  const [min, max] = [dayNumber(first) - margin, dayNumber(last) + margin];
  const { names } = app;
  const handle = (name: "from" | "until"): HTMLInputElement =>
    h("input", {
      type: "range",
      min,
      max,
      step: 1,
      "aria-label": `${names.say("date")} ${names.say(name)}`,
      "data-testid": `slider-${name}`,
    });
  const [from, until] = [handle("from"), handle("until")];
  const span = h("span", { class: "span" });
  const [fromText, untilText] = [h("output", {}), h("output", {})];
  const show = (): void => {
    const [a, b] = [Number(from.value), Number(until.value)];
    const share = (value: number): string => `${((value - min) / (max - min || 1)) * 100}%`;
    span.style.left = share(a);
    span.style.right = `calc(100% - ${share(b)})`;
    // where both meet at the end, the lower handle must stay on top to be moved back
    from.style.zIndex = a > (min + max) / 2 ? "3" : "2";
    for (const [input, output] of [
      [from, fromText],
      [until, untilText],
    ] as const) {
      const text = names.date(dayFromNumber(Number(input.value)));
      output.textContent = text;
      input.setAttribute("aria-valuetext", text);
    }
  };
  const change = (moved: HTMLInputElement): void => {
    if (Number(from.value) > Number(until.value)) moved.value = moved === from ? until.value : from.value;
    const [a, b] = [Number(from.value), Number(until.value)];
    show();
    app.store.filter({ from: a > min ? dayFromNumber(a) : null, until: b < max ? dayFromNumber(b) : null });
  };
  from.addEventListener("input", () => change(from));
  until.addEventListener("input", () => change(until));
  const track = h("div", { class: "track" }, span, from, until);
  const element = h(
    "fieldset",
    { class: "slider", "data-testid": "filter-date" },
    h("legend", {}, names.say("date")),
    track,
    h("div", { class: "ends" }, fromText, untilText),
  );
  return {
    element,
    update: (filters) => {
      from.value = String(filters.from ? dayNumber(filters.from) : min);
      until.value = String(filters.until ? dayNumber(filters.until) : max);
      show();
    },
  };
}
