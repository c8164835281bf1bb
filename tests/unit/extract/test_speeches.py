"""Whose words a text is that its author speaks."""

from dataclasses import replace

from kg.extract.quotes import extract_statements
from kg.extract.speeches import speech_of
from kg.model import Span, Statement
from tests.docs import read

SPEECH = (
    "Ich PPER nsubj warte | warte VVFIN | und KON cc bleiben | wir PPER nsubj bleiben | bleiben VVFIN conj warte | . $."
)


def speech(*sentences: str, author: str | None = "Mira Ott") -> list[Statement]:
    reading = read(*sentences)
    reading.article = replace(reading.article, author=author)
    return list(speech_of(reading, extract_statements(reading)))


def test_it_is_all_the_authors() -> None:
    [found] = speech(SPEECH, SPEECH)
    assert found.content == (Span(start=0, end=len(" ".join(["Ich warte und wir bleiben."] * 2))),)
    assert (found.id, found.speaker) == ("", "0-3")


def test_a_text_without_author_is_none() -> None:
    assert speech(SPEECH, SPEECH, author=None) == []


def test_one_we_makes_no_speech() -> None:
    assert speech(SPEECH) == []


def test_first_persons_in_quotations_do_not_count() -> None:
    quoted = "„ $( | Ich PPER nsubj warte | warte VVFIN | “ $( | , $, | sagte/sagen VVFIN parataxis warte | Sorin NE nsubj sagte PER | . $."
    assert speech(quoted, quoted, quoted, quoted) == []
