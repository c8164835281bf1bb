"""Where the nodes of a network are drawn: forces as in ForceAtlas2 (Jacomy et al. 2014), community by community.

Every node repels the others of its cell one by one and those of other cells as one heavy node at their centre, so
that 5,000 nodes take a second or two; a cell is a community, or a part of a large one. networkx' own layouts compare
all pairs (25 million) or need scipy. Only additions, products, quotients and roots are used, none of them in an order
that hangs on the machine: the same network has the same places everywhere.
"""

from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]
Edges = Mapping[tuple[int, int], float]  # ends, the lower first -> weight

SEED = 1
CELL = 300  # nodes at most whose distances are all computed
ROUNDS = 120
GRAVITY = 0.05
PULL = 4.0  # the most by which weight strengthens an edge


def find_communities(size: int, edges: Edges) -> tuple[int, ...]:
    """The community of each of `size` nodes (Louvain; Blondel et al. 2008), the largest has number 0."""
    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(range(size))
    network.add_weighted_edges_from((source, target, weight) for (source, target), weight in sorted(edges.items()))
    found = nx.community.louvain_communities(network, seed=SEED) if edges else [{node} for node in range(size)]
    communities = [0] * size
    for number, members in enumerate(sorted(found, key=lambda members: (-len(members), min(members)))):
        for node in members:
            communities[node] = number
    return tuple(communities)


def place_nodes(communities: Sequence[int], edges: Edges) -> tuple[tuple[float, float], ...]:
    """Across and down of each node between -1 and 1, with four decimals; nodes without edges stand in rows below."""
    if not communities:
        return ()
    joined = sorted({node for ends in edges for node in ends})
    places = np.zeros((len(communities), 2))
    if joined:
        at = {node: number for number, node in enumerate(joined)}
        own = {(at[source], at[target]): weight for (source, target), weight in edges.items()}
        places[joined] = _normalise(_place_joined([communities[node] for node in joined], own))
    lonely = sorted(set(range(len(communities))) - set(joined))
    places[lonely] = _line_up(len(lonely), size=len(communities), below=bool(joined))
    return tuple((float(x), float(y)) for x, y in _normalise(places))


def _place_joined(communities: Sequence[int], edges: Edges) -> Floats:
    ends = np.array(sorted(edges), dtype=np.intp).reshape(-1, 2)
    pull = np.array([min(PULL, edges[source, target]) for source, target in sorted(edges)], dtype=np.float64)
    cells = _divide(communities)
    return _settle(_begin(cells, len(communities)), ends, pull, cells)


def _line_up(count: int, *, size: int, below: bool) -> Floats:
    """Rows as wide as the square, as dense as its nodes, under it."""
    columns = max(1, round(float(np.sqrt(size))))
    step = 2 / columns
    rows = [((number % columns + 0.5) * step - 1, -(number // columns + 1.5) * step - below) for number in range(count)]
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def _divide(communities: Sequence[int]) -> list[Integers]:
    """The nodes of each cell; a network that is small enough is one."""
    if len(communities) <= CELL:
        return [np.arange(len(communities), dtype=np.intp)]
    members: dict[int, list[int]] = {}
    for node, community in enumerate(communities):
        members.setdefault(community, []).append(node)
    small = [node for nodes in members.values() if len(nodes) < 3 for node in nodes]  # would be as many cells as nodes
    large = [nodes for _, nodes in sorted(members.items()) if len(nodes) >= 3]
    return [
        np.array(nodes[start : start + CELL], dtype=np.intp)
        for nodes in (*large, small)
        for start in range(0, len(nodes), CELL)
    ]


def _begin(cells: Sequence[Integers], size: int) -> Floats:
    """Each cell somewhere in the square, its nodes around it."""
    random = np.random.default_rng(SEED)
    extent = np.sqrt(size)
    places = random.random((size, 2)) - 0.5
    for cell, centre in zip(cells, random.random((len(cells), 2)) - 0.5, strict=True):
        places[cell] = centre * extent * (len(cells) > 1) + places[cell] * np.sqrt(len(cell))
    return places


def _settle(places: Floats, ends: Integers, pull: Floats, cells: Sequence[Integers]) -> Floats:
    size = len(places)
    mass: Floats = 1.0 + np.bincount(ends.ravel(), minlength=size).astype(np.float64)
    heat = np.sqrt(size)
    for step in range(ROUNDS):
        force = _attract(places, ends, pull, size) - GRAVITY * mass[:, None] * places
        _repel(force, places, mass, cells)
        force /= mass[:, None]
        length = np.sqrt(force[:, :1] * force[:, :1] + force[:, 1:] * force[:, 1:])
        limit = 0.2 * heat * (1 - step / ROUNDS) + 0.01
        places = places + force * (np.minimum(length, limit) / np.maximum(length, 1e-9))
    return places


def _attract(places: Floats, ends: Integers, pull: Floats, size: int) -> Floats:
    source, target = ends[:, 0], ends[:, 1]
    drawn = (places[target] - places[source]) * pull[:, None]
    return np.stack(
        [
            np.bincount(source, drawn[:, axis], minlength=size) - np.bincount(target, drawn[:, axis], minlength=size)
            for axis in (0, 1)
        ],
        axis=1,
    )


def _repel(force: Floats, places: Floats, mass: Floats, cells: Sequence[Integers]) -> None:
    weights = np.array([_total(mass[cell]) for cell in cells], dtype=np.float64)
    centres = np.array(
        [
            [_total(places[cell, axis] * mass[cell]) / weight for axis in (0, 1)]
            for cell, weight in zip(cells, weights, strict=True)
        ],
        dtype=np.float64,
    )
    for number, cell in enumerate(cells):
        force[cell] += _push(places[cell], mass[cell], places[cell], mass[cell])
        others = np.arange(len(cells)) != number
        force[cell] += _push(places[cell], mass[cell], centres[others], weights[others])


def _push(places: Floats, mass: Floats, sources: Floats, weights: Floats) -> Floats:
    """What `sources` do to nodes at `places`: products of the masses over the distance."""
    pushed = np.empty_like(places)
    across = sources[:, None, 0] - places[None, :, 0]
    down = sources[:, None, 1] - places[None, :, 1]
    strength = weights[:, None] / np.maximum(across * across + down * down, 0.01)
    for axis, distance in enumerate((across, down)):
        pushed[:, axis] = -mass * np.add.reduce(distance * strength, axis=0)  # row by row, in this order everywhere
    return pushed


def _total(numbers: Floats) -> float:
    """The sum, added from the first to the last."""
    return float(np.add.accumulate(numbers)[-1])


def _normalise(places: Floats) -> Floats:
    middle = (places.max(axis=0) + places.min(axis=0)) / 2
    moved = places - middle
    rounded: Floats = np.round(moved / max(float(np.abs(moved).max()), 1e-9), 4)
    return rounded + 0.0  # no minus before a zero
