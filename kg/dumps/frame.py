"""What stands around the quads of a dump: a first line that says whose they are, a last one that says they are all.

A dump is N-Quads that any RDF tool reads, for both lines are comments:

    # kg-dump {"base": "https://w3id.org/polkg/resource/", "format": 1}
    <...> <...> <...> <...> .
    # kg-dump-end {"articles": 1, "quads": 71855, "sha256": "..."}

It carries the graphs of the articles and those of vocabulary and knowledge base. The default graph, the derived
graph and all files beside the store follow from these and are made again.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from kg import vocab
from kg.config import read_settings
from kg.errors import InputError

FORMAT = 1  # of dumps; a higher one was written by a newer `kg`
_FIRST, _LAST = b"# kg-dump ", b"# kg-dump-end "


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a whole dump holds."""

    articles: int
    quads: int
    sha256: str  # of all lines of quads with their line feeds, in hexadecimal digits


def render_first(base: str) -> bytes:
    """The first line of a dump."""
    return _FIRST + json.dumps({"base": base, "format": FORMAT}, sort_keys=True).encode() + b"\n"


def render_last(totals: Totals) -> bytes:
    """The last line of a dump."""
    return _LAST + json.dumps(asdict(totals), sort_keys=True).encode() + b"\n"


def read_first(line: bytes, source: str) -> str:
    """The base of the dump that begins with `line`.

    Raises:
        InputError: it is no dump, or one of a newer `kg`.
    """
    if not line.startswith(_FIRST):
        raise InputError(f"{source}, line 1: is no dump of kg; kg dump DIR -o FILE writes one")
    found = _read_object(line.removeprefix(_FIRST), f"{source}, line 1")
    if not isinstance(found.get("format"), int) or found["format"] < 1:
        raise InputError(f"{source}, line 1: has no format, a whole number; it is not as kg wrote it")
    if found["format"] > FORMAT:
        raise InputError(
            f"{source}, line 1: format {found['format']}, this kg reads up to {FORMAT}; install a newer kg"
        )
    try:
        return read_settings({}, base=str(found.get("base") or "none")).base
    except InputError as error:
        raise InputError(f"{source}, line 1: {error}") from error


def is_last(line: bytes) -> bool:
    """Whether a dump ends with this line."""
    return line.startswith(_LAST)


def read_last(line: bytes, place: str) -> Totals:
    """What the dump says that it holds.

    Raises:
        InputError: the line is damaged.
    """
    try:
        return Totals(**_read_object(line.removeprefix(_LAST), place))
    except TypeError as error:
        raise InputError(f"{place}: is not as kg wrote it; take another copy of the dump") from error


def kept_graphs(base: str) -> frozenset[str]:
    """The graphs of a dump that are not those of articles."""
    return frozenset(vocab.mint_graph(name, base=base) for name in ("knowledge", "ontology"))


def _read_object(text: bytes, place: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise InputError(f"{place}: is not as kg wrote it ({error}); take another copy of the dump") from error
    if not isinstance(found, dict):
        raise InputError(f"{place}: is not as kg wrote it; take another copy of the dump")
    return found
