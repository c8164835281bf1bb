"""Texts with positions as training examples."""

import random

import numpy as np
import spacy
from spacy.tokens import Doc

from kg.training.corpus import Sentence
from kg.training.passages import (
    MODALITIES,
    POLARITIES,
    Carried,
    Passage,
    cut,
    germeval_texts,
    is_held_out,
    make_passage,
    read_texts,
)

WORDS = ["Riga", "zögert", ".", "Tallinn", "lehnt", "den", "Beitritt", "ab", "."]
LABELLED = ("Tallinn", ("nato-membership",), "oppose", "asserted", None, "lehnt den Beitritt ab")
CARRIED = Carried(issues=frozenset(["nato-membership"]), polarity="oppose", modality="asserted", holder=3, about=None)


def passage() -> Passage:
    """Two sentences, of which the second takes a stance."""
    spaces = [True, False, True, True, True, True, True, False, False]
    starts: list[bool | int | None] = [i in (0, 3) for i in range(len(WORDS))]
    return make_passage(Doc(spacy.blank("de").vocab, words=WORDS, spaces=spaces, sent_starts=starts), [LABELLED])


def test_the_words_of_the_evidence_carry_the_position() -> None:
    assert dict(passage().carried) == dict.fromkeys(range(4, 8), CARRIED)
    assert passage().sentences == (0, 0, 0, 1, 1, 1, 1, 1, 1)


def test_a_text_is_cut_at_sentences_and_each_window_has_its_beginning() -> None:
    long = Passage(
        words=("a",) * 120,
        spaces=(True,) * 120,
        sentences=tuple(n // 40 for n in range(120)),
        carried={100: Carried(issues=frozenset(["x"]), polarity="oppose", modality="asserted", holder=10, about=90)},
    )
    windows = list(cut(long, random.Random(0)))
    assert [len(w.words) for w in windows] in ([40, 40, 40], [80, 40])
    assert all(len(w.title) == 30 for w in windows)
    [moved] = windows[-1].carried.values()
    assert (moved.holder, moved.about) == (None, 10)  # whom a window does not name it cannot point to


def test_a_short_text_stays_whole() -> None:
    [window] = cut(passage(), random.Random(0))
    assert window.words == passage().words
    assert window.title == ("Riga", "zögert", ".")


def test_germeval_gets_its_quotation_marks_back() -> None:
    sentence = Sentence(
        words=('"', "Ja", '"', ",", "sagte", "er", "."), spaces=(False, False, False, True, True, False, False),
        treebank="germeval",
    )  # fmt: skip
    assert germeval_texts([sentence]) == ["„Ja“, sagte er."]


def test_a_fifth_is_held_out() -> None:
    share = np.mean([is_held_out(str(n)) for n in range(2000)])
    assert 0.17 < share < 0.23


def test_the_passages_of_the_project_are_whole() -> None:
    """Every name and every evidence stands in its text, every value is in the scheme."""
    from kg.knowledge import read_knowledge

    issues = set(read_knowledge().issues)
    count = 0
    for text, positions in read_texts():
        count += 1
        for holder, named, polarity, modality, about, evidence in positions:
            assert evidence in text, (text, evidence)
            assert all(name is None or name in text for name in (holder, about)), (text, holder, about)
            assert set(named) <= issues, text
            assert polarity in POLARITIES, text
            assert modality in MODALITIES, text
    assert count > 10_000
