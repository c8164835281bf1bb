"""Codings made by hand as the facts of articles."""

from pathlib import Path
from typing import Any

import pytest

from kg.dna import Variables, read_project, resolve_project
from kg.knowledge import Knowledge, read_knowledge
from kg.model import Mention, Resolved, Skipped, Span
from kg.network import project_network, read_options
from kg.rdf import render_quads
from kg.store import GraphStore
from kg.validate import validate_graph
from kg.verify import verify_offsets
from kg.vocab import BASE, KG, mint_article_graph
from tests.builders import small_ontology
from tests.unit.dna.projects import Coded, write_project

TEXT = "\nAda Lovelace vom Sierra Club sagt: Wale sind keine Fische. Das sagt auch Mark Rutte.\n"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return read_knowledge(small_ontology())


def resolve(path: Path, knowledge: Knowledge, *codings: Coded, texts: Any = (TEXT,)) -> list[Resolved | Skipped]:
    project = read_project(write_project(path / "talk.dna", codings, texts=texts))
    return list(resolve_project(project, knowledge, source="talk.dna"))


def one(path: Path, knowledge: Knowledge, *codings: Coded, **given: Any) -> Resolved:
    (found,) = resolve(path, knowledge, *codings, **given)
    assert isinstance(found, Resolved)
    return found


def test_a_document_is_an_article(tmp_path: Path, knowledge: Knowledge) -> None:
    article = one(tmp_path, knowledge).article
    assert (article.id, article.title, article.date, article.text) == ("talk-1", "Titel 1", "2024-12-03", TEXT)
    assert (article.publisher, article.author, article.source) == ("Zeitung", "Autorin", "talk.dna document 1")
    assert article.sections == (Span(start=1, end=len(TEXT) - 1),)


def test_other_languages_are_not_called_german(tmp_path: Path, knowledge: Knowledge) -> None:
    english = "The senators said that they would not support the bill and that it was bad for all of us. " * 4
    german = "Die Abgeordneten sagten, dass sie dem Gesetz nicht zustimmen, weil es schlecht für uns alle ist. " * 4
    found = resolve(tmp_path, knowledge, texts=(english, german, ""))
    assert [item.article.language for item in found if isinstance(item, Resolved)] == ["und", "de", "de"]


def test_a_statement_is_a_position_with_its_span(tmp_path: Path, knowledge: Knowledge) -> None:
    coded = Coded(person="Ada Lovelace", organisation="Sierra Club", start=37, stop=60, agreement=0)
    found = one(tmp_path, knowledge, coded)
    (position,) = found.positions
    assert (position.holder, position.polarity, position.modality) == ("person-ada-lovelace", "oppose", "asserted")
    assert position.evidence == Span(start=37, end=60)
    assert (position.date, position.rule) == ("2024-12-03", "manual.talk.coder-1.2")
    person, organisation = sorted(found.entities, key=lambda entity: entity.type, reverse=True)
    assert (person.type, person.label, person.acts_for) == ("Person", "Ada Lovelace", "org-sierra-club")
    assert person.mentions == (Mention(span=Span(start=1, end=13), text="Ada Lovelace", kind="name"),)
    assert (organisation.id, organisation.type) == ("org-sierra-club", "Organisation")


def test_an_integer_of_nought_is_neutral(tmp_path: Path, knowledge: Knowledge) -> None:
    path = write_project(tmp_path / "a.dna", [Coded(person="A", agreement=value) for value in (-3, 0, 2)])
    (found,) = resolve_project(read_project(path, Variables(agreement="scale")), knowledge, source="a.dna")
    assert isinstance(found, Resolved)
    assert [position.polarity for position in found.positions] == ["oppose", "neutral", "support"]


def test_known_actors_are_recognised(tmp_path: Path, knowledge: Knowledge) -> None:
    found = one(tmp_path, knowledge, Coded(person="mark rutte", organisation="Nordatlantikpakt"))
    assert [(entity.id, entity.label, entity.known) for entity in found.entities] == [
        ("org-nato", "NATO", True), ("person-mark-rutte", "Mark Rutte", True),
    ]  # fmt: skip


def test_a_place_or_person_is_no_organisation(tmp_path: Path, knowledge: Knowledge) -> None:
    found = one(tmp_path, knowledge, Coded(organisation="Moskau"), Coded(organisation="Mark Rutte"))
    assert [(entity.id, entity.type) for entity in found.entities] == [
        ("org-mark-rutte", "Organisation"), ("org-moskau", "Organisation"),
    ]  # fmt: skip


def test_names_that_look_alike_stay_apart(tmp_path: Path, knowledge: Knowledge) -> None:
    names = ("Club A.", "Club-A", "习近平", "普京")
    found = one(tmp_path, knowledge, *(Coded(organisation=name) for name in names))
    assert len({position.holder for position in found.positions}) == 4
    assert {entity.label for entity in found.entities} == set(names)


