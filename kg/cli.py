"""The command line: a thin shell over the Python API. Data to stdout, messages to stderr.

Exit 0: fine; 1: findings (violations, mismatches, with --strict skipped inputs); 2: usage or input error.
"""

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Annotated

import typer

from kg import __version__
from kg.config import Settings, find_ontology, read_settings
from kg.errors import InputError, KgError, QueryError
from kg.model import Skipped

FINDINGS, USAGE = 1, 2
MOST_SKIPPED = 20  # named on the screen; all of them are in report.json

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, or - for standard input.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build has written.")]
Ontology = Annotated[str | None, typer.Option(metavar="DIR", help="Turtle files in place of the shipped ontology.")]
Pipeline = Annotated[str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline with UD labels.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 if an input was skipped.")]
AnyLanguage = Annotated[bool, typer.Option("--any-language", help="Do not skip what does not read as German.")]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")]


@app.command()
def build(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the graph goes.")],
    base: Annotated[str | None, typer.Option(metavar="IRI", help="What IRIs of resources begin with.")] = None,
    ontology: Ontology = None,
    pipeline: Pipeline = None,
    any_language: AnyLanguage = False,
    strict: Strict = False,
) -> None:
    """Read articles and write their graph into a folder: store/, graph.ttl, graph.html, report.json."""
    from kg.pipeline import build as build_graph
    from kg.screen import make_console, show_progress, show_summary
    from kg.view import NO_BUNDLE, find_bundle

    settings = _read_settings(base=base, ontology=ontology, pipeline=pipeline, any_language=any_language)
    with show_progress(make_console(stderr=True)) as progress:
        result = build_graph(inputs, out, settings=settings, progress=progress, step=progress.step)
    _tell_skipped(result.report.skipped, most=MOST_SKIPPED, rest=f"see {out / 'report.json'}")
    show_summary(make_console(), result)
    _say(f"wrote {out}; open {out / 'graph.html'} in a browser" if find_bundle() else f"wrote {out}; {NO_BUNDLE}")
    if not result.report.articles:
        raise InputError("no article could be analysed")
    _exit_if(strict and bool(result.report.skipped))


@app.command()
def annotate(
    inputs: Inputs,
    form: Annotated[str, typer.Option("--as", metavar="FORM", help="json, conllu or iob.")] = "json",
    ontology: Ontology = None,
    pipeline: Pipeline = None,
    any_language: AnyLanguage = False,
    strict: Strict = False,
) -> None:
    """Print what is found in each article: a JSON object a line, CoNLL-U, or tokens with entity tags."""
    from kg.pipeline import annotate_inputs
    from kg.screen import make_console, show_progress

    settings = _read_settings(ontology=ontology, pipeline=pipeline, any_language=any_language)
    skipped, totals = False, [0]
    with show_progress(make_console(stderr=True, quiet=sys.stdout.isatty())) as progress:
        found = annotate_inputs(inputs, form=form, settings=settings, tell_total=totals.append)
        for done, one in enumerate(found, start=1):
            progress(done, totals[-1], "")
            if isinstance(one, Skipped):
                skipped = True
                _tell_skipped([one])
            else:
                sys.stdout.buffer.write(one.encode())
                sys.stdout.buffer.flush()
    _exit_if(strict and skipped)


@app.command()
def query(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="A folder that kg build has written.")] = None,
    text: Annotated[str | None, typer.Argument(metavar="[QUERY]", help="A SPARQL 1.1 query.")] = None,
    file: Annotated[str | None, typer.Option(metavar="FILE", help="Read the query from a file; - is stdin.")] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Run a query that comes with kg.")] = None,
    names: Annotated[bool, typer.Option("--names", help="List the queries that come with kg.")] = False,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="table, csv, tsv, json, xml, ttl; without: as fits."),
    ] = None,
) -> None:
    """Ask the graph in SPARQL: a table on a terminal, else CSV (Turtle for CONSTRUCT and DESCRIBE)."""
    from kg.query import named_queries, run_query, tabulate, write_result
    from kg.screen import make_console, show_queries, show_rows
    from kg.store import GraphStore

    if names:
        show_queries(make_console(), named_queries().values())
        return
    if folder is None:
        raise InputError("DIR is missing: name a folder that kg build has written")
    wanted = _choose_query(text, file, name)
    with GraphStore.open(folder) as store:
        result = run_query(store, wanted)
        if form == "table" or (form is None and sys.stdout.isatty()):
            show_rows(make_console(), tabulate(store, result))
        else:
            write_result(result, form or _fitting_format(result), sys.stdout.buffer)


