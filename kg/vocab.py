"""Namespaces, and the IRIs of resources: minted from content alone, so that the same input gives the same graph.

Every name is a pure function of what it names: no counters, no time, no blank nodes. Minting is injective:
two things that differ never share an IRI, up to a collision of the hash where one is appended. A name is a
kind, "-", and its parts joined by "_"; slugs hold no "_", so that the parts cannot run into one another.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from urllib.parse import quote

KG = "https://w3id.org/polkg/ontology#"
BASE = "https://w3id.org/polkg/resource/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
WD = "http://www.wikidata.org/entity/"
XSD = "http://www.w3.org/2001/XMLSchema#"

_TRANSLITERATION = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    }
)
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 80
_HASH_LENGTH = 12


def prefixes(base: str = BASE) -> Mapping[str, str]:
    """The prefixes that `kg` writes and that a query may use undeclared, in the order they are written."""
    return {"kg": KG, "r": base, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "skos": SKOS, "dct": DCT, "wd": WD, "xsd": XSD}


def slug(text: str) -> str:
    """Lower-case ASCII words joined by "-": "Außenministerium Kiew" -> "aussenministerium-kiew"."""
    composed = unicodedata.normalize("NFC", text).lower().translate(_TRANSLITERATION)
    ascii_only = unicodedata.normalize("NFKD", composed).encode("ascii", "ignore").decode()
    return _NO_SLUG.sub("-", ascii_only).strip("-")


def short_hash(*parts: str, length: int = _HASH_LENGTH) -> str:
    """The first hexadecimal digits of the SHA-256 of `parts`, each with its length before it."""
    digest = hashlib.sha256()
    for part in parts:
        octets = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(octets)}:".encode() + octets)
    return digest.hexdigest()[:length]


def readable_name(text: str) -> str:
    """`text` itself where it is a slug already, else its slug, "_" and a hash: two texts never share a name."""
    readable = slug(text)
    if readable == text and 0 < len(text) <= _SLUG_LENGTH:
        return text
    return f"{readable[:_SLUG_LENGTH].strip('-')}_{short_hash(text)}"


def mint_article(article_id: str, *, base: str = BASE) -> str:
    """The IRI of an article, from its id."""
    return f"{base}article-{readable_name(article_id)}"


def mint_article_graph(article_id: str, *, base: str = BASE) -> str:
    """The IRI of the named graph that holds what one article says."""
    return f"{base}graph-article-{readable_name(article_id)}"


def mint_graph(name: str, *, base: str = BASE) -> str:
    """The IRI of a graph that belongs to no article: "ontology", "knowledge", "derived"."""
    return f"{base}graph-{name}"


def mint_span(article_id: str, start: int, end: int, *, kind: str = "span", base: str = BASE) -> str:
    """The IRI of a range of code points in an article. `kind`: "span", "sentence", "mention"."""
    return f"{base}{kind}-{readable_name(article_id)}_{start}-{end}"


def mint_mention(article_id: str, start: int, end: int, *, base: str = BASE) -> str:
    """The IRI of a mention, from its article and offsets."""
    return mint_span(article_id, start, end, kind="mention", base=base)


def mint_entity(entity_id: str, *, base: str = BASE) -> str:
    """The IRI of an entity: the base and its id, with what an IRI cannot hold percent-encoded."""
    return base + quote(entity_id, safe="", errors="surrogatepass")


def mint_topic(issue: str, about: str | None, *, base: str = BASE) -> str:
    """The IRI of an issue about something: "topic-nato-membership_state-ukraine", "topic-elections" about nothing."""
    tail = "" if about is None else f"_{escape(about)}"
    return f"{base}topic-{escape(issue)}{tail}"


def mint_role(role: str, *, base: str = BASE) -> str:
    """The IRI of a role, as the knowledge base names them: "Außenminister" -> "role-aussenminister".

    Not injective on purpose: spellings of one slug are one role.
    """
    return f"{base}role-{slug(role) or short_hash(role)}"


def mint_extraction(rule: str, version: str, *, base: str = BASE) -> str:
    """The IRI of one rule (or model) in one version."""
    return f"{base}extraction-{escape(rule)}_{escape(version)}"


def mint_coder(coder: str, *, base: str = BASE) -> str:
    """The IRI of a person who codes by hand, from an id that names project and person."""
    return f"{base}coder-{escape(coder)}"


def mint_fact(
    kind: str, article_id: str, start: int, end: int, content: Iterable[str | None], *, base: str = BASE
) -> str:
    """The IRI of a fact: its kind, article, the offsets of its evidence and a hash of what it says.

    Args:
        kind: "statement", "position", "event", "office", "relation".
        article_id: the article that says it.
        start: where the evidence begins, in code points.
        end: where the evidence ends, exclusive.
        content: everything that makes the fact this fact and no other, in a fixed order.
        base: what IRIs of resources begin with.
    """
    parts = ["-" if part is None else f"={part}" for part in content]
    return f"{base}{kind}-{readable_name(article_id)}_{start}-{end}_{short_hash(kind, *parts)}"


def escape(name: str) -> str:
    """`name` with all but ASCII letters, digits, "-", "." and "~" percent-encoded, "_" too; injective."""
    return quote(name, safe="", errors="surrogatepass").replace("_", "%5F")
