/** Opens the page: reads the data, restores the view of the address, follows its changes. */

import "./style/base.css";
import "./style/shell.css";
import "./style/filters.css";
import "./style/graph.css";
import "./style/matrix.css";
import "./style/timeline.css";
import "./style/article.css";
import "./style/panel.css";
import { createApp, type Part } from "./app";
import { applyPalette, type Theme } from "./colours";
import type { Data } from "./data";
import { readHash, writeHash } from "./hash";
import { buildModel, type Model } from "./model";
import { createPage } from "./shell/page";
import { createStore, type Store } from "./state";
import { type Lang, word } from "./words";

function open(root: HTMLElement, data: Data): void {
  const model = buildModel(data);
  const store = createStore(readHash(model, location.hash));
  let page: Part | null = null;
  const rebuild = (): void => {
    page?.destroy?.();
    page = build(root, model, store, rebuild);
  };
  rebuild();
  store.listen((state, before) => {
    followAddress(model, store, state.view !== before.view || state.selected !== before.selected);
    page?.update(state, before);
  });
  window.addEventListener("popstate", () => {
    if (location.hash.slice(1) !== writeHash(model, store.get())) store.set(readHash(model, location.hash));
  });
}

/** Builds the page in the reader's language and colours; both are kept where the browser keeps anything. */
function build(root: HTMLElement, model: Model, store: Store, rebuild: () => void): Part {
  const [lang, theme] = [chosenLang(), chosenTheme()];
  applyPalette(theme, document.documentElement);
  document.documentElement.lang = lang;
  const app = createApp(model, store, lang, theme);
  app.setLang = (value) => (keep("kg-lang", value), rebuild());
  app.setTheme = (value) => (keep("kg-theme", value), rebuild());
  const page = createPage(app, root);
  page.update(store.get(), null);
  return page;
}

function followAddress(model: Model, store: Store, step: boolean): void {
  const hash = `#${writeHash(model, store.get())}`;
  if (hash === location.hash || (hash === "#" && !location.hash)) return;
  try {
    if (step) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  } catch {
    // browsers refuse too many changes in a short time; the next one is written again
  }
}

const kept = new Map<string, string>();

function keep(key: string, value: string): void {
  kept.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // no storage in this browser: kept until the page closes
  }
}

function recall(key: string): string | null {
  try {
    return kept.get(key) ?? localStorage.getItem(key);
  } catch {
    return kept.get(key) ?? null;
  }
}

function chosenLang(): Lang {
  const lang = recall("kg-lang") ?? navigator.language;
  return lang.startsWith("de") ? "de" : "en";
}

function chosenTheme(): Theme {
  const theme = recall("kg-theme");
  if (theme === "light" || theme === "dark") return theme;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

const root = document.getElementById("app");
if (root) {
  try {
    open(root, JSON.parse(document.getElementById("kg-data")?.textContent ?? "") as Data);
  } catch (error) {
    root.textContent = word(chosenLang(), "broken");
    throw error;
  }
}
