"""What refers back: pairs, the own land, offices of who was named close before, ids of what nobody knows."""

import pytest

from kg.resolve.links import new_id
from tests.docs import entity_of, extract, resolve

RUTTE = "Mark NE nsubj kam PER | Rutte NE flat Mark PER | kam/kommen VVFIN | . $."
BRANDT = "Paula NE nsubj kam PER | Brandt NE flat Paula PER | kam/kommen VVFIN | . $."
SAGT = "Der ART | {} NN nsubj sagte Gender=Masc | sagte/sagen VVFIN | das PDS obj sagte | . $."


def id_of(words: str, *sentences: str, date: str | None = "2024-12-03") -> str | None:
    entity = entity_of(resolve(*sentences, date=date), words)
    return entity.id if entity else None


class TestOffices:
    def test_are_of_the_only_holder_named_close_before(self) -> None:
        assert id_of("Generalsekretär", RUTTE, SAGT.format("Generalsekretär")) == "person-mark-rutte"

    def test_are_not_of_who_held_them_at_another_time(self) -> None:
        assert id_of("Generalsekretär", RUTTE, SAGT.format("Generalsekretär"), date="2020-05") != "person-mark-rutte"

    def test_are_not_of_a_holder_of_another_office(self) -> None:
        assert id_of("Generalsekretär", BRANDT, SAGT.format("Generalsekretär")) != "person-paula-brandt"


class TestLand:
    OWN = (
        "Paula NE nsubj lobt PER | Brandt NE flat Paula PER | lobt/loben VVFIN | das ART det Land"
        " | eigene/eigen ADJA amod Land | Land NN obj lobt Gender=Neut | . $."
    )

    def test_called_ones_own_is_that_of_the_subject(self) -> None:
        assert id_of("Land", "Polen NE nsubj wartet | wartet VVFIN | . $.", self.OWN) == "state-deutschland"

    def test_is_that_of_the_only_person_named_before(self) -> None:
        land = "Das ART | Land NN nsubj wartet Gender=Neut | wartet VVFIN | . $."
        assert id_of("Land", BRANDT, land) == "state-deutschland"
        assert id_of("Land", BRANDT, "Lwiw NE nsubj brennt LOC | brennt VVFIN | . $.", land) is None


class TestPairs:
    SAID = "{} | Außenminister NN nsubj sagten Gender=Masc Number=Plur | sagten/sagen VVFIN | , $, | sie PPER nsubj warteten | warteten/warten VVFIN ccomp sagten | . $."

    @pytest.mark.parametrize("words", ["Beide PIAT det Außenminister", "Die ART | beiden/beid ADJA amod Außenminister"])
    def test_are_no_entity(self, words: str) -> None:
        said = self.SAID.format(words)
        assert any(m.text.endswith("Außenminister") for m in extract(said).mentions)
        assert [e.type for e in resolve(said).entities] == []


@pytest.mark.parametrize(
    ("kind", "entity"),
    [
        ("Treaty", "treaty-ott-akte"),
        ("WeaponSystem", "weapon-ott-akte"),
        ("Place", "place-ott-akte"),
        ("Person", "person-ott-akte"),
        ("Group", "group-ott-akte"),
        ("Party", "org-ott-akte"),
    ],
)
def test_ids_of_the_unknown_tell_their_class(kind: str, entity: str) -> None:
    assert new_id(kind, "Ott-Akte") == entity
