"""The house has one direction: who may import what, and what an installed `kg` needs."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "kg").rglob("*.py"))
ROOMS = {  # library -> the rooms of `kg` that may import it
    "spacy": {"nlp", "extract", "training"},
    "rdflib": {"vocab", "rdf", "store", "validate", "query", "network", "knowledge", "export", "verify", "explain"},
    "oxrdflib": {"store"},
    "pyoxigraph": {
        *("vocab", "rdf", "store", "validate", "query", "network", "knowledge", "export", "verify", "explain"),
        *("search", "removal", "view"),  # they read the database by its patterns, as explain does
        "serve",  # its worker processes run queries and write what they find
        "dumps",  # reads N-Quads
    },
    # the manifest of a folder is one; push remembers in one what a server has acknowledged
    "sqlite3": {"search", "dna", "store", "push"},
    "networkx": {"network", "export", "view"},
    "pyarrow": {"export"},
    "httpx": {"push"},
    "dask": {"workers"},
    "distributed": {"workers"},
    "torch": {"training"},
    "defusedxml": {"articles"},
    "fastwarc": {"articles"},
    "feedparser": {"articles"},
    "pypdf": {"articles"},
    "trafilatura": {"articles"},
    "typer": {"cli"},
    "rich": {"screen"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
}
ORDER = [  # a module imports only from its own line and those above
    {"model", "errors"},
    {"characters", "config", "sentences", "spans", "vocab", "workers", "timing", "log"},
    {"articles"},
    {"nlp"},
    {"training"},
    {"knowledge"},
    {"extract"},
    {"resolve"},
    {"dna"},  # coded by hand instead of extracted and resolved; named by what resolving would name
    {"annotations", "rdf"},
    {"store"},
    {"validate", "query", "search"},
    {"network", "explain", "verify"},
    {"view"},
    {"export"},  # the page is one of the formats
    {"report", "outputs"},
    {"loading", "origin"},
    {"census"},
    {"result", "removal", "dumps", "push"},
    {"pipeline", "importing", "screen"},
    {"serve"},
    {"cli"},
    {"__main__"},
]
DISTRIBUTIONS = {"yaml": "pyyaml", "marisa_trie": "marisa-trie"}


def room(path: Path) -> str:
    return path.relative_to(ROOT / "kg").parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> tuple[tuple[str, bool], ...]:
    """Modules that a file imports, each with whether only for type checking."""
    return tuple(walk_imports(ast.parse(path.read_text(encoding="utf-8")), typing=False))


def walk_imports(node: ast.AST, *, typing: bool) -> Iterator[tuple[str, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.name, typing) for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module and child.level == 0:
            yield from ((f"{child.module}.{alias.name}", typing) for alias in child.names)
        else:
            guarded = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
            yield from walk_imports(child, typing=typing or guarded)


def rank(name: str) -> int:
    return next((number for number, line in enumerate(ORDER) if name in line), -1)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
class TestModule:
    def test_imports_libraries_only_where_they_belong(self, path: Path) -> None:
        for module, typing in imports(path):
            if typing:
                continue
            rooms = ROOMS.get(module.partition(".")[0])
            assert rooms is None or room(path) in rooms, f"{module} is imported only in {sorted(rooms)}"

    def test_imports_nothing_from_further_down(self, path: Path) -> None:
        if path == ROOT / "kg" / "__init__.py":
            return
        assert rank(room(path)) >= 0, f"say where kg/{room(path)} stands in ORDER"
        for module, _ in imports(path):
            top, _, rest = module.partition(".")
            if top == "kg" and rest.partition(".")[0] not in ("__version__", ""):
                assert rank(rest.partition(".")[0]) <= rank(room(path)), f"{module} stands below"

    def test_is_imported_absolutely(self, path: Path) -> None:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]

    def test_says_what_it_is(self, path: Path) -> None:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_model_imports_nothing_of_kg() -> None:
    assert not [module for module, _ in imports(ROOT / "kg" / "model.py") if module.startswith("kg")]


def test_what_is_imported_is_declared_and_the_other_way_round() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    extras = {n for extra in ("dask", "parquet", "push", "readers", "serve", "train") for n in names(optional[extra])}
    imported = {
        DISTRIBUTIONS.get(top, top)
        for path in SOURCES
        for module, typing in imports(path)
        if not typing and (top := module.partition(".")[0]) not in sys.stdlib_module_names | {"kg"}
    }
    assert imported <= names(project["dependencies"]) | extras
    assert names(project["dependencies"]) <= imported


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~ \[]", requirement, maxsplit=1)[0].lower() for requirement in requirements}


def test_importing_kg_does_no_work() -> None:
    code = (
        "import sys, kg, kg.config, kg.articles; print([m for m in ('spacy', 'rdflib', 'typer') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"
