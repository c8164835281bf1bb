"""What an analyst adds in Turtle the next build finds; the example is the one in the README."""

import re
import shutil
from pathlib import Path

import pytest

from kg.config import read_settings
from kg.pipeline import annotate

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[2]
PREFIXES = """
@prefix kg: <https://w3id.org/polkg/ontology#> .
@prefix r: <https://w3id.org/polkg/resource/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
TEXT = "China lehnt die Weltraumrüstung der USA entschieden ab. Norwegen unterstützt das Nordmeer-Abkommen."


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    found = re.search(r"```turtle\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    folder = Path(shutil.copytree(ROOT / "ontology", tmp_path / "ontology"))
    (folder / "own.ttl").write_text(PREFIXES + found[1], encoding="utf-8")
    return folder


def stances(text: str, ontology: Path | None = None) -> set[tuple[str, str, str, str]]:
    facts = annotate(text, settings=read_settings(check_language=False, ontology=ontology))
    return {(p["holder"], p["polarity"], p["issue"], p["about"]) for p in facts["positions"]}


def test_new_topic_and_treaty_are_found(ontology: Path) -> None:
    found = stances(TEXT, ontology=ontology)

    assert ("state-china", "oppose", "space-weapons", "state-usa") in found
    assert ("state-norwegen", "support", "treaty", "treaty-nordmeer-abkommen") in found


def test_without_them_nothing_is_made_up() -> None:
    assert not any(
        issue == "space-weapons" or about == "treaty-nordmeer-abkommen" for _, _, issue, about in stances(TEXT)
    )
