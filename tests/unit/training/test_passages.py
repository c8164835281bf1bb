"""Passages with positions as training examples."""

import pytest

pytest.importorskip("torch", reason="needs the `train` extra")

from pathlib import Path

import spacy
from spacy.tokens import Doc

from kg.training.batches import IGNORE, _pointer
from kg.training.corpus import NOWHERE
from kg.training.passages import (
    FOLDER,
    MODALITIES,
    POLARITIES,
    collect_inventories,
    make_sentences,
    read_groups,
    read_passages,
    write_groups,
)

TEXT = "Riga zögert. Tallinn lehnt den Beitritt ab."
WORDS = ["Riga", "zögert", ".", "Tallinn", "lehnt", "den", "Beitritt", "ab", "."]
LABELLED = ("Tallinn", "nato-membership", "oppose", "asserted", None, "lehnt den Beitritt ab")


def passage() -> list:
    """Two sentences, of which the second takes a stance."""
    spaces = [True, False, True, True, True, True, True, False, False]
    starts = [i in (0, 3) for i in range(len(WORDS))]
    return list(
        make_sentences(Doc(spacy.blank("de").vocab, words=WORDS, spaces=spaces, sent_starts=starts), [LABELLED])
    )


def test_the_words_of_the_evidence_carry_the_position() -> None:
    first, second = passage()
    assert first.issues == ((), (), ())
    assert first.holder == (None, None, None)
    assert second.issues == ((), *[("nato-membership",)] * 4, ())
    assert second.polarity == ("", *["oppose"] * 4, "")
    assert second.modality == ("", *["asserted"] * 4, "")


def test_they_point_to_the_holder_and_to_nothing_where_none_is_named() -> None:
    _, second = passage()
    assert second.holder == (None, -1, -2, -3, -4, None)
    assert second.about == (None, *[NOWHERE] * 4, None)
    assert (_pointer(-2, 5), _pointer(NOWHERE, 5), _pointer(None, 5)) == (4, 0, IGNORE)


def test_passages_are_written_and_read_again(tmp_path: Path) -> None:
    assert write_groups([passage()], tmp_path / "passages.gz") == 1
    assert list(read_groups(tmp_path / "passages.gz")) == [passage()]


def test_inventories_are_what_the_passages_have() -> None:
    assert collect_inventories([passage()])["issues"] == ("nato-membership",)
    assert collect_inventories([]) == {}


def test_the_passages_of_the_project_are_whole() -> None:
    """Every name and every evidence stands in its text, every value is in the scheme."""
    from kg.knowledge import read_knowledge

    issues = set(read_knowledge().issues)
    count = 0
    for text, positions in read_passages(FOLDER):
        count += 1
        for holder, issue, polarity, modality, about, evidence in positions:
            assert evidence in text, (text, evidence)
            assert all(name is None or name in text for name in (holder, about)), (text, holder, about)
            assert issue in issues, text
            assert polarity in POLARITIES, text
            assert modality in MODALITIES, text
    assert count > 1000
