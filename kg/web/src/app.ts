/** What every part of the page works with. */

import { paletteOf, type Palette, type Theme } from "./colours";
import { applyFilters, type Neighbourhood, neighbourhood, type Shown } from "./filter";
import type { Model } from "./model";
import { type Names, namesIn } from "./names";
import type { Filters, Selection, State, Store } from "./state";
import type { Lang } from "./words";

export interface App {
  model: Model;
  store: Store;
  names: Names;
  theme: Theme;
  palette: Palette;
  shown(): Shown;
  visible(): Neighbourhood;
  select(selected: Selection | null): void;
  /** Opens an article at a place. */
  read(article: number, at: number | null): void;
  /** Says something to the reader, aloud for those who listen. */
  announce(text: string): void;
  setLang(lang: Lang): void;
  setTheme(theme: Theme): void;
}

/** One of the views: an element, and what to do when the state has changed. */
export interface Part {
  element: HTMLElement;
  update(state: State, before: State | null): void;
  destroy?(): void;
}

export function createApp(model: Model, store: Store, lang: Lang, theme: Theme): App {
  let filtered: { filters: Filters; shown: Shown } | null = null;
  let near: { shown: Shown; around: readonly number[]; found: Neighbourhood } | null = null;
  const shown = (): Shown => {
    const { filters } = store.get();
    if (filtered?.filters !== filters) filtered = { filters, shown: applyFilters(model, filters) };
    return filtered.shown;
  };
  const visible = (): Neighbourhood => {
    const [now, { around }] = [shown(), store.get()];
    if (near?.shown !== now || near.around !== around)
      near = { shown: now, around, found: neighbourhood(model, now, around) };
    return near.found;
  };
  return {
    model,
    store,
    names: namesIn(model.data, lang),
    theme,
    palette: paletteOf(theme),
    shown,
    visible,
    select: (selected) => store.set({ selected }),
    read: (article, at) => store.set({ view: "article", article, at }),
    announce: () => undefined,
    setLang: () => undefined,
    setTheme: () => undefined,
  };
}
