"""The folder of a graph: what marks it as ours, and files that are written whole or not at all."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError
from kg.store.lock import LOCK

MANIFEST = "kg.json"
FORMAT = 1  # of the folder; a higher one was written by a newer `kg`
_DRAFT = ".part"  # ends the name of a file that is being written


def check_folder(folder: Path, advice: str) -> None:
    """Refuses what is no folder, and a folder that holds something else than a graph.

    Args:
        folder: what the user named; it need not exist.
        advice: what to name instead.

    Raises:
        StoreError: it is refused.
    """
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: is a file; name a folder")
    if (folder / MANIFEST).exists():
        read_base(folder)
    elif folder.is_dir() and any(path.name not in (MANIFEST + _DRAFT, LOCK) for path in folder.iterdir()):
        raise StoreError(f"{folder}: holds files but no {MANIFEST}, so it is no kg folder; {advice}")


def is_graph(folder: Path) -> bool:
    """Whether there is a graph in a folder, or was one begun."""
    return (folder / MANIFEST).exists()


def read_base(folder: Path) -> str:
    """What IRIs of resources begin with in the graph of a folder.

    Raises:
        StoreError: the manifest is damaged, or of a newer `kg`.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        written, base = int(manifest["format"]), str(manifest["base"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: is not what kg writes there ({error}); build into a new folder") from error
    if written > FORMAT:
        raise StoreError(f"{path}: format {written}, this kg reads up to {FORMAT}; install a newer kg")
    return base


def write_manifest(folder: Path, base: str) -> None:
    """Marks a folder as ours.

    Raises:
        StoreError: the place cannot be written.
    """
    text = json.dumps({"format": FORMAT, "base": base}, indent=2) + "\n"
    write_file(folder / MANIFEST, [text])


def check_base(folder: Path, base: str) -> None:
    """Refuses a graph that was written with another base.

    Raises:
        StoreError: the bases differ.
    """
    found = read_base(folder)
    if found != base:
        raise StoreError(f"{folder}: written with base {found}, asked for {base}; use that base or a new folder")


def explain_failure(folder: Path, error: Exception) -> str:
    """Why the database in a folder cannot be opened, in words a user can act on."""
    if "lock" in str(error).lower():
        return f"{folder}: in use by another process; wait until it has ended"
    return f"{folder}: the database cannot be opened: {error}"


@contextmanager
def explain_faults(folder: Path) -> Iterator[None]:
    """Turns what the database raises where it is damaged, or the disk full, into an error that says what to do.

    Raises:
        StoreError: it was raised within.
    """
    try:
        yield
    except (OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and type(error) is not RuntimeError:
            raise  # a fault of ours, such as a recursion without end
        raise StoreError(
            f"{folder}: the database cannot be read or written: {error}; see whether the disk is full or damaged, and "
            "run the same again: it goes on where it was"
        ) from error


def write_file(path: Path, parts: Iterable[str]) -> None:
    """Writes a file whole or not at all.

    Raises:
        StoreError: the place cannot be written.
    """
    draft = path.with_name(path.name + _DRAFT)
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())  # or a power cut leaves the name without the content
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
