"""The quads of a dump, checked line by line as they are read: nothing of it is believed before its last line."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import vocab
from kg.dumps.frame import Totals, is_last, kept_graphs, read_first, read_last
from kg.errors import InputError

BLOCK = 20_000  # lines parsed at a time
LONGEST = 64_000_000  # bytes of a line; the text of an article is one
_GZIP = b"\x1f\x8b"
_DAMAGED = "take another copy of the dump"


class Dump:
    """A dump that is being read; its base is known, its quads come once."""

    def __init__(self, stream: IO[bytes], source: str) -> None:
        self._stream, self._source, self._number = stream, source, 0
        self.base = read_first(self._next_line(), source)
        self._kept = kept_graphs(self.base)
        self._article = vocab.mint_graph("article-", base=self.base)

    def graphs(self) -> Iterator[tuple[str, Iterator[Quad]]]:
        """Each graph with its quads, in the order of their names; to be read before the next one is asked for.

        Raises:
            InputError: a line is not what a dump holds, or the dump is not whole; names the line and the reason.
        """
        quads = chain.from_iterable(self._read_blocks())
        waiting = next(quads, None)
        while waiting is not None:
            graph, rest = _name(waiting), _Until(waiting, quads)
            yield graph, iter(rest)
            waiting = rest.after

    def _read_blocks(self) -> Iterator[list[Quad]]:
        digest, count, articles, last = hashlib.sha256(), 0, 0, ""
        while True:
            first = self._number + 1
            lines = self._take_lines()
            ended = bool(lines) and is_last(lines[-1])
            quads = self._parse_lines(lines[:-1] if ended else lines, first)
            for number, quad in enumerate(quads, start=first):
                name = self._check_quad(quad, last, number)
                articles += name != last and name not in self._kept
                last = name
            digest.update(b"".join(lines[:-1] if ended else lines))
            count += len(quads)
            yield quads
            if ended:
                found = Totals(articles=articles, quads=count, sha256=digest.hexdigest())
                self._check_end(found, read_last(lines[-1], self._place(self._number)))
                return

    def _take_lines(self) -> list[bytes]:
        """The next lines, up to the last line of the dump.

        Raises:
            InputError: the file ends before it.
        """
        lines: list[bytes] = []
        size = 0
        while len(lines) < BLOCK and size < LONGEST:
            line = self._next_line()
            if not line.endswith(b"\n"):
                raise InputError(f"{self._place(self._number)}: the dump breaks off here; {_DAMAGED}")
            lines.append(line)
            size += len(line)
            if is_last(line):
                break
        return lines

    def _next_line(self) -> bytes:
        try:
            line = self._stream.readline(LONGEST + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"{self._place(self._number)}: cannot be read further: {error}; {_DAMAGED}") from error
        if line:
            self._number += 1
        if len(line) > LONGEST:
            raise InputError(f"{self._place(self._number)}: is longer than {LONGEST} bytes; this is no dump of kg")
        return line

    def _parse_lines(self, lines: list[bytes], first: int) -> list[Quad]:
        try:
            quads = list(parse(b"".join(lines), format=RdfFormat.N_QUADS))
        except SyntaxError as error:
            place = self._place(first + (error.lineno or 1) - 1)
            raise InputError(f"{place}: is no N-Quads: {error.msg.partition(': ')[2] or error.msg}") from error
        if len(quads) != len(lines):
            empty = next(i for i, line in enumerate(lines) if not line.strip() or line.lstrip().startswith(b"#"))
            raise InputError(f"{self._place(first + empty)}: holds no quad; {_DAMAGED}")
        return quads

    def _check_quad(self, quad: Quad, last: str, number: int) -> str:
        """The name of the graph of `quad`, which follows one of the graph `last`."""
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
            raise InputError(f"{self._place(number)}: has a blank node or a quoted triple; a graph of kg has none")
        name = _name(quad)
        if name not in self._kept and not name.startswith(self._article):
            raise InputError(f"{self._place(number)}: belongs to the graph {quad.graph_name}, which is none of kg's")
        if name < last:
            raise InputError(f"{self._place(number)}: {name} comes after {last}; the lines are not in kg's order")
        return name

    def _check_end(self, found: Totals, said: Totals) -> None:
        if found != said:
            what = f"says {said.articles} articles, {said.quads} quads, {said.sha256}"
            was = f"found were {found.articles}, {found.quads}, {found.sha256}"
            raise InputError(f"{self._place(self._number)}: {what}; {was}: the dump was changed; {_DAMAGED}")
        if self._next_line():
            raise InputError(f"{self._place(self._number)}: stands after the end of the dump; {_DAMAGED}")

    def _place(self, number: int) -> str:
        return f"{self._source}, line {max(number, 1)}"


class _Until:
    """The quads of the graph of the first one; `after` is the first of the next graph."""

    def __init__(self, first: Quad, rest: Iterator[Quad]) -> None:
        self._first, self._rest = first, rest
        self.after: Quad | None = None

    def __iter__(self) -> Iterator[Quad]:
        yield self._first
        for quad in self._rest:
            if quad.graph_name != self._first.graph_name:
                self.after = quad
                return
            yield quad


@contextmanager
def open_dump(path: Path) -> Iterator[Dump]:
    """A dump to read, compressed or not: the first bytes say which.

    Raises:
        InputError: it cannot be read, or is no dump.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(len(_GZIP)) == _GZIP
            file.seek(0)
            with gzip.open(file) if packed else file as stream:
                yield Dump(stream, str(path))  # type: ignore[arg-type]  # GzipFile is a stream of bytes in all but name
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _name(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
