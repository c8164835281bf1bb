"""What lies in a folder beside the database and follows it: `graph.ttl`, the page `graph.html`, the search index."""

from pathlib import Path

from kg.search import update_index
from kg.store import GraphStore
from kg.view import write_page


def write_outputs(store: GraphStore, folder: Path) -> None:
    """Brings all that is made from the articles in `store` up to date; call it once after they changed.

    Raises:
        StoreError: the folder cannot be written.
    """
    store.refresh_derived()
    store.flush()
    store.write_turtle(folder / "graph.ttl")
    write_page(store, folder / "graph.html")
    update_index(store, folder)
