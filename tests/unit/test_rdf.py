"""One article as quads: everything in its own graph, everything with its place in the text."""

import hashlib
from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.model import Entity, Position, Resolved, Span
from kg.rdf import date_literal, render_derived, render_quads
from kg.store import GraphStore
from kg.vocab import BASE, KG, RDF, RDFS, SKOS, XSD, mint_article_graph
from tests.builders import (
    ENTITIES,
    POSITIONS,
    STATEMENTS,
    TEXT,
    article,
    empty,
    entity,
    filled,
    mention,
    resolved,
    span,
)

PESKOW = NamedNode(BASE + "person-dmitri-peskow")
UKRAINE_IN_NATO = NamedNode(BASE + "topic-nato-membership_state-ukraine")


def kg(local: str) -> NamedNode:
    return NamedNode(KG + local)


def values(quads: set[Quad], subject: str | NamedNode, predicate: NamedNode) -> list[str]:
    """What stands behind `predicate`, sorted."""
    iri = subject if isinstance(subject, str) else subject.value
    return sorted(
        quad.object.value
        for quad in quads
        if quad.subject == NamedNode(iri)
        and quad.predicate == predicate
        and isinstance(quad.object, NamedNode | Literal)
    )


def of_class(quads: set[Quad], name: str) -> list[str]:
    return sorted(
        quad.subject.value
        for quad in quads
        if quad.predicate.value == RDF + "type" and quad.object == kg(name) and isinstance(quad.subject, NamedNode)
    )


@pytest.fixture(name="quads")
def render() -> set[Quad]:
    return set(render_quads(resolved()))


class TestRenderQuads:
    def test_yields_each_quad_once_and_in_the_graph_of_the_article(self) -> None:
        found = list(render_quads(resolved()))
        assert len(found) == len(set(found))
        assert {quad.graph_name for quad in found} == {NamedNode(mint_article_graph("2024-12-test"))}

    def test_is_the_same_every_time(self) -> None:
        assert list(render_quads(resolved())) == list(render_quads(resolved()))

    def test_uses_no_blank_nodes(self, quads: set[Quad]) -> None:
        assert not [quad for quad in quads if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)]

    def test_puts_resources_under_another_base(self) -> None:
        found = list(render_quads(resolved(), base="https://example.org/r/"))
        assert not [quad for quad in found if BASE in str(quad)]

    def test_of_an_article_without_facts_holds_the_article(self) -> None:
        found = set(render_quads(empty("leer", "Nichts.")))
        assert len(of_class(found, "Article")) == 1
        assert of_class(found, "Span") == [BASE + "span-leer_0-7", BASE + "span-leer_7-7"]


class TestArticle:
    IRI = BASE + "article-2024-12-test"

    def test_keeps_text_title_and_source(self, quads: set[Quad]) -> None:
        assert values(quads, self.IRI, kg("text")) == [TEXT]
        assert values(quads, self.IRI, kg("title")) == ["Streit um NATO-Mitgliedschaft der Ukraine"]
        assert values(quads, self.IRI, kg("articleId")) == ["2024-12-test"]
        assert values(quads, self.IRI, kg("publisher")) == ["Testzeitung"]
        assert values(quads, self.IRI, kg("textSha256")) == [hashlib.sha256(TEXT.encode()).hexdigest()]

    def test_leaves_out_what_is_unknown(self) -> None:
        bare = replace(article(), date=None, url=None, publisher=None, author=None)
        found = set(render_quads(Resolved(article=bare, entities=())))
        for name in ("published", "url", "publisher", "author"):
            assert values(found, self.IRI, kg(name)) == []

    def test_replaces_lone_surrogates_one_for_one(self) -> None:
        found = set(render_quads(empty("x", "a\ud800b")))
        assert values(found, BASE + "article-x", kg("text")) == ["a\ufffdb"]


class TestDates:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("2024", "gYear"),
            ("2024-12", "gYearMonth"),
            ("2024-12-03", "date"),
            ("2024-02-29", "date"),
            ("2024-13", "string"),
            ("2023-02-29", "string"),
            ("2024-W01-1", "string"),
            ("20241203", "string"),
            ("Dezember", "string"),
            ("", "string"),
            ("0000", "string"),
        ],
    )
    def test_are_typed_as_precisely_as_they_are(self, text: str, kind: str) -> None:
        assert date_literal(text) == Literal(text, datatype=NamedNode(XSD + kind))


