"""The store beside rdflib's in-memory one, on the same articles: load, count, join, Turtle.

    python -m tests.benchmark.store [--triples 200000]

The articles are made up, with the facts of the hand-built article of the tests and a cast that changes from one to
the next. Both stores read the same TriG, a graph an article; `kg` writes it to a folder and, as it always does, keeps
every triple a second time in the default graph. Answers are compared before times are. Times are processor seconds,
so that what else the machine does counts for neither; the targets are those the project set itself.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyoxigraph
import rdflib
from pyoxigraph import Quad, RdfFormat

from kg import vocab
from kg.model import Resolved
from kg.rdf import render_quads
from kg.store import GraphStore
from tests.builders import resolved, turned

CAST = 40  # different actors in the place of each one
TARGETS = {"load": 10, "load, in memory": 10, "group and count": 15, "evidence join": 500, "Turtle out": 20}

ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
COUNT = """
SELECT ?holder ?polarity (COUNT(?position) AS ?number) WHERE {
  ?position a kg:Position ; kg:holder ?holder ; kg:polarity ?polarity
} GROUP BY ?holder ?polarity"""
# Who else is named in the sentence in which an actor takes a position, in which article.
JOIN = """
SELECT ?position ?name ?words ?sentence ?title ?other WHERE {
  ?position a kg:Position ; kg:holder ?holder ; kg:evidence ?evidence .
  ?holder rdfs:label ?name .
  ?evidence kg:anchorOf ?words ; kg:inSentence ?around ; kg:inArticle ?article .
  ?mention a kg:Mention ; kg:inSentence ?around ; kg:refersTo ?other .
  ?article kg:title ?title .
  ?around kg:anchorOf ?sentence .
}"""


class Task(NamedTuple):
    """What rdflib and `kg` are to do; each gives what can be compared."""

    name: str
    rdflib: Callable[[], Any]
    kg: Callable[[], Any]


def main(arguments: list[str] | None = None) -> int:
    """Run all tasks and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.store")
    parser.add_argument("--triples", type=int, default=200_000)
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "articles.trig"
        number = write_articles(file, given.triples)
        sys.stdout.write(f"{number} triples\n{'task':18}{'rdflib s':>10}{'kg s':>10}{'ratio':>9}{'target':>9}\n")
        for line in run_tasks(file, Path(folder)):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return 0


def write_articles(file: Path, triples: int) -> int:
    """Writes articles as TriG, a graph each, until there are enough triples; how many."""
    number = 0
    quads: list[Quad] = []
    while len(quads) < triples:
        quads += render_quads(make_article(number))
        number += 1
    pyoxigraph.serialize(quads, str(file), RdfFormat.TRIG, prefixes=dict(vocab.prefixes()))
    return len(quads)


def make_article(number: int) -> Resolved:
    """The article of that number: the same text, other people, every second one of the other opinion."""
    found = turned(resolved(), f"a-{number}") if number % 2 else resolved(f"a-{number}")
    cast = {entity.id: f"{entity.id}-{number * 7 % CAST}" for entity in found.entities}
    return replace(
        found,
        entities=tuple(replace(entity, id=cast[entity.id]) for entity in found.entities),
        positions=tuple(replace(position, holder=cast[position.holder]) for position in found.positions),
    )


def run_tasks(file: Path, folder: Path) -> Iterator[str]:
    """A line a task."""
    graph, store = fresh(), GraphStore.create(folder / "graph")
    tasks = (
        Task("load", lambda: load_rdflib(graph, file), lambda: load_kg(store, file)),
        Task("load, in memory", lambda: load_rdflib(fresh(), file), lambda: load_kg(GraphStore.in_memory(), file)),
        Task("group and count", lambda: ask_rdflib(graph, COUNT), lambda: ask_kg(store, COUNT)),
        Task("evidence join", lambda: ask_rdflib(graph, JOIN), lambda: ask_kg(store, JOIN)),
        Task("Turtle out", lambda: write_rdflib(graph, folder), lambda: write_kg(store, folder)),
    )
    for task in tasks:
        (ours, kg_seconds), (theirs, rdflib_seconds) = measure(task.kg), measure(task.rdflib)
        if ours != theirs:
            raise ValueError(f"{task.name}: kg found {str(ours)[:200]}, rdflib {str(theirs)[:200]}")
        ratio, target = rdflib_seconds / kg_seconds, TARGETS[task.name]
        if task.name == "load" and ask_kg(store, ALL) != len({triple[:3] for triple in graph.quads()}):
            raise ValueError("the stores hold different triples")
        yield f"{task.name:18}{rdflib_seconds:10.2f}{kg_seconds:10.3f}{ratio:9.1f}{target:9}"


def fresh() -> rdflib.Dataset:
    """rdflib's store with nothing in it."""
    return rdflib.Dataset(default_union=True)


def measure(do: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and the processor seconds it took."""
    began = time.process_time()
    found = do()
    return found, time.process_time() - began


def load_rdflib(graph: rdflib.Dataset, file: Path) -> None:
    """By rdflib's own parser."""
    graph.parse(file, format="trig")


def load_kg(store: GraphStore, file: Path) -> None:
    """Some articles at a time, as a build does."""
    quads = pyoxigraph.parse(path=str(file), format=RdfFormat.TRIG)
    store.replace_articles(groupby(quads, key=graph_name))
    store.flush()
    store.compact()


def graph_name(quad: Quad) -> str:
    """The IRI of the graph."""
    return str(quad.graph_name)[1:-1]


def ask_rdflib(graph: rdflib.Dataset, query: str) -> int:
    """How many rows; all are read."""
    return len(list(graph.query(query, initNs=dict(vocab.prefixes()))))


def ask_kg(store: GraphStore, query: str) -> int:
    """How many rows; all are read."""
    found = store.database.query(query, prefixes=dict(vocab.prefixes()))
    return len(list(found)) if isinstance(found, pyoxigraph.QuerySolutions) else 0


def write_rdflib(graph: rdflib.Dataset, folder: Path) -> bool:
    """Turtle in a file: the union of the graphs, as `kg` writes it."""
    graph.serialize(str(folder / "rdflib.ttl"), format="turtle")
    return (folder / "rdflib.ttl").stat().st_size > 0


def write_kg(store: GraphStore, folder: Path) -> bool:
    """Turtle in a file, sorted."""
    store.write_turtle(folder / "kg.ttl")
    return (folder / "kg.ttl").stat().st_size > 0


if __name__ == "__main__":
    sys.exit(main())
