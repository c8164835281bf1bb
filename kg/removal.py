"""Articles taken out of a graph, each with all that it alone says."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg import vocab
from kg.errors import InputError
from kg.outputs import write_outputs
from kg.store import GraphStore, open_manifest

_ID = NamedNode(vocab.KG + "articleId")
NEAR = 3  # ids named in place of one that is not there


def remove_articles(folder: Path, ids: Iterable[str]) -> int:
    """Removes articles by their ids: the graph is then as if they had never been built. How many are left.

    Raises:
        InputError: an article is not in the graph; names those that are not, with ids like theirs. Nothing is removed.
        StoreError: there is no graph in `folder`, or it cannot be written.
    """
    with GraphStore.open(folder) as store:
        base, there = store.base, _read_ids(store)
    wanted = tuple(dict.fromkeys(ids))
    missing = [id for id in wanted if id not in there]
    if missing:
        raise InputError("\n".join(f"no article has the id {id!r}; {_name_near(id, there)}" for id in missing))
    with GraphStore.create(folder, base=base) as store, open_manifest(folder) as manifest:
        manifest.forget(wanted)
        for id in wanted:
            store.delete_article(vocab.mint_article_graph(id, base=base))
        write_outputs(store, folder)
        return len(store.article_graphs())


def _read_ids(store: GraphStore) -> frozenset[str]:
    found = store.database.quads_for_pattern(None, _ID, None, DefaultGraph())
    return frozenset(quad.object.value for quad in found if isinstance(quad.object, Literal))


def _name_near(id: str, there: Iterable[str]) -> str:
    """The ids most like one that is not there, or how to list all."""
    near = get_close_matches(id, sorted(there), n=NEAR)
    if near:
        return f"near it: {', '.join(near)}"
    return 'list them: kg query DIR "SELECT ?id { ?article kg:articleId ?id } ORDER BY ?id"'
