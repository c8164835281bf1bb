/** Elements made from text alone: nothing here reads markup, so nothing of the data can become markup. */

type Child = Node | string | null | false | undefined;
type Value = string | number | boolean | null | undefined | ((event: never) => void);
export type Props = Record<string, Value>;

/** Makes an element. `on...` are listeners, all else are attributes; `style` is not allowed (the page's CSP). */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, props, children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  fill(element, props, children);
  return element;
}

function fill(element: Element, props: Props, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value as EventListener);
    else if (name === "style") throw new Error("style attributes are not allowed here");
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  add(element, children);
}

function add(element: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== null && child !== false && child !== undefined) element.append(child);
}

export function replace(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  add(element, children);
}

/** A link out, for http and https alone; else the text. */
export function outLink(url: string | null, text: string): HTMLElement {
  if (!url || !/^https?:\/\//i.test(url)) return h("span", {}, text);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}

const ICONS = {
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm4.8 11.3L20 20",
  filter: "M4 6h16M7 12h10M10 18h4",
  close: "M6 6l12 12M18 6 6 18",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17",
  save: "M12 4v11m0 0 4-4m-4 4-4-4M5 20h14",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  theme: "M12 4a8 8 0 1 0 0 16V4Zm0 0a8 8 0 0 1 0 16",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  graph: "M6 7a2 2 0 1 0 0-.01M18 6a2 2 0 1 0 0-.01M14 18a2 2 0 1 0 0-.01M8 7l8-1M7 9l6 7M17 8l-2 8",
} as const;

export function icon(name: keyof typeof ICONS): SVGElement {
  const line = s("path", {
    d: ICONS[name],
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 1.8,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
  return s("svg", { viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true", class: "icon" }, line);
}

/** A list that shows its first items and the rest on demand. */
export function listed<T>(
  items: readonly T[],
  render: (item: T) => Node,
  more: (left: number) => string,
  first = 6,
): HTMLElement {
  const box = h("div", { class: "listed" });
  const show = (from: number, count: number): void => {
    for (const item of items.slice(from, from + count)) box.append(render(item));
    const left = items.length - from - count;
    if (left <= 0) return;
    const button = h("button", { class: "more", type: "button" }, more(left));
    button.addEventListener("click", () => {
      button.remove();
      show(from + count, 40);
    });
    box.append(button);
  };
  show(0, first);
  return box;
}
