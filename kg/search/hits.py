"""What a search finds, best first, with the words marked that were asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.search.index import find_entries, open_index
from kg.search.sources import ARTICLES, ENTITIES, SENTENCES, Entry
from kg.search.words import find_marks, read_terms
from kg.store import GraphStore

KINDS = (ENTITIES, SENTENCES, ARTICLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What was found, and where in its text the words stand: half-open ranges of code points."""

    entry: Entry
    marks: tuple[tuple[int, int], ...]


def search_graph(
    store: GraphStore, folder: Path | None, words: str, *, kinds: Iterable[str] = KINDS, limit: int = 20
) -> tuple[Hit, ...]:
    """What holds all of `words`, best first: ranked by BM25, then by IRI; the same graph gives the same hits.

    A word finds the words that begin with it, whole ones first; words in quotation marks are found as they stand,
    one after the other. Case, accents and ways to write an umlaut do not matter.

    Args:
        store: an open graph.
        folder: where the index lies and is kept up to date; None makes one in memory.
        words: what is looked for.
        kinds: of `KINDS`; none means all.
        limit: how many hits at most.

    Raises:
        InputError: no word, too many, no such kind, or a limit below 1.
    """
    terms, wanted = read_terms(words), tuple(dict.fromkeys(kinds)) or KINDS
    strange = next((kind for kind in wanted if kind not in KINDS), None)
    if strange is not None:
        raise InputError(f"no type of hit is named {strange!r}; there are: {', '.join(KINDS)}")
    if limit < 1:
        raise InputError(f"limit {limit}: wants a whole number above 0")
    with open_index(store, folder) as index:
        return tuple(
            Hit(entry=entry, marks=find_marks(entry.text, terms)) for entry in find_entries(index, terms, wanted, limit)
        )
