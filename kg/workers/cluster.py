"""Workers of a Dask cluster: processes that Dask keeps on this machine, or a cluster that runs somewhere.

Where a worker dies, Dask gives what it held to others, as often as its scheduler allows, before a batch is lost.
What workers send is unpickled, so whoever controls them controls this process: name only a cluster of your own.
"""

import logging
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, cast

from kg.errors import InputError, KgError
from kg.workers.batches import Do, LostError, R, T

LOCAL = "local"
PATIENCE = 300.0  # seconds that a cluster may be without a worker before the build ends; one may just be starting
_CONNECT = 20  # seconds for the scheduler to answer
_CONFIG: dict[str, object] = {
    "distributed.admin.large-graph-warning-threshold": "1GB",  # bytes of articles are what has to travel
    "distributed.scheduler.allowed-failures": 0,  # of a cluster of our own: `batches` tries again
    "distributed.admin.tick.interval": "1s",  # nobody asks how busy they are: fifty times a second is too often
    "distributed.worker.profile.enabled": False,  # nor what they do, noted a hundred times a second: both cost a tenth
    "distributed.scheduler.http.routes": [],  # nor does it show pages
    "distributed.worker.http.routes": [],
}
_AGAIN = "run the same command again: it goes on where it was"
_turn = threading.Lock()  # a worker may have several threads, the language model is used by one at a time


def join_cluster(do: Do[T, R], name: str, *, workers: int) -> "DaskCrew[T, R]":
    """The workers of a cluster: for `LOCAL` a new one of so many processes (0: one a processor), else a running one.

    That is named by the address of its scheduler (tcp://host:8786, tls://host:8786) or by its scheduler file.

    Raises:
        InputError: Dask is not installed, or no scheduler answers.
    """
    if find_spec("distributed") is None:
        raise InputError('--dask takes distributed; install it: pip install "polkg[dask]"')
    import dask

    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_CONFIG))
        client = stack.enter_context(_start_local(workers) if name == LOCAL else _connect(name))
        return DaskCrew(do, client, stack.pop_all())


class DaskCrew(Generic[T, R]):
    """The workers that a client of Dask sees; they may come and go."""

    no_start = "Dask workers end as soon as they work; their logs say why, and a build with --workers 0 may do so too"

    def __init__(self, do: Do[T, R], client: Any, stack: ExitStack) -> None:
        self._do, self._client, self._stack = do, client, stack
        self._given: weakref.WeakSet[Any] = weakref.WeakSet()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def count(self) -> int:
        """Those that are there now."""
        return len(self._client.nthreads()) or 1

    def submit(self, batch: Sequence[T]) -> "_Pending[R]":
        """Gives out a batch."""
        future = self._client.submit(_take_turn, self._do, batch, pure=False)
        self._given.add(future)
        return _Pending(future, self._client)

    def renew(self) -> None:
        """Dask itself replaces the dead, where they have a nanny."""
        self._client.cancel(list(self._given))


class _Pending(Generic[R]):
    def __init__(self, future: Any, client: Any) -> None:
        self._future, self._client = future, client

    def wait(self) -> Sequence[R]:
        from distributed import KilledWorker

        try:
            return self._wait_for_worker()
        except KilledWorker as error:
            raise LostError from error
        except KgError:
            raise
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            if self._future.status == "error":
                raise KgError(f"Dask workers cannot do the work: {reason}; they need the same kg and Python") from error
            raise KgError(f"the Dask scheduler is gone: {reason}; {_AGAIN}") from error

    def _wait_for_worker(self) -> Sequence[R]:
        while True:
            try:
                return cast(Sequence[R], self._future.result(timeout=PATIENCE))
            except TimeoutError:
                if self._future.done():
                    raise
                if not self._client.nthreads():
                    fault = f"the Dask cluster has had no worker for {PATIENCE:.0f} seconds; start some, and {_AGAIN}"
                    raise KgError(fault) from None


def _take_turn(do: Do[T, R], batch: Sequence[T]) -> Sequence[R]:
    """In a worker: `do`, one thread at a time."""
    with _turn:
        return do(batch)


@contextmanager
def _start_local(workers: int) -> Iterator[Any]:
    """Processes of this machine that end with this one; they talk on loopback, encrypted, with keys made for them."""
    from distributed import LocalCluster

    with (
        LocalCluster(
            n_workers=workers or None,
            threads_per_worker=1,
            memory_limit=0,  # the system, not Dask, ends what takes too much, as it does without Dask
            dashboard_address="127.0.0.1:0",
            security=True,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        cluster.get_client() as client,
    ):
        yield client


@contextmanager
def _connect(name: str) -> Iterator[Any]:
    from distributed import Client

    place = {"scheduler_file": name} if Path(name).is_file() else {"address": name}
    try:
        client = Client(**place, timeout=_CONNECT, set_as_default=False, name="kg")
    except (OSError, ValueError) as error:
        raise InputError(f"--dask {name}: {error}; wants {LOCAL!r} or the address of a Dask scheduler") from error
    with client:
        yield client
