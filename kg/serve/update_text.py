"""The text of an update, read as tokens: which graphs it writes to, and where its WHERE parts are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.query import read_tokens
from kg.serve.protocol import Update

_NAMES = frozenset({"GRAPH", "WITH", "USING", "NAMED", "PREFIX", "TO", "INTO", "SILENT", "ADD", "MOVE", "COPY"})
_PROLOGUE = frozenset({"PREFIX", "BASE"})
_CHANGES = ("INSERT", "DELETE")
_WHOLE = frozenset({"ALL", "NAMED", "ADD", "MOVE", "COPY"})  # words of operations on graphs that are not listed


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateText:
    """What an update says about graphs."""

    text: str  # with the graphs that the request names as USING clauses
    prologue: str  # the declarations at its beginning
    written: tuple[str, ...] | None  # names of the graphs it writes to, as they stand there; None: any
    wants_semicolon: bool  # before another operation can follow


def read_update_text(update: Update) -> UpdateText:
    """Reads an update.

    Raises:
        QueryError: it loads something, writes to the default graph, or has USING or WITH although the request
            names graphs.
    """
    using = [f"USING {NamedNode(iri)}" for iri in update.using_graphs]
    using += [f"USING NAMED {NamedNode(iri)}" for iri in update.using_named_graphs]
    reader = _Reader(text=update.text, using=" ".join(using))
    reader.read(read_tokens(update.text))
    return reader.result()


@dataclass(slots=True)
class _Reader:
    """Walks through the tokens of an update. Depth counts braces: templates and patterns begin at depth 0."""

    text: str
    using: str
    before: str = ""  # the last token, in upper case
    depth: int = 0
    with_graph: bool = False  # the operation names the graph of its templates
    template: bool = False  # the block here, or the next one, says what to write
    where: int | None = None  # where the last WHERE stands, until its block has ended
    short: bool = False  # it is the one of DELETE WHERE, whose block is template and pattern
    block: int = 0  # where the block at depth 0 begins
    operations: int = 0
    prologue: int | None = None  # where the prologue ends
    written: list[str] = field(default_factory=list)
    any_graph: bool = False
    clauses: list[tuple[int, str]] = field(default_factory=list)  # offset -> what to put there

    def read(self, tokens: Iterator[re.Match[str]]) -> None:
        for token in tokens:
            self._read_token(token, token[0].upper())
            self.before = token[0].upper()

    def result(self) -> UpdateText:
        parts, end = [], 0
        for place, clause in self.clauses:
            parts += [self.text[end:place], clause]
            end = place
        return UpdateText(
            text="".join((*parts, self.text[end:])),
            prologue=self.text[: self.prologue] if self.prologue is not None else "",
            written=None if self.any_graph else tuple(self.written),
            wants_semicolon=bool(self.operations) and self.before != ";",
        )

    def _read_token(self, token: re.Match[str], word: str) -> None:
        if word == "{":
            self._open(token.start())
        elif word == "}":
            self._close(token.end())
        elif self.depth == 0:
            self._read_outside(token, word)
        elif self.depth == 1 and self.template:
            self._read_template(token, word)

    def _read_outside(self, token: re.Match[str], word: str) -> None:
        """A token that stands in no block: a keyword, or a name after one."""
        if word == ";":
            self.with_graph = self.template = False
        elif token.lastgroup == "word" or (token.lastgroup == "prefixed" and self.before not in _NAMES):
            self._read_keyword(token, word)
        elif self.before in ("GRAPH", "WITH"):
            self.written.append(token[0])

    def _read_keyword(self, token: re.Match[str], word: str) -> None:
        if word in _PROLOGUE:
            self.any_graph |= bool(self.operations)  # names after it may mean something else than before
            return
        if not self.operations:
            self.prologue = token.start()
        self.operations += 1
        if word.startswith("LOAD"):
            raise QueryError("LOAD is off; kg reads no other place")
        if word == "DEFAULT":
            raise QueryError("DEFAULT cannot be changed by itself: it is the union of the named graphs; name a graph")
        if word in ("USING", "WITH"):
            self._name_dataset(word)
        elif word == "WHERE":
            self.where, self.short = token.start(), self.before == "DELETE"
            self.template = self.short
        elif word.startswith(_CHANGES):
            self.template = True
        elif word in _WHOLE and self.before != "USING":
            self.any_graph = True

    def _name_dataset(self, word: str) -> None:
        if self.using:
            raise QueryError(f"the request names graphs and the update has {word}; use one of them")
        self.with_graph |= word == "WITH"

    def _read_template(self, token: re.Match[str], word: str) -> None:
        if self.before == "GRAPH":
            self.written.append(token[0])
        elif word not in ("GRAPH", ".") and not self.with_graph:
            raise QueryError(
                "the update writes to no named graph: say GRAPH <IRI> { ... } or WITH <IRI>; "
                "the default graph is the union of the named ones"
            )

    def _open(self, start: int) -> None:
        if self.depth == 0:
            self.block = start
        self.depth += 1

    def _close(self, end: int) -> None:
        self.depth -= 1
        if self.depth == 0:
            if self.using and self.where is not None:  # DELETE WHERE { ... } is DELETE { ... } WHERE { ... }
                block = f"{self.text[self.block : end]} " if self.short else ""
                self.clauses.append((self.where, f"{block}{self.using} "))
            self.template, self.where = False, None
