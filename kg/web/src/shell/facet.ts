/** A filter: boxes to tick, the most frequent first; ticking none restricts nothing. */

import type { App } from "../app";
import { h, replace } from "../dom";
import { fold } from "../text";

export interface Choice<T> {
  value: T;
  label: string;
  count: number;
  mark: HTMLElement | null;
}

export interface Facet<T> {
  element: HTMLElement;
  update(chosen: readonly T[]): void;
}

const FIRST = 7;
const MOST = 60;

export function createFacet<T extends string | number>(
  app: App,
  options: { name: string; title: string; open: boolean; choices: readonly Choice<T>[]; change(chosen: T[]): void },
): Facet<T> {
  const { name, title, choices, change } = options;
  let chosen: readonly T[] = [];
  let all = choices.length <= FIRST + 2;
  const list = h("div", { class: "choices", role: "group", "aria-label": title });
  const badge = h("span", { class: "badge", hidden: true });
  const narrow = h("input", {
    type: "search",
    class: "narrow",
    placeholder: app.names.say("narrow"),
    "aria-label": `${title}: ${app.names.say("narrow")}`,
    hidden: choices.length <= FIRST + 2,
  });
  const more = h("button", { type: "button", class: "more" });
  const folded = choices.map(({ label }) => fold(label));

  const toggle = (value: T): void =>
    change(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  const render = (): void => {
    const words = fold(narrow.value.trim());
    const found = choices.filter((choice, at) => folded[at]!.includes(words) || chosen.includes(choice.value));
    const first = words || all ? MOST : FIRST;
    const seen = found.filter((choice, at) => at < first || chosen.includes(choice.value));
    const focused = list.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.value
      : undefined;
    replace(
      list,
      ...seen.map((choice) => box(name, choice, chosen.includes(choice.value), () => toggle(choice.value))),
    );
    more.hidden = found.length <= seen.length || all;
    more.textContent = `${app.names.number(found.length - seen.length)} ${app.names.say("more")}`;
    if (focused !== undefined) list.querySelector<HTMLElement>(`input[data-value="${CSS.escape(focused)}"]`)?.focus();
  };
  narrow.addEventListener("input", render);
  more.addEventListener("click", () => {
    all = true;
    render();
  });
  const summary = h("summary", {}, title, badge);
  const element = h(
    "details",
    { class: "facet", open: options.open, "data-testid": `filter-${name}` },
    summary,
    narrow,
    list,
    more,
  );
  return {
    element,
    update: (now) => {
      chosen = now;
      badge.hidden = now.length === 0;
      badge.textContent = String(now.length);
      render();
    },
  };
}

function box<T extends string | number>(
  name: string,
  choice: Choice<T>,
  checked: boolean,
  toggle: () => void,
): HTMLElement {
  const input = h("input", {
    type: "checkbox",
    "data-value": choice.value,
    "data-testid": `filter-${name}-${choice.value}`,
    onchange: toggle,
  });
  input.checked = checked;
  return h(
    "label",
    { class: "choice" },
    input,
    choice.mark ? choice.mark.cloneNode(true) : null,
    h("span", { class: "name" }, choice.label),
    h("span", { class: "count" }, String(choice.count)),
  );
}
