"""Sorted, byte-stable Turtle, TriG and N-Quads, written from lines of N-Triples terms.

The same triples give the same bytes, whatever order they come in. Terms stay as N-Triples writes them but for
prefixed names and plain numbers; there are no blank nodes. Sorting spills to disk, so memory stays flat.
"""

import heapq
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from kg import vocab

_TYPE = f"<{vocab.RDF}type>"
_LOCAL_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_TYPED = re.compile(r'"(?P<value>[^"\\]*)"\^\^<(?P<type>[^>]*)>')
_BARE = {  # datatypes whose values Turtle writes without quotes, where they look like this
    vocab.XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    vocab.XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    vocab.XSD + "boolean": re.compile(r"true|false"),
}
REMEMBERED = 65_536  # IRIs
_RUN = 32 * 1024 * 1024  # characters sorted in memory at a time


def sort_lines(lines: Iterable[str], *, run: int = _RUN) -> Iterator[str]:
    """`lines` sorted by code point, each once; about `run` characters at a time are held in memory.

    A line holds no line feed: N-Triples escapes them.
    """
    with ExitStack() as stack:
        spilled: list[Iterator[str]] = []
        part: list[str] = []
        size = 0
        for line in lines:
            part.append(line)
            size += len(line)
            if size >= run:
                spilled.append(_spill(sorted(part), stack))
                part, size = [], 0
        yield from (line for line, _ in groupby(heapq.merge(*spilled, sorted(part))))


def render_turtle(lines: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """A Turtle document from sorted lines "subject predicate object" of N-Triples terms, without full stop."""
    yield from _render_prefixes(prefixes)
    yield from _render_subjects(lines, _Shortener(prefixes), indent="")


def render_trig(lines: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """A TriG document from sorted lines "graph subject predicate object"."""
    yield from _render_prefixes(prefixes)
    shorten = _Shortener(prefixes)
    for graph, found in groupby((line.split(" ", 1) for line in lines), key=itemgetter(0)):
        yield f"\n{shorten(graph)} {{\n"
        yield from _render_subjects((rest for _, rest in found), shorten, indent="    ")
        yield "}\n"


def render_nquads(lines: Iterable[str]) -> Iterator[str]:
    """N-Quads from lines "graph subject predicate object"."""
    for line in lines:
        graph, triple = line.split(" ", 1)
        yield f"{triple} {graph} .\n"


class _Shortener:
    """Turns N-Triples terms into Turtle terms; remembers the last IRIs, most of which come often."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._predicates = {_TYPE: "a"}
        self._shorten_iri = lru_cache(maxsize=REMEMBERED)(self._find_prefix)

    def __call__(self, term: str) -> str:
        if term.startswith("<"):
            return self._shorten_iri(term)
        typed = _TYPED.fullmatch(term) if term.endswith(">") else None
        return self._shorten_literal(typed["value"], typed["type"]) if typed else term

    def predicate(self, term: str) -> str:
        """A term in the place of a predicate."""
        if term not in self._predicates:
            self._predicates[term] = self._shorten_iri(term)
        return self._predicates[term]

    def _find_prefix(self, term: str) -> str:
        iri = term[1:-1]
        cut = max(iri.rfind("#"), iri.rfind("/"), iri.rfind(":")) + 1
        prefix = self._prefixes.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix and _LOCAL_NAME.fullmatch(iri, cut) else term

    def _shorten_literal(self, value: str, datatype: str) -> str:
        bare = _BARE.get(datatype)
        return value if bare and bare.fullmatch(value) else f'"{value}"^^{self._shorten_iri(f"<{datatype}>")}'


def _render_prefixes(prefixes: Mapping[str, str]) -> Iterator[str]:
    for prefix, namespace in prefixes.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"


def _render_subjects(lines: Iterable[str], shorten: _Shortener, *, indent: str) -> Iterator[str]:
    triples = (line.split(" ", 2) for line in lines)
    for subject, found in groupby(triples, key=itemgetter(0)):
        yield f"\n{indent}{shorten(subject)} {_render_predicates(found, shorten, indent)} .\n"


def _render_predicates(triples: Iterable[list[str]], shorten: _Shortener, indent: str) -> str:
    """The predicates of one subject in the order of their IRIs, but the class first."""
    rendered = {
        predicate: _render_objects((triple[2] for triple in found), shorten, indent)
        for predicate, found in groupby(triples, key=itemgetter(1))
    }
    ordered = sorted(rendered, key=lambda predicate: predicate != _TYPE)
    return f" ;\n{indent}    ".join(f"{shorten.predicate(predicate)} {rendered[predicate]}" for predicate in ordered)


def _render_objects(terms: Iterable[str], shorten: _Shortener, indent: str) -> str:
    return f" ,\n{indent}        ".join(shorten(term) for term in terms)


def _spill(lines: list[str], stack: ExitStack) -> Iterator[str]:
    """Writes sorted lines to a file that goes away with `stack`, and reads them back one at a time."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115  (closed by the stack)
    stack.enter_context(file)
    file.writelines(line + "\n" for line in lines)
    file.seek(0)
    return (line[:-1] for line in file)
