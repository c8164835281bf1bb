"""The database: Oxigraph in a folder or in memory, one named graph an article.

Beside the named graphs the default graph holds every triple of theirs once, so that a query sees the union without
naming graphs. Oxigraph can merge graphs on the fly, but counts a triple once for every graph it is in
(oxigraph/oxigraph#1919), and one entity stands in many articles.

A folder of ours holds `kg.json`, which says so, and `store/`, the database.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph
import rdflib
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, serialize

from kg import vocab
from kg.errors import StoreError
from kg.rdf import render_derived
from kg.store.dataset import Check, open_dataset, to_rdflib
from kg.store.description import describable, describe_used
from kg.store.folder import MANIFEST, check_base, check_folder, explain_failure, read_base, write_file, write_manifest
from kg.store.lock import Lock
from kg.store.ontology import read_ontology
from kg.store.turtle import render_nquads, render_trig, render_turtle, sort_lines

FLUSH_AFTER = 50_000  # quads written; without flushes RocksDB keeps a gigabyte of them in memory
CHUNK = 40_000  # quads written at a time where there is nothing to take out; of many small files RocksDB makes few
_DEFAULT = DefaultGraph()


class GraphStore:
    """An open graph. Use `create`, `open` or `in_memory`; close it, or use it as context manager."""

    def __init__(self, database: pyoxigraph.Store, *, base: str = vocab.BASE, lock: Lock | None = None) -> None:
        self.database = database
        self.base = base
        self._lock = lock
        self._unflushed = 0

    @classmethod
    def in_memory(cls, *, base: str = vocab.BASE) -> Self:
        """An empty graph that goes away with the process."""
        return cls(pyoxigraph.Store(), base=base)

    @classmethod
    def create(cls, folder: Path, *, base: str = vocab.BASE) -> Self:
        """Opens the graph in `folder` for writing, and makes it where there is none.

        Raises:
            StoreError: `folder` is a file, holds something else, was written with another base or by a newer
                `kg`, is damaged, or is held by another process. Nothing in it is changed.
        """
        check_folder(folder, "name an empty or a new one")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = Lock(folder)
        except OSError as error:
            raise StoreError(f"{folder}: cannot be written: {error.strerror or error}; name another folder") from error
        try:
            if not (folder / MANIFEST).exists():
                write_manifest(folder, base)
            check_base(folder, base)
            return cls(pyoxigraph.Store(str(folder / "store")), base=base, lock=lock)
        except BaseException as error:
            lock.release()
            if isinstance(error, OSError | RuntimeError):
                raise StoreError(explain_failure(folder, error)) from error
            raise

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Opens the graph in `folder` for reading; several processes may do so at once.

        Raises:
            StoreError: there is no graph in `folder`, or it cannot be read.
        """
        check_folder(folder, "name one that kg build wrote")
        if not (folder / MANIFEST).is_file():
            raise StoreError(f"{folder}: no kg folder here; make one with: kg build INPUT -o {folder}")
        base = read_base(folder)
        try:
            return cls(pyoxigraph.Store.read_only(str(folder / "store")), base=base)
        except (OSError, RuntimeError) as error:
            raise StoreError(explain_failure(folder, error)) from error

    def close(self) -> None:
        """Lets go of the database and its lock; the store cannot be used after."""
        del self.database
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def load_ontology(self, folder: Path) -> None:
        """Puts vocabulary and knowledge base into graphs of their own, in place of what they held.

        Raises:
            KnowledgeError: a file is no valid Turtle.
        """
        for graph, quads in read_ontology(folder, self.base):
            self._renew(graph, quads)

    def replace_article(self, graph: str, quads: Iterable[Quad]) -> None:
        """Makes `quads` the whole content of the graph of one article, in one transaction.

        Raises:
            StoreError: a quad belongs to another graph, or the database cannot be written.
        """
        self._replace(graph, quads)

    def replace_articles(self, articles: Iterable[tuple[str, Iterable[Quad]]]) -> None:
        """`replace_article` for each (graph, quads); what is new is written some articles at a time, which is cheaper.

        Where `articles` breaks off with an error, those before it are in the store.

        Raises:
            StoreError: a quad belongs to another graph, or the database cannot be written.
        """
        waiting: dict[str, set[Quad]] = {}
        try:
            for graph, quads in articles:
                if graph in waiting or self.database.contains_named_graph(NamedNode(graph)):
                    self._load(waiting)
                    self._replace(graph, quads)
                    continue
                waiting[graph] = _check(graph, quads)
                if sum(map(len, waiting.values())) >= CHUNK:
                    self._load(waiting)
        finally:
            self._load(waiting)

    def delete_article(self, graph: str) -> bool:
        """Removes the graph of one article; whether there was one."""
        name = NamedNode(graph)
        if not self.database.contains_named_graph(name):
            return False
        stale = [quad for quad in self.graph_quads(graph) if not self._stands_elsewhere(quad)]
        try:
            self.database.update(f"DELETE DATA {{ {_triples(stale)} }} ;\nDROP GRAPH {name}")
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{graph}: cannot be deleted: {error}") from error
        return True

    def refresh_derived(self) -> None:
        """Computes anew what follows from the articles together; call it once after changes."""
        graph = vocab.mint_graph("derived", base=self.base)
        self._replace(graph, render_derived(self.database, base=self.base))

    def flush(self) -> None:
        """Returns when all that was written is on disk."""
        self.database.flush()
        self._unflushed = 0

    def compact(self) -> None:
        """Merges the files of the database: reading is up to twice as fast, writing all of it anew takes its time.

        Raises:
            StoreError: it cannot be written; nothing is lost.
        """
        try:
            self.database.optimize()
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the database cannot be merged: {error}") from error

    def holds(self, graph: str) -> bool:
        """Whether there is a graph of that name."""
        return self.database.contains_named_graph(NamedNode(graph))

    def article_graphs(self) -> tuple[str, ...]:
        """The IRIs of the graphs of articles, sorted."""
        start = vocab.mint_graph("article-", base=self.base)
        names = (graph.value for graph in self.database.named_graphs() if isinstance(graph, NamedNode))
        return tuple(sorted(name for name in names if name.startswith(start)))

    def graph_quads(self, graph: str) -> Iterator[Quad]:
        """The quads of one graph, unsorted."""
        return self.database.quads_for_pattern(None, None, None, NamedNode(graph))

    def quads(self) -> Iterator[Quad]:
        """What a graph carries when it leaves the store, unsorted.

        That is: the graphs of the articles, the derived graph, and of the knowledge base what describes the
        entities and concepts that they name.
        """
        described = describable(self.database, base=self.base)
        named: set[NamedNode] = set()
        for graph in self.article_graphs():
            for quad in self.graph_quads(graph):
                nodes = (quad.subject, quad.object)
                named.update(n for n in nodes if isinstance(n, NamedNode) and n in described)
                yield quad
        yield from self.graph_quads(vocab.mint_graph("derived", base=self.base))
        yield from describe_used(self.database, base=self.base, named=named)

    def lines(self, *, graphs: bool) -> Iterator[str]:
        """`quads` as sorted lines: "subject predicate object", with the graph in front if `graphs`."""
        return sort_lines(f"{quad.graph_name} {quad.triple}" if graphs else str(quad.triple) for quad in self.quads())

    def write_turtle(self, path: Path) -> None:
        """Writes the union of all graphs; the same content gives the same bytes."""
        write_file(path, render_turtle(self.lines(graphs=False), vocab.prefixes(self.base)))

    def write_trig(self, path: Path) -> None:
        """Writes the graphs by name; the same content gives the same bytes."""
        write_file(path, render_trig(self.lines(graphs=True), vocab.prefixes(self.base)))

    def write_nquads(self, path: Path) -> None:
        """Writes sorted canonical N-Quads."""
        write_file(path, render_nquads(self.lines(graphs=True)))

    def open_dataset(self, *, check: Check = lambda text: None) -> rdflib.Dataset:
        """The database itself for users of rdflib, to read: all graphs, the default graph the union of them.

        `check` is given every SPARQL query before it runs, and raises what is wrong with it.
        """
        return open_dataset(self.database, base=self.base, check=check)

    def to_dataset(self) -> rdflib.Dataset:
        """A copy for users of rdflib, its default graph the union of all; changes to it change nothing here."""
        dataset = rdflib.Dataset(default_union=True)
        for prefix, namespace in vocab.prefixes(self.base).items():
            dataset.bind(prefix, namespace, replace=True)
        for quad in self.quads():
            dataset.add(
                (
                    to_rdflib(quad.subject),
                    to_rdflib(quad.predicate),
                    to_rdflib(quad.object),
                    dataset.graph(to_rdflib(quad.graph_name)),
                )
            )
        return dataset

    def _replace(self, graph: str, quads: Iterable[Quad]) -> None:
        new, old = _check(graph, quads), set(self.graph_quads(graph))
        try:
            self._change(added=new - old, removed=old - new)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{graph}: cannot be written: {error}") from error

    def _renew(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Makes `quads` the whole content of a large graph, a chunk at a time; a broken run is mended by the next."""
        old = set(self.graph_quads(graph.value))
        new = _take_new(quads, old)
        while chunk := set(islice(new, CHUNK)):
            self._load({graph.value: chunk})
        self._change(added=set(), removed=old)

    def _load(self, waiting: dict[str, set[Quad]]) -> None:
        """Writes the quads, none of which the store holds, and forgets them: all or nothing, past the log.

        They go in as text: while Oxigraph reads that, other threads run on, which it keeps from it with objects.
        """
        new = tuple(chain.from_iterable(waiting.values()))
        named = serialize(new, format=RdfFormat.N_QUADS) or b""  # None is for those who give a file
        union = serialize((quad.triple for quad in new), format=RdfFormat.N_TRIPLES) or b""
        try:
            self.database.bulk_load(named + union, RdfFormat.N_QUADS, lenient=True)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{', '.join(waiting)}: cannot be written: {error}") from error
        finally:
            waiting.clear()

    def _change(self, *, added: set[Quad], removed: set[Quad]) -> None:
        """Takes quads out and puts others in, in named and default graph, in one transaction."""
        if removed:
            stale = [quad for quad in removed if not self._stands_elsewhere(quad)]
            self.database.update(
                f"DELETE DATA {{ {_block(removed)} {_triples(stale)} }} ;\n"
                f"INSERT DATA {{ {_block(added)} {_triples(added)} }}"
            )
        elif added:
            self.database.extend([*added, *(Quad(*quad.triple) for quad in added)])
        self._unflushed += len(added) + len(removed)
        if self._unflushed >= FLUSH_AFTER:
            self.flush()

    def _stands_elsewhere(self, quad: Quad) -> bool:
        """Whether another named graph holds the same triple."""
        return any(
            other.graph_name not in (quad.graph_name, _DEFAULT)
            for other in self.database.quads_for_pattern(*quad.triple)
        )


def _check(graph: str, quads: Iterable[Quad]) -> set[Quad]:
    """The quads, each once.

    Raises:
        StoreError: one of them belongs to another graph.
    """
    name, found = NamedNode(graph), set(quads)
    strange = next((quad.graph_name for quad in found if quad.graph_name != name), None)
    if strange is not None:
        raise StoreError(f"{graph}: a quad of {strange} cannot be written here")
    return found


def _take_new(quads: Iterable[Quad], old: set[Quad]) -> Iterator[Quad]:
    """The quads that `old` does not hold; those that it does are taken out of it."""
    for quad in quads:
        if quad in old:
            old.remove(quad)
        else:
            yield quad


def _block(quads: Iterable[Quad]) -> str:
    """The quads of one graph as SPARQL data; nothing for none."""
    found = list(quads)
    return f"GRAPH {found[0].graph_name} {{ {_triples(found)} }}" if found else ""


def _triples(quads: Iterable[Quad]) -> str:
    return " ".join(f"{quad.triple} ." for quad in quads)
