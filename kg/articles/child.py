"""The process that reads documents, one after the other; whoever started it may kill it at any time.

Standard input: lines of JSON, a job each ({"kind", "path" or "bytes", "skip"}; as many bytes of the document
follow as "bytes" says). Standard output: lines of JSON, a piece each ({"piece"}), at last {"done"} with the
fault of the whole document, if there is one.
"""

import io
import json
import os
import sys
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from kg.articles.documents import KINDS, load_reader
from kg.articles.limits import Limits
from kg.articles.pieces import write_piece
from kg.errors import InputError

try:
    import resource
except ImportError:  # Windows: the clock of the other side is all that limits
    resource = None  # type: ignore[assignment]

_DEEPEST = 2_000  # frames of Python; C code below it has a stack of its own limits


def main() -> None:
    """Works off jobs until there are no more; argument: the limits as JSON."""
    limits = Limits(**json.loads(sys.argv[1]))
    jobs, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(_DEEPEST)
    _limit_memory(limits)
    for line in jobs:
        for reply in _run(json.loads(line), jobs, limits):
            replies.write(json.dumps(reply).encode() + b"\n")
            replies.flush()


def _run(job: dict[str, Any], jobs: BinaryIO, limits: Limits) -> Iterator[dict[str, Any]]:
    _limit_time(limits)
    data = jobs.read(job["bytes"]) if job.get("path") is None else b""
    try:
        with Path(job["path"]).open("rb") if job.get("path") is not None else io.BytesIO(data) as file:
            options = {"skip": job["skip"]} if job["skip"] else {}
            for piece in load_reader(job["kind"])(file, limits, **options):
                yield {"piece": write_piece(piece)}
                _limit_time(limits)
        yield {"done": None}
    except InputError as error:
        yield {"done": str(error)}
    except MemoryError:
        yield {"done": f"takes more than {limits.max_read_memory} bytes of memory to read; raise KG_MAX_READ_MEMORY"}
    except RecursionError:
        yield {"done": "nests too deep to be read"}
    except Exception as error:  # noqa: BLE001 - whatever a library does with a document, it is the document's reason
        yield {"done": _describe(error, KINDS[job["kind"]].what)}


def _describe(error: Exception, what: str) -> str:
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(where.filename).name}:{where.lineno}"
    return f"cannot be read as {what}: {type(error).__name__}: {str(error)[:300]} ({place}); save its text as .txt"


def _limit_memory(limits: Limits) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (limits.max_read_memory, limits.max_read_memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(limits: Limits) -> None:
    """Gives the next piece its seconds of processor time; the kernel ends the process after them."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used.ru_utime + used.ru_stime) + 1 + limits.max_read_seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


if __name__ == "__main__":
    main()
