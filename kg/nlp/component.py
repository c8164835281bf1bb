"""The spaCy component that fills a `Doc`: pos_, tag_, morph, lemma_, head, dep_, sents, ents."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.decode import decode_entities, decode_tree, transitions
from kg.nlp.encoder import Array, Encoder, Window
from kg.nlp.lemmatizer import Lexicon
from kg.nlp.normalise import normalise_word
from kg.nlp.segments import windows

MODEL = Path(__file__).parent / "model"
ENTITY_TYPES = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "OTH": "MISC"}
SPACE, NO_RELATION, ROOT, PARTICLE = "SPACE", "dep", "ROOT", "compound:prt"
NEVER = -1e9
UNMARKED = {  # features that GSD does not mark, other treebanks that were trained on do
    "APPR": "Case", "APPO": "Case", "APZR": "Case", "PTKVZ": "Case", "CARD": "Number", "ADV": "Degree",
}  # fmt: skip

COLUMNS = ("POS", "TAG", "LEMMA", "HEAD", "DEP", "MORPH", "ENT_IOB", "ENT_TYPE")
POS, TAG, LEMMA, HEAD, DEP, MORPH, ENT_IOB, ENT_TYPE = range(8)
INSIDE, OUTSIDE, BEGIN = 1, 2, 3  # values of ENT_IOB

Rows = NDArray[np.uint64]  # a row a token, `COLUMNS` as `Doc.from_array` takes them
Ints = NDArray[np.int64]


@Language.factory(
    "kg_german",
    default_config={"folder": None},
    assigns=[f"token.{name}" for name in "pos tag morph lemma head dep ent_iob ent_type".split()],
)
def make_component(nlp: Language, name: str, folder: str | None) -> "GermanModel":
    """The component over the model files in `folder`, or over those that the package ships."""
    place = Path(folder) if folder else MODEL
    return GermanModel(nlp.vocab, Encoder(place), Lexicon(place / "lexicon.marisa"))


class GermanModel:
    """Annotates one `Doc` at a time, so that what is found in an article depends on it alone."""

    def __init__(self, vocab: Vocab, encoder: Encoder, lexicon: Lexicon) -> None:
        self.vocab = vocab
        self.encoder = encoder
        self.lexicon = lexicon
        labels = encoder.labels
        self.upos, self.xpos, self.deprel = labels["upos"], labels["xpos"], labels["deprel"]
        self.scripts, self.ner = labels["lemma"], labels["ner"]
        self.feats = [(key, values) for key, values in labels["feats"]]
        self.feature_at = {key: n for n, (key, _) in enumerate(self.feats)}
        self.allowed = transitions(tuple(self.ner))
        names = (*self.upos, *self.xpos, *self.deprel, *ENTITY_TYPES.values(), SPACE, "X", NO_RELATION, ROOT, PARTICLE)
        self.hashes = {name: vocab.strings.add(name) for name in names}
        self.morphs: dict[tuple[int, ...], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same `Doc`, filled."""
        groups = list(windows(doc))
        outputs = self.encoder.run([read_window(doc, group) for group in groups])
        if len(doc):
            doc.from_array([*COLUMNS], self._rows(doc, groups, outputs))
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 1) -> Iterator[Doc]:
        """One `Doc` after the other; a batch is the windows of one."""
        for doc in stream:
            yield self(doc)

    def _rows(self, doc: Doc, groups: Sequence[Sequence[int]], outputs: Sequence[dict[str, Array]]) -> Any:
        rows = np.zeros((len(doc), len(COLUMNS)), np.uint64)
        rows[:, DEP] = self.hashes[NO_RELATION]
        rows[:, ENT_IOB] = OUTSIDE
        heads = np.zeros(len(doc), np.int64)  # relative
        for group, out in zip(groups, outputs, strict=True):
            index = np.array(group)
            self._fill_tags(doc, index, out, rows)
            self._fill_tree(doc, index, out, rows, heads)
        self._fill_entities(groups, outputs, rows)
        self._fill_rest(doc, rows, heads)
        self._join_particles(doc, rows, heads)
        rows[:, HEAD] = heads.view(np.uint64)
        return rows

    def _fill_tags(self, doc: Doc, index: Ints, out: dict[str, Array], rows: Rows) -> None:
        upos = [self.upos[k] for k in out["upos"].argmax(1)]
        xpos = [self.xpos[k] for k in out["xpos"].argmax(1)]
        forms = [normalise_word(doc[int(i)].text) for i in index]
        scripts = [self.scripts[k] for k in out["lemma"].argmax(1)]
        rows[index, POS] = [self.hashes[name] for name in upos]
        rows[index, TAG] = [self.hashes[name] for name in xpos]
        rows[index, LEMMA] = [
            doc[int(i)].orth if name == "PUNCT" else self.vocab.strings.add(self.lexicon.lemmatise(form, name, script))
            for i, form, name, script in zip(index, forms, upos, scripts, strict=True)
        ]
        rows[index, MORPH] = self._morphs(out["feats"], forms, xpos)

    def _morphs(self, scores: Array, forms: Sequence[str], xpos: Sequence[str]) -> list[int]:
        columns, at = [], 0
        for _, values in self.feats:
            columns.append(scores[:, at : at + len(values)].argmax(1))
            at += len(values)
        rows = np.stack(columns, 1).tolist()
        for row, form, tag in zip(rows, forms, xpos, strict=True):
            if UNMARKED.get(tag) in self.feature_at:
                row[self.feature_at[UNMARKED[tag]]] = 0
            if tag.endswith("FIN"):
                self._mend_mood(row, form)
        return [self._morph(tuple(row)) for row in rows]

    def _mend_mood(self, row: list[int], form: str) -> None:
        """Set mood and tense to what the form can be by the lexicon: müssten is Konjunktiv, whatever was guessed."""
        at, values = self.feature_at, [v for _, v in self.feats]
        person, number = (values[at[name]][row[at[name]]] for name in ("Person", "Number"))
        pairs = self.lexicon.moods(form, person, number)
        if pairs and (values[at["Mood"]][row[at["Mood"]]], values[at["Tense"]][row[at["Tense"]]]) not in pairs:
            for name, value in zip(("Mood", "Tense"), pairs[0], strict=True):
                row[at[name]] = values[at[name]].index(value)

    def _morph(self, row: tuple[int, ...]) -> int:
        if row not in self.morphs:
            named = zip(self.feats, row, strict=True)
            feats = "|".join(f"{key}={values[k]}" for (key, values), k in named if k)
            self.morphs[row] = int(self.vocab.morphology.add(feats or "_"))
        return self.morphs[row]

    def _fill_tree(self, doc: Doc, index: Ints, out: dict[str, Array], rows: Rows, heads: Ints) -> None:
        starts = np.flatnonzero(out["start"].argmax(1))
        bounds = _join_marks(doc, index, sorted({0, *starts.tolist(), len(index)}))
        chosen = np.concatenate([self._sentence(out, low, high) for low, high in pairwise(bounds)])
        labels = self._labels(out, chosen)
        target = np.where(chosen == 0, np.arange(len(index)), chosen - 1)
        heads[index] = index[target] - index
        names = [ROOT if head == 0 else self.deprel[k] for head, k in zip(chosen, labels, strict=True)]
        rows[index, DEP] = [self.hashes[name] for name in names]

    def _sentence(self, out: dict[str, Array], low: int, high: int) -> Ints:
        """Heads of the words low..high of a window, as 1 + index in the window; 0 is the root."""
        heads = np.concatenate([self.encoder.heads["root_arc"][None], out["arc_head"][low:high]])
        tree = decode_tree(out["arc_dep"][low:high] @ heads.T)
        return np.where(tree == 0, 0, tree + low)

    def _labels(self, out: dict[str, Array], chosen: Ints) -> Ints:
        """The best label of each word below its chosen head; `root` is none of them."""
        weights = self.encoder.heads
        width = out["label_dep"].shape[1]
        heads = np.concatenate([weights["root_label"][None], out["label_head"]])[chosen]
        both = _with_one(out["label_dep"]) @ weights["label"].reshape(width + 1, -1)
        scores = np.einsum("nlj,nj->nl", both.reshape(len(chosen), -1, width + 1), _with_one(heads))
        scores[:, self.deprel.index("root")] = NEVER
        best: Ints = scores.argmax(1)
        return best

    def _fill_entities(self, groups: Sequence[Sequence[int]], outputs: Sequence[dict[str, Array]], rows: Rows) -> None:
        size = max(map(len, groups), default=1)
        padded = np.zeros((len(groups), size, len(self.ner)), np.float32)
        for row, out in zip(padded, outputs, strict=True):
            row[: len(out["ner"])] = out["ner"]
        paths = decode_entities(padded, np.array([len(group) for group in groups], np.int64), self.allowed)
        for group, path in zip(groups, paths, strict=True):
            for i, k in zip(group, path.tolist(), strict=False):
                iob, _, kind = self.ner[k].partition("-")
                if kind in ENTITY_TYPES:
                    rows[i, ENT_IOB] = BEGIN if iob == "B" else INSIDE
                    rows[i, ENT_TYPE] = self.hashes[ENTITY_TYPES[kind]]

    def _fill_rest(self, doc: Doc, rows: Rows, heads: Ints) -> None:
        """White space hangs on the token before it; words in no section stand alone."""
        for i in np.flatnonzero(rows[:, POS] == 0).tolist():
            token = doc[i]
            attached = token.is_space and i > 0
            heads[i] = -1 if attached else 0
            rows[i, POS] = self.hashes[SPACE if token.is_space else "X"]
            rows[i, TAG] = self.hashes[SPACE]
            rows[i, LEMMA] = token.orth if token.is_space else token.lower
            rows[i, DEP] = self.hashes[NO_RELATION if attached else ROOT]

    def _join_particles(self, doc: Doc, rows: Rows, heads: Ints) -> None:
        """Lehnt ... ab: the lemma of the verb is `ablehnen`."""
        strings = self.vocab.strings
        for i in np.flatnonzero(rows[:, DEP] == self.hashes[PARTICLE]).tolist():
            verb = i + int(heads[i])
            rows[verb, LEMMA] = strings.add(doc[i].lower_ + strings[int(rows[verb, LEMMA])])


def read_window(doc: Doc, group: Sequence[int]) -> Window:
    """The words of the `Doc` at the indices of a window, as the network reads them."""
    words = tuple(normalise_word(doc[i].text) for i in group)
    spaced = tuple(i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].is_space for i in group)
    return Window(words=words, spaced=spaced)


def _join_marks(doc: Doc, index: Ints, bounds: Sequence[int]) -> list[int]:
    """Bounds of sentences without those of punctuation alone: it goes to the side that it touches."""
    kept = [bounds[0]]
    for low, high in pairwise(bounds):
        has_word = any(char.isalnum() for i in index[low:high] for char in doc[int(i)].text)
        opens = not doc[int(index[high - 1])].whitespace_
        if has_word or high == bounds[-1]:
            kept.append(high)
        elif not opens and len(kept) > 1:
            kept[-1] = high
    if len(kept) > 2 and not any(c.isalnum() for i in index[kept[-2] : kept[-1]] for c in doc[int(i)].text):
        del kept[-2]
    return kept


def _with_one(x: Array) -> Array:
    return np.concatenate([x, np.ones_like(x[:, :1])], 1)
