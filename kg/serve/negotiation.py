"""Which of several media types a client gets, by its Accept header (RFC 9110, section 12.5.1)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import QueryResultsFormat, RdfFormat

# What the client may ask for, the best first: the media type answered with, and the format written.
RESULT_TYPES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
GRAPH_TYPES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "text/n3": RdfFormat.N3,
    "application/xml": RdfFormat.RDF_XML,
    "text/xml": RdfFormat.RDF_XML,
    "application/x-turtle": RdfFormat.TURTLE,
    "text/plain": RdfFormat.N_TRIPLES,
}
_TEXT = ("text/", "application/xml")  # types whose encoding has to be said


class _Range(NamedTuple):
    """One part of an Accept header: "text/*;q=0.5"."""

    kind: str
    subtype: str
    quality: float

    def fits(self, kind: str, subtype: str) -> int:
        """How exactly this describes a media type: 0 not at all, 3 by its full name."""
        if self.kind == "*":
            return 1
        if self.kind != kind:
            return 0
        return 2 if self.subtype == "*" else 3 * (self.subtype == subtype)


def choose_type(accept: str, offers: Iterable[str]) -> str | None:
    """The offer that the client likes best, of equals the first; None if it takes none of them.

    Args:
        accept: the Accept header; empty if there is none, which means anything.
        offers: media types, the server's favourite first.
    """
    ranges = tuple(_read_accept(accept)) or (_Range("*", "*", 1.0),)
    return max(
        (offer for offer in offers if _quality(offer, ranges) > 0),
        key=lambda offer: _quality(offer, ranges),
        default=None,
    )


def content_type(media_type: str) -> str:
    """The value of the Content-Type header, with the encoding where readers would guess it."""
    return f"{media_type}; charset=utf-8" if media_type.startswith(_TEXT) else media_type


def _quality(offer: str, ranges: Iterable[_Range]) -> float:
    """What the most exact of the ranges that fit says of an offer."""
    kind, _, subtype = offer.partition("/")
    fitting = [(found.fits(kind, subtype), found.quality) for found in ranges if found.fits(kind, subtype)]
    return max(fitting)[1] if fitting else 0.0


def _read_accept(header: str) -> Iterator[_Range]:
    """The parts of a header; what is none is passed over."""
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        kind, slash, subtype = name.partition("/")
        if slash and kind and subtype:
            yield _Range(kind, subtype, _read_quality(parameters))


def _read_quality(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
