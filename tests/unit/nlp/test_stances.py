"""Stances as the network's scores say them."""

import numpy as np
import spacy
from spacy.tokens import Doc

from kg.nlp.stances import KEY, find_stances, stances_of

LABELS = {
    "issues": ("ceasefire", "sanctions"),
    "polarity": ("support", "oppose"),
    "modality": ("asserted", "possible"),
}
SURE, NOT = 4.0, -6.0
ROOTS = {"root_holder": np.array([0.0, 0.0, 1.0]), "root_about": np.array([0.0, 0.0, 1.0])}
NOBODY = (0.0, 0.0, 5.0)


def scores(words: int) -> dict[str, np.ndarray]:
    """Scores of words that carry nothing and point to nobody."""
    out = {name: np.tile([1.0, 0.0], (words, 1)) for name in ("polarity", "modality")}
    out["carries"] = np.tile([0.0, NOT], (words, 1))
    out["issues"] = np.tile([SURE, NOT], (words, 1))
    for name in ("holder", "about"):
        out[f"{name}_from"] = np.tile(NOBODY, (words, 1))
        out[f"{name}_to"] = np.zeros((words, 3))
    return out


def test_a_text_without_stances_has_none() -> None:
    assert list(find_stances(scores(4), ROOTS, LABELS, [0, 4], [0, 4])) == []


def test_words_of_one_stance_are_brought_together() -> None:
    out = scores(5)
    out["carries"][1:4, 1] = SURE
    out["carries"][2, 1] = SURE + 1
    [row] = find_stances(out, ROOTS, LABELS, [0, 5], [0, 5])
    assert row[:8] == (2, 1, 3, {"ceasefire": 1.0}, "support", "asserted", -1, -1)
    assert row[8:] == (0.993, 0.731)


def test_an_issue_that_is_in_doubt_is_told_with_its_rivals() -> None:
    out = scores(2)
    out["carries"][1, 1] = SURE
    out["issues"][1] = [SURE, SURE]
    [row] = find_stances(out, ROOTS, LABELS, [0, 2], [0, 2])
    assert row[3] == {"ceasefire": 0.5, "sanctions": 0.5}


def test_two_holders_in_a_sentence_stay_apart() -> None:
    out = scores(6)
    out["carries"][[1, 4], 1] = SURE
    out["polarity"][4] = [0.0, 1.0]
    out["holder_to"][0], out["holder_to"][5] = [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]
    out["holder_from"][1], out["holder_from"][4] = [9.0, 0.0, 5.0], [0.0, 9.0, 5.0]
    rows = list(find_stances(out, ROOTS, LABELS, [0, 6], [0, 6]))
    assert [(row[4], row[6]) for row in rows] == [("support", 0), ("oppose", 5)]


def test_sentences_stay_apart_and_places_count_over_all_windows() -> None:
    out = scores(8)
    out["carries"][[5, 6], 1] = SURE
    out["about_to"][4], out["about_from"][6] = [1.0, 0.0, 0.0], [9.0, 0.0, 5.0]
    rows = list(find_stances(out, ROOTS, LABELS, [0, 3, 8], [0, 3, 6]))
    assert [(row[0], row[7]) for row in rows] == [(5, -1), (6, 4)]


def test_a_document_gives_back_what_it_was_given() -> None:
    doc = Doc(spacy.blank("de").vocab, words=["Das", "reicht"])
    assert stances_of(doc) == ()
    doc.user_data[KEY] = [(1, 0, 1, {"sanctions": 1.0}, "oppose", "asserted", -1, 0, 0.8, 0.7)]
    [stance] = stances_of(Doc(doc.vocab).from_bytes(doc.to_bytes()))
    assert (stance.token, stance.issues, stance.holder, stance.about) == (1, {"sanctions": 1.0}, -1, 0)
    assert (stance.confidence, stance.certainty) == (0.8, 0.7)
