"""The command line: a thin shell over the Python API. Data to stdout, messages to stderr.

Exit 0: fine; 1: findings (violations, mismatches, with --strict skipped inputs); 2: usage or input error.
"""

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from kg import __version__
from kg.config import Settings, find_ontology, read_settings
from kg.errors import InputError, KgError, QueryError
from kg.model import Skipped

if TYPE_CHECKING:
    from kg.query import NamedQuery

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

    settings = _read_settings(base=base, ontology=ontology, pipeline=pipeline, any_language=any_language)
    if log_level is not None:
        start_log(log_level)
    with show_progress(make_console(stderr=True, quiet=log_level is not None)) as progress:
        result = build_graph(
            inputs, out, workers=workers, dask=dask, settings=settings, progress=progress, step=progress.step
        )
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
    params: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="PARAM=VALUE", help="With --name; may be repeated: --param actor=Selenskyj"),
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="List the queries that come with kg; with --name, the parameters of one.")
    ] = False,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="table, csv, tsv, json, xml, ttl; without: as fits."),
    ] = None,
) -> None:
    """Ask the graph in SPARQL: a table on a terminal, else CSV (Turtle for CONSTRUCT and DESCRIBE)."""
    from kg.query import bind_params, named_queries, named_query, run_query, tabulate, write_result
    from kg.screen import make_console, show_parameters, show_queries, show_rows
    from kg.store import GraphStore

    if names:
        if name is None:
            show_queries(make_console(), named_queries().values())
        else:
            show_parameters(make_console(), named_query(name))
        return
    if folder is None:
        raise InputError("DIR is missing: name a folder that kg build has written")
    given = _read_params(params or (), name)
    wanted = _choose_query(text, file, name)
    with GraphStore.open(folder) as store:
        result = run_query(store, wanted if isinstance(wanted, str) else bind_params(wanted, given, store))
        if form == "table" or (form is None and sys.stdout.isatty()):
            show_rows(make_console(), tabulate(store, result))
        else:
            write_result(result, form or _fitting_format(result), sys.stdout.buffer)


@app.command()
def export(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="A folder that kg build has written.")] = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="turtle, graphml, csv, ...: see --formats.")
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write, a folder for tables; - is stdout.")
    ] = "-",
    formats: Annotated[bool, typer.Option("--formats", help="List the formats.")] = False,
    partition: Annotated[
        int | None, typer.Option(metavar="N", help="nquads in N compressed files in a folder, for bulk loaders.")
    ] = None,
) -> None:
    """Write the graph in another format: RDF, networks, tables, annotations, events."""
    from kg.export import FOLDER_FORMATS, export_folder, export_graph, export_parts, list_formats
    from kg.store import GraphStore
    from kg.view import NO_BUNDLE, find_bundle

    if formats:
        for name, description in list_formats():
            typer.echo(f"{name:<14} {description}")
        return
    if folder is None or form is None:
        raise InputError("give DIR, a folder that kg build has written, and --format (kg export --formats lists them)")
    if form == "html" and find_bundle() is None:
        _say(NO_BUNDLE)
    if partition is not None and (form != "nquads" or output == "-"):
        raise InputError("--partition N goes with --format nquads and a folder: -o DIR")
    with GraphStore.open(folder) as store:
        if partition is not None:
            _say(export_parts(store, Path(output), partition))
            return
        if form in FOLDER_FORMATS:
            if output == "-":
                raise InputError(f"{form} is a folder of files; name one: -o DIR")
            _say(export_folder(store, form, Path(output)))
            return
        with _open_output(output) as stream:
            export_graph(store, form, stream)


