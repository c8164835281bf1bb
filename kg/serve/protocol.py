"""What a request wants: SPARQL 1.1 Protocol (W3C, 2013), section 2, and Graph Store Protocol, section 4.2.

Nothing here touches a graph. What a request says wrongly is a `Refusal` that says how to say it.
"""

from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from typing import NamedTuple, NoReturn
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from kg.serve.refusal import Refusal

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MOST_PARAMETERS = 2_000

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query, with the graphs that the request asks it of; None where it names none."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """An update, with the graphs that its WHERE parts are to see; empty where the request names none."""

    text: str
    using_graphs: tuple[str, ...] = ()
    using_named_graphs: tuple[str, ...] = ()


class Body(NamedTuple):
    """The body of a POST and its Content-Type header, "" if there is none."""

    content_type: str
    octets: bytes


def read_get(query_string: bytes) -> Query | None:
    """The query of a GET request; None if it asks for the service description.

    Raises:
        Refusal: it is no query.
    """
    pairs = _read_pairs(query_string, "the address")
    if _values(pairs, "update"):
        _refuse("an update is sent by POST, not by GET")
    return _query(pairs, _one(pairs, "query")) if _values(pairs, "query") else None


def read_post(query_string: bytes, body: Body) -> Query | Update:
    """The query or update of a POST request.

    Raises:
        Refusal: it is neither.
    """
    pairs = _read_pairs(query_string, "the address")
    media_type, charset = _read_type(body.content_type)
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        _refuse(f"charset {charset[:40]!r} cannot be read; send UTF-8", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if media_type == FORM:
        return _read_form((*pairs, *_read_pairs(body.octets, "the form")))
    if media_type not in (QUERY, UPDATE):
        found = repr(media_type[:80]) if media_type else "none"
        _refuse(f"Content-Type {found}; send {FORM}, {QUERY} or {UPDATE}", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if _values(pairs, "query") or _values(pairs, "update"):
        _refuse("the body and the address both hold an operation; send one")
    text = _decode(body.octets, "the body")
    return _query(pairs, text) if media_type == QUERY else _update(pairs, text)


def read_graph_name(query_string: bytes) -> str | None:
    """The IRI of the graph that a request to the graph store names; None for the default graph.

    Raises:
        Refusal: it names none, or several.
    """
    pairs = _read_pairs(query_string, "the address")
    default = any(name == "default" for name, _ in pairs)
    if default == bool(_values(pairs, "graph")):
        _refuse("name one graph: ?graph=IRI, or ?default for the union of all graphs")
    if default:
        return None
    return _check_iri("graph", _one(pairs, "graph"))


def read_params(query_string: bytes) -> dict[str, str]:
    """What a request gives for the parameters of a named query, as a user writes it.

    Raises:
        Refusal: a parameter is given twice.
    """
    pairs = _read_pairs(query_string, "the address")
    return {name: _one(pairs, name) for name in dict(pairs)}


def _read_form(pairs: Pairs) -> Query | Update:
    queries, updates = _values(pairs, "query"), _values(pairs, "update")
    if bool(queries) == bool(updates):
        _refuse("the form holds neither query nor update" if not queries else "the form holds both query and update")
    return _query(pairs, _one(pairs, "query")) if queries else _update(pairs, _one(pairs, "update"))


def _query(pairs: Pairs, text: str) -> Query:
    default, named = _graphs(pairs, "default-graph-uri"), _graphs(pairs, "named-graph-uri")
    if not default and not named:
        return Query(text=text)
    return Query(text=text, default_graphs=default, named_graphs=named)


def _update(pairs: Pairs, text: str) -> Update:
    return Update(
        text=text,
        using_graphs=_graphs(pairs, "using-graph-uri"),
        using_named_graphs=_graphs(pairs, "using-named-graph-uri"),
    )


def _graphs(pairs: Pairs, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_check_iri(name, value) for value in _values(pairs, name)))


def _check_iri(name: str, value: str) -> str:
    try:
        return NamedNode(value).value
    except ValueError as error:
        raise Refusal(HTTPStatus.BAD_REQUEST, f"{name}: {value[:200]!r} is no absolute IRI: {error}") from error


def _values(pairs: Pairs, name: str) -> tuple[str, ...]:
    return tuple(value for key, value in pairs if key == name)


def _one(pairs: Pairs, name: str) -> str:
    found = _values(pairs, name)
    if len(found) > 1:
        _refuse(f"{name} is given {len(found)} times; give it once")
    return found[0]


def _read_pairs(octets: bytes, place: str) -> Pairs:
    """The pairs of a query string or a form."""
    try:
        return tuple(
            parse_qsl(octets.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
        )
    except UnicodeDecodeError as error:
        raise Refusal(HTTPStatus.BAD_REQUEST, f"{place} is not UTF-8") from error
    except ValueError as error:
        raise Refusal(HTTPStatus.BAD_REQUEST, f"{place} has over {MOST_PARAMETERS} parameters; send fewer") from error


def _decode(octets: bytes, place: str) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(HTTPStatus.BAD_REQUEST, f"{place} is not UTF-8 at byte {error.start}") from error


def _read_type(header: str) -> tuple[str, str]:
    """Media type and charset of a Content-Type header, in lower case; "" for what it does not say."""
    if not header.strip():
        return "", ""
    message = Message()
    message["Content-Type"] = header.replace("\r", " ").replace("\n", " ")
    return message.get_content_type(), (message.get_content_charset() or "").lower()


def _refuse(message: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> NoReturn:
    raise Refusal(status, message)
