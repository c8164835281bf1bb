"""Lemmas: the full-form lexicon first, chosen by part of speech; the network's script where it is silent.

A script is `casing|cut|add`: first letter to lower (l) or upper (u) case or as it is (=), letters to
cut off the end, letters to add.
"""

from functools import lru_cache
from pathlib import Path

import marisa_trie

MOODS = (("Ind", "Pres"), ("Ind", "Past"), ("Sub", "Pres"), ("Sub", "Past"))
CLASSES = {"NOUN": "N", "PROPN": "P", "VERB": "V", "AUX": "V", "ADJ": "A"}


def apply_script(form: str, script: str) -> str | None:
    """The lemma, or None when the script does not fit the form."""
    casing, cut, add = script.split("|", 2)
    base = recase(form, casing)
    kept = len(base) - int(cut)
    return base[:kept] + add or None if kept >= 0 else None


def recase(form: str, casing: str) -> str:
    """The form with its first letter in lower (l) or upper (u) case, or as it is (=)."""
    if casing == "=":
        return form
    return (form[:1].lower() if casing == "l" else form[:1].upper()) + form[1:]


class Lexicon:
    """Full forms with their lemma by part of speech, read from a MARISA trie."""

    def __init__(self, path: Path) -> None:
        self.trie = marisa_trie.BytesTrie()
        self.trie.mmap(str(path))
        self.scripts = self.trie["\t"][0].decode("utf-8").split("\n")
        self.lookup = lru_cache(maxsize=100_000)(self._lookup)

    def _lookup(self, form: str, upos: str) -> str | None:
        kind = CLASSES.get(upos)
        if kind is None:
            return None
        for candidate in (form, form[:1].lower() + form[1:], form.lower().capitalize()):
            found = self.trie.get(f"{candidate}\t{kind}")
            if found:
                return apply_script(candidate, self.scripts[int.from_bytes(found[0], "big")])
        return None

    def lemmatise(self, form: str, upos: str, script: str) -> str:
        """The lemma of a form as it stands in the text; compounds by the part behind the last hyphen."""
        head, hyphen, tail = form.rpartition("-")
        if hyphen and head and tail:
            return head + hyphen + self.lemmatise(tail, upos, script)
        return self.lookup(form, upos) or apply_script(form, script) or form

    def moods(self, form: str, person: str, number: str) -> tuple[tuple[str, str], ...]:
        """The (mood, tense) pairs that a finite form can be in this person and number; none if it is unknown."""
        found = self.trie.get(f"{form}\tM") or self.trie.get(f"{form.lower()}\tM")
        if not found or person not in ("1", "3"):
            return ()
        bits = int.from_bytes(found[0], "big") >> (4 * (2 * (person == "3") + (number == "Plur")))
        return tuple(pair for n, pair in enumerate(MOODS) if bits >> n & 1)
