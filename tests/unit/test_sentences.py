"""The sentence around a span: long enough to understand it, and within its section."""

import pytest

from kg.model import Span
from kg.sentences import sentence_around, sentence_ends


def around(text: str, words: str) -> str:
    start = text.index(words)
    return sentence_around(text, Span(start=start, end=start + len(words))).slice(text)


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("Er kam. Sie ging. Es blieb.", "ging", "Sie ging."),
        ("Er kam. Sie ging. Es blieb.", "kam", "Er kam."),
        ("Er kam. Sie ging. Es blieb.", "blieb", "Es blieb."),
        ('"Wir kommen." Sie ging.', "kommen", '"Wir kommen."'),
        ("„Wir kommen.“ Sie ging.", "ging", "Sie ging."),
        ("Am 3. Dezember kam er. Sie ging.", "kam", "Am 3. Dezember kam er."),
        ("Waffen, z. B. Taurus, kamen.", "kamen", "Waffen, z. B. Taurus, kamen."),
        ("Dr. Meier und J. F. Kennedy kamen. Gut.", "Kennedy", "Dr. Meier und J. F. Kennedy kamen."),
        ("Titel ohne Punkt\n\nDer Text. Mehr.", "Text", "Der Text."),
        ("Titel ohne Punkt\n\nDer Text. Mehr.", "Titel", "Titel ohne Punkt"),
        ("Er kam. Sie ging. Es blieb.", "kam. Sie", "Er kam. Sie ging."),
        ("Kommt er? Ja! Gut.", "er", "Kommt er?"),
    ],
)
def test_is_found(text: str, words: str, sentence: str) -> None:
    assert around(text, words) == sentence


def test_stays_within_the_section_of_the_span() -> None:
    text = "date 2024-12 Titel des Artikels"
    found = sentence_around(text, Span(start=13, end=18), [Span(start=13, end=len(text))])
    assert found.slice(text) == "Titel des Artikels"


def test_covers_a_span_of_white_space_or_nothing() -> None:
    text = "Er kam.  Sie ging."
    for span in (Span(start=7, end=9), Span(start=0, end=0), Span(start=len(text), end=len(text))):
        assert sentence_around(text, span).covers(span)


def test_the_last_end_is_that_of_the_text() -> None:
    assert sentence_ends("") == (0,)
    assert sentence_ends("Er kam. Sie ging.") == (8, 17)
