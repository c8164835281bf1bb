"""Projects of Discourse Network Analyzer made for a test: the tables and columns that are read."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_SCHEMA = """
CREATE TABLE SETTINGS (Property TEXT PRIMARY KEY, Value TEXT);
CREATE TABLE CODERS (ID INTEGER PRIMARY KEY, Name TEXT);
CREATE TABLE DOCUMENTS (ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT, Source TEXT, Date INTEGER);
CREATE TABLE STATEMENTTYPES (ID INTEGER PRIMARY KEY, Label TEXT);
CREATE TABLE VARIABLES (ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
CREATE TABLE STATEMENTS (ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER, Stop INTEGER, Coder INTEGER);
CREATE TABLE ENTITIES (ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT, UNIQUE (VariableId, Value));
CREATE TABLE DATASHORTTEXT (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
CREATE TABLE DATABOOLEAN (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
INSERT INTO CODERS VALUES (1, 'Admin'), (2, 'Coder 1'), (3, 'Coder 2');
INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement'), (2, 'Annotation');
INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
    (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1), (5, 'scale', 'integer', 1),
    (6, 'note', 'long text', 2);
"""
DAY = 1_733_184_000  # 2024-12-03 in seconds since 1970


@dataclass(frozen=True, kw_only=True)
class Coded:
    """One statement; offsets in UTF-16 units, as the program writes them."""

    person: str = ""
    organisation: str = ""
    concept: str = "Whales are fish."
    agreement: int = 1
    start: int = 0
    stop: int = 4
    document: int = 1
    coder: int | None = 2
    type: int = 1


def write_project(
    path: Path,
    codings: Iterable[Coded] = (),
    *,
    texts: Iterable[str] = ("Ein Text, in dem jemand etwas sagt.",),
    version: str = "3.0.7",
    day: object = DAY,
) -> Path:
    """A project with documents of these texts and these statements."""
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(_SCHEMA)
        database.execute("INSERT INTO SETTINGS VALUES ('version', ?)", (version,))
        for number, text in enumerate(texts, 1):
            row = (number, f" Titel  {number} ", text, 2, "Autorin", "Zeitung", day)
            database.execute("INSERT INTO DOCUMENTS VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        for number, coded in enumerate(codings, 1):
            _write_statement(database, number, coded)
    return path


def _write_statement(database: sqlite3.Connection, number: int, coded: Coded) -> None:
    row = (number, coded.type, coded.document, coded.start, coded.stop, coded.coder)
    database.execute("INSERT INTO STATEMENTS VALUES (?, ?, ?, ?, ?, ?)", row)
    if coded.type != 1:
        return
    for variable, value in ((1, coded.person), (2, coded.organisation), (3, coded.concept)):
        database.execute("INSERT OR IGNORE INTO ENTITIES (VariableId, Value) VALUES (?, ?)", (variable, value))
        database.execute(
            "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) "
            "SELECT ?, ?, ID FROM ENTITIES WHERE VariableId = ? AND Value = ?",
            (number, variable, variable, value),
        )
    for table, variable, number_of in (
        ("DATABOOLEAN", 4, int(coded.agreement > 0)),
        ("DATAINTEGER", 5, coded.agreement),
    ):
        insert = f"INSERT INTO {table} (StatementId, VariableId, Value) VALUES (?, ?, ?)"
        database.execute(insert, (number, variable, number_of))
