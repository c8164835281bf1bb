"""The database: Oxigraph in a folder or in memory, one named graph an article.

Beside the named graphs the default graph holds every triple of theirs once, so that a query sees the union without
naming graphs. Oxigraph can merge graphs on the fly, but counts a triple once for every graph it is in
(oxigraph/oxigraph#1919), and one entity stands in many articles.

A folder of ours holds `kg.json`, which says so, and `store/`, the database.
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import pyoxigraph
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from kg import vocab
from kg.errors import KnowledgeError, StoreError
from kg.rdf import render_derived
from kg.store.description import describe_used
from kg.store.turtle import render_nquads, render_trig, render_turtle, sort_lines

MANIFEST = "kg.json"
FORMAT = 1  # of the folder; a higher one was written by a newer `kg`
ONTOLOGY_FILES = frozenset({"core.ttl", "alignment.ttl"})
UNREAD_FILES = frozenset({"shapes.ttl", "cues.ttl"})  # for the validator and the extractors

_Term = TypeVar("_Term", NamedNode, NamedNode | Literal)  # what a function that maps terms keeps
_DEFAULT = DefaultGraph()
_TYPE = NamedNode(vocab.RDF + "type")
_SUB_CLASS = NamedNode(vocab.RDFS + "subClassOf")
_LEXICON_ENTRY = NamedNode(vocab.KG + "LexiconEntry")


class GraphStore:
    """An open graph. Use `create`, `open` or `in_memory`; close it, or use it as context manager."""

    def __init__(self, database: pyoxigraph.Store, *, base: str = vocab.BASE) -> None:
        self.database = database
        self.base = base

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
        _check_folder(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / MANIFEST).exists():
                _write_manifest(folder, base)
            _check_base(folder, base)
            return cls(pyoxigraph.Store(str(folder / "store")), base=base)
        except (OSError, RuntimeError) as error:
            raise StoreError(_explain_failure(folder, error)) from error

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Opens the graph in `folder` for reading; several processes may do so at once.

        Raises:
            StoreError: there is no graph in `folder`, or it cannot be read.
        """
        _check_folder(folder)
        if not (folder / MANIFEST).is_file():
            raise StoreError(f"{folder}: no kg folder here; make one with: kg build INPUT -o {folder}")
        base = _read_manifest(folder)["base"]
        try:
            return cls(pyoxigraph.Store.read_only(str(folder / "store")), base=base)
        except (OSError, RuntimeError) as error:
            raise StoreError(_explain_failure(folder, error)) from error

    def close(self) -> None:
        """Lets go of the database and its lock; the store cannot be used after."""
        del self.database

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def load_ontology(self, folder: Path) -> None:
        """Puts vocabulary and knowledge base into graphs of their own, in place of what they held.

        Every Turtle file in `folder` is read but for shapes and lexicon. Triples with blank nodes are left out:
        they carry axioms that nobody queries, and have no stable name.

        Raises:
            KnowledgeError: a file is no valid Turtle.
        """
        files = sorted(path for path in folder.glob("*.ttl") if path.name not in UNREAD_FILES)
        ontology = [triple for path in files if path.name in ONTOLOGY_FILES for triple in _read_turtle(path)]
        lexicon = _subclasses(_LEXICON_ENTRY, ontology)
        knowledge = (triple for path in files if path.name not in ONTOLOGY_FILES
                     for triple in _without(lexicon, _read_turtle(path)))
        for name, triples in (("ontology", ontology), ("knowledge", knowledge)):
            graph = vocab.mint_graph(name, base=self.base)
            self._replace(graph, _place_triples(triples, NamedNode(graph), self.base))

    def replace_article(self, graph: str, quads: Iterable[Quad]) -> None:
        """Makes `quads` the whole content of the graph of one article, in one transaction.

        Raises:
            StoreError: a quad belongs to another graph, or the database cannot be written.
        """
        self._replace(graph, quads)

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
        for graph in (*self.article_graphs(), vocab.mint_graph("derived", base=self.base)):
            yield from self.graph_quads(graph)
        yield from describe_used(self.database, base=self.base)

    def lines(self, *, graphs: bool) -> Iterator[str]:
        """`quads` as sorted lines: "subject predicate object", with the graph in front if `graphs`."""
        return sort_lines(f"{quad.graph_name} {quad.triple}" if graphs else str(quad.triple)
                          for quad in self.quads())

    def write_turtle(self, path: Path) -> None:
        """Writes the union of all graphs; the same content gives the same bytes."""
        _write(path, render_turtle(self.lines(graphs=False), vocab.prefixes(self.base)))

    def write_trig(self, path: Path) -> None:
        """Writes the graphs by name; the same content gives the same bytes."""
        _write(path, render_trig(self.lines(graphs=True), vocab.prefixes(self.base)))

    def write_nquads(self, path: Path) -> None:
        """Writes sorted canonical N-Quads."""
        _write(path, render_nquads(self.lines(graphs=True)))

    def to_dataset(self) -> rdflib.Dataset:
        """A copy for users of rdflib, its default graph the union of all; changes to it change nothing here."""
        dataset = rdflib.Dataset(default_union=True)
        for prefix, namespace in vocab.prefixes(self.base).items():
            dataset.bind(prefix, namespace, replace=True)
        for quad in self.quads():
            dataset.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object),
                         dataset.graph(to_rdflib(quad.graph_name))))
        return dataset

    def _replace(self, graph: str, quads: Iterable[Quad]) -> None:
        name = NamedNode(graph)
        new = set(quads)
        strange = next((quad.graph_name for quad in new if quad.graph_name != name), None)
        if strange is not None:
            raise StoreError(f"{graph}: a quad of {strange} cannot be written here")
        old = set(self.graph_quads(graph))
        try:
            self._change(added=new - old, removed=old - new)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{graph}: cannot be written: {error}") from error

    def _change(self, *, added: set[Quad], removed: set[Quad]) -> None:
        """Takes quads out and puts others in, in named and default graph, in one transaction."""
        if not removed:
            self.database.extend([*added, *(Quad(*quad.triple) for quad in added)])
            return
        stale = [quad for quad in removed if not self._stands_elsewhere(quad)]
        self.database.update(f"DELETE DATA {{ {_block(removed)} {_triples(stale)} }} ;\n"
                             f"INSERT DATA {{ {_block(added)} {_triples(added)} }}")

    def _stands_elsewhere(self, quad: Quad) -> bool:
        """Whether another named graph holds the same triple."""
        return any(other.graph_name not in (quad.graph_name, _DEFAULT)
                   for other in self.database.quads_for_pattern(*quad.triple))


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: is a file; name a folder")
    if (folder / MANIFEST).exists():
        _read_manifest(folder)
    elif folder.is_dir() and any(folder.iterdir()):
        raise StoreError(f"{folder}: holds files but no {MANIFEST}, so it is no kg folder; name an empty or a new one")


