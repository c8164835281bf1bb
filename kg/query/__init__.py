"""SPARQL 1.1 over a graph, and the queries that come with `kg`, with parameters bound as RDF terms."""

from kg.query.binding import bind_params, bind_variables
from kg.query.engine import (
    DEPTH_LIMIT,
    GRAPH_FORMATS,
    RESULT_FORMATS,
    SIZE_LIMIT,
    Result,
    Scope,
    Table,
    check_query,
    disarm,
    read_tokens,
    run_query,
    serialise_result,
    shorten_iri,
    tabulate,
    write_result,
)
from kg.query.named import NamedQuery, Parameter, named_queries, named_query
from kg.query.terms import kinds

__all__ = [
    "DEPTH_LIMIT",
    "GRAPH_FORMATS",
    "RESULT_FORMATS",
    "SIZE_LIMIT",
    "NamedQuery",
    "Parameter",
    "Result",
    "Scope",
    "Table",
    "bind_params",
    "bind_variables",
    "check_query",
    "disarm",
    "kinds",
    "named_queries",
    "named_query",
    "read_tokens",
    "run_query",
    "serialise_result",
    "shorten_iri",
    "tabulate",
    "write_result",
]
