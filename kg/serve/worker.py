"""A process that runs queries, one after the other; whoever started it may kill it at any time.

A line of JSON on standard input is a job; a line on standard output says that it has begun, another how it went. What
a query finds goes to the file that the job names. The process ends when its input does, and on its own a little after
a limit, should nobody be left to kill it.
"""

import errno
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, cast

from pyoxigraph import DefaultGraph, NamedNode, QueryTriples

from kg import vocab
from kg.errors import KgError, QueryError, StoreError
from kg.query import Result, Scope, bind_params, named_query, run_query, serialise_result
from kg.search import update_index
from kg.serve.negotiation import GRAPH_TYPES, RESULT_TYPES, choose_type
from kg.serve.protocol import Update
from kg.serve.refusal import Refusal
from kg.serve.update import run_update
from kg.store import GraphStore
from kg.store.folder import read_base

Job = Mapping[str, Any]
Reply = dict[str, Any]

_GRACE = 5.0  # seconds after its limit at which a forgotten process ends itself
_MOST_MESSAGE = 2_000  # characters of an error


def main() -> None:
    """Works off jobs until there are no more; arguments: seconds of a job, bytes of memory."""
    seconds, memory_bytes = float(sys.argv[1]), int(sys.argv[2])
    _limit_memory(memory_bytes)
    _step_back()
    jobs = _Jobs()
    _tell({"ready": True})
    for line in sys.stdin.buffer:
        _set_alarm(seconds + _GRACE)
        _tell({"begun": True})
        _tell(jobs.run(json.loads(line)))
        _set_alarm(0)


class _Jobs:
    """Runs jobs, and keeps the snapshot open from one to the next."""

    def __init__(self) -> None:
        self._store: GraphStore | None = None
        self._folder = ""

    def run(self, job: Job) -> Reply:
        """How a job went: {"media_type", ...}, or {"status", "message"} of an error."""
        try:
            return _KINDS[job["kind"]](self, job)
        except Refusal as refusal:
            return _fault(refusal.status, refusal.message)
        except QueryError as error:
            return _fault(_blame(error), str(error))
        except StoreError as error:
            return _fault(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        except (KgError, OSError, RuntimeError, ValueError) as error:
            return _fault(_blame(error), f"the graph cannot be read: {error}")
        except MemoryError:
            return _fault(HTTPStatus.INSUFFICIENT_STORAGE, "the result takes too much memory; ask for less")

    def query(self, job: Job) -> Reply:
        """Asks a query and writes what it finds."""
        store = self._open(job["snapshot"])
        scope = Scope(default_graphs=job["default_graphs"], named_graphs=job["named_graphs"], base_iri=job["base_iri"])
        return self._answer(job, run_query(store, job["text"], scope=scope))

    def named(self, job: Job) -> Reply:
        """Asks a query that comes with `kg`."""
        store = self._open(job["snapshot"])
        return self._answer(job, run_query(store, bind_params(named_query(job["name"]), job["params"], store)))

    def _answer(self, job: Job, result: Result) -> Reply:
        types: Mapping[str, Any] = GRAPH_TYPES if isinstance(result, QueryTriples) else RESULT_TYPES
        media_type = _negotiate(job["accept"], tuple(types))
        with _Spool(job) as spool:
            serialise_result(result, types[media_type], cast("IO[bytes]", spool))
        return {"media_type": media_type}

    def graph(self, job: Job) -> Reply:
        """Writes one graph of the store; only checks that it is there if the job names no file."""
        store = self._open(job["snapshot"])
        graph = NamedNode(job["graph"]) if job["graph"] else DefaultGraph()
        if isinstance(graph, NamedNode) and not store.database.contains_named_graph(graph):
            raise Refusal(HTTPStatus.NOT_FOUND, f"there is no graph {graph}")
        media_type = _negotiate(job["accept"], tuple(GRAPH_TYPES))
        if job["file"]:
            with _Spool(job) as spool:
                store.database.dump(
                    cast("IO[bytes]", spool),
                    GRAPH_TYPES[media_type],
                    from_graph=graph,
                    prefixes=dict(vocab.prefixes(store.base)),
                )
        return {"media_type": media_type}

    def update(self, job: Job) -> Reply:
        """Changes the graph in a folder."""
        folder = Path(job["folder"])
        update = Update(
            text=job["text"],
            using_graphs=tuple(job["using_graphs"]),
            using_named_graphs=tuple(job["using_named_graphs"]),
        )
        with GraphStore.create(folder, base=read_base(folder)) as store:
            run_update(store, update, base_iri=job["base_iri"])
        return {}

    def index(self, job: Job) -> Reply:
        """Renews the index of words beside the graph in a folder."""
        folder = Path(job["folder"])
        with GraphStore.open(folder) as store:
            update_index(store, folder)
        return {}

    def _open(self, folder: str) -> GraphStore:
        if self._store is None or self._folder != folder:
            self._store = None  # closes the one before
            self._store, self._folder = GraphStore.open(Path(folder)), folder
        return self._store


_KINDS: Mapping[str, Callable[[_Jobs, Job], Reply]] = {
    "query": _Jobs.query,
    "named": _Jobs.named,
    "graph": _Jobs.graph,
    "update": _Jobs.update,
    "index": _Jobs.index,
}


class _Spool:
    """The file of a result; no larger than the job allows."""

    def __init__(self, job: Job) -> None:
        self._file = Path(job["file"]).open("wb")  # noqa: SIM115  (closed on exit)
        self._left = int(job["result_bytes"])
        self._most = int(job["result_bytes"])

    def __enter__(self) -> "_Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise Refusal(
                HTTPStatus.INSUFFICIENT_STORAGE,
                f"the result is larger than {self._most:,} bytes; ask for less, with LIMIT or in parts",
            )
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


def _negotiate(accept: str, offers: tuple[str, ...]) -> str:
    chosen = choose_type(accept, offers)
    if chosen is None:
        raise Refusal(HTTPStatus.NOT_ACCEPTABLE, f"Accept names none of: {', '.join(offers)}")
    return chosen


def _blame(error: Exception) -> HTTPStatus:
    """Whose fault an error is: that of the query, of a full disk, or ours."""
    cause = error.__cause__ or error
    if not isinstance(cause, OSError):
        return HTTPStatus.BAD_REQUEST if isinstance(error, QueryError) else HTTPStatus.INTERNAL_SERVER_ERROR
    full = cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.INTERNAL_SERVER_ERROR


def _fault(status: HTTPStatus, message: str) -> Reply:
    return {"status": int(status), "message": message[:_MOST_MESSAGE]}


def _tell(reply: Reply) -> None:
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()


def _set_alarm(seconds: float) -> None:
    """Ends this process in so many seconds, whatever it does then; 0 calls that off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _step_back() -> None:
    """Leaves the processors to the server when both want them: it has clients to answer and limits to keep."""
    if hasattr(os, "nice"):
        os.nice(5)


def _limit_memory(most: int) -> None:
    """Bounds what this process can allocate, and makes it the first to go when the machine runs out of memory."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("900", encoding="ascii")


if __name__ == "__main__":
    main()
