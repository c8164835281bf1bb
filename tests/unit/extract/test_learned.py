"""Positions that the network reads: which words make one, who holds it, when rules come first."""

import numpy as np
import pytest

from kg.extract import extract_facts
from kg.knowledge import Knowledge
from kg.model import Extraction, Position
from kg.nlp.stances import KEY, StanceScores
from tests.builders import article
from tests.docs import parse, words_of, world

LABELS = {
    "issues": ["nato-membership", "sanctions", "ceasefire", "migration", "elections", "treaty"],
    "polarity": ["support", "oppose", "neutral"],
    "modality": ["asserted", "possible"],
}
WINK = "Moskau NE nsubj winkt | winkt/winken VVFIN | müde ADJD advmod winkt | ab PTKVZ | . $."
SAID = (
    "Maruk NE nsubj sagte PER | sagte/sagen VVFIN | , $, | Moskau NE nsubj zucke "
    "| zucke/zucken VVFIN ccomp sagte Mood=Sub Tense=Pres | müde ADJD advmod zucke | . $."
)


def read(
    sentence: str, carrying: dict[str, float], *, issue: str = "sanctions", polarity: str = "oppose",
    holder: str | None = None, sure: float = 0.9, likely: float = 0.9, knowledge: Knowledge | None = None,
) -> Extraction:  # fmt: skip
    """Facts of a sentence of which the network says that some words carry a position."""
    doc = parse(sentence)
    words = [token.text for token in doc]
    size = len(words)

    def row(name: str, label: str, share: float) -> list[float]:
        rest = (1 - share) / (len(LABELS[name]) - 1)
        return [share if known == label else rest for known in LABELS[name]]

    doc.user_data[KEY] = StanceScores(
        token=np.arange(size), carries=np.array([carrying.get(word, 0.0) for word in words]),
        issues=np.array([row("issues", issue, likely)] * size),
        polarity=np.array([row("polarity", polarity, sure)] * size),
        modality=np.array([row("modality", "possible", 0.8)] * size),
        holder=np.full(size, words.index(holder) if holder else -1), about=np.full(size, -1), labels=LABELS,
    )  # fmt: skip
    return extract_facts(doc, article("test", doc.text, "2024-12-03"), knowledge or world())


def positions(found: Extraction) -> list[str]:
    def told(position: Position) -> str:
        return f"{words_of(found, position.holder)} {position.polarity} {position.issue} {position.modality}"

    return [told(p) for p in found.positions]


def test_words_that_carry_a_position_make_one_of_the_subject() -> None:
    found = read(WINK, {"winkt": 0.9, "müde": 0.7})
    assert positions(found) == ["Moskau oppose sanctions possible"]
    [position] = found.positions
    assert (position.rule, position.confidence) == ("network", 0.81)
    assert "winkt müde" in found.article.text[position.evidence.start : position.evidence.end]


@pytest.mark.parametrize(
    "doubt",
    [
        {"carrying": {"winkt": 0.3, "müde": 0.3}},
        {"carrying": {"winkt": 0.9}},
        {"carrying": {"winkt": 0.9, "müde": 0.9}, "sure": 0.4},
        {"carrying": {"winkt": 0.9, "müde": 0.9}, "likely": 0.2},
        {"carrying": {"winkt": 0.9, "müde": 0.9}, "polarity": "neutral"},
    ],
    ids=["hardly any", "one word", "which way", "what on", "takes no side"],
)
def test_doubt_makes_none(doubt: dict[str, object]) -> None:
    assert positions(read(WINK, **doubt)) == []  # type: ignore[arg-type]


def test_in_speech_it_is_the_speakers() -> None:
    carrying = {"zucke": 0.9, "müde": 0.9}
    assert positions(read(SAID, carrying)) == ["Maruk oppose sanctions possible"]


def test_what_it_says_of_another_is_left_to_rules() -> None:
    assert positions(read(SAID, {"zucke": 0.9, "müde": 0.9}, holder="Moskau")) == []


def test_a_pronoun_that_the_network_points_to_is_the_subject() -> None:
    hints = (
        "Moskau NE nsubj winkt | winkt/winken VVFIN | er PPER obj winkt Gender=Masc Number=Sing Case=Nom "
        "| müde ADJD advmod winkt | ab PTKVZ | . $."
    )
    found = read(hints, {"winkt": 0.9, "müde": 0.7}, holder="er")
    assert [words_of(found, position.holder) for position in found.positions] == ["er"]


def test_what_a_rule_has_read_is_not_read_again() -> None:
    rejects = (
        "Moskau NE nsubj lehnt | lehnt/ablehnen VVFIN | den ART | NATO-Beitritt NN obj lehnt | der ART "
        "| Ukraine NE nmod NATO-Beitritt | ab PTKVZ | . $."
    )
    carrying = {"lehnt": 0.9, "NATO-Beitritt": 0.9}
    found = read(rejects, carrying, issue="nato-membership", polarity="support")
    assert positions(found) == ["Moskau oppose nato-membership asserted"]