@app.command()
def network(
    folder: Folder,
    kind: Annotated[
        str,
        typer.Option(metavar="KIND", help="entities, actor-topic, congruence, conflict, subtract, cooccurrence."),
    ],
    output: Output,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="graphml, gexf, matrix, edges; without: as FILE ends."),
    ] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day, month or year.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day, month or year.")] = None,
    topics: Annotated[
        list[str] | None, typer.Option("--topic", metavar="TOPIC", help="Issue or topic; repeat.")
    ] = None,
    types: Annotated[list[str] | None, typer.Option("--type", metavar="CLASS", help="Class of nodes; repeat.")] = None,
    polarities: Annotated[
        list[str] | None, typer.Option("--polarity", metavar="POLARITY", help="support, oppose, ...; repeat.")
    ] = None,
    modalities: Annotated[
        list[str] | None,
        typer.Option("--modality", metavar="MODALITY", help="asserted (default), possible, ...; repeat."),
    ] = None,
    ascribed: Annotated[bool, typer.Option("--ascribed", help="Count what others say of an actor as its own.")] = False,
    level: Annotated[str | None, typer.Option(metavar="LEVEL", help="actor, organisation or state.")] = None,
    duplicates: Annotated[
        str | None,
        typer.Option(metavar="SCOPE", help="Count repetitions once per: document, week, month, year, range."),
    ] = None,
    qualifier: Annotated[
        str | None, typer.Option(metavar="HOW", help="actor-topic: ignore polarity, or subtract those against.")
    ] = None,
    normalisation: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="average, jaccard, cosine, vector-cosine; actor-topic: activity, prominence."
        ),
    ] = None,
    window: Annotated[
        str | None, typer.Option(metavar="SIZE", help="One network a window: months, years, or a number of days.")
    ] = None,
) -> None:
    """Project the graph to a network, with communities and centralities: for Gephi, visone, networkx or R."""
    from kg.network import read_options
    from kg.network.command import write_networks

    options = read_options(
        kind,
        since=since,
        until=until,
        topics=topics,
        types=types,
        polarities=polarities,
        modalities=modalities,
        ascribed=ascribed,
        level=level,
        duplicates=duplicates,
        qualifier=qualifier,
        normalisation=normalisation,
    )
    written = write_networks(folder, kind, options, output, form=form, window=window, opened=_open_output)
    if window is not None:
        _say(f"wrote {written} networks")


@app.command("import")
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
    result = import_dna(file, out, variables=variables, settings=_read_settings(base=base, ontology=ontology))
    _tell_skipped(result.report.skipped, most=MOST_SKIPPED, rest=f"see {out / 'report.json'}")
    show_summary(make_console(), result)
    _say(f"wrote {out}")
    _exit_if(strict and bool(result.report.skipped))


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
def search(
    folder: Folder,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help='Words, beginnings of words, "a phrase".')],
    limit: Annotated[int, typer.Option(metavar="N", help="How many hits at most.")] = 20,
    kinds: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help="entities, sentences, articles; repeatable.")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="table, csv, tsv, json; without: as fits.")
    ] = None,
) -> None:
    """Find names, titles and sentences that hold all the words, best first: a table on a terminal, else CSV."""
    from kg.screen import make_console, show_hits
    from kg.search import join_words, render_hits, search_graph
    from kg.store import GraphStore

    with GraphStore.open(folder) as store:
        hits = search_graph(store, folder, join_words(words), kinds=kinds or (), limit=limit)
    if form == "table" or (form is None and sys.stdout.isatty()):
        show_hits(make_console(), hits)
    else:
        for part in render_hits(hits, form or "csv"):
            sys.stdout.buffer.write(part.encode())
    if not hits:
        _say("nothing found; give fewer words, or only their beginnings")


@app.command()
def remove(
    folder: Folder, ids: Annotated[list[str], typer.Argument(metavar="ID", help="The ids of articles.")]
) -> None:
    """Take articles out of the graph, with all that they alone say."""
    from kg.removal import remove_articles

    left = remove_articles(folder, ids)
    _say(f"removed {len(set(ids))} of {left + len(set(ids))} articles from {folder}")


@app.command()
def dump(folder: Folder, output: Output) -> None:
    """Write all of a graph into one file that any version of kg restores: N-Quads, compressed if FILE ends in .gz."""
    from kg.dumps import dump_graph
    from kg.store import GraphStore

    with GraphStore.open(folder) as store, _open_output(output) as stream:
        totals = dump_graph(store, stream, compress=output.endswith(".gz"))
    _say(f"dumped {totals.articles} articles, {totals.quads} quads")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What kg dump has written.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="A new folder for the graph.")],
) -> None:
    """Make a graph from a dump, whole or not at all."""
    from kg.dumps import restore_graph
    from kg.screen import make_console, show_progress

    with show_progress(make_console(stderr=True), f"restoring {out}"):
        articles = restore_graph(file, out)
    _say(f"restored {articles} articles into {out}")


