"""Weapons and treaties that only the words around them make such."""

import pytest

from kg.extract.things import find_things, is_treaty_noun
from tests.docs import read, token


def things(sentence: str) -> list[str]:
    reading = read(sentence)
    known = set(reading.mentions)
    find_things(reading)
    return [f"{m.type} {m.label}" for key, m in reading.mentions.items() if key not in known]


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        (
            "Marschflugkörper NN nsubj flogen | vom/von APPRART | Typ NN nmod Marschflugkörper | Sarmut NE appos Typ "
            "| flogen/fliegen VVFIN",
            "WeaponSystem Sarmut",
        ),
        ("Der ART | Marschflugkörper NN nsubj flog | Sarmut NE appos Marschflugkörper | flog/fliegen VVFIN",
         "WeaponSystem Sarmut"),
        (
            "Das ART | Handelsabkommen NN nsubj gilt | zwischen APPR | Polen NE nmod Handelsabkommen | und KON cc USA "
            "| den ART | USA NE conj Polen | gilt/gelten VVFIN",
            "Treaty Handelsabkommen (Polen, USA)",
        ),
    ],
    ids=["type", "beside", "parties"],
)  # fmt: skip
def test_are_found(sentence: str, thing: str) -> None:
    assert things(sentence) == [thing]


@pytest.mark.parametrize(
    "sentence",
    [
        "Autos/Auto NN nsubj fuhren | vom/von APPRART | Typ NN nmod Autos | Sarmut NE appos Typ | fuhren/fahren VVFIN",
        "Das ART | Abkommen NN nsubj gilt | mit APPR | Polen NE nmod Abkommen | gilt/gelten VVFIN",
        "Der ART | Marschflugkörper NN nsubj flog | Polens NE nmod Marschflugkörper | flog/fliegen VVFIN",
    ],
    ids=["no weapon", "one party", "a state"],
)
def test_others_are_not(sentence: str) -> None:
    assert things(sentence) == []


def test_a_compound_is_a_treaty_by_its_last_part() -> None:
    reading = read("Das ART | Handelsabkommen NN nsubj gilt | für APPR | Waren NN obl gilt | gilt/gelten VVFIN")
    assert is_treaty_noun(reading, token(reading.doc, "Handelsabkommen"))
    assert not is_treaty_noun(reading, token(reading.doc, "Waren"))
