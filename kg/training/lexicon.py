"""Compile the full-form lexicon into the trie that `kg.nlp.lemmatizer` reads.

From readings (form, lemma, tag) of the German Morfologik lexicon and a list of proper names; kept is,
for each form and part of speech, the script that makes the lemma. Where readings disagree, the one that
the treebanks use most wins, else the shortest script.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import marisa_trie

from kg.nlp.lemmatizer import FEATURES, READINGS
from kg.training.lemmas import lemma_script

MOODS, PERSONS = ("PRÄ", "PRT", "KJ1", "KJ2"), ("1", "3")
ASCII = str.maketrans("Ä", "A")
FORM_KINDS = {"SUB": "N", "ADJ": "A", "PA1": "A", "PA2": "A", "EIG": "E", "ART": "D", "PRO": "D"}
CASES, NUMBERS, GENDERS = ("NOM", "GEN", "DAT", "AKK"), ("SIN", "PLU"), ("MAS", "FEM", "NEU")
VERB_PARTS = frozenset((*"123", *NUMBERS, "PRA", "PRT", "KJ1", "KJ2", "INF", "PA1", "PA2", "IMP", "EIZ"))
DEGREES = ("GRU", "KOM", "SUP")
KINDS = {"SUB": "N", "VER": "V", "ADJ": "A", "PA1": "A", "PA2": "A", "EIG": "P"}


def compile_lexicon(readings: Iterable[tuple[str, str, str]], seen: Counter[tuple[str, str, str]], out: Path) -> int:
    """Write the trie; `seen` counts (form, kind, lemma) in treebanks. Returns the number of entries."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    moods: Counter[str] = Counter()
    features: dict[str, set[str]] = defaultdict(set)
    for form, lemma, tag in readings:
        moods[form] |= mood_mask(tag)
        features[form].update(reading_features(tag))
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
    items.extend(_reading_items(features))
    marisa_trie.BytesTrie(items, order=marisa_trie.LABEL_ORDER).save(str(out))
    return len(items)


def _reading_items(features: dict[str, set[str]]) -> Iterator[tuple[str, bytes]]:
    """Trie entries: names of features, classes of forms with the same features, and the class of each form."""
    names = sorted({name for row in features.values() for name in row})
    number = {name: n for n, name in enumerate(names)}
    rows = {form: tuple(sorted(number[name] for name in row)) for form, row in features.items() if row}
    common = [row for row, n in sorted(Counter(rows.values()).items(), key=lambda item: (-item[1], item[0])) if n > 1]
    classes = {row: n for n, row in enumerate([(), *common][:65_000])}
    yield FEATURES, "\n".join(names).encode("ascii")
    yield READINGS, "\n".join(" ".join(map(str, row)) for row in classes).encode("ascii")
    for form, row in sorted(rows.items()):
        if row in classes:
            yield f"{form}\tR", classes[row].to_bytes(2, "big")


def reading_features(tag: str) -> Iterator[str]:
    """What one reading says, as names: `N.NOM.SIN.MAS`, `V.3.PLU.KJ1`, `ADV.TMP`.

    Adjectives and participles share the names of their forms (A); what they are made of is a name of its own.
    """
    parts = tag.translate(ASCII).split(":")
    kind = FORM_KINDS.get(parts[0])
    case = next((p for p in parts if p in CASES), "")
    if kind and case:
        agreement = [next((p for p in parts if p in group), "") for group in (NUMBERS, GENDERS)]
        yield ".".join((kind, case, *agreement))
    if parts[0] == "VER":
        yield ".".join(("V", *(p for p in parts[1:] if p in VERB_PARTS)))
    elif parts[0] == "EIG":
        yield f"E.{parts[-1]}"
    elif parts[0] in ("ADJ", "PA1", "PA2"):
        yield ".".join((parts[0], *(p for p in parts[1:] if p in DEGREES)))
    elif parts[0] in ("ADV", "ART", "KON", "PRO", "PRP"):
        yield ".".join(parts[:2])
    elif parts[0] != "SUB":
        yield parts[0]
    elif parts[-1] in ("ADJ", "INF"):
        yield f"N.{parts[-1]}"


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
    script = verb_script if kind == "V" else lemma_script
    lemma = min(lemmas, key=lambda m: (-seen[form, kind, m], len(script(form, m)), m))
    return script(form, lemma)


def verb_script(form: str, lemma: str) -> str:
    """The shortest script, with ge or zu taken out where that helps (abgelehnt, abzulehnen)."""
    places = [at for at in range(len(form) - 3) if form[at : at + 2] in ("ge", "zu")]
    inner = (f"{at}{lemma_script(form[:at] + form[at + 2 :], lemma).removeprefix('=')}" for at in places)
    return min([lemma_script(form, lemma), *(s for s in inner if s[0].isdecimal())], key=lambda s: (len(s), s))
