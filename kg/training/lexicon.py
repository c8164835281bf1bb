"""Compile the full-form lexicon into the trie that `kg.nlp.lemmatizer` reads.

From readings (form, lemma, tag) of the German Morfologik lexicon and a list of proper names; kept is,
for each form and part of speech, the script that makes the lemma. Where readings disagree, the one that
the treebanks use most wins, else the shortest script.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import marisa_trie

from kg.training.lemmas import lemma_script

MOODS, PERSONS = ("PRÄ", "PRT", "KJ1", "KJ2"), ("1", "3")
KINDS = {"SUB": "N", "VER": "V", "ADJ": "A", "PA1": "A", "PA2": "A", "EIG": "P"}


def compile_lexicon(readings: Iterable[tuple[str, str, str]], seen: Counter[tuple[str, str, str]], out: Path) -> int:
    """Write the trie; `seen` counts (form, kind, lemma) in treebanks. Returns the number of entries."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    moods: Counter[str] = Counter()
    for form, lemma, tag in readings:
        moods[form] |= mood_mask(tag)
        kind = KINDS.get(tag.split(":", 1)[0])
        if kind and form and lemma:
            found[form, kind].add(lemma)
    for (form, kind, lemma), count in seen.items():
        if count > 1 or (form, kind) in found:
            found[form, kind].add(lemma)
    moods = Counter({form: mask for form, mask in moods.items() if mask})
    chosen = {key: _best(key, lemmas, seen) for key, lemmas in found.items()}
    frequency = Counter(chosen.values())
    scripts = [s for s, n in frequency.most_common() if n > 1][:65_000]
    number = {s: i.to_bytes(2, "big") for i, s in enumerate(scripts)}
    items = [(f"{form}\t{kind}", number[s]) for (form, kind), s in sorted(chosen.items()) if s in number]
    items.extend((f"{form}\tM", mask.to_bytes(2, "big")) for form, mask in sorted(moods.items()))
    items.append(("\t", "\n".join(scripts).encode("utf-8")))
    marisa_trie.BytesTrie(items, order=marisa_trie.LABEL_ORDER).save(str(out))
    return len(items)


def mood_mask(tag: str) -> int:
    """Bits of a finite reading, 4 a person and number: present, past, Konjunktiv I, Konjunktiv II."""
    parts = tag.split(":")
    mood = next((MOODS.index(part) for part in parts if part in MOODS), None)
    person = next((part for part in parts if part in PERSONS), None)
    if parts[0] != "VER" or mood is None or person is None:
        return 0
    return 1 << (4 * (2 * PERSONS.index(person) + ("PLU" in parts)) + mood)


def _best(key: tuple[str, str], lemmas: set[str], seen: Counter[tuple[str, str, str]]) -> str:
    form, kind = key
    lemma = min(lemmas, key=lambda m: (-seen[form, kind, m], len(lemma_script(form, m)), m))
    return lemma_script(form, lemma)
