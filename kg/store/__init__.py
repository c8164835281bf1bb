"""The database of a graph, what of it leaves the store, and how that is written."""

from kg.store.database import GraphStore
from kg.store.folder import MANIFEST, explain_faults, is_graph, write_file
from kg.store.manifest import Entry, Manifest, open_manifest
from kg.store.turtle import render_nquads, render_trig, render_turtle

__all__ = [
    "MANIFEST",
    "Entry",
    "GraphStore",
    "Manifest",
    "explain_faults",
    "is_graph",
    "open_manifest",
    "render_nquads",
    "render_trig",
    "render_turtle",
    "write_file",
]
