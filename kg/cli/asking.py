"""Commands that ask a graph: query, search, explain."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.arguments import Folder
from kg.cli.messages import say
from kg.errors import InputError, QueryError

if TYPE_CHECKING:
    from kg.query import NamedQuery


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
        say("nothing found; give fewer words, or only their beginnings")


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
