"""The first person of a speech is its author: a known person, or one made of the name without titles."""

from dataclasses import replace

import pytest

from kg.extract import extract_facts
from kg.model import Resolved
from kg.resolve import resolve_entities
from kg.resolve.authors import author_name
from tests.builders import article
from tests.docs import entity_of, parse, world

SPEECH = (
    "Ich PPER nsubj warte | warte VVFIN | und KON cc bleiben | wir PPER nsubj bleiben | bleiben VVFIN conj warte | . $.",
    "Wir PPER nsubj bleiben | bleiben VVFIN | . $.",
)
RUTTE = "Mark NE nsubj kam PER | Rutte NE flat Mark PER | kam/kommen VVFIN | . $."


def resolved(*sentences: str, author: str | None) -> Resolved:
    doc = parse(*sentences)
    told = replace(article("test", doc.text, "2024-12-03"), author=author)
    return resolve_entities(extract_facts(doc, told, world()), world())


class TestSpeeches:
    def test_first_persons_are_the_author(self) -> None:
        found = resolved(*SPEECH, author="Dr. Mira Ott")
        entity = entity_of(found, "Ich")
        assert entity is not None
        assert (entity.id, entity.type, entity.label, entity.known) == ("person-mira-ott", "Person", "Mira Ott", False)
        assert [m.text for m in entity.mentions] == ["Ich", "wir", "Wir"]

    def test_what_he_reports_of_himself_is_his(self) -> None:
        own = "Wir PPER nsubj rügen | rügen VVFIN | den ART | Plan NN obj rügen | . $."
        entity = entity_of(resolved(own, *SPEECH, author="Mira Ott"), "Wir")
        assert entity is not None
        assert [m.text for m in entity.mentions] == ["Wir", "Ich", "wir", "Wir"]

    def test_why_names_the_author(self) -> None:
        entity = entity_of(resolved(*SPEECH, author="Mira Ott"), "Ich")
        assert entity is not None
        assert entity.why[0] == "'Ich': first person in a speech of its author Mira Ott"

    def test_a_known_author_is_the_known_person(self) -> None:
        entity = entity_of(resolved(*SPEECH, RUTTE, author="Mark J. Rutte"), "Ich")
        assert entity is not None
        assert (entity.id, entity.known) == ("person-mark-rutte", True)
        assert "Mark Rutte" in {m.text for m in entity.mentions}

    @pytest.mark.parametrize("author", [None, "dpa", "Mira Ott und Sorin Bell", "Mira Ott, Sorin Bell"])
    def test_nobody_where_not_one_person_is_the_author(self, author: str | None) -> None:
        assert entity_of(resolved(*SPEECH, author=author), "Ich") is None

    def test_one_we_makes_no_speech(self) -> None:
        assert entity_of(resolved(SPEECH[1], author="Mira Ott"), "Wir") is None

    def test_an_interview_is_no_speech(self) -> None:
        told = article("test", "Titel\n\nWas wollen wir?\n\nIch bleibe.\n\nUnd wir?\n\nWir auch.\n\nWarum?\n\nSo.")
        doc = parse(*SPEECH)
        found = extract_facts(doc, replace(article("test", doc.text), author="Mira Ott"), world())
        assert entity_of(resolve_entities(found, world()), "Ich") is not None
        asked = replace(found, article=replace(found.article, text=told.text))
        assert entity_of(resolve_entities(asked, world()), "Ich") is None


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Dr. Mira Ott", "Mira Ott"),
        ("Prof. Dr. h. c. Mira Ott", "Mira Ott"),
        ("Dipl.-Ing. Mira Ott", "Mira Ott"),
        ("Von Mira Ott", "Mira Ott"),
        ("Mira Ott (Grüne)", "Mira Ott"),
        ("Mira Ott, Außenministerin", "Mira Ott"),
        ("Außenministerin Mira Ott", "Mira Ott"),
        ("J. D. Ott", "J. D. Ott"),
        ("Mira von der Ott", "Mira von der Ott"),
        ("Mira Ott, Sorin Bell", None),
        ("Mira Ott/Sorin Bell", None),
        ("red", None),
        ("", None),
    ],
)
def test_name_is_without_titles(author: str, name: str | None) -> None:
    assert author_name(world(), author) == name
