"""A project of Discourse Network Analyzer 3.0 as it stands in its file: a SQLite database, read and never written.

Tables as that program makes them (its class `Sql`): STATEMENTS of a type, each in one of the DOCUMENTS with the
offsets `Start` and `Stop`; the VARIABLES of the type, whose values lie in a table for each kind of data, short texts
as ENTITIES. Dates are seconds since 1970 in UTC. Offsets count UTF-16 units, as the program's editor does; here
they become code points.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kg.errors import InputError

VERSION = re.compile(r"3\.0(?:\.[0-9]+)*")
_TABLES = "SETTINGS CODERS DOCUMENTS STATEMENTTYPES VARIABLES STATEMENTS DATABOOLEAN DATAINTEGER DATASHORTTEXT ENTITIES"
_AGREEMENT = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variables:
    """Which variables of which type of statement are read, as the program names them in a new project.

    "" for `person` or `organisation` leaves that variable out.
    """

    statement_type: str = "DNA Statement"
    person: str = "person"
    organisation: str = "organization"
    concept: str = "concept"
    agreement: str = "agreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document; `date` is a day in ISO 8601, None where the file has none that there is."""

    id: int
    title: str
    text: str
    author: str
    source: str
    date: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One statement; `start` and `stop` are code points, and may lie outside the text in a damaged project.

    `agreement` is above 0 for, below 0 against: of a boolean variable 1 and -1.
    """

    id: int
    document: int
    start: int
    stop: int
    coder_id: int
    coder: str
    person: str
    organisation: str
    concept: str
    agreement: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What is read of a project. `others` counts the statements of other types, which are not."""

    name: str
    version: str
    documents: tuple[Document, ...]
    codings: tuple[Coding, ...]
    others: int


def read_project(path: Path, variables: Variables | None = None) -> Project:
    """Reads a project.

    Raises:
        InputError: the file cannot be read, is no project of version 3.0, or lacks the type of statement or one of
            the variables; says what it has.
    """
    if not path.is_file():
        raise InputError(f"{path}: {'is no file' if path.exists() else 'does not exist'}; name a .dna file")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            return _read_project(path, database, variables or Variables())
    except sqlite3.Error as error:
        raise InputError(
            f"{path}: cannot be read as a project of Discourse Network Analyzer: {error}; "
            "open it in that program and save it"
        ) from error


def _read_project(path: Path, database: sqlite3.Connection, variables: Variables) -> Project:
    version = _check_version(path, database)
    statement_type, ids, agreement = _find_variables(path, database, variables)
    documents = tuple(_read_documents(database))
    texts = {document.id: document.text for document in documents}
    codings = tuple(_read_codings(database, statement_type, ids, agreement, texts))
    (total,) = database.execute("SELECT COUNT(*) FROM STATEMENTS").fetchone()
    return Project(name=path.stem, version=version, documents=documents, codings=codings, others=total - len(codings))


