"""What `kg network` does: reads a graph, projects it, writes one file or one for each window."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

import networkx as nx

from kg.errors import InputError
from kg.network import Options, measure_network, project_network, project_windows
from kg.network.files import choose_format, write_network
from kg.store import GraphStore

Opened = Callable[[str], AbstractContextManager[IO[bytes]]]  # name of a file, "-" for standard output -> its stream


def write_networks(
    folder: Path, kind: str, options: Options, output: str, *, form: str | None, window: str | None, opened: Opened
) -> int:
    """Writes a network, or with `window` one a window, the window's name before the suffix; how many.

    Raises:
        InputError: an option, format or name that cannot be, or a file that cannot be written.
        StoreError: `folder` holds no graph.
    """
    chosen = choose_format(output, form)
    if window is not None and output == "-":
        raise InputError("several windows do not go to standard output; name a file with -o")

    def write(network: "nx.Graph[str]", name: str) -> int:
        with opened(name) as stream:
            write_network(measure_network(network, communities=kind != "conflict"), chosen, stream)
        return 1

    with GraphStore.open(folder) as store:
        if window is None:
            return write(project_network(store, kind, options), output)
        found = project_windows(store, kind, options, window)
        return sum(write(network, _name_window(output, part.name)) for part, network in found)


def _name_window(output: str, window: str) -> str:
    path = Path(output)
    return str(path.with_name(f"{path.stem}_{window}{path.suffix}"))
