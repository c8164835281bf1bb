"""Batches of work for others to do: results come in the order of the batches, whoever did them.

A worker that dies takes nothing with it: what it held is done again, and only an item that workers die of, time after
time, is given up.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from kg.errors import KgError

T = TypeVar("T")
R = TypeVar("R")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)
Do = Callable[[Sequence[T]], Sequence[R]]  # a batch of items in, as many results out; it is pickled by its name

AHEAD = 3  # batches a worker that are given out before the first comes back
TRIES = 3  # times that an item is done alone; a worker may also be killed by chance


class LostError(Exception):
    """The workers that had a batch died."""


class Pending(Protocol[R_co]):
    """A batch that somebody works on."""

    def wait(self) -> Sequence[R_co]:
        """The results. Raises LostError, KgError and what the work raised."""


class Crew(Protocol[T_contra, R_co]):
    """Those who do the work. To be used as context manager; they are let go at its end."""

    no_start: str  # what to tell who hired them when they die before anything came back

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def count(self) -> int:
        """How many there are now, at least one."""

    def submit(self, batch: Sequence[T_contra]) -> Pending[R_co]:
        """Gives out a batch."""

    def renew(self) -> None:
        """Makes them forget what they were given, and takes others in the place of the dead."""


def cut_batches(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """`items`, so many at a time."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def map_batches(
    hire: Callable[[], Crew[T, R]], batches: Iterable[Sequence[T]], *, give_up: Callable[[T], R]
) -> Iterator[R]:
    """What a crew makes of each item, in their order; it is hired when the first batch is there.

    At most `AHEAD` batches a worker are read before the first has come back. `give_up` gives the result of an item
    at which workers die.

    Raises:
        KgError: no worker can be had; or the work raised it.
    """
    rest = iter(batches)
    for first in rest:
        with hire() as crew:
            desk = _Desk(crew)
            for batch in chain([first], rest):
                desk.begin(batch)
                if len(desk.waiting) >= AHEAD * crew.count():
                    yield from desk.finish(give_up)
            while desk.waiting:
                yield from desk.finish(give_up)


class _Desk(Generic[T, R]):
    """The batches that a crew was given, the oldest first."""

    def __init__(self, crew: Crew[T, R]) -> None:
        self.waiting: deque[tuple[Sequence[T], Pending[R]]] = deque()
        self._crew = crew
        self._works = False  # whether anything ever came back

    def begin(self, batch: Sequence[T]) -> None:
        self.waiting.append((batch, self._crew.submit(batch)))

    def finish(self, give_up: Callable[[T], R]) -> Iterator[R]:
        """The results of the oldest batch."""
        batch, pending = self.waiting.popleft()
        try:
            results = self._await(pending)
        except LostError:
            self._crew.renew()
            results = [self._do_alone(item, give_up) for item in batch]
            later = list(self.waiting)
            self.waiting.clear()
            for other, _ in later:
                self.begin(other)
        yield from results

    def _do_alone(self, item: T, give_up: Callable[[T], R]) -> R:
        """The result of an item that nothing else is done beside, so that deaths are its own doing."""
        for _ in range(TRIES):
            try:
                return self._await(self._crew.submit([item]))[0]
            except LostError as error:
                if not self._works:
                    raise KgError(self._crew.no_start) from error
                self._crew.renew()
        return give_up(item)

    def _await(self, pending: Pending[R]) -> Sequence[R]:
        results = pending.wait()
        self._works = True
        return results
