"""Who analyses: batches of work for processes of this machine or for a Dask cluster, behind one interface.

`batches` holds the interface and what is the same for all; `processes` and `cluster` are a kind of workers each.
Nothing heavy is imported here, so that a new process can settle how many threads the numerical libraries get before
they load.
"""

from kg.workers.batches import Crew, Do, R, T, cut_batches, map_batches
from kg.workers.processes import ProcessCrew

__all__ = ["cut_batches", "hire_crew", "map_batches"]


def hire_crew(do: Do[T, R], *, workers: int, dask: str | None) -> Crew[T, R]:
    """Workers that `do`: so many processes, or a Dask cluster; see `cluster.join_cluster` for its name.

    Raises:
        InputError: Dask is not installed, or there is no such cluster.
    """
    if dask is None:
        return ProcessCrew(do, workers)
    from kg.workers.cluster import join_cluster

    return join_cluster(do, dask, workers=workers)
