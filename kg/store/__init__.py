"""The database of a graph, what of it leaves the store, and how that is written."""

from kg.store.database import GraphStore
from kg.store.folder import MANIFEST, check_folder, read_base
from kg.store.graphs import digest_lines, graph_lines, graph_names
from kg.store.turtle import render_nquads, render_trig, render_turtle

__all__ = [
    "MANIFEST",
    "GraphStore",
    "check_folder",
    "digest_lines",
    "graph_lines",
    "graph_names",
    "read_base",
    "render_nquads",
    "render_trig",
    "render_turtle",
]
