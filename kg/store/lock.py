"""Who writes into a folder: one process at a time, by name.

The operating system holds the lock and lets go of it when the process ends, however it ends; the file only says whose
it is, so that one left by a process that was killed is taken over. Where there are no such locks (Windows), that of
the database alone keeps others out, and cannot say who they are.
"""

import json
import os
import socket
from importlib.util import find_spec
from pathlib import Path

from kg.errors import StoreError

if find_spec("fcntl"):
    import fcntl

LOCK = "kg.lock"
_POSIX = bool(find_spec("fcntl"))


class Lock:
    """The lock of a folder, held until `release`."""

    def __init__(self, folder: Path) -> None:
        """Takes the lock.

        Raises:
            StoreError: another process has it; says which one.
            OSError: the folder cannot be written.
        """
        self._path = folder / LOCK
        self._file = _take(self._path) if _POSIX else None

    def release(self) -> None:
        """Lets others write; nothing the second time."""
        if self._file is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._file)
            self._file = None


def _take(path: Path) -> int:
    """The locked file, open, with our name in it."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(file)
            raise StoreError(
                f"{path.parent}: in use by another process{_read_holder(path)}; wait until it has ended"
            ) from error
        if _is_still(path, file):
            os.ftruncate(file, 0)
            os.write(file, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
            return file
        os.close(file)


def _is_still(path: Path, file: int) -> bool:
    """Whether the open file is the one of that name: its last holder may have removed it before we had the lock."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _read_holder(path: Path) -> str:
    """In words, as far as the file says it: the holder may not have written it yet."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return f", {int(found['pid'])} on {found['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
