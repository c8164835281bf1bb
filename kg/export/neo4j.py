"""The graph for Neo4j: CSV files with typed headers for `neo4j-admin database import`, facts as nodes.

A node a row of the tables (articles, entities, statements, positions, events, offices) and of topics, a relationship a
link between them; mentions and stated relations are relationships with their place in the text, and :SUPPORTS and
:OPPOSES are the shortcuts from actor to topic. Text is as it is: no spreadsheet reads these files.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode

from kg import vocab
from kg.export.articles import Names
from kg.export.files import make_folder, open_whole
from kg.export.rows import read_rows
from kg.export.schema import TABLES, Cell, Column, Row
from kg.store import GraphStore

Write = Callable[[tuple[Cell, ...]], None]

ARRAY_DELIMITER = "\x1f"  # unit separator; replaced in texts that go into lists

_TYPES = {"text": "string", "integer": "long", "decimal": "double", "texts": "string[]"}
_TOPICS = (
    Column(name="topic", meaning="id"),
    Column(name="label", meaning="label"),
    Column(name="issue", meaning="issue"),
)
_LABELS = {
    "articles": "Article",
    "topics": "Topic",
    "statements": "Statement\x1fFact",
    "positions": "Position\x1fFact",
    "events": "Event\x1fFact",
    "offices": "Office\x1fFact",
}
_LINKS = {  # table -> column that names the end of a relationship -> its type
    "entities": {"acts_for": "ACTS_FOR"},
    "statements": {"article": "IN_ARTICLE", "speaker": "SPEAKER", "addressee": "ADDRESSEE", "nested_in": "NESTED_IN"},
    "positions": {
        "article": "IN_ARTICLE",
        "holder": "HOLDER",
        "topic": "TOPIC",
        "according_to": "ACCORDING_TO",
        "statement": "EXPRESSED_IN",
    },
    "events": {
        "article": "IN_ARTICLE",
        "agent": "AGENT",
        "recipient": "RECIPIENT",
        "object": "OBJECT",
        "instrument": "INSTRUMENT",
        "place": "PLACE",
        "according_to": "ACCORDING_TO",
    },
    "offices": {"article": "IN_ARTICLE", "person": "HELD_BY", "organisation": "OF_ORGANISATION"},
}
_DETAILS = ("article", "kind", "start", "end", "text", "sentence", "rule")  # of a relationship that stands in a text
_RELATIONSHIPS = (
    ":START_ID,:END_ID,:TYPE,article:string,kind:string,start:long,end:long,text:string,sentence:string,rule:string"
).split(",")
_SHORTCUTS = ("supports", "opposes")


def write_neo4j(store: GraphStore, folder: Path) -> str:
    """Writes the files into a folder, with a README that holds the command to import them; returns the command.

    Raises:
        InputError: the folder cannot be written.
    """
    make_folder(folder)
    names, topics = Names(store), dict[str, Row]()
    with ExitStack() as stack:
        nodes = {
            name: stack.enter_context(_open_file(folder / f"{name}.csv", _header(columns)))
            for name, columns in _node_columns().items()
        }
        relate = stack.enter_context(_open_file(folder / "relationships.csv", _RELATIONSHIPS))
        for name, row in read_rows(store):
            if name in nodes:
                nodes[name](_node(name, row, names))
            if name == "positions" and row["topic"]:
                topics[str(row["topic"])] = row
            for relationship in _relationships(name, row):
                relate(relationship)
        for topic, row in sorted(topics.items()):
            nodes["topics"]((topic, row["topic_label"], row["issue"], _LABELS["topics"]))
            if row["about"]:
                relate(_relationship(topic, row["about"], "ABOUT"))
        for relationship in _shortcuts(store, names):
            relate(relationship)
    command = _command()
    with open_whole(folder / "README.txt") as stream:
        stream.write(
            f"In this folder, with Neo4j 5 or later, the database stopped or not there yet:\n\n{command}\n".encode()
        )
    return f"wrote {folder}; import it, in that folder, with:\n{command}"


def _node_columns() -> Mapping[str, tuple[Column, ...]]:
    tables = {name: TABLES[name].columns for name in ("entities", *_LABELS) if name in TABLES}
    return {"topics": _TOPICS, **tables, "articles": (Column(name="id", meaning="id"), *tables["articles"])}


def _header(columns: tuple[Column, ...]) -> list[str]:
    identifier, *others = columns
    return [f"{identifier.name}:ID", *(f"{c.name}:{_TYPES[c.kind]}" for c in others), ":LABEL"]


def _node(name: str, row: Row, names: Names) -> tuple[Cell, ...]:
    cells = [row.get(column.name) for column in TABLES[name].columns]
    label = _LABELS.get(name) or ARRAY_DELIMITER.join(_class_labels(names, str(row["type"])))
    return (*((_article_id(row["article"]),) if name == "articles" else ()), *cells, label)


def _class_labels(names: Names, kind: str) -> tuple[str, ...]:
    return names.entity_classes.get(vocab.KG + kind, ("Entity",))


def _relationships(table: str, row: Row) -> Iterator[tuple[Cell, ...]]:
    if table == "mentions":
        yield _relationship(row["entity"], _article_id(row["article"]), "MENTIONED_IN", row)
    elif table == "relations":
        yield _relationship(row["subject"], row["object"], _type_name(str(row["predicate"])), row)
    key = TABLES[table].columns[0].name
    for column, kind in _LINKS.get(table, {}).items():
        end = row.get(column)
        if end:
            yield _relationship(row[key], _article_id(end) if column == "article" else end, kind)


def _relationship(start: Cell, end: Cell, kind: str, row: Row | None = None) -> tuple[Cell, ...]:
    return (start, end, kind, *((row or {}).get(name) for name in _DETAILS))


def _shortcuts(store: GraphStore, names: Names) -> Iterator[tuple[Cell, ...]]:
    for name in _SHORTCUTS:
        quads = store.database.quads_for_pattern(None, NamedNode(vocab.KG + name), None, DefaultGraph())
        pairs = {(_iri(quad.subject), _iri(quad.object)) for quad in quads}
        for actor, topic in sorted(pairs):
            yield _relationship(names.short(actor), names.short(topic), name.upper())


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _article_id(article: Cell) -> str:
    """What identifies the node of an article; ids that users give may be those of something else."""
    return f"article:{article}"


def _type_name(predicate: str) -> str:
    """The type of a relationship for a property: DEVELOPED_BY for developedBy."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", predicate).upper()


@contextmanager
def _open_file(path: Path, header: list[str]) -> Iterator[Write]:
    with open_whole(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(header)
        yield lambda cells: writer.writerow([_render(cell) for cell in cells])
        text.flush()
        text.detach()


def _render(cell: Cell) -> str:
    if isinstance(cell, tuple):
        return ARRAY_DELIMITER.join(part.replace(ARRAY_DELIMITER, "\ufffd") for part in cell)
    return "" if cell is None else str(cell)


def _command() -> str:
    nodes = (f"--nodes={name}.csv" for name in _node_columns())
    options = ("--multiline-fields=true", "--array-delimiter=U+001F")
    return " ".join(("neo4j-admin database import full neo4j", *options, *nodes, "--relationships=relationships.csv"))
