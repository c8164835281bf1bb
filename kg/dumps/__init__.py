"""A graph as one file that every version of `kg` can read, and such a file as a graph again."""

from kg.dumps.restore import restore_graph
from kg.dumps.write import dump_graph

__all__ = ["dump_graph", "restore_graph"]