def _check_version(path: Path, database: sqlite3.Connection) -> str:
    tables = {name.upper() for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    found = None
    if "SETTINGS" in tables:
        found = database.execute("SELECT Value FROM SETTINGS WHERE lower(Property) = 'version'").fetchone()
    if found is None:
        raise InputError(f"{path}: a SQLite database, but no project of Discourse Network Analyzer; name a .dna file")
    version = str(found[0])
    if not VERSION.fullmatch(version):
        raise InputError(
            f"{path}: was written by Discourse Network Analyzer {version!r}, kg reads projects of 3.0; "
            "convert it with version 3.0 of that program"
        )
    missing = [name for name in _TABLES.split() if name not in tables]
    if missing:
        raise InputError(f"{path}: says version {version} but lacks {', '.join(missing)}; the file is damaged")
    return version


def _find_variables(
    path: Path, database: sqlite3.Connection, variables: Variables
) -> tuple[int, Mapping[str, int], str]:
    """The id of the type of statement, those of the variables by role, and the table with the agreement."""
    types = {label: id for id, label in database.execute("SELECT ID, Label FROM STATEMENTTYPES")}
    wanted = variables.statement_type
    if wanted not in types:
        raise InputError(f"{path}: has no type of statement {wanted!r}; it has: {_list(types)}")
    query = "SELECT Variable, ID, DataType FROM VARIABLES WHERE StatementTypeId = ?"
    found = {name: (id, kind) for name, id, kind in database.execute(query, (types[wanted],))}
    roles = {
        "person": (variables.person, ("short text",)),
        "organisation": (variables.organisation, ("short text",)),
        "concept": (variables.concept, ("short text",)),
        "agreement": (variables.agreement, tuple(_AGREEMENT)),
    }
    if not (variables.person or variables.organisation):
        raise InputError("person and organisation are both left out; name one of them")
    roles = {role: wish for role, wish in roles.items() if wish[0] or role in ("concept", "agreement")}
    for role, (name, kinds) in roles.items():
        if name not in found:
            raise InputError(f"{path}: {wanted!r} has no variable {name!r} for the {role}; it has: {_list(found)}")
        if found[name][1] not in kinds:
            raise InputError(f"{path}: the {role} {name!r} is of the type {found[name][1]}; wants {' or '.join(kinds)}")
    ids = {role: found[name][0] for role, (name, _) in roles.items()}
    return types[wanted], ids, _AGREEMENT[found[variables.agreement][1]]


def _list(names: Mapping[str, object]) -> str:
    return ", ".join(repr(name) for name in sorted(names)) or "none"


def _read_documents(database: sqlite3.Connection) -> Iterator[Document]:
    query = "SELECT ID, Title, Text, Author, Source, Date FROM DOCUMENTS ORDER BY ID"
    for id, title, text, author, source, seconds in database.execute(query):
        yield Document(
            id=id, title=str(title), text=str(text), author=str(author), source=str(source), date=_read_day(seconds)
        )


def _read_day(seconds: object) -> str | None:
    try:
        return (_EPOCH + timedelta(seconds=int(str(seconds)))).date().isoformat()
    except (OverflowError, ValueError):
        return None


def _read_codings(
    database: sqlite3.Connection,
    statement_type: int,
    ids: Mapping[str, int],
    agreement: str,
    texts: Mapping[int, str],
) -> Iterator[Coding]:
    names = {role: _read_names(database, ids[role]) for role in ("person", "organisation", "concept") if role in ids}
    boolean = agreement == "DATABOOLEAN"
    query = f"SELECT StatementId, Value FROM {agreement} WHERE VariableId = ?"
    values = dict(database.execute(query, (ids["agreement"],)))
    coders = dict(database.execute("SELECT ID, Name FROM CODERS"))
    query = "SELECT ID, DocumentId, Start, Stop, Coder FROM STATEMENTS WHERE StatementTypeId = ? ORDER BY ID"
    for id, document, start, stop, coder in database.execute(query, (statement_type,)):
        value = int(values.get(id, 0))
        text = texts.get(document, "")
        yield Coding(
            id=id,
            document=document,
            start=_count_points(text, start),
            stop=_count_points(text, stop),
            coder_id=coder or 0,
            coder=str(coders.get(coder) or "unknown"),
            **{role: names.get(role, {}).get(id, "") for role in ("person", "organisation", "concept")},
            agreement=(1 if value else -1) if boolean else value,
        )


def _read_names(database: sqlite3.Connection, variable: int) -> Mapping[int, str]:
    """The value of a variable in each statement that has one, white space made single."""
    query = """SELECT StatementId, Value FROM DATASHORTTEXT JOIN ENTITIES ON ENTITIES.ID = DATASHORTTEXT.Entity
        WHERE DATASHORTTEXT.VariableId = ?"""
    return {statement: " ".join(str(value).split()) for statement, value in database.execute(query, (variable,))}


def _count_points(text: str, units: int) -> int:
    """The code points of `text` before an offset in UTF-16 units; as far outside as the offset is."""
    if text.isascii() or units < 0:
        return units
    encoded = text.encode("utf-16-le", "surrogatepass")
    before = len(encoded[: 2 * units].decode("utf-16-le", "ignore"))
    return before + max(0, units - len(encoded) // 2)
