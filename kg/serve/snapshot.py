"""Snapshots of the database in a folder: what queries read while a build or an update writes.

Opening a RocksDB database for reading while another process writes it shows whatever has been written so far, or
fails when files vanish. So queries read a copy: the table files never change and are hard links, the few others are
copied. A copy is taken when nobody writes, and kept until the next one.
"""

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from kg.errors import StoreError
from kg.store import MANIFEST, GraphStore

if find_spec("fcntl"):
    import fcntl

_POSIX = bool(find_spec("fcntl"))  # elsewhere, a copy counts as good if nothing has changed meanwhile
_PREFIX = ".serve-"  # begins the name of the folder with the copies, beside the database
_FIXED = frozenset({".sst", ".blob"})  # files that RocksDB writes once
_UNREAD = ("LOG", "LOCK")  # begin the names of files that say nothing of the content
_TRIES = 5

Stamp = tuple[tuple[str, int, int], ...]


class Snapshot:
    """One copy; it goes away when a newer one is there and nobody reads it."""

    def __init__(self, folder: Path, stamp: Stamp) -> None:
        self.folder = folder
        self.stamp = stamp
        self.readers = 0


class Snapshots:
    """The newest finished state of the graph in a folder, as often as it changes. For several threads."""

    def __init__(self, folder: Path) -> None:
        """Takes the first copy.

        Raises:
            StoreError: there is no graph in `folder`, or a build is writing it.
        """
        self._source = folder
        self._lock = threading.Lock()
        GraphStore.open(folder).close()
        self._home = _make_home(folder)
        try:
            self._newest = self._take() or _raise_in_use(folder)
        except BaseException:
            self._home.close()
            raise

    @property
    def home(self) -> Path:
        """A folder for files that are to go away with the copies."""
        return self._home.folder

    @contextmanager
    def reading(self) -> Iterator[Path]:
        """The folder of the newest copy, which stays as it is until the block ends."""
        with self._lock:
            self._refresh()
            snapshot = self._newest
            snapshot.readers += 1
        try:
            yield snapshot.folder
        finally:
            with self._lock:
                snapshot.readers -= 1
                self._drop(snapshot)

    def close(self) -> None:
        """Deletes all copies."""
        self._home.close()

    def _refresh(self) -> None:
        """Takes a new copy if there is something new, and nobody is writing it still."""
        with suppress(OSError):
            if _stamp(self._source / "store") != self._newest.stamp and (fresh := self._take()):
                old, self._newest = self._newest, fresh
                self._drop(old)

    def _drop(self, snapshot: Snapshot) -> None:
        if snapshot is not self._newest and not snapshot.readers:
            shutil.rmtree(snapshot.folder, ignore_errors=True)

    def _take(self) -> Snapshot | None:
        """A copy of the database; None while somebody writes it."""
        for _ in range(_TRIES):
            if _is_written(self._source / "store"):
                return None
            target = Path(tempfile.mkdtemp(dir=self._home.folder))
            try:
                stamp = _stamp(self._source / "store")
                _copy_graph(self._source, target)
                if _stamp(self._source / "store") == stamp and not _is_written(self._source / "store"):
                    return Snapshot(target, stamp)
            except FileNotFoundError:
                pass  # it has begun to change
            shutil.rmtree(target, ignore_errors=True)
        return None


class _Home:
    """The folder of the copies, locked as long as we live, so that the next server can tell what a dead one left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._mark = (folder / "lock").open("w")
        if _POSIX:
            fcntl.flock(self._mark, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self._mark.close()


def _make_home(folder: Path) -> _Home:
    """A place for copies: beside the database, where they can be hard links, else where temporary files go."""
    _remove_left(folder)
    try:
        return _Home(Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder)))
    except OSError:
        return _Home(Path(tempfile.mkdtemp(prefix="kg-serve-")))


def _remove_left(folder: Path) -> None:
    """Removes what servers have left that ended without a chance to clean up."""
    if not _POSIX:
        return
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError), (left / "lock").open("w") as mark:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)


def _copy_graph(source: Path, target: Path) -> None:
    shutil.copy(source / MANIFEST, target / MANIFEST)
    (target / "store").mkdir()
    for entry in os.scandir(source / "store"):
        if not entry.name.startswith(_UNREAD):
            _copy_file(Path(entry.path), target / "store" / entry.name)


def _copy_file(source: Path, target: Path) -> None:
    if source.suffix in _FIXED:
        try:
            os.link(source, target)
        except FileNotFoundError:
            raise
        except OSError:  # another disk, or one that knows no links
            pass
        else:
            return
    shutil.copy(source, target)


def _stamp(store: Path) -> Stamp:
    """Changes whenever the database does."""
    return tuple(
        sorted(
            (entry.name, entry.stat().st_size, entry.stat().st_mtime_ns)
            for entry in os.scandir(store)
            if not entry.name.startswith(_UNREAD)
        )
    )


def _is_written(store: Path) -> bool:
    """Whether a process holds the database open for writing; RocksDB locks its file LOCK as long."""
    if not _POSIX:
        return False
    try:
        with (store / "LOCK").open("rb") as file:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _raise_in_use(folder: Path) -> Snapshot:
    raise StoreError(f"{folder}: in use by another process; wait until it has ended")
