"""Projects of Discourse Network Analyzer: what was coded by hand, brought into the graph."""

from kg.dna.codings import resolve_project
from kg.dna.project import Project, Variables, read_project

__all__ = ["Project", "Variables", "read_project", "resolve_project"]
