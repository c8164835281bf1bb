"""Tokens of German news, and the contractions of preposition and article."""

from functools import cache

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.german import CONTRACTIONS, make_tokenizer, split_contraction


@cache
def blank() -> Language:
    nlp = spacy.blank("de")
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp


def tokenise(text: str) -> Doc:
    return blank().make_doc(text)


class TestTokenizer:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Politiker:innen und Soldat*innen", ["Politiker:innen", "und", "Soldat*innen"]),
            ("(Kolleg_innen)", ["(", "Kolleg_innen", ")"]),
            ("das NATO-Außenministertreffen.", ["das", "NATO-Außenministertreffen", "."]),
            ("„Nein“, so Scholz (SPD).", ["„", "Nein", "“", ",", "so", "Scholz", "(", "SPD", ")", "."]),
            ("am 3. Dezember 2024", ["am", "3.", "Dezember", "2024"]),
            ("»Das ist falsch«, sagte er.", ["»", "Das", "ist", "falsch", "«", ",", "sagte", "er", "."]),
            ("3,5 Mio. Euro", ["3,5", "Mio.", "Euro"]),
            ("im Kreml", ["im", "Kreml"]),
        ],
    )
    def test_cuts_news_text(self, text: str, words: list[str]) -> None:
        assert [token.text for token in tokenise(text)] == words

    @given(st.text())
    def test_loses_no_character(self, text: str) -> None:
        doc = tokenise(text)
        assert doc.text == text
        assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


class TestContraction:
    def test_keeps_its_case(self) -> None:
        assert split_contraction("Im", "APPRART") == ("In", "dem")
        assert split_contraction("zur", "APPRART") == ("zu", "der")

    def test_begins_with_its_preposition(self) -> None:
        assert all(word[0] == preposition[0] for word, (preposition, _) in CONTRACTIONS.items())

    @pytest.mark.parametrize(("word", "tag"), [("am", "PTKA"), ("Krim", "APPRART")])
    def test_is_no_other_word(self, word: str, tag: str) -> None:
        assert split_contraction(word, tag) is None
