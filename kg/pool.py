"""Batches of work in processes of their own: results come in the order of the batches, whoever did them.

A process that dies takes nothing with it: what it held is done again, and only the item that kills every process it is
given to is given up. Nothing heavy is imported here, so that a new process can settle how many threads the numerical
libraries get before they load.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from types import TracebackType
from typing import Generic, Self, TypeVar

from kg.errors import KgError

T = TypeVar("T")
R = TypeVar("R")
Do = Callable[[Sequence[T]], Sequence[R]]  # a batch of items in, as many results out; it is pickled by its name

AHEAD = 3  # batches a process that are given out before the first comes back
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def cut_batches(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """`items`, so many at a time."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def map_batches(
    do: Do[T, R], batches: Iterable[Sequence[T]], *, workers: int, give_up: Callable[[T], R]
) -> Iterator[R]:
    """What `do` makes of each item, in their order; `workers` processes share the batches.

    At most `AHEAD` batches a process are read before the first has come back. `give_up` gives the result of an item
    at which processes die.

    Raises:
        KgError: no process can be started; or `do` raised it.
    """
    with _Pool(do, workers) as pool:
        for batch in batches:
            pool.begin(batch)
            if len(pool.waiting) >= AHEAD * workers:
                yield from pool.finish(give_up)
        while pool.waiting:
            yield from pool.finish(give_up)


class _Pool(Generic[T, R]):
    """Processes, and the batches they were given, the oldest first."""

    def __init__(self, do: Do[T, R], workers: int) -> None:
        self.waiting: deque[tuple[Sequence[T], Future[Sequence[R]]]] = deque()
        self._do, self._workers = do, workers
        self._executor = _start(workers)
        self._works = False  # whether anything ever came back

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=error is None, cancel_futures=True)

    def begin(self, batch: Sequence[T]) -> None:
        self.waiting.append((batch, self._submit(batch)))

    def finish(self, give_up: Callable[[T], R]) -> Iterator[R]:
        """The results of the oldest batch."""
        batch, future = self.waiting.popleft()
        try:
            results = self._await(future)
        except BrokenProcessPool:
            self._renew()
            results = [self._do_alone(item, give_up) for item in batch]
            later = list(self.waiting)
            self.waiting.clear()
            for other, _ in later:
                self.begin(other)
        yield from results

    def _do_alone(self, item: T, give_up: Callable[[T], R]) -> R:
        try:
            return self._await(self._submit([item]))[0]
        except BrokenProcessPool as error:
            if not self._works:
                raise KgError(
                    "worker processes end as soon as they start; build without workers to see why, and in a script of "
                    'your own call kg.build below: if __name__ == "__main__":'
                ) from error
            self._renew()
            return give_up(item)

    def _await(self, future: "Future[Sequence[R]]") -> Sequence[R]:
        results = future.result()
        self._works = True
        return results

    def _submit(self, batch: Sequence[T]) -> "Future[Sequence[R]]":
        try:
            return self._executor.submit(self._do, batch)
        except BrokenProcessPool as error:
            failed: Future[Sequence[R]] = Future()
            failed.set_exception(error)
            return failed

    def _renew(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = _start(self._workers)


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
