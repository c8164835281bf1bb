"""The queries that come with `kg`: files in `kg/queries/`, each with its description and parameters at the top.

    # title: Positions
    # description: Who holds which position ...
    # param topic: issue; the issue that the position is on
    # param least: number = 2; on how many topics two actors must agree

A parameter is the variable of the query that has its name in capitals, ?TOPIC. Given, it is bound to one term; not
given, it is the default or stays unbound, and the query finds all. What kinds there are, stands in `kg.query.terms`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.errors import QueryError

_HEADER = re.compile(r"#\s*(?:(?P<key>title|description|param [a-z]+):)?\s*(?P<text>.*)")
_PARAMETER = re.compile(r"(?P<kind>[a-z-]+)(?:\s*=\s*(?P<default>[^;]+?))?\s*;\s*(?P<meaning>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What may be given to a query. `default` is a value as a user writes it; without, the query finds all."""

    name: str
    kind: str
    meaning: str
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query that comes with `kg`."""

    name: str
    title: str
    description: str
    text: str
    parameters: tuple[Parameter, ...] = ()


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """The queries that come with `kg`, by name, sorted."""
    files = {
        file.name.removesuffix(".rq"): file
        for file in resources.files("kg").joinpath("queries").iterdir()
        if file.name.endswith(".rq")
    }
    return {name: read_named(name, files[name].read_text(encoding="utf-8")) for name in sorted(files)}


def named_query(name: str) -> NamedQuery:
    """The query of that name.

    Raises:
        QueryError: there is none; the message lists those there are.
    """
    found = named_queries().get(name)
    if found is None:
        raise QueryError(f"no query is named {name!r}; there are: {', '.join(named_queries())}")
    return found


def read_named(name: str, text: str) -> NamedQuery:
    """The query in a file, with what the comments at its top say."""
    header = _read_header(text)
    return NamedQuery(
        name=name,
        title=header["title"],
        description=header["description"],
        text=text,
        parameters=tuple(_read_parameters(name, header)),
    )


def _read_header(text: str) -> dict[str, str]:
    """The comments at the top by key: "# title: ..." and lines that go on."""
    header: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        match = _HEADER.match(line)
        if not match:
            break
        key = match["key"] or key
        header[key] = f"{header.get(key, '')} {match['text'].strip()}".strip()
    return header


def _read_parameters(query: str, header: Mapping[str, str]) -> Iterator[Parameter]:
    for key, text in header.items():
        if not key.startswith("param "):
            continue
        name = key.removeprefix("param ")
        match = _PARAMETER.fullmatch(text)
        if match is None:
            raise QueryError(f"{query}.rq: param {name}: wants KIND; MEANING or KIND = DEFAULT; MEANING, not {text!r}")
        yield Parameter(name=name, kind=match["kind"], meaning=match["meaning"], default=match["default"])
