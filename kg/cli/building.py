"""Commands that make and change a graph: build, annotate, import, remove."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.arguments import AnyLanguage, Folder, Inputs, Ontology, Pipeline, RulesOnly, Strict, choose_settings
from kg.cli.messages import MOST_SKIPPED, exit_if, say, tell_skipped
from kg.errors import InputError
from kg.model import Skipped


def build(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the graph goes.")],
    base: Annotated[str | None, typer.Option(metavar="IRI", help="What IRIs of resources begin with.")] = None,
    ontology: Ontology = None,
    pipeline: Pipeline = None,
    rules_only: RulesOnly = False,
    workers: Annotated[int, typer.Option(min=0, metavar="N", help="Processes that analyse; 0: this one alone.")] = 0,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask analyses: local, a scheduler's address or its file.")
    ] = None,
    log_level: Annotated[
        str | None, typer.Option(metavar="LEVEL", help="JSON lines on stderr: debug, info, warning or error.")
    ] = None,
    any_language: AnyLanguage = False,
    strict: Strict = False,
) -> None:
    """Read articles and write their graph into a folder: store/, graph.ttl, graph.html, report.json."""
    from kg.log import start_log
    from kg.pipeline import build as build_graph
    from kg.screen import make_console, show_progress, show_summary
    from kg.view import NO_BUNDLE, find_bundle

    settings = choose_settings(
        base=base, ontology=ontology, pipeline=pipeline, any_language=any_language, rules_only=rules_only
    )
    if log_level is not None:
        start_log(log_level)
    with show_progress(make_console(stderr=True, quiet=log_level is not None)) as progress:
        result = build_graph(
            inputs, out, workers=workers, dask=dask, settings=settings, progress=progress, step=progress.step
        )
    tell_skipped(result.report.skipped, most=MOST_SKIPPED, rest=f"see {out / 'report.json'}")
    show_summary(make_console(), result)
    say(f"wrote {out}; open {out / 'graph.html'} in a browser" if find_bundle() else f"wrote {out}; {NO_BUNDLE}")
    if not result.report.articles:
        raise InputError("no article could be analysed")
    exit_if(strict and bool(result.report.skipped))


def annotate(
    inputs: Inputs,
    form: Annotated[str, typer.Option("--as", metavar="FORM", help="json, conllu or iob.")] = "json",
    ontology: Ontology = None,
    pipeline: Pipeline = None,
    rules_only: RulesOnly = False,
    any_language: AnyLanguage = False,
    strict: Strict = False,
) -> None:
    """Print what is found in each article: a JSON object a line, CoNLL-U, or tokens with entity tags."""
    from kg.pipeline import annotate_inputs
    from kg.screen import make_console, show_progress

    settings = choose_settings(ontology=ontology, pipeline=pipeline, any_language=any_language, rules_only=rules_only)
    skipped, totals = False, [0]
    with show_progress(make_console(stderr=True, quiet=sys.stdout.isatty())) as progress:
        found = annotate_inputs(inputs, form=form, settings=settings, tell_total=totals.append)
        for done, one in enumerate(found, start=1):
            progress(done, totals[-1], "")
            if isinstance(one, Skipped):
                skipped = True
                tell_skipped([one])
            else:
                sys.stdout.buffer.write(one.encode())
                sys.stdout.buffer.flush()
    exit_if(strict and skipped)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.dna", help="A project of Discourse Network Analyzer 3.0.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the graph goes; one may be there.")],
    statement_type: Annotated[str, typer.Option(metavar="LABEL", help="Which statements.")] = "DNA Statement",
    person: Annotated[str, typer.Option(metavar="VARIABLE", help='Who speaks; "" for none.')] = "person",
    organisation: Annotated[str, typer.Option(metavar="VARIABLE", help='For whom; "" for none.')] = "organization",
    concept: Annotated[str, typer.Option(metavar="VARIABLE", help="On what.")] = "concept",
    agreement: Annotated[str, typer.Option(metavar="VARIABLE", help="For or against.")] = "agreement",
    base: Annotated[str | None, typer.Option(metavar="IRI", help="What IRIs of resources begin with.")] = None,
    ontology: Ontology = None,
    strict: Strict = False,
) -> None:
    """Bring codings made by hand into a graph: documents as articles, statements as positions."""
    from kg.dna import Variables
    from kg.importing import import_dna
    from kg.screen import make_console, show_summary

    variables = Variables(
        statement_type=statement_type, person=person, organisation=organisation, concept=concept, agreement=agreement
    )
    result = import_dna(file, out, variables=variables, settings=choose_settings(base=base, ontology=ontology))
    tell_skipped(result.report.skipped, most=MOST_SKIPPED, rest=f"see {out / 'report.json'}")
    show_summary(make_console(), result)
    say(f"wrote {out}")
    exit_if(strict and bool(result.report.skipped))


def remove(
    folder: Folder, ids: Annotated[list[str], typer.Argument(metavar="ID", help="The ids of articles.")]
) -> None:
    """Take articles out of the graph, with all that they alone say."""
    from kg.removal import remove_articles

    left = remove_articles(folder, ids)
    say(f"removed {len(set(ids))} of {left + len(set(ids))} articles from {folder}")
