"""Commands that take a graph elsewhere: dump, restore, push."""

import os
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.arguments import Folder, Output
from kg.cli.messages import say
from kg.cli.output import open_output
from kg.errors import InputError


def dump(folder: Folder, output: Output) -> None:
    """Write all of a graph into one file that any version of kg restores: N-Quads, compressed if FILE ends in .gz."""
    from kg.dumps import dump_graph
    from kg.store import GraphStore

    with GraphStore.open(folder) as store, open_output(output) as stream:
        totals = dump_graph(store, stream, compress=output.endswith(".gz"))
    say(f"dumped {totals.articles} articles, {totals.quads} quads")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What kg dump has written.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="A new folder for the graph.")],
) -> None:
    """Make a graph from a dump, whole or not at all."""
    from kg.dumps import restore_graph
    from kg.screen import make_console, show_progress

    with show_progress(make_console(stderr=True), f"restoring {out}"):
        articles = restore_graph(file, out)
    say(f"restored {articles} articles into {out}")


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
            say(f"warning: password or token go to {server.target} unencrypted; https would hide them")
        with show_progress(make_console(stderr=True), "pushing") as progress:
            done = push_graph(
                folder, server, afresh=afresh, parallel=parallel, tell=lambda number, graph: progress(number, 0, graph)
            )
    if done.again:
        say("the server has lost what it had; all graphs were written again")
    say(
        f"{server.target}: {done.sent} graphs written ({done.triples} triples), "
        f"{done.deleted} deleted, {done.unchanged} unchanged"
    )
