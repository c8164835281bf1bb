"""Events in the columns of PLOVER's data set."""

import csv
import io
from dataclasses import replace

import pytest

from kg.export import export_graph
from kg.export.event_types import quad_code
from kg.export.plover import COLUMNS
from kg.store import GraphStore
from tests.builders import ENTITIES, EVENTS, ONTOLOGY, TEXT, filled, put, resolved

# The columns of POLECAT that are here, in its order (Harvard Dataverse, doi:10.7910/DVN/AJGVIT).
POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Quad Code", "Contexts", "Actor Name", "Actor Country",
    "Recipient Name", "Recipient Country", "Placename", "Country", "Source", "Publication Date", "Language", "Version",
)  # fmt: skip


def read(store: GraphStore) -> list[dict[str, str]]:
    output = io.BytesIO()
    export_graph(store, "plover", output)
    return list(csv.DictReader(io.StringIO(output.getvalue().decode(), newline=""), strict=True))


@pytest.fixture(scope="module")
def known() -> GraphStore:
    """The hand-built article with all that `kg` knows."""
    store = GraphStore.in_memory()
    store.load_ontology(ONTOLOGY)
    put(store, resolved())
    return store


def test_columns_follow_polecat() -> None:
    assert [name for name in COLUMNS if name in POLECAT] == list(POLECAT)
    assert all(COLUMNS.values())


def test_one_row_an_event(known: GraphStore) -> None:
    test, reject = read(known)
    assert (test["Event Type"], test["Event Mode"], test["Quad Code"]) == (
        "MOBILIZE",
        "test-weapon",
        "MATERIAL CONFLICT",
    )
    assert (test["Event Date"], test["Date Basis"], test["Publication Date"]) == ("2024-11", "event", "2024-12")
    assert (test["Actor Name"], test["Actor Country"], test["Actor ID"]) == ("Russland", "RUS", "state-russland")
    assert (test["Actor Type"], test["Recipient Name"], test["Object"]) == ("State", "", "Oreschnik")
    assert TEXT[int(test["Start"]) : int(test["End"])] == test["Event Text"] == "testete"
    assert (test["Article ID"], test["Source"], test["Modality"]) == ("2024-12-test", "Testzeitung", "asserted")
    assert (reject["Event Type"], reject["Event Mode"], reject["Modality"]) == ("REJECT", "", "possible")
    assert (reject["Event Date"], reject["Date Basis"]) == ("2024-12", "publication")
    assert (reject["Recipient Name"], reject["Recipient Country"]) == ("Ukraine", "UKR")


def test_country_of_whom_an_actor_acts_for(known: GraphStore) -> None:
    spoken = replace(EVENTS[0], agent="person-dmitri-peskow")
    store = GraphStore.in_memory()
    store.load_ontology(ONTOLOGY)
    put(store, replace(resolved(), events=(spoken,)))
    assert [row["Actor Country"] for row in read(store)] == ["RUS"]


def test_planned_and_hypothetical_are_contexts() -> None:
    events = (replace(EVENTS[0], modality="planned"), replace(EVENTS[1], modality="hypothetical"))
    found = read(filled(replace(resolved(), events=events)))
    assert [row["Contexts"] for row in found] == ["future", "hypothetical"]


def test_formulas_are_neutralised() -> None:
    hostile = tuple(replace(e, label="=HYPERLINK(1)") if e.id == "person-donald-trump" else e for e in ENTITIES)
    store = GraphStore.in_memory()
    put(store, replace(resolved(), entities=hostile))
    assert "'=HYPERLINK(1)" in {row["Actor Name"] for row in read(store)}


@pytest.mark.parametrize(
    ("plover", "quad"),
    [("AGREE", "VERBAL COOPERATION"), ("AID", "MATERIAL COOPERATION"), ("REQUEST", "VERBAL CONFLICT"), ("X", "")],
)
def test_quad_codes(plover: str, quad: str) -> None:
    assert quad_code(plover) == quad


def test_every_type_of_the_ontology_has_a_quad_code(known: GraphStore) -> None:
    from kg import vocab
    from kg.export.event_types import EventTypes

    types = EventTypes(known)
    rows = known.database.query("SELECT ?t { ?t a kg:EventType }", prefixes={"kg": vocab.KG})
    found = {types.local(row[0].value): types.plover(row[0].value) for row in rows}  # type: ignore[union-attr]
    assert len(set(found.values())) == 16
    assert all(quad_code(plover) for plover in found.values())
    assert found["deliver-weapons"] == "AID"
