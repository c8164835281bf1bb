"""A graph made from a dump: built beside the place it is for, and put there when all of it is right."""

import os
import shutil
from pathlib import Path

from kg.dumps.read import Dump, open_dump
from kg.errors import KgError, StoreError
from kg.outputs import write_outputs
from kg.store import MANIFEST, GraphStore, check_folder, read_base

_DRAFT = ".restoring"  # ends the name of the folder in which a graph is being made


def restore_graph(file: Path, folder: Path) -> int:
    """Makes the graph of the dump `file` in `folder`, with all that is made from its articles; how many there are.

    Either all of it is there in the end or nothing is. What a restore that was killed has left is cleared away.

    Raises:
        InputError: the file is no dump, or not a whole one; names the line and the reason.
        StoreError: `folder` holds something already, or cannot be written.
    """
    _check_target(folder)
    draft = folder.with_name(folder.name + _DRAFT)
    with open_dump(file) as dump:
        _clear(draft)
        try:
            articles = _fill(draft, dump)
            if folder.is_dir():
                folder.rmdir()
            os.replace(draft, folder)
        except OSError as error:
            shutil.rmtree(draft, ignore_errors=True)
            raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from error
        except (KgError, KeyboardInterrupt):
            shutil.rmtree(draft, ignore_errors=True)
            raise
    return articles


def _check_target(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: is a file; name a new folder")
    if folder.is_dir() and any(folder.iterdir()):
        what = "a graph" if (folder / MANIFEST).exists() else "files"
        raise StoreError(f"{folder}: holds {what} already, and a restore writes over nothing; name a new folder")
    if folder.is_symlink() or not folder.name:
        raise StoreError(f"{folder}: is no name of a new folder; give one")


def _clear(draft: Path) -> None:
    """Removes what a killed restore has left.

    Raises:
        StoreError: another restore is at work there, or it is something else.
    """
    check_folder(draft, "move it out of the way")
    if (draft / MANIFEST).exists():
        GraphStore.create(draft, base=read_base(draft)).close()  # refused where another process holds it
    if draft.exists():
        shutil.rmtree(draft)


def _fill(folder: Path, dump: Dump) -> int:
    with GraphStore.create(folder, base=dump.base) as store:
        store.replace_articles(dump.graphs())
        write_outputs(store, folder)
        return len(store.article_graphs())
