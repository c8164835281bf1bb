"""The graph of one hand-built article, triple by triple; and its bytes, which do not change unnoticed."""

import os
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from kg.rdf import render_quads
from kg.store import render_trig
from kg.store.turtle import sort_lines
from kg.vocab import prefixes
from tests.builders import resolved

EXPECTED = Path(__file__).with_name("article.trig")


def render() -> str:
    """The article as TriG, with a version that stays."""
    quads = render_quads(resolved(), version="0")
    return "".join(render_trig(sort_lines(f"{quad.graph_name} {quad.triple}" for quad in quads), prefixes()))


def test_graph_is_as_expected() -> None:
    """KG_UPDATE_GOLDEN=1 writes it anew; read the difference before it is committed."""
    if os.environ.get("KG_UPDATE_GOLDEN"):
        EXPECTED.write_text(render(), encoding="utf-8")
    expected = set(pyoxigraph.parse(path=str(EXPECTED), format=RdfFormat.TRIG))
    found = set(render_quads(resolved(), version="0"))
    missing, surplus = expected - found, found - expected
    if missing or surplus:
        pytest.fail("\n".join([*(f"missing {quad}" for quad in missing), *(f"surplus {quad}" for quad in surplus)]))


def test_bytes_are_as_expected() -> None:
    assert render() == EXPECTED.read_text(encoding="utf-8")
