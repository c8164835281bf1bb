"""The command that answers over HTTP: serve."""

from typing import Annotated

import typer

from kg.cli.arguments import Folder
from kg.cli.messages import say
from kg.errors import InputError


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
    serve_folder(folder, port=port, access=access, limits=limits, tell=lambda text: say(f"{folder}: {text}"))
