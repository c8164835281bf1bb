"""Text is cut into paragraphs and windows before the model reads it, and no word is lost."""

from functools import cache

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.segments import LONGEST, SECTIONS, WINDOW, hard_breaks, is_wrapped, paragraphs, windows
from kg.nlp.tokenizer import make_tokenizer

WRAPPED = [
    "Der Generalsekretär der Allianz hat am Montag in Brüssel gesagt, dass",
    "die Verbündeten ihre Unterstützung aufstocken müssten, weil die Lage",
    "an der Front ernst sei.",
]


@cache
def blank() -> Language:
    nlp = spacy.blank("de")
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp


def read(text: str, *sections: tuple[int, int]) -> Doc:
    doc = blank().make_doc(text)
    doc.user_data[SECTIONS] = sections
    return doc


def texts(doc: Doc) -> list[str]:
    """The paragraphs, each as its words."""
    return [" ".join(doc[i].text for i in block) for block in paragraphs(doc)]


class TestParagraphs:
    def test_end_at_an_empty_line(self) -> None:
        assert texts(read("Titel ohne Punkt\n\nErster Satz.")) == ["Titel ohne Punkt", "Erster Satz ."]

    def test_end_at_an_empty_line_of_windows(self) -> None:
        assert texts(read("Titel\r\n \r\nErster Satz.")) == ["Titel", "Erster Satz ."]

    def test_end_where_a_section_ends(self) -> None:
        text = "Titel Text hier."
        assert texts(read(text, (0, 5), (6, 16))) == ["Titel", "Text hier ."]

    def test_leave_out_what_is_in_no_section(self) -> None:
        assert texts(read("date 2024-12 Titel\n\nText hier.", (13, 18), (20, 30))) == ["Titel", "Text hier ."]

    def test_of_nothing_are_none(self) -> None:
        assert texts(read("")) == []
        assert texts(read(" \n\n ")) == []


class TestHardBreaks:
    def test_stand_in_a_list(self) -> None:
        assert hard_breaks("Die Punkte:\nerstens Abzug\nzweitens Waffenruhe") == [11, 25]

    def test_stand_not_in_wrapped_text(self) -> None:
        assert is_wrapped(WRAPPED)
        assert hard_breaks("\n".join(WRAPPED)) == []

    def test_are_found_in_each_block_for_itself(self) -> None:
        title = "Erste Zeile\nZweite Zeile"
        assert hard_breaks("\n\n".join([title, "\n".join(WRAPPED)])) == [11, len(title)]

    def test_stand_behind_a_headline_over_wrapped_text(self) -> None:
        long = [*WRAPPED[:2], *WRAPPED[:2], *WRAPPED]
        assert hard_breaks("\n".join(["Ein Titel", *long])) == [9]

    def test_stand_between_wrapped_paragraphs(self) -> None:
        first = [*WRAPPED[:2], *WRAPPED]
        assert hard_breaks("\n".join([*first, *WRAPPED])) == [len("\n".join(first))]

    def test_stand_between_a_headline_and_a_byline(self) -> None:
        title = "Bundesregierung kündigt neue Waffenlieferungen an die Ukraine an"
        assert hard_breaks(f"{title}\nVon Erika Mustermann, Berlin") == [len(title)]

    def test_stand_before_each_item_of_a_wrapped_list(self) -> None:
        items = [
            "- Die Verbündeten sollen ihre Ausgaben für die Verteidigung binnen eines",
            "  Jahrzehnts verdoppeln und darüber berichten, wenn sie das nicht tun.",
            "- Die Brigade in Litauen soll bis zum Ende des Jahrzehnts vollständig",
            "  aufgestellt sein und dort dauerhaft bleiben.",
        ]
        assert hard_breaks("\n".join(items)) == [len("\n".join(items[:2]))]

    @pytest.mark.parametrize("lines", [["kurz", "auch kurz"], ["nur eine"], ["x" * 200, "y" * 200]])
    def test_other_lines_are_not_wrapped(self, lines: list[str]) -> None:
        assert not is_wrapped(lines)


class TestWindows:
    def test_are_no_longer_than_the_model_reads(self) -> None:
        doc = read(" ".join(f"Satz {n} sagt etwas über die Lage an der Front." for n in range(60)))
        assert max(len(window) for window in windows(doc)) <= WINDOW

    def test_end_where_a_sentence_may_end(self) -> None:
        doc = read(" ".join(f"Satz {n} sagt etwas über die „Lage.“ Und Ende!" for n in range(60)))
        assert {doc[window[-1]].text for window in windows(doc)} <= {"“", "!"}

    @pytest.mark.parametrize(
        "sentence",
        [
            "„Das ist falsch!“, sagte die Ministerin nach dem Treffen in Brüssel.",
            "„Warum nicht?“ – So fragte der Sprecher der Regierung am Abend danach.",
            "Der Minister sagte dazu: Die Lage an der Front bleibe überaus ernst.",
            "Die Sprecherin erklärte: „Wir liefern am 3. Dezember weitere Waffen.“",
            "Am 24. Februar 2022 griff Russland die Ukraine an, z. B. Kiew usw. Danach.",
            "Dr. Meier und Gen. a. D. Kunz sprachen über 2,5 Mio. Euro für St. Petersburg.",
            "(Beifall bei der SPD und bei Abgeordneten der Grünen im Bundestag.)",
        ],
    )
    def test_end_in_no_sentence(self, sentence: str) -> None:
        words = [token.text for token in read(sentence) if not token.is_space]
        doc = read(" ".join([sentence] * 40))
        for window in windows(doc):
            assert len(window) % len(words) == 0
            assert [doc[i].text for i in window[: len(words)]] == words

    def test_part_an_endless_sentence_at_its_pauses(self) -> None:
        doc = read("ein Punkt der Liste, " * 200)
        assert {doc[window[-1]].text for window in windows(doc)} == {","}

    def test_part_an_endless_sentence(self) -> None:
        sizes = [len(window) for window in windows(read("Wort " * 1000))]
        assert sum(sizes) == 1000
        assert max(sizes) <= LONGEST

    @given(st.text('aB.!?"“„ \n\t3,', max_size=1500))
    def test_hold_every_word_once_and_in_order(self, text: str) -> None:
        doc = read(text)
        found = [i for window in windows(doc) for i in window]
        assert found == [token.i for token in doc if not token.is_space]
