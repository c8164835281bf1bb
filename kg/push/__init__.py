"""A graph written to another server, by the SPARQL 1.1 Graph Store HTTP Protocol: only what changed."""

from kg.push.client import Credentials, GraphServer
from kg.push.command import Pushed, push_graph

__all__ = ["Credentials", "GraphServer", "Pushed", "push_graph"]
