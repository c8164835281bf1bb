"""A Dask cluster that runs somewhere, and what is told when it cannot be used."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from kg.errors import InputError, KgError
from kg.workers import cluster, cut_batches, hire_crew, map_batches
from kg.workers.batches import Do

distributed = pytest.importorskip("distributed", reason="no Dask; pip install 'polkg[dask]' brings it")


def square(batch: Sequence[int]) -> Sequence[int]:
    return [item * item for item in batch]


def refuse(batch: Sequence[int]) -> Sequence[int]:
    raise KgError("another model")


def stumble(batch: Sequence[int]) -> Sequence[int]:
    raise ModuleNotFoundError("No module named 'kg'")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with start(workers=1) as found:
        yield found


@contextmanager
def start(workers: int) -> Iterator[str]:
    """The address of a scheduler, with so many workers in threads of this process."""
    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=2, processes=False, protocol="tcp", dashboard_address="127.0.0.1:0"
    ) as started:
        yield started.scheduler_address


def work(do: Do[int, int], name: str) -> list[int]:
    hire = partial(hire_crew, do, workers=0, dask=name)
    return list(map_batches(hire, cut_batches(range(50), 4), give_up=lambda item: -1))


def test_results_come_in_order(address: str) -> None:
    assert work(square, address) == [item * item for item in range(50)]


def test_a_scheduler_is_found_by_its_file(address: str, tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    file.write_text(f'{{"address": "{address}"}}', encoding="utf-8")
    assert work(square, str(file)) == [item * item for item in range(50)]


def test_what_the_work_raises_is_raised(address: str) -> None:
    with pytest.raises(KgError, match="another model"):
        work(refuse, address)


def test_workers_that_lack_something_are_told(address: str) -> None:
    with pytest.raises(KgError, match="ModuleNotFoundError: No module named 'kg'; they need the same kg"):
        work(stumble, address)


def test_a_cluster_without_workers_ends_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.1)
    with (
        start(workers=0) as empty,
        pytest.raises(KgError, match="has had no worker for 0 seconds; start some, and run the same command again"),
    ):
        work(square, empty)


@pytest.mark.parametrize("name", ["tcp://127.0.0.1:1", "nowhere", "ftp://a:1", ""])
def test_no_scheduler(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 1)
    with pytest.raises(InputError, match="wants 'local' or the address of a Dask scheduler"):
        work(square, name)


def test_missing_library_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r'install it: pip install "polkg\[dask\]"'):
        work(square, "local")
