"""The file that searches read: SQLite with FTS5, beside the store and made from it alone.

It is brought up to date before it is read, and only what changed is written; where the file is missing, damaged or
of another version it is made again, and where the folder cannot be written the index lives in memory.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from kg.errors import StoreError
from kg.search.sources import Entry, Source, read_sources
from kg.search.words import Term, split_words
from kg.store import GraphStore

FILE = "search.sqlite"
VERSION = 1  # of the tables and of how words are folded and sentences split; another one is made again
MEMORY = ":memory:"
WAIT = 30.0  # seconds for another process that writes

_COLUMNS = tuple(field.name for field in fields(Entry))
_READ = attrgetter(*_COLUMNS)
_TABLES = f"""
CREATE TABLE source (iri TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (id INTEGER PRIMARY KEY, source TEXT NOT NULL, {", ".join(_COLUMNS[:-2])}, begin INT, "end" INT);
CREATE INDEX entry_source ON entry (source);
CREATE VIRTUAL TABLE word USING fts5(folded, tokenize = "unicode61 remove_diacritics 0", prefix = '3');
PRAGMA user_version = {VERSION};
"""
_NAMED = ", ".join(f'"{name}"' for name in _COLUMNS)
_FIND = f"""
SELECT {", ".join(f'entry."{name}"' for name in _COLUMNS)} FROM word JOIN entry ON entry.id = word.rowid
WHERE word MATCH ? AND entry.kind IN (%s) ORDER BY bm25(word), entry.iri LIMIT ?"""


@contextmanager
def open_index(store: GraphStore, folder: Path | None) -> Iterator[sqlite3.Connection]:
    """The index of `store`, up to date. `folder` is where its file lies; without one it is made in memory.

    Raises:
        StoreError: SQLite cannot make it.
    """
    try:
        index = _open_fresh(store, folder / FILE) if folder else _open_current(store, MEMORY)
    except sqlite3.Error as error:
        raise StoreError(
            f"the index of words cannot be made: {error}; kg needs a Python whose SQLite has FTS5"
        ) from error
    with closing(index):
        yield index


def update_index(store: GraphStore, folder: Path) -> None:
    """Brings the file in `folder` up to date with `store`."""
    with open_index(store, folder):
        pass


def refresh_index(index: sqlite3.Connection, sources: Iterable[Source]) -> None:
    """Makes the entries of `sources` the whole content of the index; what has the same digest stays untouched."""
    index.execute("CREATE TEMP TABLE IF NOT EXISTS seen (iri TEXT PRIMARY KEY) WITHOUT ROWID")
    index.execute("DELETE FROM seen")
    for source in sources:
        index.execute("INSERT INTO seen VALUES (?)", (source.iri,))
        known = index.execute("SELECT digest FROM source WHERE iri = ?", (source.iri,)).fetchone()
        if known != (source.digest,):
            _delete(index, source.iri)
            _insert(index, source)
    gone = index.execute("SELECT iri FROM source WHERE iri NOT IN (SELECT iri FROM seen) ORDER BY iri").fetchall()
    for (iri,) in gone:
        _delete(index, iri)
    index.commit()


def find_entries(index: sqlite3.Connection, terms: Iterable[Term], kinds: Iterable[str], limit: int) -> Iterator[Entry]:
    """The entries of these kinds that hold all the terms, best first (BM25, then by IRI)."""
    wanted = tuple(kinds)
    query = _FIND % ", ".join("?" * len(wanted))
    for row in index.execute(query, (_render_match(terms), *wanted, limit)):
        yield Entry(**dict(zip(_COLUMNS, row, strict=True)))


def _render_match(terms: Iterable[Term]) -> str:
    """The terms as FTS5 reads them: words hold letters and digits alone, and stand in quotation marks.

    A whole word counts besides as a word that begins so: it comes before those that only begin so.
    """
    phrases = [(" ".join(term.words), term.whole) for term in terms]
    return " AND ".join(f'"{words}"' if whole else f'("{words}" OR "{words}" *)' for words, whole in phrases)


def _open_fresh(store: GraphStore, path: Path) -> sqlite3.Connection:
    """The file, up to date; a damaged one is made again, and memory stands in where nothing can be written."""
    try:
        return _open_current(store, str(path))
    except sqlite3.OperationalError:
        return _open_current(store, MEMORY)
    except sqlite3.DatabaseError:
        return _make_again(store, path)


def _make_again(store: GraphStore, path: Path) -> sqlite3.Connection:
    try:
        path.unlink()
        return _open_current(store, str(path))
    except (OSError, sqlite3.DatabaseError):
        return _open_current(store, MEMORY)


def _open_current(store: GraphStore, place: str) -> sqlite3.Connection:
    """The database at `place`, made where there is none, up to date.

    Raises:
        OperationalError: it cannot be opened or written.
        DatabaseError: it is damaged, or none that this version reads.
    """
    index = sqlite3.connect(place, timeout=WAIT)
    try:
        if index.execute("PRAGMA user_version").fetchone() != (VERSION,):
            _make(index)
        refresh_index(index, read_sources(store))
    except sqlite3.Error:
        index.close()
        raise
    return index


def _make(index: sqlite3.Connection) -> None:
    if index.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise sqlite3.DatabaseError("tables of another version")
    index.executescript(f"BEGIN; {_TABLES} COMMIT;")


def _delete(index: sqlite3.Connection, source: str) -> None:
    index.execute("DELETE FROM word WHERE rowid IN (SELECT id FROM entry WHERE source = ?)", (source,))
    index.execute("DELETE FROM entry WHERE source = ?", (source,))
    index.execute("DELETE FROM source WHERE iri = ?", (source,))


def _insert(index: sqlite3.Connection, source: Source) -> None:
    index.execute("INSERT INTO source VALUES (?, ?)", (source.iri, source.digest))
    for entry in source.read():
        places = ", ".join("?" * len(_COLUMNS))
        row = index.execute(f"INSERT INTO entry (source, {_NAMED}) VALUES (?, {places})", (source.iri, *_READ(entry)))
        folded = " ".join(word.folded for word in split_words(entry.text))
        index.execute("INSERT INTO word (rowid, folded) VALUES (?, ?)", (row.lastrowid, folded))
