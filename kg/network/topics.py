"""Which topics a user means by a name: one topic, or every topic of an issue."""

from collections.abc import Iterable, Mapping

from kg.errors import InputError
from kg.network.rows import select_rows
from kg.store import GraphStore

MOST_LISTED = 40  # issues that an error names

_TOPICS = """
SELECT DISTINCT ?topic ?name ?issue ?notation ?label WHERE {
  ?topic a kg:Topic ; kg:issue ?i .
  BIND(STRAFTER(STR(?i), "#topic-") AS ?issue)
  OPTIONAL { ?topic rdfs:label ?name }
  OPTIONAL { ?i skos:notation ?notation }
  OPTIONAL { ?i skos:prefLabel ?label }
}"""


def find_topics(store: GraphStore, names: Iterable[str]) -> frozenset[str]:
    """The IRIs of the topics that are meant by `names`: each an id or label of a topic, or of an issue.

    Raises:
        InputError: the graph has no such topic; lists the issues on which it has positions.
    """
    rows = list(select_rows(store, _TOPICS))
    return frozenset(topic for name in names for topic in _find(store, name, rows))


def _find(store: GraphStore, name: str, rows: Iterable[Mapping[str, str]]) -> set[str]:
    wanted = name.strip().casefold()
    found = {row["topic"] for row in rows if wanted in _names(store, row)}
    if not found:
        issues = sorted({row["issue"] for row in rows if row["issue"]})
        rest = f" and {len(issues) - MOST_LISTED} more" if len(issues) > MOST_LISTED else ""
        there = f"it has: {', '.join(issues[:MOST_LISTED])}{rest}" if issues else "it has none"
        raise InputError(f"topic {name!r}: the graph has no position on it; {there}")
    return found


def _names(store: GraphStore, row: Mapping[str, str]) -> set[str]:
    """By what a topic can be asked for, in lower case."""
    local = row["topic"].removeprefix(store.base)
    names = {row["topic"], local, local.removeprefix("topic-"), row["name"], row["issue"], row["notation"]}
    return {name.casefold() for name in (*names, row["label"]) if name}
