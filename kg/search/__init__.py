"""Search in the text of a graph: names of entities and topics, titles and sentences of articles.

`search_graph` is the one function on top; the index it reads lies beside the store and follows it.
"""

from kg.search.hits import KINDS, Hit, search_graph
from kg.search.index import FILE, update_index
from kg.search.listing import FORMS, render_hits
from kg.search.words import join_words

__all__ = ["FILE", "FORMS", "KINDS", "Hit", "join_words", "render_hits", "search_graph", "update_index"]
