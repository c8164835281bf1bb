"""The spaCy component that fills a `Doc`: pos_, tag_, morph, lemma_, head, dep_, sents, ents."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.decode import decode_entities, decode_tree, transitions
from kg.nlp.encoder import Array, Encoder, Window
from kg.nlp.lemmatizer import Lexicon
from kg.nlp.normalise import normalise_word
from kg.nlp.segments import windows

MODEL = Path(__file__).parent / "model"
ENTITY_TYPES = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "OTH": "MISC"}
SPACE = "SPACE"


@Language.factory("kg_german", default_config={"folder": None})
def make_component(nlp: Language, name: str, folder: str | None) -> "GermanModel":
    """The component over the model files in `folder`, or over those that the package ships."""
    return GermanModel(nlp.vocab, Path(folder) if folder else MODEL)


class GermanModel:
    """Annotates one `Doc` at a time, so that what is found in an article depends on it alone."""

    def __init__(self, vocab: Vocab, folder: Path) -> None:
        self.vocab = vocab
        self.encoder = Encoder(folder)
        self.lexicon = Lexicon(folder / "lexicon.marisa")
        labels = self.encoder.labels
        self.upos, self.xpos, self.deprel = labels["upos"], labels["xpos"], labels["deprel"]
        self.scripts, self.ner = labels["lemma"], labels["ner"]
        self.feats = [(key, values) for key, values in labels["feats"]]
        self.allowed = transitions(tuple(self.ner))
        self.hashes = {name: vocab.strings.add(name) for name in (*self.xpos, *self.deprel, SPACE, "dep", "ROOT")}
        self.types = {name: vocab.strings.add(name) for name in (*ENTITY_TYPES.values(),)}
        self.morphs: dict[tuple[int, ...], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        groups = list(windows(doc))
        if groups:
            outputs = self.encoder.run([_window(doc, g) for g in groups])
            self._fill(doc, groups, outputs)
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 1) -> Iterator[Doc]:
        """One `Doc` after the other; a batch is the windows of one."""
        for doc in stream:
            yield self(doc)

    def _fill(self, doc: Doc, groups: Sequence[Sequence[int]], outputs: Sequence[dict[str, Array]]) -> None:
        rows = np.zeros((len(doc), 8), np.uint64)
        rows[:, 4] = self.hashes["dep"]
        rows[:, 6] = 2
        heads = np.zeros(len(doc), np.int64)
        for group, out in zip(groups, outputs, strict=True):
            index = np.array(group)
            self._fill_tags(doc, index, out, rows)
            self._fill_tree(index, out, rows, heads)
        self._fill_entities(groups, outputs, rows)
        _attach_spaces(doc, rows, heads, self.hashes)
        self._join_particles(doc, rows, heads)
        rows[:, 3] = heads.astype(np.int64).view(np.uint64)
        doc.from_array([POS, TAG, LEMMA, HEAD, DEP, MORPH, ENT_IOB, ENT_TYPE], rows)

    def _fill_tags(self, doc: Doc, index: NDArray[np.int64], out: dict[str, Array], rows: NDArray[np.uint64]) -> None:
        upos = [self.upos[k] for k in out["upos"].argmax(1)]
        scripts = out["lemma"].argmax(1)
        strings = self.vocab.strings
        rows[index, 0] = [IDS[u] for u in upos]
        rows[index, 1] = [self.hashes[self.xpos[k]] for k in out["xpos"].argmax(1)]
        rows[index, 2] = [
            strings.add(self.lexicon.lemmatise(normalise_word(doc[int(i)].text), u, self.scripts[s]))
            for i, u, s in zip(index, upos, scripts, strict=True)
        ]
        rows[index, 5] = self._morphs(out["feats"])

    def _morphs(self, scores: Array) -> list[int]:
        columns, at = [], 0
        for _, values in self.feats:
            columns.append(scores[:, at : at + len(values)].argmax(1))
            at += len(values)
        return [self._morph(tuple(row)) for row in np.stack(columns, 1).tolist()]

    def _morph(self, row: tuple[int, ...]) -> int:
        if row not in self.morphs:
            named = zip(self.feats, row, strict=True)
            feats = "|".join(f"{key}={values[k]}" for (key, values), k in named if k)
            self.morphs[row] = int(self.vocab.morphology.add(feats or "_"))
        return self.morphs[row]

    def _fill_tree(
        self, index: NDArray[np.int64], out: dict[str, Array], rows: NDArray[np.uint64], heads: NDArray[np.int64]
    ) -> None:
        starts = np.flatnonzero(out["start"].argmax(1))
        bounds = sorted({0, *starts.tolist(), len(index)})
        chosen = np.zeros(len(index), np.int64)
        for low, high in zip(bounds, bounds[1:], strict=False):
            chosen[low:high] = self._sentence(out, low, high)
        labels = self._labels(out, chosen, bounds)
        position = np.arange(len(index))
        target = np.where(chosen == 0, position, chosen - 1)
        heads[index] = index[target] - index
        rows[index, 4] = [self.hashes["ROOT"] if c == 0 else self.hashes[self.deprel[k]] for c, k in zip(chosen, labels, strict=True)]

    def _sentence(self, out: dict[str, Array], low: int, high: int) -> NDArray[np.int64]:
        """Heads of the words low..high of a window, as 1 + index in the window; 0 is the root."""
        heads = np.concatenate([self.encoder.heads["root_arc"][None], out["arc_head"][low:high]])
        tree = decode_tree(out["arc_dep"][low:high] @ heads.T)
        return np.where(tree == 0, 0, tree + low)

    def _labels(self, out: dict[str, Array], chosen: NDArray[np.int64], bounds: Sequence[int]) -> NDArray[np.int64]:
        weights = self.encoder.heads
        width = out["label_dep"].shape[1]
        heads = np.concatenate([weights["root_label"][None], out["label_head"]])[chosen]
        both = _with_one(out["label_dep"]) @ weights["label"].reshape(width + 1, -1)
        scores = np.einsum("nlj,nj->nl", both.reshape(len(chosen), -1, width + 1), _with_one(heads))
        scores[:, self.deprel.index("root")] = -1e9
        return scores.argmax(1)

    def _fill_entities(
        self, groups: Sequence[Sequence[int]], outputs: Sequence[dict[str, Array]], rows: NDArray[np.uint64]
    ) -> None:
        size = max(map(len, groups))
        padded = np.zeros((len(groups), size, len(self.ner)), np.float32)
        for n, out in enumerate(outputs):
            padded[n, : len(groups[n])] = out["ner"]
        lengths = np.array([len(g) for g in groups])
        paths = decode_entities(padded, lengths, self.allowed)
        for group, path in zip(groups, paths, strict=True):
            for i, k in zip(group, path.tolist(), strict=False):
                iob, _, kind = self.ner[k].partition("-")
                if kind in ENTITY_TYPES:
                    rows[i, 6] = 3 if iob == "B" else 1
                    rows[i, 7] = self.types[ENTITY_TYPES[kind]]

    def _join_particles(self, doc: Doc, rows: NDArray[np.uint64], heads: NDArray[np.int64]) -> None:
        """lehnt ... ab: the lemma of the verb is `ablehnen`."""
        strings = self.vocab.strings
        particle = self.hashes.get("compound:prt")
        for i in np.flatnonzero(rows[:, 4] == particle).tolist():
            verb = i + int(heads[i])
            joined = doc[i].lower_ + strings[int(rows[verb, 2])]
            if verb != i:
                rows[verb, 2] = strings.add(joined)


def _window(doc: Doc, group: Sequence[int]) -> Window:
    words = tuple(normalise_word(doc[i].text) for i in group)
    spaced = tuple(i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].is_space for i in group)
    return Window(words=words, spaced=spaced)


def _with_one(x: Array) -> Array:
    return np.concatenate([x, np.ones_like(x[:, :1])], 1)


def _attach_spaces(doc: Doc, rows: NDArray[np.uint64], heads: NDArray[np.int64], hashes: dict[str, int]) -> None:
    """White space, and words in no section, hang on the word before them or stand alone."""
    for i in np.flatnonzero(rows[:, 0] == 0).tolist():
        space = doc[i].is_space
        rows[i, 0] = IDS["SPACE"] if space else IDS["X"]
        rows[i, 1] = hashes[SPACE]
        rows[i, 2] = doc[i].lower if not space else doc[i].orth
        attached = space and i > 0
        heads[i] = -1 if attached else 0
        rows[i, 4] = hashes["dep" if attached else "ROOT"]
