"""Arguments and options that several commands take."""

import os
from pathlib import Path
from typing import Annotated

import typer

from kg.config import Settings, read_settings

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, or - for standard input.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build has written.")]
Ontology = Annotated[str | None, typer.Option(metavar="DIR", help="Turtle files in place of the shipped ontology.")]
Pipeline = Annotated[str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline with UD labels.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 if an input was skipped.")]
AnyLanguage = Annotated[bool, typer.Option("--any-language", help="Do not skip what does not read as German.")]
RulesOnly = Annotated[bool, typer.Option("--rules-only", help="Find positions without the network, by rules alone.")]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")]


def choose_settings(*, any_language: bool = False, rules_only: bool = False, **given: str | None) -> Settings:
    """The settings of the environment, with what a command was given in their place."""
    switches = {"check_language": False if any_language else None, "rules_only": rules_only or None}
    return read_settings(os.environ, **switches, **given)
