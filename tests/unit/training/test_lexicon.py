"""The compiled lexicon answers what its readings say; treebanks decide where they disagree."""

from collections import Counter
from pathlib import Path

import pytest

from kg.nlp.lemmatizer import Lexicon
from kg.training.lexicon import compile_lexicon, mood_mask, reading_features

READINGS = [
    ("Raketen", "Rakete", "SUB:NOM:PLU:FEM"),
    ("Flotten", "Flotte", "SUB:NOM:PLU:FEM"),
    ("liefern", "liefern", "VER:INF:NON"),
    ("fordern", "fordern", "VER:INF:NON"),
    ("fordere", "fordern", "VER:3:SIN:KJ1:NON"),
    ("liefere", "liefern", "VER:3:SIN:KJ1:NON"),
    ("Banken", "Bank", "SUB:NOM:PLU:FEM"),
    ("Banken", "Banken", "SUB:NOM:PLU:FEM"),
    ("Staaten", "Staat", "SUB:NOM:PLU:MAS"),
    ("schnell", "schnell", "ADV"),
]


@pytest.fixture(name="lexicon")
def compile_readings(tmp_path: Path) -> Lexicon:
    seen = Counter({("Banken", "N", "Bank"): 3, ("Staaten", "N", "Staat"): 1})
    compile_lexicon(READINGS, seen, tmp_path / "lexicon.marisa")
    return Lexicon(tmp_path / "lexicon.marisa")


def test_forms_have_their_lemma(lexicon: Lexicon) -> None:
    assert lexicon.lookup("Raketen", "NOUN") == "Rakete"
    assert lexicon.lookup("liefern", "VERB") == "liefern"


def test_treebanks_decide_between_readings(lexicon: Lexicon) -> None:
    assert lexicon.lookup("Banken", "NOUN") == "Bank"


def test_closed_classes_are_left_to_the_network(lexicon: Lexicon) -> None:
    assert lexicon.lookup("schnell", "ADV") is None


def test_finite_forms_have_their_moods(lexicon: Lexicon) -> None:
    assert lexicon.moods("liefere", "3", "Sing") == (("Sub", "Pres"),)
    assert lexicon.moods("liefern", "3", "Plur") == ()


def test_mood_is_a_bit_of_person_and_number() -> None:
    assert mood_mask("VER:1:SIN:PRÄ:NON") == 1
    assert mood_mask("VER:3:PLU:KJ2:NON") == 1 << 15
    assert mood_mask("VER:INF:NON") == mood_mask("SUB:NOM:SIN:FEM") == 0


def test_forms_have_the_features_of_their_readings(lexicon: Lexicon) -> None:
    names, rows = lexicon.readings()
    assert [names[n] for n in rows[lexicon.reading("Raketen")]] == ["N.NOM.PLU.FEM"]
    assert lexicon.reading("Raketen") == lexicon.reading("Banken") != 0


def test_readings_of_one_form_alone_are_left_out(lexicon: Lexicon) -> None:
    assert lexicon.reading("schnell") == 0


@pytest.mark.parametrize(
    ("tag", "features"),
    [
        ("SUB:NOM:PLU:FEM", ["N.NOM.PLU.FEM"]),
        ("VER:3:SIN:PRÄ:NON", ["V.3.SIN.PRA"]),
        ("PA2:DAT:SIN:NEU:GRU:DEF:VER", ["A.DAT.SIN.NEU", "PA2.GRU"]),
        ("EIG:NOM:SIN:MAS:NOA:VOR", ["E.NOM.SIN.MAS", "E.VOR"]),
        ("PRP:LOK:DAT", ["PRP.LOK"]),
        ("NEG", ["NEG"]),
    ],
)
def test_a_reading_has_features(tag: str, features: list[str]) -> None:
    assert list(reading_features(tag)) == features