@app.command()
def export(
    folder: Folder,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="turtle, trig, nquads, graphml, html, ...")],
    output: Output = "-",
) -> None:
    """Write the graph in another format."""
    from kg.export import export_graph
    from kg.store import GraphStore
    from kg.view import NO_BUNDLE, find_bundle

    if form == "html" and find_bundle() is None:
        _say(NO_BUNDLE)
    with GraphStore.open(folder) as store, _open_output(output) as stream:
        export_graph(store, form, stream)


@app.command()
def network(
    folder: Folder,
    kind: Annotated[str, typer.Option(metavar="KIND", help="entities, ...")],
    output: Output,
) -> None:
    """Project the graph to a network and write it as GraphML, for Gephi, networkx or R."""
    from kg.export import write_graphml
    from kg.result import project_kind
    from kg.store import GraphStore

    if output != "-" and Path(output).suffix.casefold() not in (".graphml", ".xml"):
        raise InputError(f"{output}: wants a name that ends in .graphml")
    with GraphStore.open(folder) as store, _open_output(output) as stream:
        write_graphml(project_kind(store, kind), stream)


@app.command()
def explain(
    folder: Folder,
    iri: Annotated[str, typer.Argument(metavar="IRI", help="An IRI, or a name such as state-ukraine.")],
) -> None:
    """Show the evidence for one node or edge: sentence, article, offsets, and the rule or model that found it."""
    from kg.explain import explain_node
    from kg.screen import make_console, show_explanation
    from kg.store import GraphStore

    with GraphStore.open(folder) as store:
        show_explanation(make_console(), explain_node(store, iri))


@app.command()
def validate(folder: Folder, ontology: Ontology = None) -> None:
    """Check the graph against the SHACL shapes; exit 1 on violations."""
    from kg.screen import make_console, show_progress
    from kg.store import GraphStore
    from kg.validate import validate_graph

    shapes = find_ontology(_read_settings(ontology=ontology).ontology)
    with GraphStore.open(folder) as store, show_progress(make_console(stderr=True), "checking the shapes"):
        report = validate_graph(store, shapes)
    typer.echo(report.text)
    _exit_if(not report.conforms)


@app.command()
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
    _say(f"{spans} spans in {articles} articles, {mismatches} mismatches")
    _exit_if(mismatches > 0)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True)] = False,
) -> None:
    """German news on security policy -> a knowledge graph to query, check and show."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs `kg`; the error of a user or of an input is one message, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character is no reason to fail
    try:
        app(args=arguments)
    except KgError as error:
        _say(f"error: {error}")
        raise SystemExit(USAGE) from None
    except (BrokenPipeError, SystemExit) as ended:
        if isinstance(ended, SystemExit) and not isinstance(ended.__context__, BrokenPipeError):
            raise
        with suppress(OSError):  # whoever read our output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
        raise SystemExit(0) from None


def _read_settings(*, any_language: bool = False, **given: str | None) -> Settings:
    return read_settings(os.environ, check_language=False if any_language else None, **given)


def _choose_query(text: str | None, file: str | None, name: str | None) -> str:
    from kg.query import named_query

    if sum(given is not None for given in (text, file, name)) != 1:
        raise InputError("give one of QUERY, --file FILE, --name NAME (kg query --names lists the names)")
    if name is not None:
        return named_query(name).text
    return _read_query(file) if file is not None else text or ""


def _read_query(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{file}: is not UTF-8 at byte {error.start}; save the query as UTF-8") from error


def _fitting_format(result: object) -> str:
    """CSV for rows and yes or no, Turtle for triples."""
    return "ttl" if type(result).__name__ == "QueryTriples" else "csv"


def _tell_skipped(skipped: Iterable[Skipped], *, most: int | None = None, rest: str = "") -> None:
    told = list(skipped)
    for found in told[:most]:
        _say(f"skipped {found.source}: {found.reason}")
    if most is not None and len(told) > most:
        _say(f"skipped {len(told) - most} more, {rest}")


def _say(message: str) -> None:
    """A message to the user, free of what could drive the terminal."""
    from kg.screen import plain

    typer.echo(
        "\n".join(f"{'' if number else 'kg: '}{plain(line)}" for number, line in enumerate(message.split("\n"))),
        err=True,
    )


def _exit_if(findings: bool) -> None:
    if findings:
        raise typer.Exit(FINDINGS)


@contextmanager
def _open_output(name: str) -> Iterator[IO[bytes]]:
    """Standard output, or a file that is written whole or not at all; a device or pipe is written to as it is."""
    from kg.screen import make_console, show_progress

    if name == "-":
        yield sys.stdout.buffer
        return
    target, draft = Path(name), Path(f"{name}.part")
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as stream:
                yield stream
            return
        with show_progress(make_console(stderr=True), f"writing {name}"), draft.open("wb") as stream:
            yield stream
        draft.replace(name)
    except OSError as error:
        raise InputError(f"{name}: cannot be written: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)
