"""The command line: a thin shell over the Python API. Data to stdout, messages to stderr.

Exit 0: fine; 1: findings (violations, mismatches, with --strict skipped inputs); 2: usage or input error.
"""

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Annotated

import typer

from kg import __version__
from kg.cli.asking import explain, query, search
from kg.cli.building import annotate, build, import_, remove
from kg.cli.checking import validate, verify
from kg.cli.copying import dump, push, restore
from kg.cli.messages import USAGE, say
from kg.cli.projecting import export, network
from kg.cli.serving import serve
from kg.errors import KgError

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
COMMANDS: Mapping[str, Callable[..., None]] = {  # in the order of `kg --help`
    "build": build,
    "annotate": annotate,
    "query": query,
    "export": export,
    "network": network,
    "import": import_,
    "explain": explain,
    "search": search,
    "remove": remove,
    "dump": dump,
    "restore": restore,
    "push": push,
    "validate": validate,
    "verify": verify,
    "serve": serve,
}
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)


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
        say(f"error: {error}")
        raise SystemExit(USAGE) from None
    except (BrokenPipeError, SystemExit) as ended:
        if isinstance(ended, SystemExit) and not isinstance(ended.__context__, BrokenPipeError):
            raise
        with suppress(OSError):  # whoever read our output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
        raise SystemExit(0) from None
