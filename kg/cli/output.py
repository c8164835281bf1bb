"""Where a command writes its data: standard output or a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import InputError


@contextmanager
def open_output(name: str) -> Iterator[IO[bytes]]:
    """Standard output, or a file that is written whole or not at all; a device or pipe is written to as it is."""
    from kg.export.files import open_whole
    from kg.screen import make_console, show_progress

    if name == "-":
        yield sys.stdout.buffer
        return
    target = Path(name)
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as stream:
                yield stream
            return
    except OSError as error:
        raise InputError(f"{name}: cannot be written: {error.strerror or error}") from error
    with show_progress(make_console(stderr=True), f"writing {name}"), open_whole(target) as stream:
        yield stream
