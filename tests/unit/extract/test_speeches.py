"""Whose words a text is that its author speaks."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.extract.positions import extract_positions
from kg.extract.quotes import extract_statements
from kg.extract.speeches import speech_of
from kg.model import Span, Statement
from tests.docs import read, read_world

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


def test_a_whole_sentence_of_a_speech_answers_what_was_said_before() -> None:
    more = 'kg:answer-no a kg:StanceCue ; kg:lemma "mit uns nicht" ; kg:pos "PHRASE" ; kg:polarity kg:oppose ; kg:holderSlot "speaker" .'
    asked = "Ein ART | NATO-Beitritt NN | der ART | Ukraine NE nmod NATO-Beitritt | ? $."
    with TemporaryDirectory() as folder:
        world = read_world(Path(folder), more)
    reading = read(SPEECH, SPEECH, asked, "Mit APPR | uns PPER | nicht PTKNEG advmod uns | ! $.", knowledge=world)
    reading.article = replace(reading.article, author="Mira Ott")
    [position] = extract_positions(reading, extract_statements(reading))
    assert (position.holder, position.polarity, position.issue) == ("0-3", "oppose", "nato-membership")
