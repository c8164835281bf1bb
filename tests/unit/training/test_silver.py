"""What a model is sure of becomes a label; what people labelled stays."""

from pathlib import Path

import numpy as np
import pytest
import spacy

from kg.nlp.component import GermanModel
from kg.nlp.encoder import Encoder, Scores, Window
from kg.nlp.lemmatizer import Lexicon
from kg.nlp.sessions import Array
from kg.training.corpus import Sentence
from kg.training.silver import label_sentences, read_sentences, write_sentences
from kg.training.unimorph import UNKNOWN

LABELS = {
    "upos": ["NOUN", "VERB"],
    "xpos": ["NN", "VVFIN"],
    "feats": [["Case", ["", "Nom"]]],
    "lemma": ["=|0|"],
    "deprel": ["nsubj", "root"],
    "ner": ["O", "B-LOC"],
}
BARE = Sentence(words=("Kiew", "hofft"), spaces=(True, True), treebank="germeval")


class Stub(Encoder):
    """Takes the first word for a noun below the second; sure of it or not."""

    def __init__(self, sure: float) -> None:
        self.labels = LABELS
        self.sure = sure
        relations = np.zeros((3, 2, 3), np.float32)
        relations[2, 0, 2] = sure
        self.heads = {"root_arc": row(1, 0), "root_label": row(0, 0), "label": relations}

    def run(self, windows: list[Window]) -> Scores:  # type: ignore[override]
        [window] = windows
        times = len(window.words) // 2
        two = self.sure * np.eye(2, dtype=np.float32)
        out = dict.fromkeys(("upos", "xpos", "feats", "ner"), np.tile(two, (times, 1)))
        return out | {
            "arc_dep": np.tile(self.sure * np.array([[0, 1], [1, 0]], np.float32), (times, 1)),
            "arc_head": np.tile(np.array([[0, 0], [0, 1]], np.float32), (times, 1)),
            "label_dep": np.zeros((2 * times, 2), np.float32),
            "label_head": np.zeros((2 * times, 2), np.float32),
        }


class NoLexicon(Lexicon):
    def __init__(self) -> None:
        self.reading = lambda form: 0  # type: ignore[assignment]


def row(*values: float) -> Array:
    return np.array(values, np.float32)


def label(sentence: Sentence, sure: float) -> Sentence:
    model = GermanModel(spacy.blank("de").vocab, Stub(sure), NoLexicon())
    [found] = label_sentences(model, [sentence])
    return found


def test_what_is_sure_is_a_label() -> None:
    found = label(BARE, 9.0)
    assert found.upos == ("NOUN", "VERB")
    assert found.feats == ({}, {"Case": "Nom"})
    assert found.ner == ("O", "B-LOC")
    assert (found.heads, found.deprels) == ((2, 0), ("nsubj", "root"))
    assert found.treebank == "gsd"


def test_what_is_not_sure_stays_unknown() -> None:
    found = label(BARE, 0.1)
    assert found.upos == found.ner == found.deprels == ("", "")
    assert found.feats == ({"Case": UNKNOWN}, {"Case": UNKNOWN})
    assert found.heads == (-1, -1)


def test_what_people_labelled_stays() -> None:
    given = Sentence(
        words=BARE.words,
        spaces=BARE.spaces,
        treebank="gsd",
        upos=("VERB", "NOUN"),
        heads=(0, 1),
        deprels=("root", "obj"),
    )
    found = label(given, 9.0)
    assert (found.upos, found.heads, found.deprels) == (given.upos, given.heads, given.deprels)
    assert found.xpos == ("NN", "VVFIN")


@pytest.mark.parametrize("count", [1, 49, 51, 120])
def test_every_sentence_comes_back_in_its_place(count: int) -> None:
    model = GermanModel(spacy.blank("de").vocab, Stub(9.0), NoLexicon())
    found = list(label_sentences(model, [BARE] * count))
    assert [s.heads for s in found] == [(2, 0)] * count


def test_sentences_are_read_as_they_were_written(tmp_path: Path) -> None:
    found = [label(BARE, 9.0), BARE]
    assert write_sentences(found, tmp_path / "silver.gz") == 2
    assert list(read_sentences(tmp_path / "silver.gz")) == found
