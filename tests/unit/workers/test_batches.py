"""Results in order and each once, whatever becomes of those who work."""

from collections.abc import Callable, Sequence
from functools import partial
from types import TracebackType
from typing import Self

import pytest

from kg.errors import KgError
from kg.workers import cut_batches, map_batches
from kg.workers.batches import AHEAD, TRIES, LostError


class Pending:
    def __init__(self, batch: Sequence[int], do: Callable[[int], int]) -> None:
        self._batch, self._do = batch, do

    def wait(self) -> Sequence[int]:
        return [self._do(item) for item in self._batch]


class Crew:
    """Two who work when they are waited for; `deadly`: how many of them die of an item."""

    no_start = "none lives"

    def __init__(self, deadly: dict[int, int]) -> None:
        self.deadly, self.given, self.renewed, self.gone = dict(deadly), list[Sequence[int]](), 0, False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.gone = True

    def count(self) -> int:
        return 2

    def submit(self, batch: Sequence[int]) -> Pending:
        self.given.append(batch)
        return Pending(batch, self.square)

    def renew(self) -> None:
        self.renewed += 1

    def square(self, item: int) -> int:
        if self.deadly.get(item, 0):
            self.deadly[item] -= 1
            raise LostError
        return item * item


def work(crew: Crew, items: int) -> list[int]:
    return list(map_batches(lambda: crew, cut_batches(range(items), 3), give_up=lambda item: -item))


def test_results_come_in_order() -> None:
    crew = Crew({})
    assert work(crew, 50) == [item * item for item in range(50)]
    assert crew.gone
    assert crew.renewed == 0


def test_little_is_read_ahead() -> None:
    crew, rest = Crew({}), iter(range(90))
    results = map_batches(lambda: crew, cut_batches(rest, 3), give_up=lambda item: item)
    next(results)
    assert next(rest) == AHEAD * crew.count() * 3


def test_nobody_is_hired_for_nothing() -> None:
    assert list(map_batches(partial(pytest.fail, "hired"), [], give_up=lambda item: item)) == []


@pytest.mark.parametrize("deaths", [1, 2, TRIES])
def test_an_item_by_chance_at_hand_when_workers_die_is_done_again(deaths: int) -> None:
    crew = Crew({7: deaths})
    assert work(crew, 30) == [item * item for item in range(30)]
    assert crew.renewed == deaths


def test_an_item_that_workers_die_of_is_given_up_and_no_other() -> None:
    crew = Crew({7: 99, 8: 99})
    assert work(crew, 30) == [-item if item in (7, 8) else item * item for item in range(30)]
    assert [len(batch) for batch in crew.given].count(1) == 1 + 2 * TRIES


def test_workers_that_never_work_are_told() -> None:
    crew = Crew(dict.fromkeys(range(30), 99))
    with pytest.raises(KgError, match="none lives"):
        work(crew, 30)
    assert crew.gone
