"""The cookbook shows every query, and what it finds in the seed."""

import shlex
from pathlib import Path

import pytest

from kg.query import named_queries
from tests.cookbook import PAGE, RECIPES, command, render_page
from tests.integration.conftest import Run


def test_has_every_query() -> None:
    assert {recipe.name for recipe in RECIPES} == set(named_queries())


def test_page_has_every_recipe() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for recipe in RECIPES:
        assert f"## {recipe.question}\n" in page
        assert f"    {command(recipe)}\n" in page


@pytest.mark.model
def test_page_shows_what_the_queries_find(built_seeds: Path) -> None:
    assert PAGE.read_text(encoding="utf-8") == render_page(built_seeds), "write it anew: python -m tests.cookbook"


@pytest.mark.model
def test_commands_run_as_they_stand(built_seeds: Path, run: Run) -> None:
    for recipe in RECIPES:
        _, _, _, *rest = shlex.split(command(recipe))
        status, _, err = run("query", built_seeds, *rest)
        assert (status, err) == (0, "")
