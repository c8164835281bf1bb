"""The database of a graph, what of it leaves the store, and how that is written."""

from kg.store.database import GraphStore
from kg.store.folder import MANIFEST, check_folder, explain_faults, is_graph, read_base, write_file
from kg.store.graphs import digest_lines, graph_lines, graph_names
from kg.store.manifest import Entry, Manifest, open_manifest
from kg.store.turtle import render_nquads, render_trig, render_turtle

__all__ = [
    "MANIFEST",
    "Entry",
    "GraphStore",
    "Manifest",
    "check_folder",
    "digest_lines",
    "explain_faults",
    "graph_lines",
    "graph_names",
    "is_graph",
    "open_manifest",
    "read_base",
    "render_nquads",
    "render_trig",
    "render_turtle",
    "write_file",
]
