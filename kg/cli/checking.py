"""Commands that check a graph: validate, verify."""

import sys

import typer

from kg.cli.arguments import Folder, Ontology, choose_settings
from kg.cli.messages import exit_if, say
from kg.config import find_ontology


def validate(folder: Folder, ontology: Ontology = None) -> None:
    """Check the graph against the SHACL shapes; exit 1 on violations."""
    from kg.screen import make_console, show_progress
    from kg.store import GraphStore
    from kg.validate import validate_graph

    shapes = find_ontology(choose_settings(ontology=ontology).ontology)
    with GraphStore.open(folder) as store, show_progress(make_console(stderr=True), "checking the shapes"):
        report = validate_graph(store, shapes)
    typer.echo(report.text)
    exit_if(not report.conforms)


def verify(folder: Folder) -> None:
    """Slice every article anew at every offset; exit 1 on any mismatch."""
    from kg.screen import follow, make_console
    from kg.store import GraphStore
    from kg.verify import count_spans, verify_offsets

    mismatches = 0
    with GraphStore.open(folder) as store:
        console = make_console(stderr=True, quiet=sys.stdout.isatty())
        for mismatch in verify_offsets(store, follow(console, store.article_graphs(), "articles")):
            mismatches += 1
            typer.echo(str(mismatch))
        spans, articles = count_spans(store), len(store.article_graphs())
    say(f"{spans} spans in {articles} articles, {mismatches} mismatches")
    exit_if(mismatches > 0)
