"""Which perfect takes sein: verbs of motion and change, alone or with a particle."""

import pytest

from kg.extract.perfect import takes_sein


@pytest.mark.parametrize(
    ("lemma", "participle"),
    [
        ("sinken", "gesunken"), ("kommen", "gekommen"), ("zurücktreten", "zurückgetreten"), ("bleiben", "geblieben"),
        ("einmarschieren", "einmarschiert"), ("entstehen", "entstanden"), ("eskalieren", "eskaliert"),
        ("zusammenbrechen", "zusammengebrochen"), ("abziehen", "abgezogen"), ("heraufkommen", "heraufgekommen"),
        ("zurückkehren", "zurückgekehrt"), ("scheitern", "gescheitert"), ("werden", "worden"), ("sein", "gewesen"),
    ],
)  # fmt: skip
def test_motion_and_change_take_sein(lemma: str, participle: str) -> None:
    assert takes_sein(lemma, participle)


@pytest.mark.parametrize(
    ("lemma", "participle"),
    [
        ("ablehnen", "abgelehnt"), ("vertreten", "vertreten"), ("verbieten", "verboten"), ("betreten", "betreten"),
        ("umgehen", "umgangen"), ("abbrechen", "abgebrochen"), ("liefern", "geliefert"), ("bekommen", "bekommen"),
        ("erfahren", "erfahren"), ("überfallen", "überfallen"), ("einfrieren", "eingefroren"),
    ],
)  # fmt: skip
def test_others_do_not(lemma: str, participle: str) -> None:
    assert not takes_sein(lemma, participle)