@app.command()
def push(
    folder: Folder,
    url: Annotated[str, typer.Argument(metavar="URL", help="The Graph Store of a SPARQL 1.1 server.")],
    user: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who writes; the password is in KG_PASSWORD.")
    ] = None,
    password_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The password is the first line of this file.")
    ] = None,
    token_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A bearer token; or in KG_PUSH_TOKEN.")
    ] = None,
    afresh: Annotated[bool, typer.Option("--all", help="Write all graphs, not only what changed.")] = False,
    parallel: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="Requests at a time.")] = 4,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=0.1, help="How long one may take.")] = 120,
) -> None:
    """Write the graph to a SPARQL server, a named graph an article: what changed since the last push."""
    try:
        from kg.push import GraphServer, push_graph
        from kg.push.credentials import read_credentials
    except ModuleNotFoundError as error:
        raise InputError(f"{error.name} is missing; bring it with: pip install 'polkg[push]'") from error
    from kg.screen import make_console, show_progress

    credentials = read_credentials(os.environ, user=user, password_file=password_file, token_file=token_file)
    with GraphServer(url, credentials, timeout=timeout) as server:
        if credentials.secret and not server.encrypted and not server.local:
            _say(f"warning: password or token go to {server.target} unencrypted; https would hide them")
        with show_progress(make_console(stderr=True), "pushing") as progress:
            done = push_graph(
                folder, server, afresh=afresh, parallel=parallel, tell=lambda number, graph: progress(number, 0, graph)
            )
    if done.again:
        _say("the server has lost what it had; all graphs were written again")
    _say(
        f"{server.target}: {done.sent} graphs written ({done.triples} triples), "
        f"{done.deleted} deleted, {done.unchanged} unchanged"
    )


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


@app.command()
def serve(
    folder: Folder,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen; 0.0.0.0 for other machines too.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(metavar="PORT", help="0 takes any that is free.")] = 7878,
    token: Annotated[
        str | None, typer.Option(metavar="TOKEN", envvar="KG_TOKEN", help="Take updates that bring this token.")
    ] = None,
    allow_origin: Annotated[
        list[str] | None, typer.Option(metavar="ORIGIN", help="Let the web pages of this origin read; repeatable.")
    ] = None,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="How long a query may run.")] = 30,
    workers: Annotated[int, typer.Option(metavar="N", help="How many queries run at a time.")] = 2,
    max_result: Annotated[int, typer.Option(metavar="MB", help="How large a result may be.")] = 1_000,
    memory: Annotated[int, typer.Option(metavar="MB", help="How much memory a query may take.")] = 2_000,
) -> None:
    """Answer SPARQL over HTTP and show the page of the graph, on this machine only unless told otherwise."""
    try:
        from kg.serve.server import read_limits, serve_folder
    except ModuleNotFoundError as error:
        raise InputError(f"{error.name} is missing; bring it with: pip install 'polkg[serve]'") from error
    from kg.serve.guard import Access

    access = Access(host=host, origins=tuple(allow_origin or ()), token=token)
    limits = read_limits(seconds=timeout, workers=workers, result_megabytes=max_result, memory_megabytes=memory)
    serve_folder(folder, port=port, access=access, limits=limits, tell=lambda text: _say(f"{folder}: {text}"))


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


def _choose_query(text: str | None, file: str | None, name: str | None) -> "str | NamedQuery":
    from kg.query import named_query

    if sum(given is not None for given in (text, file, name)) != 1:
        raise InputError("give one of QUERY, --file FILE, --name NAME (kg query --names lists the names)")
    if name is not None:
        return named_query(name)
    return _read_query(file) if file is not None else text or ""


def _read_params(given: Iterable[str], name: str | None) -> dict[str, str]:
    """PARAM=VALUE each, as a mapping."""
    params: dict[str, str] = {}
    for text in given:
        param, equals, value = text.partition("=")
        if name is None:
            raise InputError(f"--param {text}: belongs to --name NAME; a query of your own holds its terms itself")
        if not equals or not param:
            raise InputError(f"--param {text}: wants PARAM=VALUE, such as actor=Selenskyj")
        if param in params:
            raise InputError(f"--param {text}: {param} is given twice; give it once")
        params[param] = value
    return params


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