class TestEntities:
    def test_have_class_label_and_mentions(self, quads: set[Quad]) -> None:
        assert values(quads, PESKOW, NamedNode(RDF + "type")) == [KG + "Person"]
        assert values(quads, PESKOW, NamedNode(RDFS + "label")) == ["Dmitri Peskow"]
        assert values(quads, PESKOW, kg("actsFor")) == [BASE + "state-russland"]
        assert len([quad for quad in quads if quad.predicate == kg("refersTo") and quad.object == PESKOW]) == 2

    def test_mentions_say_where_they_are_and_what_they_are(self, quads: set[Quad]) -> None:
        place = span("ukrainische")
        iri = f"{BASE}mention-2024-12-test_{place.start}-{place.end}"
        assert values(quads, iri, kg("beginIndex")) == [str(place.start)]
        assert values(quads, iri, kg("endIndex")) == [str(place.end)]
        assert values(quads, iri, kg("anchorOf")) == ["ukrainische"]
        assert values(quads, iri, kg("mentionKind")) == [KG + "kind-adjective"]
        assert values(quads, iri, kg("inArticle")) == [BASE + "article-2024-12-test"]
        sentence = values(quads, iri, kg("inSentence"))[0]
        assert values(quads, sentence, kg("anchorOf")) == [
            "Der ukrainische Präsident Wolodymyr Selenskyj forderte eine Einladung in die Allianz."
        ]

    def test_other_names_are_kept_without_genitives(self) -> None:
        text = "Rutte kam. Ruttes Wort. Mark Rutte ging. Mark  Rutte auch. Der Generalsekretär."
        rutte = entity(
            "person-mark-rutte",
            "Person",
            "Mark Rutte",
            *(
                mention(words, kind, text=text)
                for words, kind in (
                    ("Rutte", "name"),
                    ("Ruttes", "name"),
                    ("Mark Rutte", "name"),
                    ("Mark  Rutte", "name"),
                    ("Der Generalsekretär", "nominal"),
                )
            ),
        )
        found = set(render_quads(Resolved(article=article("x", text), entities=(rutte,))))
        assert values(found, BASE + "person-mark-rutte", NamedNode(SKOS + "altLabel")) == ["Rutte"]


class TestStatements:
    def test_keep_form_medium_speaker_and_spans(self, quads: set[Quad]) -> None:
        (iri,) = [
            iri
            for iri in of_class(quads, "Statement")
            if values(quads, iri, kg("speaker")) == [BASE + "person-mark-rutte"]
        ]
        assert values(quads, iri, kg("form")) == [KG + "form-direct"]
        assert values(quads, iri, kg("medium")) == [KG + "medium-speech"]
        (content,) = values(quads, iri, kg("content"))
        assert values(quads, content, kg("anchorOf")) == ['"Putin ist nicht an einem Frieden interessiert."']
        (cue,) = values(quads, iri, kg("cue"))
        assert values(quads, cue, kg("anchorOf")) == ["sagte"]

    def test_may_be_nested(self) -> None:
        inner = replace(STATEMENTS[0], nested_in="s-2")
        found = set(render_quads(replace(resolved(), statements=(inner, *STATEMENTS[1:]))))
        assert len([quad for quad in found if quad.predicate == kg("nestedIn")]) == 1

    def test_nested_in_an_unknown_one_stand_alone(self) -> None:
        lost = replace(STATEMENTS[0], nested_in="s-99")
        found = set(render_quads(replace(resolved(), statements=(lost,), positions=())))
        assert not [quad for quad in found if quad.predicate == kg("nestedIn")]


class TestPositions:
    def find(self, quads: set[Quad], holder: str) -> str:
        (iri,) = [iri for iri in of_class(quads, "Position") if values(quads, iri, kg("holder")) == [BASE + holder]]
        return iri

    def test_have_holder_topic_polarity_modality_and_evidence(self, quads: set[Quad]) -> None:
        iri = self.find(quads, "person-dmitri-peskow")
        assert values(quads, iri, kg("topic")) == [UKRAINE_IN_NATO.value]
        assert values(quads, iri, kg("polarity")) == [KG + "oppose"]
        assert values(quads, iri, kg("modality")) == [KG + "asserted"]
        assert values(quads, iri, kg("date")) == ["2024-12"]
        assert values(quads, iri, kg("strength")) == ["0.9"]
        assert values(quads, iri, kg("confidence")) == ["0.95"]
        (evidence,) = values(quads, iri, kg("evidence"))
        assert values(quads, evidence, kg("anchorOf")) == ['"inakzeptabel"']
        (statement,) = values(quads, iri, kg("expressedIn"))
        assert values(quads, statement, kg("speaker")) == [PESKOW.value]

    def test_name_what_produced_them(self, quads: set[Quad]) -> None:
        (extraction,) = values(quads, self.find(quads, "person-dmitri-peskow"), kg("extractedBy"))
        assert values(quads, extraction, kg("rule")) == ["positions.stance"]
        assert len(values(quads, extraction, kg("version"))) == 1

    def test_topics_have_issue_and_entity(self, quads: set[Quad]) -> None:
        assert values(quads, UKRAINE_IN_NATO, kg("issue")) == [KG + "topic-nato-membership"]
        assert values(quads, UKRAINE_IN_NATO, kg("about")) == [BASE + "state-ukraine"]

    def test_that_say_the_same_are_one_the_surest(self) -> None:
        twins = (replace(POSITIONS[0], id="x", confidence=0.2, rule="weak"), POSITIONS[0])
        found = set(render_quads(replace(resolved(), positions=twins)))
        iri = self.find(found, "person-dmitri-peskow")
        assert values(found, iri, kg("confidence")) == ["0.95"]
        assert set(render_quads(replace(resolved(), positions=twins[::-1]))) == found

    @pytest.mark.parametrize(
        "change",
        [
            {"holder": "state-russland"},
            {"issue": "sanctions"},
            {"about": None},
            {"polarity": "support"},
            {"modality": "denied"},
            {"evidence": Span(start=0, end=3)},
            {"according_to": "person-mark-rutte"},
            {"statement": None},
            {"condition": Span(start=0, end=3)},
            {"date": None},
        ],
    )
    def test_that_differ_are_two(self, change: dict[str, object]) -> None:
        values_of = {field: getattr(POSITIONS[0], field) for field in Position.__slots__} | change
        found = set(render_quads(replace(resolved(), positions=(POSITIONS[0], Position(**values_of)))))
        assert len(of_class(found, "Position")) == 2