@pytest.mark.parametrize(
    ("concept", "issue", "about"),
    [
        ("peace-negotiations", "peace-negotiations", None),
        ("NATO-Mitgliedschaft", "nato-membership", None),
        ("NATO membership", "nato-membership", None),
        ("NATO-Mitgliedschaft: Ukraine", "nato-membership", "state-ukraine"),
        ("military support: ukraine", "military-support", "state-ukraine"),
    ],
)
def test_concepts_that_are_issues(tmp_path: Path, knowledge: Knowledge, concept: str, issue: str, about: str) -> None:
    found = one(tmp_path, knowledge, Coded(person="A", concept=concept))
    assert [(position.issue, position.about) for position in found.positions] == [(issue, about)]
    assert found.issues == ()
    assert (about in {entity.id for entity in found.entities}) == (about is not None)


def test_other_concepts_are_issues_of_their_own(tmp_path: Path, knowledge: Knowledge) -> None:
    concepts = ("Whales are fish.", "Whales are fish!", "NATO-Mitgliedschaft: Mond", "鯨")
    found = one(tmp_path, knowledge, *(Coded(person="A", concept=concept) for concept in concepts))
    assert {issue.label for issue in found.issues} == set(concepts)
    assert len({issue.id for issue in found.issues}) == 4
    assert next(issue.id for issue in found.issues if issue.label == concepts[0]).startswith("whales-are-fish-")


def test_what_cannot_be_used_is_named(tmp_path: Path, knowledge: Knowledge) -> None:
    codings = (
        Coded(person="A", start=5, stop=500),
        Coded(person="A", document=7),
        Coded(),
        Coded(person="A", concept=""),
        Coded(person="A", start=9, stop=9),
    )
    found = resolve(tmp_path, knowledge, *codings)
    assert [(item.source, item.reason) for item in found if isinstance(item, Skipped)] == [
        ("talk.dna statement 1", f"from 5 to 500 lies outside its document of {len(TEXT)} characters"),
        ("talk.dna statement 2", "its document 7 is missing; mend the project"),
        ("talk.dna statement 3", "names neither person nor organisation; complete it in the project"),
        ("talk.dna statement 4", "names no concept; complete it in the project"),
        ("talk.dna statement 5", f"from 9 to 9 lies outside its document of {len(TEXT)} characters"),
    ]
    assert isinstance(found[-1], Resolved)


class TestInTheGraph:
    def store(self, path: Path, knowledge: Knowledge, *codings: Coded) -> GraphStore:
        store = GraphStore.in_memory()
        store.load_ontology(small_ontology())
        for found in resolve(path, knowledge, *codings):
            assert isinstance(found, Resolved)
            store.replace_article(mint_article_graph(found.article.id), render_quads(found, version="DNA-3.0.7"))
        store.refresh_derived()
        return store

    def rows(self, store: GraphStore, query: str) -> list[tuple[str, ...]]:
        prefixes = f"PREFIX kg: <{KG}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        found: Any = store.database.query(prefixes + query)
        return sorted(tuple(term.value for term in row) for row in found)

    def test_conforms_and_holds(self, tmp_path: Path, knowledge: Knowledge) -> None:
        codings = (
            Coded(person="Ada Lovelace", organisation="Sierra Club"),
            Coded(person="Ada Lovelace", organisation="NATO", start=3),
            Coded(organisation="NATO", concept="NATO-Mitgliedschaft: Ukraine", coder=3),
        )
        store = self.store(tmp_path, knowledge, *codings)
        assert validate_graph(store, small_ontology()).violations == ()
        assert list(verify_offsets(store)) == []

    def test_each_coder_is_named(self, tmp_path: Path, knowledge: Knowledge) -> None:
        """Two coders who coded the same made one position, which names both."""
        store = self.store(tmp_path, knowledge, Coded(person="A"), Coded(person="A", coder=3))
        query = """SELECT ?position ?name ?version WHERE { ?position a kg:Position ; kg:extractedBy ?coding .
            ?coding a kg:Coding ; kg:codedBy/rdfs:label ?name ; kg:version ?version }"""
        found = self.rows(store, query)
        assert [row[1:] for row in found] == [("Coder 1", "DNA-3.0.7"), ("Coder 2", "DNA-3.0.7")]
        assert len({row[0] for row in found}) == 1

    def test_whoever_speaks_for_several_counts_for_each(self, tmp_path: Path, knowledge: Knowledge) -> None:
        codings = (
            Coded(person="A", organisation="X"),
            Coded(person="A", organisation="X", start=1),
            Coded(person="A", organisation="Y", start=2),
            Coded(organisation="Y", start=1),
        )
        store = self.store(tmp_path, knowledge, *codings)
        network = project_network(store, "actor-topic", read_options("actor-topic", level="organisation"))
        counts = {
            found["label"]: found["frequency"] for _, found in network.nodes(data=True) if found["mode"] == "actor"
        }
        assert counts == {"X": 2, "Y": 2}
        speakers = self.rows(store, "SELECT ?who WHERE { ?position kg:expressedIn/kg:speaker ?who }")
        assert speakers == [(f"{BASE}person-a",)]

    def test_topics_have_the_names_of_concepts(self, tmp_path: Path, knowledge: Knowledge) -> None:
        store = self.store(tmp_path, knowledge, Coded(person="A"))
        assert self.rows(store, "SELECT ?name WHERE { ?topic a kg:Topic ; rdfs:label ?name }") == [
            ("Whales are fish.",)
        ]
        options = read_options("actor-topic", topics=("whales are fish.",))
        assert project_network(store, "actor-topic", options).number_of_edges() == 1
