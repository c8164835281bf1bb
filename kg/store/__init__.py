"""The database of a graph, what of it leaves the store, and how that is written."""

from kg.store.database import GraphStore
from kg.store.folder import MANIFEST
from kg.store.turtle import render_nquads, render_trig, render_turtle

__all__ = ["MANIFEST", "GraphStore", "render_nquads", "render_trig", "render_turtle"]