class TestOtherFacts:
    def test_an_event_has_type_participants_and_time(self, quads: set[Quad]) -> None:
        (iri,) = [iri for iri in of_class(quads, "Event") if values(quads, iri, kg("object"))]
        assert values(quads, iri, kg("eventType")) == [KG + "event-test-weapon"]
        assert values(quads, iri, kg("agent")) == [BASE + "state-russland"]
        assert values(quads, iri, kg("object")) == [BASE + "weapon-oreschnik"]
        assert values(quads, iri, kg("time")) == ["2024-11"]
        assert values(quads, iri, kg("recipient")) == []

    def test_an_office_joins_person_role_and_organisation(self, quads: set[Quad]) -> None:
        (iri,) = [
            iri for iri in of_class(quads, "Office") if values(quads, iri, kg("heldBy")) == [BASE + "person-mark-rutte"]
        ]
        assert values(quads, iri, kg("ofOrganisation")) == [BASE + "org-nato"]
        assert values(quads, iri, kg("role")) == [BASE + "role-generalsekretaer"]
        assert values(quads, BASE + "role-generalsekretaer", NamedNode(RDFS + "label")) == ["Generalsekretär"]

    def test_a_relation_stands_by_itself_and_with_its_evidence(self, quads: set[Quad]) -> None:
        assert values(quads, BASE + "weapon-oreschnik", kg("developedBy")) == [BASE + "state-russland"]
        (iri,) = of_class(quads, "Relation")
        assert values(quads, iri, NamedNode(RDF + "predicate")) == [KG + "developedBy"]
        assert len(values(quads, iri, kg("evidence"))) == 1


class TestRenderDerived:
    def derive(self, *positions: Position, entities: tuple[Entity, ...] = ENTITIES) -> set[str]:
        store = filled(replace(resolved(), positions=positions, entities=entities))
        shortcuts = (KG + "supports", KG + "opposes")
        return {
            f"{quad.subject} {quad.predicate.value.removeprefix(KG)} {quad.object}"
            for quad in render_derived(store.database)
            if quad.predicate.value in shortcuts
        }

    def test_joins_holder_and_topic_by_what_is_asserted(self) -> None:
        assert self.derive(*POSITIONS) == {
            f"{PESKOW} opposes {UKRAINE_IN_NATO}",
            f"<{BASE}person-wolodymyr-selenskyj> supports {UKRAINE_IN_NATO}",
        }

    @pytest.mark.parametrize("modality", ["possible", "hypothetical", "denied"])
    def test_leaves_out_what_is_not_asserted(self, modality: str) -> None:
        assert self.derive(replace(POSITIONS[0], modality=modality)) == set()

    @pytest.mark.parametrize("polarity", ["conditional", "ambivalent", "neutral"])
    def test_leaves_out_what_is_neither_for_nor_against(self, polarity: str) -> None:
        assert self.derive(replace(POSITIONS[0], polarity=polarity)) == set()

    def test_leaves_out_what_others_ascribe(self) -> None:
        assert self.derive(POSITIONS[2]) == set()

    def test_keeps_what_holders_say_of_themselves(self) -> None:
        assert len(self.derive(replace(POSITIONS[0], according_to="person-dmitri-peskow"))) == 1

    def test_keeps_what_somebody_says_who_acts_for_the_holder(self) -> None:
        spoken = replace(POSITIONS[0], holder="state-russland", according_to="person-dmitri-peskow")
        assert self.derive(spoken) == {f"<{BASE}state-russland> opposes {UKRAINE_IN_NATO}"}

    def test_names_topics(self) -> None:
        names = {
            quad.object.value
            for quad in render_derived(filled().database)
            if quad.predicate.value == RDFS + "label" and isinstance(quad.object, Literal)
        }
        assert names == {"NATO-Mitgliedschaft: Ukraine", "Friedensverhandlungen", "Militärische Unterstützung: Ukraine"}

    def test_is_sorted(self) -> None:
        found = [str(quad) for quad in render_derived(filled().database)]
        assert found == sorted(found)

    def test_of_an_empty_store_is_nothing(self) -> None:
        assert list(render_derived(GraphStore.in_memory().database)) == []
