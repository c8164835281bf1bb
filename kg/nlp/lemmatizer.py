"""The full-form lexicon: lemmas chosen by part of speech, moods of verbs, and the readings that the network is told.

Where it is silent about a lemma, the script that the network chose is applied.

A script is `casing|cut|add`: first letter to lower (l) or upper (u) case or as it is (=), letters to
cut off the end, letters to add. In the lexicon, a number in the place of the casing says where in the form two
letters, ge or zu, are taken out before: `2|1|en` makes ablehnen of abgelehnt.
"""

from functools import lru_cache
from pathlib import Path

import marisa_trie

MOODS = (("Ind", "Pres"), ("Ind", "Past"), ("Sub", "Pres"), ("Sub", "Past"))
FEATURES, READINGS = "\tF", "\tR"  # keys of the trie's tables
REMEMBERED = 65_536  # forms; the rare ones are looked up again, so that memory does not grow with the articles
SHORTEST = 4  # letters of an ending that tells what a compound is
LOWERED = frozenset("ADP ADV AUX CCONJ DET PART PRON SCONJ VERB".split())  # no capitals but at a sentence start
CLASSES = {"NOUN": "N", "PROPN": "P", "VERB": "V", "AUX": "V", "ADJ": "A"}


def apply_script(form: str, script: str) -> str | None:
    """The lemma, or None when the script does not fit the form."""
    casing, cut, add = script.split("|", 2)
    base = recase(form, casing)
    kept = len(base) - int(cut)
    return base[:kept] + add or None if kept >= 0 else None


def recase(form: str, casing: str) -> str:
    """The form with its first letter in lower (l) or upper (u) case, or as it is (=), or without two letters."""
    if casing == "=":
        return form
    if casing.isdecimal():
        return form[: int(casing)] + form[int(casing) + 2 :]
    return (form[:1].lower() if casing == "l" else form[:1].upper()) + form[1:]


class Lexicon:
    """Full forms with their lemma by part of speech, read from a MARISA trie."""

    def __init__(self, path: Path) -> None:
        self.trie = marisa_trie.BytesTrie()
        self.trie.mmap(str(path))
        self.scripts = self.trie["\t"][0].decode("utf-8").split("\n")
        self.lookup = lru_cache(maxsize=REMEMBERED)(self._lookup)
        self.reading = lru_cache(maxsize=REMEMBERED)(self._reading)
        self.classes = self._classes()

    def _lookup(self, form: str, upos: str) -> str | None:
        kind = CLASSES.get(upos)
        if kind is None:
            return None
        for candidate in (form, form[:1].lower() + form[1:], form.lower().capitalize(), form.replace("ß", "ss")):
            found = self.trie.get(f"{candidate}\t{kind}")
            if found:
                return apply_script(candidate, self.scripts[int.from_bytes(found[0], "big")])
        return None

    def _classes(self) -> int:
        found = self.trie.get(READINGS)
        return len(found[0].split(b"\n")) if found else 0

    def readings(self) -> tuple[list[str], list[list[int]]]:
        """Names of the features that readings have, and for each class of forms the features it can have.

        The second half of the classes is the first again, of words known only by their ending.
        """
        names = self.trie[FEATURES][0].decode("ascii").split("\n")
        rows = [[int(n) for n in row.split()] for row in self.trie[READINGS][0].split(b"\n")]
        return [*names, "ending"], rows + [[*row, len(names)] for row in rows]

    def _reading(self, form: str) -> int:
        """The class of a form; of an unknown compound that of its last part; 0 where nothing is known."""
        known = self._class_of(form) or self._class_of(form[:1].lower() + form[1:])
        known = known or self._class_of(form.lower().capitalize()) or self._class_of(form.replace("ß", "ss"))
        if known:
            return known
        tail = form.rpartition("-")[2]
        capital = form[:1].isupper()
        for start in range(1 if len(tail) < len(form) else 2, len(tail) - SHORTEST + 1):
            ending = tail[start:] if start > 1 else tail
            found = self._class_of(ending.capitalize() if capital else ending)
            if found:
                return self.classes + found
        return 0

    def _class_of(self, form: str) -> int:
        found = self.trie.get(f"{form}\tR") if form else None
        return int.from_bytes(found[0], "big") if found else 0

    def lemmatise(self, form: str, upos: str, script: str) -> str:
        """The lemma of a form as it stands in the text; compounds by the part behind the last hyphen."""
        head, hyphen, tail = form.rpartition("-")
        if hyphen and head and tail:
            return head + hyphen + self.lemmatise(tail, upos, script)
        lemma = self.lookup(form, upos) or apply_script(form, script) or form
        return recase(lemma, "l") if upos in LOWERED and lemma[1:].islower() else lemma

    def moods(self, form: str, person: str, number: str) -> tuple[tuple[str, str], ...]:
        """The (mood, tense) pairs that a finite form can be in this person and number; none if it is unknown."""
        found = self.trie.get(f"{form}\tM") or self.trie.get(f"{form.lower().replace('ß', 'ss')}\tM")
        if not found or person not in ("1", "3"):
            return ()
        bits = int.from_bytes(found[0], "big") >> (4 * (2 * (person == "3") + (number == "Plur")))
        return tuple(pair for n, pair in enumerate(MOODS) if bits >> n & 1)
