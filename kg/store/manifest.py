"""Which articles are in a folder for good: by id and content, and what produced their facts.

An article is entered after its quads are on disk, never before. So a build that is stopped anywhere goes on after the
last one entered: what it wrote after that is written again.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError

ENTRIES = "manifest.sqlite"
VERSION = 1  # of the tables; a higher one was written by a newer `kg`
_TABLES = f"""
BEGIN;
CREATE TABLE origin (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE article (id TEXT PRIMARY KEY, content TEXT NOT NULL, origin INTEGER NOT NULL, tally TEXT NOT NULL)
WITHOUT ROWID;
PRAGMA user_version = {VERSION};
COMMIT;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article that is in the store."""

    id: str
    content: str  # digest of all that was read of it
    tally: str  # what was found in it, counted, as JSON


class Manifest:
    """The entries of a folder; see `open_manifest`."""

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._database = database
        self._path = path

    def find(self, id: str, origin: str) -> Entry | None:
        """The entry of an article, if what produced it is `origin`."""
        row = self._database.execute(
            "SELECT content, tally FROM article JOIN origin ON origin.id = article.origin "
            "WHERE article.id = ? AND text = ?",
            (id, origin),
        ).fetchone()
        return Entry(id=id, content=row[0], tally=row[1]) if row else None

    def enter(self, entries: Iterable[Entry], origin: str) -> None:
        """Enters articles that are on disk, in place of what was said of them; it is itself on disk on return."""
        with self._database:
            self._database.execute("INSERT OR IGNORE INTO origin (text) VALUES (?)", (origin,))
            self._database.executemany(
                "INSERT OR REPLACE INTO article SELECT ?, ?, id, ? FROM origin WHERE text = ?",
                ((entry.id, entry.content, entry.tally, origin) for entry in entries),
            )

    def forget(self, ids: Iterable[str]) -> None:
        """Takes articles out; to be called before something else changes them in the store."""
        with self._database:
            self._database.executemany("DELETE FROM article WHERE id = ?", ((id,) for id in ids))

    def __len__(self) -> int:
        return int(self._database.execute("SELECT COUNT(*) FROM article").fetchone()[0])


@contextmanager
def open_manifest(folder: Path) -> Iterator[Manifest]:
    """The manifest of a folder, made where there is none.

    Raises:
        StoreError: it is damaged, of a newer `kg`, or cannot be written; it is left as it is.
    """
    path = folder / ENTRIES
    try:
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA synchronous = FULL")
            _check_version(database, path)
            yield Manifest(database, path)
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path}: cannot be written: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"{path}: is damaged ({error}); delete it, and the next build reads all articles anew"
        ) from error


def _check_version(database: sqlite3.Connection, path: Path) -> None:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise StoreError(f"{path}: format {version}, this kg reads up to {VERSION}; install a newer kg")
    if version < VERSION:
        database.executescript(_TABLES)
