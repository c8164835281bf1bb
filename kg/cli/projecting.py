"""Commands that write a graph in other forms: export, network."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.arguments import Folder, Output
from kg.cli.messages import say
from kg.cli.output import open_output
from kg.errors import InputError


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
        say(NO_BUNDLE)
    if partition is not None and (form != "nquads" or output == "-"):
        raise InputError("--partition N goes with --format nquads and a folder: -o DIR")
    with GraphStore.open(folder) as store:
        if partition is not None:
            say(export_parts(store, Path(output), partition))
            return
        if form in FOLDER_FORMATS:
            if output == "-":
                raise InputError(f"{form} is a folder of files; name one: -o DIR")
            say(export_folder(store, form, Path(output)))
            return
        with open_output(output) as stream:
            export_graph(store, form, stream)


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
    written = write_networks(folder, kind, options, output, form=form, window=window, opened=open_output)
    if window is not None:
        say(f"wrote {written} networks")
