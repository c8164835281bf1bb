"""Communities and centralities as attributes of nodes: the same for the same network on every machine.

Ties that divide (negative weights of subtract) neither join communities nor lend importance: all but the degrees
are computed on the positive ties. In a network of conflict a tie is a dispute, so it has no communities.
"""

from collections.abc import Iterable, Iterator, Mapping

import networkx as nx

from kg.network.numbers import round_alike

SEED = 1
STEPS = 10_000_000  # nodes and edges walked for betweenness, about ten seconds; larger networks are sampled
DECIMALS = 6
_ROUNDS = 2_000  # of power iteration before eigenvector centrality counts as not converging


def measure_network(network: "nx.Graph[str]", *, communities: bool = True) -> "nx.Graph[str]":
    """Adds to each node its centralities and, if asked, the community that it belongs to.

    Attributes: `degree` (neighbours), `weighted_degree` (sum of weights), `betweenness` (Freeman 1977, over shortest
    paths by number of ties, normalised to 0..1; of large networks an estimate), `eigenvector` (Bonacich 1972,
    weighted; left out where the power iteration does not converge), `community` (Louvain, Blondel et al. 2008,
    weighted, fixed seed; 1 is the largest).
    """
    names = list(network)
    whole = _merge_edges(network)
    positive = _keep_positive(whole)
    found: dict[str, Mapping[int, float]] = {
        "degree": dict(whole.degree()),
        "weighted_degree": _sum_weights(whole),
        "betweenness": _round(_measure_betweenness(positive)),
        "eigenvector": _round(_measure_eigenvector(positive)),
    }
    if communities:
        found["community"] = dict(_find_communities(positive))
    for name, values in found.items():
        for node, value in values.items():
            network.nodes[names[node]][name] = value
    return network


def _merge_edges(network: "nx.Graph[str]") -> "nx.Graph[int]":
    """The network with numbers for nodes, whose sets have one order everywhere, and one undirected edge a pair."""
    numbers = {name: number for number, name in enumerate(network)}
    merged: nx.Graph[int] = nx.Graph()
    merged.add_nodes_from(numbers.values())
    for source, target, attributes in network.edges(data=True):
        one, other = numbers[source], numbers[target]
        weight: float = attributes["weight"]
        if one != other:
            before = merged.edges[one, other]["weight"] if merged.has_edge(one, other) else 0
            merged.add_edge(one, other, weight=before + weight)
    return merged


def _keep_positive(network: "nx.Graph[int]") -> "nx.Graph[int]":
    kept: nx.Graph[int] = nx.Graph()
    kept.add_nodes_from(network)
    kept.add_weighted_edges_from(
        (a, b, weight) for a, b, found in network.edges(data=True) if (weight := found["weight"]) > 0
    )
    return kept


def _measure_betweenness(network: "nx.Graph[int]") -> Mapping[int, float]:
    """Exact, or in a large network estimated from as many sources as there is time for, drawn with `SEED`."""
    affordable = max(1, STEPS // (len(network) + network.size() + 1))
    return dict(nx.betweenness_centrality(network, k=min(affordable, len(network)) or None, seed=SEED))


def _measure_eigenvector(network: "nx.Graph[int]") -> Mapping[int, float]:
    if not network.size():
        return {}
    try:
        return dict(nx.eigenvector_centrality(network, max_iter=_ROUNDS, weight="weight"))
    except nx.PowerIterationFailedConvergence:
        return {}


def _find_communities(network: "nx.Graph[int]") -> Iterator[tuple[int, int]]:
    """Each node with the number of its community: 1 for the largest, of equals that with the first node."""
    if not len(network):
        return
    found: Iterable[Iterable[int]] = nx.community.louvain_communities(network, weight="weight", seed=SEED)
    ordered = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
    for number, members in enumerate(ordered, 1):
        yield from ((node, number) for node in members)


def _sum_weights(network: "nx.Graph[int]") -> Mapping[int, float]:
    sums = dict(network.degree(weight="weight"))
    return dict(zip(sums, round_alike(sums.values(), decimals=DECIMALS), strict=True))


def _round(values: Mapping[int, float]) -> Mapping[int, float]:
    return {node: round(float(value), DECIMALS) for node, value in values.items()}
