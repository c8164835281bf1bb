"""Updates: what is refused of them, and how the default graph stays the union of the named ones.

An update is read as tokens, as queries are before Oxigraph parses them: it names the graphs that it writes to, and it
loads nothing. `Store.update` takes no dataset, so the graphs that a request names become USING clauses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph
from pyoxigraph import NamedNode

from kg import vocab
from kg.errors import QueryError
from kg.query import check_query, read_tokens
from kg.serve.protocol import Update
from kg.store import GraphStore

# The default graph holds every triple of the named graphs once, and no other.
_UNITE = """
DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } ;
INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }
"""
_NAMES = frozenset({"GRAPH", "WITH", "USING", "NAMED", "PREFIX", "BASE", "TO", "INTO", "SILENT"})  # before a name
_CHANGES = ("INSERT", "DELETE")


def run_update(store: GraphStore, update: Update, *, base_iri: str) -> None:
    """Runs an update and mends what follows from the articles; all of it in the end, or nothing.

    Raises:
        QueryError: it is no valid SPARQL, loads something, writes to the default graph, names its dataset twice.
    """
    text = render_update(update)
    prefixes = dict(vocab.prefixes(store.base))
    _check_syntax(text, base_iri=base_iri, prefixes=prefixes)
    joint = "" if _ends_open(text) else " ;"
    try:
        store.database.update(f"{text}\n{joint}{_UNITE}", base_iri=base_iri, prefixes=prefixes)
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the update cannot be run: {error}") from error
    store.refresh_derived()
    store.flush()


def _check_syntax(text: str, *, base_iri: str, prefixes: dict[str, str]) -> None:
    """Runs an update on an empty store: its own faults are told at its own lines, and it ends where it says."""
    try:
        pyoxigraph.Store().update(text, base_iri=base_iri, prefixes=prefixes)
    except SyntaxError as error:
        raise QueryError(f"the update cannot be read: {error.msg}") from error
    except (OSError, RuntimeError, ValueError):
        return  # what it needs is not in an empty store


def render_update(update: Update) -> str:
    """The text of an update with the graphs that its request names as USING clauses.

    Raises:
        QueryError: it loads something, writes to the default graph, or has USING or WITH although the request
            names graphs.
    """
    check_query(update.text)
    using = [f"USING {NamedNode(iri)}" for iri in update.using_graphs]
    using += [f"USING NAMED {NamedNode(iri)}" for iri in update.using_named_graphs]
    reader = _Reader(text=update.text, using=" ".join(using))
    reader.read(read_tokens(update.text))
    return reader.render()


@dataclass(slots=True)
class _Reader:
    """Walks through the tokens of an update and notes what to put where."""

    text: str
    using: str
    depth: int = 0  # of braces
    with_graph: bool = False  # the operation names its graph by WITH
    block: int = 0  # where the last block at depth 0 begins
    writes: bool = False  # the block that follows, or that we are in, says what to write
    short: bool = False  # DELETE WHERE: the block is pattern and template in one
    before: str = ""  # the last token, in upper case
    inserts: list[tuple[int, str]] = field(default_factory=list)

    def read(self, tokens: Iterator[re.Match[str]]) -> None:
        for token in tokens:
            self._read_token(token, token[0].upper())
            self.before = token[0].upper()

    def render(self) -> str:
        parts, end = [], 0
        for place, what in self.inserts:
            parts += [self.text[end:place], what]
            end = place
        return "".join((*parts, self.text[end:]))

    def _read_token(self, token: re.Match[str], word: str) -> None:
        if word == "{":
            self._open(token.start())
        elif word == "}":
            self._close(token.end())
        elif self.depth == 0:
            self._read_keyword(token, word)
        elif self.depth == 1 and self.writes and not self.with_graph and self._writes_plainly(token, word):
            raise QueryError(
                "the update writes to no named graph: say GRAPH <IRI> { ... } or WITH <IRI>; "
                "the default graph is the union of the named ones"
            )

    def _read_keyword(self, token: re.Match[str], word: str) -> None:
        if word == ";":
            self.with_graph = self.writes = self.short = False
        elif token.lastgroup != "word" and not (token.lastgroup == "prefixed" and self.before not in _NAMES):
            return  # the name of a graph or prefix
        elif word.startswith("LOAD"):
            raise QueryError("LOAD is off; kg reads no other place")
        elif word == "DEFAULT":
            raise QueryError("DEFAULT cannot be changed by itself: it is the union of the named graphs; name a graph")
        elif word in ("USING", "WITH"):
            self._name_dataset(word)
        elif word.startswith(_CHANGES):
            self.writes = True
        elif word == "WHERE":
            self._read_where(token)

    def _name_dataset(self, word: str) -> None:
        if self.using:
            raise QueryError(f"the request names graphs and the update has {word}; use one of them")
        self.with_graph |= word == "WITH"

    def _read_where(self, token: re.Match[str]) -> None:
        self.short = self.before == "DELETE"
        self.writes = self.short
        if self.using and not self.short:
            self.inserts.append((token.start(), f"{self.using} "))
        elif self.using:  # DELETE WHERE { ... } is DELETE { ... } WHERE { ... }
            self.inserts.append((token.start(), "\0"))

    def _open(self, start: int) -> None:
        if self.depth == 0:
            self.block = start
        self.depth += 1

    def _close(self, end: int) -> None:
        self.depth -= 1
        if self.depth == 0 and self.short and self.using:
            self.inserts[-1] = (self.inserts[-1][0], f"{self.text[self.block : end]} {self.using} ")
            self.short = False
        if self.depth == 0:
            self.writes = False

    def _writes_plainly(self, token: re.Match[str], word: str) -> bool:
        """Whether a token of a template stands outside of GRAPH <IRI> { ... }."""
        return not (word == "GRAPH" or word == "." or self.before == "GRAPH")


def _ends_open(text: str) -> bool:
    """Whether another operation can follow without a semicolon: the last one has one, or there is none."""
    last = ""
    operations = False
    depth = 0
    for token in read_tokens(text):
        last = token[0]
        depth += (last == "{") - (last == "}")
        operations |= last == "{" or (token.lastgroup == "word" and last.upper() in _ALONE and depth == 0)
    return not operations or last == ";"


_ALONE = frozenset({"CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})  # operations without braces
