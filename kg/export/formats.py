"""The formats a graph can be written in, and the two ways to write one: to a stream, or into a folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import InputError
from kg.export.annotations import write_annotations
from kg.export.neo4j import write_neo4j
from kg.export.networks import write_entities_cytoscape, write_entities_gexf, write_entities_graphml
from kg.export.plover import write_plover
from kg.export.rdf import write_jsonld, write_nquads, write_rdfxml, write_trig, write_turtle
from kg.export.tables import write_csv_tables, write_parquet_tables
from kg.store import GraphStore
from kg.view import render_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to write a graph to one stream; the same graph gives the same bytes."""

    name: str
    description: str
    suffix: str
    media_type: str
    write: Callable[[GraphStore, IO[bytes]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFormat:
    """A way to write a graph into a folder; `write` says in words what to do with it."""

    name: str
    description: str
    write: Callable[[GraphStore, Path], str]


def _write_html(store: GraphStore, output: IO[bytes]) -> None:
    for part in render_page(store):
        output.write(part.encode())


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format(
            name="turtle",
            description="RDF: all that the articles say, for reading",
            suffix=".ttl",
            media_type="text/turtle",
            write=write_turtle,
        ),
        Format(
            name="trig",
            description="RDF: the same, a named graph an article",
            suffix=".trig",
            media_type="application/trig",
            write=write_trig,
        ),
        Format(
            name="nquads",
            description="RDF: the same, a quad a line, for loaders",
            suffix=".nq",
            media_type="application/n-quads",
            write=write_nquads,
        ),
        Format(
            name="jsonld",
            description="RDF: the same as JSON-LD, its context inline",
            suffix=".jsonld",
            media_type="application/ld+json",
            write=write_jsonld,
        ),
        Format(
            name="rdfxml",
            description="RDF/XML, without the control characters that XML cannot hold",
            suffix=".rdf",
            media_type="application/rdf+xml",
            write=write_rdfxml,
        ),
        Format(
            name="html",
            description="the explorer: one page for a browser that needs nothing else",
            suffix=".html",
            media_type="text/html",
            write=_write_html,
        ),
        Format(
            name="graphml",
            description="network of entities and topics: Gephi, yEd, networkx, igraph",
            suffix=".graphml",
            media_type="application/graphml+xml",
            write=write_entities_graphml,
        ),
        Format(
            name="gexf",
            description="the same network with dates, for the timeline of Gephi",
            suffix=".gexf",
            media_type="application/gexf+xml",
            write=write_entities_gexf,
        ),
        Format(
            name="cytoscape",
            description="the same network as JSON: Cytoscape, Cytoscape.js",
            suffix=".cyjs",
            media_type="application/json",
            write=write_entities_cytoscape,
        ),
        Format(
            name="webannotation",
            description="W3C Web Annotations: mentions and facts at their characters (JSON-LD)",
            suffix=".jsonld",
            media_type='application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"',
            write=write_annotations,
        ),
        Format(
            name="plover",
            description="events with the columns of PLOVER's data set POLECAT (CSV)",
            suffix=".csv",
            media_type="text/csv",
            write=write_plover,
        ),
    )
}
FOLDER_FORMATS: Mapping[str, FolderFormat] = {
    form.name: form
    for form in (
        FolderFormat(
            name="csv",
            description="tables: articles, entities, mentions, statements, positions, events, offices, relations",
            write=write_csv_tables,
        ),
        FolderFormat(
            name="parquet",
            description="the same tables as Parquet (wants: pip install 'polkg[parquet]')",
            write=write_parquet_tables,
        ),
        FolderFormat(
            name="neo4j",
            description="CSV for neo4j-admin database import",
            write=write_neo4j,
        ),
    )
}


def export_graph(store: GraphStore, name: str, output: IO[bytes]) -> None:
    """Writes the graph to `output` in the format of that name.

    Raises:
        InputError: there is no such format, or it is a folder of files; the message lists those there are.
    """
    found = FORMATS.get(name)
    if found is None:
        _refuse(name)
        raise InputError(f"{name} is a folder of files; give a folder: -o DIR")
    found.write(store, output)


def export_folder(store: GraphStore, name: str, folder: Path) -> str:
    """Writes the graph into `folder`, which is made if need be, in the format of that name; says what to do with it.

    Raises:
        InputError: there is no such format, it is no folder of files, or the folder cannot be written.
    """
    found = FOLDER_FORMATS.get(name)
    if found is None:
        _refuse(name)
        raise InputError(f"{name} is one file, not a folder of files")
    return found.write(store, folder)


def list_formats() -> tuple[tuple[str, str], ...]:
    """Every format with its description; those that are folders say so."""
    single = ((form.name, form.description) for form in FORMATS.values())
    folders = ((form.name, f"folder of files: {form.description}") for form in FOLDER_FORMATS.values())
    return (*single, *folders)


def _refuse(name: str) -> None:
    if name not in FORMATS and name not in FOLDER_FORMATS:
        raise InputError(f"no format is named {name!r}; there are: {', '.join((*FORMATS, *FOLDER_FORMATS))}")
