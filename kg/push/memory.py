"""What was written to which server, remembered beside the store: a file of SQLite, for it survives a kill.

A graph is marked before it is sent and noted when the server has acknowledged it. One that is marked only may be
there in an old or a new state, and is sent again.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

FILE = "push.sqlite"
VERSION = 1
_TABLE = f"""
CREATE TABLE pushed (
    target TEXT NOT NULL, graph TEXT NOT NULL, digest TEXT, PRIMARY KEY (target, graph)
) WITHOUT ROWID;
PRAGMA user_version = {VERSION};
"""
_WRITE = "INSERT INTO pushed VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET digest = excluded.digest"


class PushMemory:
    """What one server holds of this graph, as far as it has acknowledged it."""

    def __init__(self, database: sqlite3.Connection, target: str) -> None:
        self._database, self._target = database, target

    def digest(self, graph: str) -> str | None:
        """The digest of what the server holds under this name; None where that is unknown."""
        found = self._database.execute(
            "SELECT digest FROM pushed WHERE target = ? AND graph = ?", (self._target, graph)
        ).fetchone()
        return found[0] if found else None

    def graphs(self) -> Iterator[str]:
        """All graphs that the server may hold, sorted; the memory may be changed while they are read."""
        last = ""
        while rows := self._database.execute(
            "SELECT graph FROM pushed WHERE target = ? AND graph > ? ORDER BY graph LIMIT 1000", (self._target, last)
        ).fetchall():
            yield from (row[0] for row in rows)
            last = rows[-1][0]

    def known(self, most: int) -> list[str]:
        """Up to `most` graphs that the server has acknowledged, by the digests of their content: a sample of all."""
        rows = self._database.execute(
            "SELECT graph FROM pushed WHERE target = ? AND digest IS NOT NULL ORDER BY digest LIMIT ?",
            (self._target, most),
        )
        return [row[0] for row in rows]

    def mark(self, graphs: Iterable[str]) -> None:
        """Says that these graphs are about to be sent or deleted."""
        with self._database:
            self._database.executemany(_WRITE, [(self._target, graph, None) for graph in graphs])

    def note(self, digests: Iterable[tuple[str, str]]) -> None:
        """Says that the server has acknowledged these graphs, each with its digest."""
        with self._database:
            self._database.executemany(_WRITE, [(self._target, graph, digest) for graph, digest in digests])

    def forget(self, graphs: Iterable[str]) -> None:
        """Says that the server holds these graphs no more."""
        with self._database:
            self._database.executemany(
                "DELETE FROM pushed WHERE target = ? AND graph = ?", [(self._target, graph) for graph in graphs]
            )

    def doubt(self) -> None:
        """Says that what the server holds is unknown: all is sent again, and what is gone is deleted."""
        with self._database:
            self._database.execute("UPDATE pushed SET digest = NULL WHERE target = ?", (self._target,))


@contextmanager
def open_memory(folder: Path, target: str) -> Iterator[PushMemory]:
    """The memory of the graph in `folder` for one server; nobody else writes it meanwhile.

    Raises:
        StoreError: it is damaged, of a newer `kg`, cannot be written, or another push is at work.
    """
    path = folder / FILE
    database: sqlite3.Connection | None = None
    try:
        database = sqlite3.connect(path, timeout=0)
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        _prepare(database, path)
        database.commit()
        yield PushMemory(database, target)
    except sqlite3.Error as error:
        raise StoreError(_explain(path, error)) from error
    finally:
        if database is not None:
            database.close()


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise StoreError(f"{path}: version {version}, this kg reads up to {VERSION}; install a newer kg")
    if version == 0:
        for statement in _TABLE.split(";"):
            database.execute(statement)


def _explain(path: Path, error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return f"{path}: another kg push of this graph is at work; wait until it has ended"
    if "not a database" in str(error) or "malformed" in str(error):
        return f"{path}: is damaged ({error}); delete it, and kg push writes all graphs again"
    return f"{path}: cannot be written: {error}"
