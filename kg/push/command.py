"""A graph brought to a server: graphs that changed are sent, those that are gone are deleted, the rest is left."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.push.client import GraphServer
from kg.push.memory import PushMemory, open_memory
from kg.store import GraphStore, digest_lines, graph_lines, graph_names

BATCH, BATCH_BYTES = 64, 32_000_000  # graphs and bytes that are sent between two writes to the memory
SAMPLE = 5  # graphs that the server is asked for, to see whether it still has what it had

Tell = Callable[[int, str], None]  # graphs seen, the last one


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What a push did."""

    sent: int
    deleted: int
    unchanged: int
    triples: int  # in the graphs that were sent
    again: bool  # whether the server had lost what it once had, so that all was sent


class _Graph(NamedTuple):
    name: str
    digest: str
    triples: bytes
    number: int  # of triples


def push_graph(
    folder: Path,
    server: GraphServer,
    *,
    afresh: bool = False,
    parallel: int = 4,
    tell: Tell = lambda done, graph: None,
) -> Pushed:
    """Makes the named graphs on `server` those of the graph in `folder`; other graphs there are left alone.

    What the server acknowledged is remembered in `folder`, so that a push that broke off goes on where it was.

    Args:
        folder: what `kg build` has written.
        server: where to.
        afresh: send all graphs, whatever is remembered.
        parallel: requests at a time.
        tell: is told of each graph that was looked at.

    Raises:
        StoreError: there is no graph in `folder`, or it cannot be written to.
        RemoteError: the server cannot be reached or refuses.
    """
    with GraphStore.open(folder) as store, open_memory(folder, server.target) as memory:
        again = not afresh and not _still_there(server, memory)
        if afresh or again:
            memory.doubt()
        unchanged = sent = triples = 0
        changed = _changed_graphs(store, memory, tell)
        with ThreadPoolExecutor(parallel) as threads:
            for batch, same in _batches(changed):
                _send(batch, server, memory, threads)
                unchanged, sent = unchanged + same, sent + len(batch)
                triples += sum(graph.number for graph in batch)
        deleted = _delete_gone(store, server, memory)
    return Pushed(sent=sent, deleted=deleted, unchanged=unchanged, triples=triples, again=again)


def _still_there(server: GraphServer, memory: PushMemory) -> bool:
    """Whether the server has a sample of what it has acknowledged: one that was emptied has none."""
    return all(server.holds(graph) for graph in memory.known(SAMPLE))


def _changed_graphs(store: GraphStore, memory: PushMemory, tell: Tell) -> Iterator[_Graph | None]:
    """The graphs that the server does not hold as they are now; None for each that it does."""
    for number, name in enumerate(graph_names(store.database), start=1):
        lines = graph_lines(store.database, name)
        digest = digest_lines(lines)
        tell(number, name)
        if memory.digest(name) == digest:
            yield None
        else:
            yield _Graph(name=name, digest=digest, triples=b"\n".join([*lines, b""]), number=len(lines))


def _batches(graphs: Iterable[_Graph | None]) -> Iterator[tuple[list[_Graph], int]]:
    """Graphs to send together, each time with the number of unchanged ones between them."""
    batch: list[_Graph] = []
    size = same = 0
    for graph in graphs:
        if graph is None:
            same += 1
            continue
        batch.append(graph)
        size += len(graph.triples)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch, same
            batch, size, same = [], 0, 0
    yield batch, same


def _send(batch: list[_Graph], server: GraphServer, memory: PushMemory, threads: ThreadPoolExecutor) -> None:
    memory.mark(graph.name for graph in batch)
    sending = [(graph, threads.submit(server.put, graph.name, graph.triples)) for graph in batch]
    done: list[tuple[str, str]] = []
    try:
        for graph, future in sending:
            future.result()
            done.append((graph.name, graph.digest))
    finally:
        for _, future in sending:
            future.cancel()
        memory.note(done)


def _delete_gone(store: GraphStore, server: GraphServer, memory: PushMemory) -> int:
    deleted = 0
    for name in memory.graphs():
        if not any(store.graph_quads(name)):
            memory.mark([name])
            server.delete(name)
            memory.forget([name])
            deleted += 1
    return deleted
