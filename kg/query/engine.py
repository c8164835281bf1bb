"""SPARQL 1.1 over a graph.

A query sees the union of all graphs; GRAPH finds the named ones. What is asked is checked before Oxigraph reads it:
its parser recurses and takes the process down on deep nesting, and it follows SERVICE to the network.

What is a token depends on the place in SPARQL as Oxigraph reads it: "<2#>" is an IRI, or "less than 2" and a comment.
So reading tokens alone cannot tell for sure that a query stays within the store, and Oxigraph's own parser has the
last word: it is given the query with the words misspelt by which it would leave.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

import pyoxigraph
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Variable,
)

from kg import vocab
from kg.errors import QueryError
from kg.store import GraphStore

Result = QuerySolutions | QueryBoolean | QueryTriples

DEPTH_LIMIT = 64  # of nested brackets; Oxigraph 0.5 crashes at about a thousand nested calls
SIZE_LIMIT = 2_000  # keywords and operators; it crashes at about four thousand in a row
RESULT_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
GRAPH_FORMATS = {"ttl": RdfFormat.TURTLE}

TOKEN = re.compile(
    r"""
    (?P<skip> \s+ | \#[^\n\r]* )
  | (?P<text> \"{3} (?: \"{0,2} (?: [^"\\] | \\. ) )* \"{3} | '{3} (?: '{0,2} (?: [^'\\] | \\. ) )* '{3}
            | \" (?: [^"\\\n\r] | \\. )* \" | ' (?: [^'\\\n\r] | \\. )* ' )
  | (?P<iri> < (?: [^<>"{}|^`\\\x00-\x20] | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} )* > )
  | (?P<variable> [?$] \w+ )
  | (?P<prefixed> (?P<prefix> \w [\w.-]* )? : (?: [\w:%] | \\[^\s] | [.-](?=[\w:%.-]) )* )
  | (?P<number> [0-9]+ (?: \.[0-9]+ )? (?: [eE][+-]?[0-9]+ )? )
  | (?P<word> @? \w [\w-]* )
  | (?P<open> [(\[{] )
  | (?P<close> [)\]}] )
  | (?P<sign> . )
""",
    re.VERBOSE | re.DOTALL,
)
# The keyword alone, or run together with its neighbours, which Oxigraph reads; a local name may hold the word.
_SERVICE = re.compile(r"^[^:]*service|\.service", re.IGNORECASE)
_REACHING = re.compile("service|load", re.IGNORECASE)
_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+)")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_LABELS = tuple(NamedNode(iri) for iri in (vocab.RDFS + "label", vocab.SKOS + "prefLabel", vocab.KG + "title"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a query is asked of. `None`: what the query itself says, else the union and every named graph."""

    default_graphs: tuple[str, ...] | None = None  # IRIs of the graphs that are merged into the default graph
    named_graphs: tuple[str, ...] | None = None  # IRIs of those that GRAPH finds
    base_iri: str | None = None  # what relative IRIs are resolved against


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a result as text for people: names in place of IRIs, "" for what is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def run_query(
    store: GraphStore,
    text: str,
    *,
    scope: Scope = EVERYTHING,
    bound: Mapping[str, NamedNode | Literal] | None = None,
) -> Result:
    """What `text`, a SELECT, ASK, CONSTRUCT or DESCRIBE query, finds; rows come as they are asked for.

    The prefixes of `kg` need no declaration. `bound` gives columns of a SELECT query their values, as terms: they
    never become part of the text.

    Raises:
        QueryError: the query is no valid SPARQL, nested too deep or too long, or wants SERVICE; a graph in `scope`
            is no absolute IRI; a name in `bound` is no column.
    """
    check_query(text)
    prefixes = dict(vocab.prefixes(store.base))
    try:
        if disarm(text) != text:
            pyoxigraph.Store().query(disarm(text), base_iri=scope.base_iri, prefixes=prefixes)
        return store.database.query(
            text,
            base_iri=scope.base_iri,
            prefixes=prefixes,
            default_graph=_name_graphs(scope.default_graphs),
            named_graphs=_name_graphs(scope.named_graphs),
            substitutions={Variable(name): term for name, term in bound.items()} if bound else None,
        )
    except SyntaxError as error:
        raise QueryError(_explain_syntax(text, error, prefixes)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def check_query(text: str) -> None:
    """Refuses what would crash the engine or reach beyond the store.

    Raises:
        QueryError: brackets nested deeper than DEPTH_LIMIT, more than SIZE_LIMIT keywords and operators, or SERVICE.
    """
    depth = size = 0
    for match in TOKEN.finditer(text):
        kind, token = match.lastgroup, match[0]
        depth += (kind == "open") - (kind == "close")
        size += kind in ("word", "sign") or token == "{"
        if depth > DEPTH_LIMIT:
            raise QueryError(f"{_place(text, match.start())}: nested deeper than {DEPTH_LIMIT}; simplify the query")
        if size > SIZE_LIMIT:
            raise QueryError(
                f"{_place(text, match.start())}: more than {SIZE_LIMIT} keywords and operators; split the query"
            )
        if kind in ("word", "prefixed") and _SERVICE.search(token):
            raise QueryError(f"{_place(text, match.start())}: SERVICE is off; kg asks no other server")


def disarm(text: str) -> str:
    """`text` with SERVICE and LOAD misspelt, in names and strings too: it parses only if it has no such keyword.

    Offsets stay the same.
    """
    return _REACHING.sub(lambda match: f"{match[0][0]}x{match[0][2:]}", text)


def read_tokens(text: str) -> Iterator[re.Match[str]]:
    """The tokens of SPARQL without white space and comments; `lastgroup` of each says of what kind it is."""
    return (match for match in TOKEN.finditer(text) if match.lastgroup != "skip")


def write_result(result: Result, kind: str, output: IO[bytes]) -> None:
    """Writes what a query found. `kind`: csv, tsv, json, xml for rows and ASK; ttl for CONSTRUCT and DESCRIBE.

    Raises:
        QueryError: `kind` is none of these, or none for this kind of query.
    """
    formats = GRAPH_FORMATS if isinstance(result, QueryTriples) else RESULT_FORMATS
    if kind not in formats:
        form = "CONSTRUCT or DESCRIBE" if isinstance(result, QueryTriples) else "SELECT or ASK"
        raise QueryError(f"format {kind!r} does not fit {form}; use one of: {', '.join(formats)}")
    serialise_result(result, formats[kind], output)


def serialise_result(result: Result, form: Any, output: IO[bytes]) -> None:
    """Writes what a query found in a format of pyoxigraph that fits it.

    Raises:
        QueryError: the query fails while it is run.
    """
    try:
        result.serialize(output, form)
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run to its end: {error}") from error


def tabulate(store: GraphStore, result: Result) -> Table:
    """What a query found, for people to read: labels in place of IRIs, prefixed names where there is no label."""
    show = _label_finder(store)
    if isinstance(result, QueryBoolean):
        return Table(columns=("answer",), rows=(("yes" if result else "no",),))
    if isinstance(result, QueryTriples):
        return Table(
            columns=("subject", "predicate", "object"),
            rows=tuple(tuple(show(term) for term in triple) for triple in result),
        )
    columns = tuple(variable.value.replace("_", " ") for variable in result.variables)
    return Table(columns=columns, rows=tuple(tuple(show(term) for term in row) for row in result))


def shorten_iri(iri: str, prefixes: Mapping[str, str]) -> str:
    """`iri` as a prefixed name where a prefix fits, else as it is."""
    fitting = [(namespace, prefix) for prefix, namespace in prefixes.items() if iri.startswith(namespace)]
    if not fitting:
        return iri
    namespace, prefix = max(fitting, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri.removeprefix(namespace)}"


def _name_graphs(iris: Iterable[str] | None) -> list[Any] | None:
    return None if iris is None else [NamedNode(iri) for iri in iris]


def _label_finder(store: GraphStore) -> Callable[[object], str]:
    prefixes = vocab.prefixes(store.base)

    @cache
    def show(term: object) -> str:
        if isinstance(term, NamedNode):
            return min(_labels(store, term), default=shorten_iri(term.value, prefixes))
        return term.value if isinstance(term, Literal) else "" if term is None else str(term)

    return show


def _labels(store: GraphStore, node: NamedNode) -> Iterator[str]:
    """The labels of a node in German, or without language."""
    for predicate in _LABELS:
        for quad in store.database.quads_for_pattern(node, predicate, None):
            if isinstance(quad.object, Literal) and quad.object.language in (None, "de"):
                yield quad.object.value


def _explain_syntax(text: str, error: SyntaxError, prefixes: Mapping[str, str]) -> str:
    """Line and column with what stands there; Oxigraph's list of what it expects is long and often misleading."""
    first = next((match["word"] for match in TOKEN.finditer(text) if match.lastgroup != "skip"), None)
    if first is None:
        return "the query is empty"
    if first.upper() in _UPDATES:
        return f"{first.upper()} changes a graph; a query only reads: SELECT, ASK, CONSTRUCT, DESCRIBE"
    undeclared = _undeclared_prefix(text, prefixes)
    if undeclared:
        return f"{_place(text, undeclared.start())}: prefix {undeclared['prefix'] or ''}: is not declared"
    match = _PLACE.search(str(error))
    if not match:
        return f"the query cannot be read: {error}"
    line, column = int(match["line"]), int(match["column"])
    found = text.splitlines()[line - 1][column - 1 :] if line <= len(text.splitlines()) else ""
    where = f"before {found[:30]!r}" if found.strip() else "at the end of the line"
    return f"line {line}, column {column}: no valid SPARQL {where}"


def _undeclared_prefix(text: str, prefixes: Mapping[str, str]) -> re.Match[str] | None:
    """The first prefixed name of which the prefix is neither declared in the query nor one of ours."""
    known = {*prefixes, "_"}
    declares = False
    for match in TOKEN.finditer(text):
        if match.lastgroup == "skip":
            continue
        if match.lastgroup == "prefixed":
            if not declares and (match["prefix"] or "") not in known:
                return match
            known.add(match["prefix"] or "")
        declares = match.lastgroup == "word" and match["word"].upper() == "PREFIX"
    return None


def _place(text: str, offset: int) -> str:
    line_start = text.rfind("\n", 0, offset) + 1
    return f"line {text.count(chr(10), 0, offset) + 1}, column {offset - line_start + 1}"
