"""What an analyst reads out of the seed article stands in its graph, and nothing that it does not say."""

from typing import Any

import pytest

from kg.pipeline import annotate_inputs
from tests.conftest import SEEDS

pytestmark = pytest.mark.model

UKRAINE, RUSSIA, NATO = "state-ukraine", "state-russland", "org-nato"
PESKOW, PUTIN, RUTTE = "person-dmitri-peskow", "person-wladimir-putin", "person-mark-rutte"


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    import json

    [found] = annotate_inputs([SEEDS], form="json")
    assert isinstance(found, str)
    loaded: dict[str, Any] = json.loads(found)
    return loaded


def positions(facts: dict[str, Any], **wanted: Any) -> list[dict[str, Any]]:
    """Positions with these values; a set means any of them."""
    return [
        p for p in facts["positions"] if all(p[k] in v if isinstance(v, set) else p[k] == v for k, v in wanted.items())
    ]


def acts_for(facts: dict[str, Any], state: str) -> set[str]:
    """The state and its bodies in the article."""
    return {state, *(e["id"] for e in facts["entities"] if e["id"].startswith("body-") and "krain" in e["id"])}


def test_ukraine_and_selenskyj_want_membership(facts: dict[str, Any]) -> None:
    ukraine = acts_for(facts, UKRAINE)

    assert positions(facts, holder=ukraine, issue="nato-membership", about=UKRAINE, polarity="support")
    assert positions(facts, holder="person-wolodymyr-selenskyj", issue="nato-membership", polarity="support")


def test_russia_is_against_it(facts: dict[str, Any]) -> None:
    against = positions(facts, holder={PESKOW, RUSSIA}, issue="nato-membership", about=UKRAINE, polarity="oppose")

    assert against
    assert not positions(facts, holder={PESKOW, RUSSIA}, issue="nato-membership", polarity="support")


@pytest.mark.parametrize("holder", [RUTTE, "person-keir-starmer"])
def test_support_for_military_aid(facts: dict[str, Any], holder: str) -> None:
    assert positions(facts, holder=holder, issue="military-support", polarity="support")


def test_kiew_asks_for_defence_systems(facts: dict[str, Any]) -> None:
    assert positions(
        facts, holder=acts_for(facts, UKRAINE), issue={"arms-deliveries", "missile-defence"}, polarity="support"
    )


def test_putin_is_not_interested_in_peace_says_rutte(facts: dict[str, Any]) -> None:
    found = positions(facts, holder=PUTIN, issue={"peace-negotiations", "ceasefire"}, polarity="oppose")

    assert RUTTE in {p["according_to"] for p in found}


def test_what_trump_could_do_is_not_asserted(facts: dict[str, Any]) -> None:
    found = positions(facts, holder="person-donald-trump")

    assert "asserted" not in {p["modality"] for p in found}


def test_seven_persons_have_their_office(facts: dict[str, Any]) -> None:
    offices = {(o["person"], o["organisation"]) for o in facts["offices"]}

    assert {
        (PESKOW, RUSSIA),
        (RUTTE, NATO),
        ("person-keir-starmer", "state-grossbritannien"),
        (PUTIN, RUSSIA),
        ("person-andrij-sybiha", UKRAINE),
        ("person-wolodymyr-selenskyj", UKRAINE),
        ("person-donald-trump", "state-usa"),
    } <= offices


def test_names_lead_to_their_entities(facts: dict[str, Any]) -> None:
    mentions = {m["text"]: e for e in facts["entities"] for m in e["mentions"]}

    assert mentions["Kiew"]["id"] == UKRAINE
    assert mentions["Allianz"]["id"] == NATO
    assert mentions["Budapester Memorandum"]["type"] == "Treaty"
    assert mentions["Oreschnik"]["type"] == "WeaponSystem"


def test_every_span_is_the_text_it_says(facts: dict[str, Any]) -> None:
    text = next(SEEDS.glob("*.txt")).read_text(encoding="utf-8")

    assert all(text[m["start"] : m["end"]] == m["text"] for e in facts["entities"] for m in e["mentions"])