def _read_manifest(folder: Path) -> dict[str, str]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        written, base = int(manifest["format"]), str(manifest["base"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: is not what kg writes there ({error}); build into a new folder") from error
    if written > FORMAT:
        raise StoreError(f"{path}: format {written}, this kg reads up to {FORMAT}; install a newer kg")
    return {"base": base}


def _write_manifest(folder: Path, base: str) -> None:
    text = json.dumps({"format": FORMAT, "base": base}, indent=2) + "\n"
    _write(folder / MANIFEST, [text])


def _check_base(folder: Path, base: str) -> None:
    found = _read_manifest(folder)["base"]
    if found != base:
        raise StoreError(f"{folder}: written with base {found}, asked for {base}; use that base or a new folder")


def _explain_failure(folder: Path, error: Exception) -> str:
    if "lock" in str(error).lower():
        return f"{folder}: in use by another process; wait until it has ended"
    return f"{folder}: the database cannot be opened: {error}"


def _read_turtle(path: Path) -> list[Triple]:
    try:
        return [quad.triple for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE)]
    except (SyntaxError, OSError) as error:
        raise KnowledgeError(f"{path}: {error}; mend the Turtle") from error


def _subclasses(top: NamedNode, triples: Iterable[Triple]) -> set[object]:
    """The class and all that stand below it."""
    below = [(triple.subject, triple.object) for triple in triples if triple.predicate == _SUB_CLASS]
    found: set[object] = {top}
    while new := {lower for lower, upper in below if upper in found} - found:
        found |= new
    return found


def _without(classes: set[object], triples: list[Triple]) -> Iterator[Triple]:
    """The triples, but for those about members of the classes."""
    members = {triple.subject for triple in triples if triple.predicate == _TYPE and triple.object in classes}
    return (triple for triple in triples if triple.subject not in members)


def _place_triples(triples: Iterable[Triple], graph: NamedNode, base: str) -> Iterator[Quad]:
    """The triples without blank nodes as quads of `graph`, resources under `base`."""
    for triple in triples:
        subject, target = triple.subject, triple.object
        if isinstance(subject, NamedNode) and isinstance(target, NamedNode | Literal):
            yield Quad(_rebase(subject, base), triple.predicate, _rebase(target, base), graph)


def _rebase(term: _Term, base: str) -> _Term:
    """A resource of the knowledge base under the base of this graph; other terms as they are."""
    if base == vocab.BASE or not isinstance(term, NamedNode) or not term.value.startswith(vocab.BASE):
        return term
    return type(term)(base + term.value.removeprefix(vocab.BASE))


def _block(quads: Iterable[Quad]) -> str:
    """The quads of one graph as SPARQL data; nothing for none."""
    found = list(quads)
    return f"GRAPH {found[0].graph_name} {{ {_triples(found)} }}" if found else ""


def _triples(quads: Iterable[Quad]) -> str:
    return " ".join(f"{quad.triple} ." for quad in quads)


def _write(path: Path, parts: Iterable[str]) -> None:
    """Writes a file whole or not at all.

    Raises:
        StoreError: the place cannot be written.
    """
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(parts)
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def to_rdflib(term: object) -> rdflib.URIRef | rdflib.Literal:
    """The same IRI or literal for rdflib."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, Literal):
        plain = term.language or term.datatype.value == vocab.XSD + "string"
        datatype = None if plain else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise TypeError(f"{term}: neither IRI nor literal")
