"""Morphological features: what the network scores, mended by the lexicon and by the tree."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from spacy.vocab import Vocab

from kg.nlp.lemmatizer import Lexicon
from kg.nlp.sessions import Array

UNMARKED = {  # features that GSD does not mark, other treebanks that were trained on do
    "APPR": "Case", "APPO": "Case", "APZR": "Case", "PTKVZ": "Case", "CARD": "Number", "ADV": "Degree",
}  # fmt: skip
PASSIVE = "aux:pass"  # the relation of a passive auxiliary, which GSD marks Voice=Pass


class Morphology:
    """Reads the scores of all features; remembers the morphs that were put together."""

    def __init__(self, vocab: Vocab, feats: Sequence[tuple[str, Sequence[str]]], lexicon: Lexicon) -> None:
        self.vocab = vocab
        self.lexicon = lexicon
        self.feats = [(key, list(values)) for key, values in feats]
        self.at = {key: n for n, (key, _) in enumerate(self.feats)}
        ends = accumulate(len(values) for _, values in self.feats)
        self.columns = [slice(end - len(values), end) for end, (_, values) in zip(ends, self.feats, strict=True)]
        self.morphs: dict[tuple[int, ...], int] = {}

    def read(self, scores: Array, forms: Sequence[str], tags: Sequence[str], relations: Sequence[str]) -> list[int]:
        """Hashes of the features of every word; `scores` has a column for each value of each feature."""
        rows = np.stack([scores[:, part].argmax(1) for part in self.columns], 1).tolist()
        for row, form, tag, relation in zip(rows, forms, tags, relations, strict=True):
            if tag in UNMARKED and UNMARKED[tag] in self.at:
                row[self.at[UNMARKED[tag]]] = 0
            if tag.endswith("FIN"):
                self._mend_mood(row, form)
            if relation == PASSIVE:
                self._set(row, "Voice", "Pass")
        return [self.morphs.get(tuple(row)) or self._morph(tuple(row)) for row in rows]

    def has(self, scores: Array, name: str, value: str) -> Array:
        """Whether the best value of a feature is this one, for every word; `scores` as for `read`."""
        if value not in self._values(name):
            return np.zeros(len(scores), bool)
        found: Array = scores[:, self.columns[self.at[name]]].argmax(1) == self._values(name).index(value)
        return found

    def _values(self, name: str) -> list[str]:
        return self.feats[self.at[name]][1] if name in self.at else []

    def _set(self, row: list[int], name: str, value: str) -> None:
        if value in self._values(name):
            row[self.at[name]] = self._values(name).index(value)

    def _value(self, row: Sequence[int], name: str) -> str:
        return self._values(name)[row[self.at[name]]]

    def _mend_mood(self, row: list[int], form: str) -> None:
        """Set mood and tense to what the form can be by the lexicon: müssten is Konjunktiv, whatever was guessed."""
        pairs = self.lexicon.moods(form, self._value(row, "Person"), self._value(row, "Number"))
        if pairs and (self._value(row, "Mood"), self._value(row, "Tense")) not in pairs:
            for name, value in zip(("Mood", "Tense"), pairs[0], strict=True):
                self._set(row, name, value)

    def _morph(self, row: tuple[int, ...]) -> int:
        named = zip(self.feats, row, strict=True)
        feats = "|".join(f"{key}={values[k]}" for (key, values), k in named if k)
        self.morphs[row] = int(self.vocab.morphology.add(feats or "_"))
        return self.morphs[row]
