"""Events as political scientists use them: one row an event, with the columns of PLOVER's data set, POLECAT.

Named as there (and where ICEWS has the same, as there): Event ID, Event Date, Event Type, Event Mode, Quad Code,
Contexts, Actor and Recipient with Country, Placename, Country, Source, Publication Date, Language, Version. What
POLECAT has and `kg` does not know (Intensity, COW codes, sectors, coordinates) is left out; what it has not follows
behind: Modality, According To, Instrument, Object, and where the article says it.
"""

from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import IO

from kg.export.articles import ArticleGraph, Names, read_articles
from kg.export.event_types import EventTypes, quad_code
from kg.export.rows import read_evidence
from kg.export.schema import Row
from kg.export.tables import write_csv
from kg.store import GraphStore

COLUMNS = {
    "Event ID": "IRI of the event without the base",
    "Event Date": "of the event as the text says it, else of the article (ISO 8601, as precise as known)",
    "Event Type": "one of the sixteen types of PLOVER, in capitals",
    "Event Mode": "our narrower type: deliver-weapons, sign, ...; empty where the type of PLOVER is all that is known",
    "Quad Code": "verbal or material cooperation or conflict",
    "Contexts": "of PLOVER's contexts those that a modality is: hypothetical, future (planned)",
    "Actor Name": "who does it (Source Name in ICEWS)",
    "Actor Country": "ISO 3166-1 alpha-3 code of the state that the actor is, acts for or is a citizen of",
    "Actor ID": "id of the entity",
    "Actor Type": "its class: State, Person, GovernmentBody, ...",
    "Recipient Name": "to or with whom (Target Name in ICEWS)",
    "Recipient Country": "as for the actor",
    "Recipient ID": "as for the actor",
    "Recipient Type": "as for the actor",
    "Placename": "where",
    "Country": "ISO 3166-1 alpha-3 code of the state that the place is, or lies in",
    "Source": "outlet",
    "Publication Date": "of the article",
    "Language": "of the article",
    "Version": "of the software that coded the event",
    "Modality": "asserted, possible, hypothetical, planned or denied",
    "Date Basis": "event or publication: which of the two Event Date is",
    "According To": "who says so, other than the outlet",
    "Instrument": "with what",
    "Object": "what is given, signed, tested, ...",
    "Article ID": "id of the article",
    "Headline": "its title",
    "URL": "its address",
    "Start": "where the evidence begins in the article's text, in code points",
    "End": "where it ends, exclusive",
    "Event Text": "the characters from Start to End",
    "Sentence": "the sentence around",
}
_CONTEXTS = {"hypothetical": "hypothetical", "planned": "future"}
_STATE_OF = ("actsFor", "citizenOf", "capitalOf", "locatedIn")  # what leads from an entity to its state, best first


def write_plover(store: GraphStore, output: IO[bytes]) -> None:
    """Writes the events as CSV; texts that begin like a formula have an apostrophe in front."""
    write_csv(COLUMNS, ([row.get(name) for name in COLUMNS] for row in _read_events(store)), output, guard=True)


def _read_events(store: GraphStore) -> Iterator[Row]:
    coder = _Coder(store)
    for article in read_articles(store):
        for node in article.of_class("Event"):
            yield coder.code(article, node)


class _Coder:
    """Codes the events of a graph; remembers the countries it looked up."""

    def __init__(self, store: GraphStore) -> None:
        self._names = Names(store)
        self._types = EventTypes(store)
        self._country = cache(self._find_country)

    def code(self, article: ArticleGraph, node: str) -> Row:
        """The row of one event."""
        kind = article.value(node, "eventType") or ""
        plover, modality = self._types.plover(kind), article.local(node, "modality") or ""
        time, place = article.value(node, "time"), article.value(node, "place")
        return {
            "Event ID": self._names.short(node),
            "Event Date": time or article.date,
            "Event Type": plover,
            "Event Mode": self._types.mode(kind),
            "Quad Code": quad_code(plover),
            "Contexts": _CONTEXTS.get(modality),
            **self._code_actor("Actor", article.value(node, "agent")),
            **self._code_actor("Recipient", article.value(node, "recipient")),
            "Placename": self._names.label(place),
            "Country": place and self._country(place),
            "Modality": modality,
            "Date Basis": "event" if time else "publication" if article.date else None,
            "According To": self._names.label(article.value(node, "accordingTo")),
            "Instrument": self._names.label(article.value(node, "instrument")),
            "Object": self._names.label(article.value(node, "object")),
            "Version": article.value(article.value(node, "extractedBy") or "", "version"),
            **_code_source(article, node),
        }

    def _code_actor(self, role: str, iri: str | None) -> Row:
        if iri is None:
            return {}
        return {
            f"{role} Name": self._names.label(iri),
            f"{role} Country": self._country(iri),
            f"{role} ID": self._names.short(iri),
            f"{role} Type": self._names.kind(iri),
        }

    def _find_country(self, iri: str) -> str | None:
        """The code of the nearest state on the way from an entity to whom it acts for or belongs to."""
        queue, seen = deque([iri]), {iri}
        while queue:
            node = queue.popleft()
            if codes := self._names.objects(node, "isoAlpha3"):
                return codes[0]
            for name in _STATE_OF:
                found = [above for above in self._names.objects(node, name) if above not in seen and ":" in above]
                seen.update(found)
                queue.extend(found)
        return None


def _code_source(article: ArticleGraph, node: str) -> Row:
    evidence = read_evidence(article, node)
    return {
        "Source": article.value(article.iri, "publisher"),
        "Publication Date": article.date,
        "Language": article.value(article.iri, "language"),
        "Article ID": article.id,
        "Headline": article.value(article.iri, "title"),
        "URL": article.value(article.iri, "url"),
        "Start": evidence.get("start"),
        "End": evidence.get("end"),
        "Event Text": evidence.get("text"),
        "Sentence": evidence.get("sentence"),
    }
