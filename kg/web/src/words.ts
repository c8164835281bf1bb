/** Everything the page says in words of its own, in German and English. */

import { de } from "./words/de";
import { en } from "./words/en";

export type Word = keyof typeof de;
export type Lang = "de" | "en";

const WORDS: Record<Lang, Record<Word, string>> = { de, en };

export function word(lang: Lang, key: Word): string {
  return WORDS[lang][key];
}

export function isWord(key: string): key is Word {
  return Object.hasOwn(de, key);
}
