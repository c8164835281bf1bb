/** The bar on top: title, search, views, and what concerns the page as a whole. */

import type { App, Part } from "../app";
import { h, icon } from "../dom";
import { type Format, save } from "../export/save";
import { iconButton } from "../panel/chips";
import { countFilters, VIEWS } from "../state";
import { createSearchBox } from "./search-box";

export function createHeader(app: App, toggleFilters: () => void): Part {
  const { names, store } = app;
  const tabs = VIEWS.map((view) =>
    h(
      "button",
      { type: "button", class: "tab", "data-testid": `view-${view}`, onclick: () => store.set({ view }) },
      names.say(view),
    ),
  );
  const badge = h("span", { class: "badge", hidden: true });
  const filters = h(
    "button",
    {
      type: "button",
      class: "icon-button filters-toggle",
      "aria-label": names.say("filters"),
      title: names.say("filters"),
      "data-testid": "filters-toggle",
      onclick: toggleFilters,
    },
    icon("filter"),
    badge,
  );
  const title = h("h1", { title: app.model.data.meta.title }, app.model.data.meta.title);
  const element = h(
    "header",
    { class: "top" },
    h("a", { class: "skip", href: "#main", onclick: skip }, names.say("skip")),
    h("div", { class: "brand" }, filters, h("span", { class: "logo", "aria-hidden": "true" }), title),
    createSearchBox(app),
    h("nav", { class: "tabs", "aria-label": names.say("views") }, ...tabs),
    tools(app),
  );
  return {
    element,
    update: (state) => {
      VIEWS.forEach((view, at) => tabs[at]!.setAttribute("aria-current", view === state.view ? "page" : "false"));
      const count = countFilters(state.filters);
      badge.hidden = count === 0;
      badge.textContent = String(count);
    },
  };
}

/** The address after "#" holds the state, so the link must not set it. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function tools(app: App): HTMLElement {
  const { names } = app;
  const lang = h(
    "button",
    {
      type: "button",
      class: "button lang",
      "data-testid": "lang",
      "aria-label": names.say("langLabel"),
      lang: names.lang === "de" ? "en" : "de",
      onclick: () => app.setLang(names.lang === "de" ? "en" : "de"),
    },
    names.lang === "de" ? "EN" : "DE",
  );
  const theme = iconButton(
    "theme",
    names.say("themeLabel"),
    () => app.setTheme(app.theme === "light" ? "dark" : "light"),
    "theme",
  );
  const link = iconButton("link", names.say("link"), () => void copyLink(app), "link");
  return h("div", { class: "tools" }, exportMenu(app), link, theme, lang);
}

function exportMenu(app: App): HTMLElement {
  const { names } = app;
  const formats: [Format, "exportPng" | "exportSvg" | "exportGexf" | "exportCsv"][] = [
    ["png", "exportPng"],
    ["svg", "exportSvg"],
    ["gexf", "exportGexf"],
    ["csv", "exportCsv"],
  ];
  const menu = h("details", { class: "menu", "data-testid": "export" });
  const items = formats.map(([format, label]) => {
    const run = (): void => {
      menu.open = false;
      void save(app, format);
    };
    return h("button", { type: "button", "data-testid": `export-${format}`, onclick: run }, names.say(label));
  });
  menu.append(
    h("summary", { class: "icon-button", "aria-label": names.say("export"), title: names.say("export") }, icon("save")),
    h("div", { class: "menu-items" }, ...items),
  );
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget as Node)) menu.open = false;
  });
  return menu;
}

async function copyLink(app: App): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    app.announce(app.names.say("linked"));
  } catch {
    app.announce(app.names.say("linkFailed"));
  }
}
