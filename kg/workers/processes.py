"""Worker processes of this machine, started for one build."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Generic, Self

from kg.workers.batches import Do, LostError, R, T

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class ProcessCrew(Generic[T, R]):
    """So many processes, each on one processor. When one dies, all are replaced: nobody knows which it was."""

    no_start = (
        "worker processes end as soon as they start; build without workers to see why, and in a script of your own "
        'call kg.build below: if __name__ == "__main__":'
    )

    def __init__(self, do: Do[T, R], workers: int) -> None:
        self._do, self._workers = do, workers
        self._executor = _start(workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=error is None, cancel_futures=True)

    def count(self) -> int:
        """As many as were asked for."""
        return self._workers

    def submit(self, batch: Sequence[T]) -> "_Pending[R]":
        """Gives out a batch."""
        try:
            return _Pending(self._executor.submit(self._do, batch))
        except BrokenProcessPool as error:
            failed: Future[Sequence[R]] = Future()
            failed.set_exception(error)
            return _Pending(failed)

    def renew(self) -> None:
        """New processes in place of all."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = _start(self._workers)


class _Pending(Generic[R]):
    def __init__(self, future: "Future[Sequence[R]]") -> None:
        self._future = future

    def wait(self) -> Sequence[R]:
        try:
            return self._future.result()
        except BrokenProcessPool as error:
            raise LostError from error


def _start(workers: int) -> ProcessPoolExecutor:
    """New processes that share nothing with this one, whose threads and open files a fork would copy."""
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_settle)


def _settle() -> None:
    """In a new process: one thread for computing, no ear for Ctrl-C, and no life after the process that started it."""
    for name in _THREADS:
        os.environ[name] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
