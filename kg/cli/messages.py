"""What a command says to the user, and with which status it ends."""

from collections.abc import Iterable

import typer

from kg.model import Skipped

FINDINGS, USAGE = 1, 2
MOST_SKIPPED = 20  # named on the screen; all of them are in report.json


def say(message: str) -> None:
    """A message to the user, free of what could drive the terminal."""
    from kg.screen import plain

    typer.echo(
        "\n".join(f"{'' if number else 'kg: '}{plain(line)}" for number, line in enumerate(message.split("\n"))),
        err=True,
    )


def tell_skipped(skipped: Iterable[Skipped], *, most: int | None = None, rest: str = "") -> None:
    """Says what could not be read, and why: at most so many, and where the others are told."""
    told = list(skipped)
    for found in told[:most]:
        say(f"skipped {found.source}: {found.reason}")
    if most is not None and len(told) > most:
        say(f"skipped {len(told) - most} more, {rest}")


def exit_if(findings: bool) -> None:
    """Ends the command with the status of findings where there are some."""
    if findings:
        raise typer.Exit(FINDINGS)
