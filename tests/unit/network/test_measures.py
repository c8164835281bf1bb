"""Communities and centralities against graphs whose values are known."""

import networkx as nx
import pytest

from kg.network import measure_network


def network(*edges: tuple[str, str, float]) -> "nx.Graph[str]":
    found: nx.Graph[str] = nx.Graph()
    found.add_weighted_edges_from(edges)
    return found


STAR = (("x", "a", 1.0), ("x", "b", 1.0), ("x", "c", 3.0))


def test_the_middle_of_a_star() -> None:
    found = measure_network(network(*STAR)).nodes
    assert (found["x"]["degree"], found["x"]["weighted_degree"], found["x"]["betweenness"]) == (3, 5, 1)
    assert (found["c"]["degree"], found["c"]["weighted_degree"], found["c"]["betweenness"]) == (1, 3, 0)
    # eigenvector of the largest value, sqrt(1 + 1 + 9): x is it times each leaf over its weight; unit length
    assert found["x"]["eigenvector"] == pytest.approx(1 / 2**0.5, abs=1e-5)
    assert found["c"]["eigenvector"] == pytest.approx(3 / 22**0.5, abs=1e-5)


def test_two_camps_are_two_communities() -> None:
    camps = [(a, b, 1.0) for camp in ("abcd", "xyz") for a in camp for b in camp if a < b]
    found = measure_network(network(*camps, ("d", "x", 0.1))).nodes
    assert {node: found[node]["community"] for node in found} == {**dict.fromkeys("abcd", 1), **dict.fromkeys("xyz", 2)}


def test_what_divides_joins_nobody() -> None:
    found = measure_network(network(("a", "b", 2), ("b", "c", -5))).nodes
    assert [found[node]["community"] for node in "abc"] == [1, 1, 2]
    assert [found[node]["degree"] for node in "abc"] == [1, 2, 1]
    assert [found[node]["weighted_degree"] for node in "abc"] == [2, -3, -5]
    assert found["b"]["betweenness"] == 0


def test_communities_can_be_left_out() -> None:
    assert "community" not in measure_network(network(*STAR), communities=False).nodes["x"]


def test_parallel_edges_count_once_as_neighbours() -> None:
    several: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    several.add_edge("a", "b", weight=1)
    several.add_edge("b", "a", weight=2)
    several.add_edge("a", "a", weight=7)
    found = measure_network(several).nodes["a"]
    assert (found["degree"], found["weighted_degree"]) == (1, 3)


def test_a_network_without_ties() -> None:
    alone: nx.Graph[str] = nx.Graph()
    assert len(measure_network(alone)) == 0
    alone.add_nodes_from("ab")
    found = {node: dict(values) for node, values in measure_network(alone).nodes.items()}
    assert found == {
        node: {"degree": 0, "weighted_degree": 0, "betweenness": 0, "community": number}
        for number, node in enumerate("ab", 1)
    }


def test_names_do_not_change_what_is_found() -> None:
    """Sets of names have another order in every process; numbers stand for them."""
    edges = [
        (a, b, float((ord(a) * ord(b)) % 3 + 1))
        for a in "abcdefghijkl"
        for b in "abcdefghijkl"
        if a < b and (ord(a) ^ ord(b)) % 3
    ]
    plain = measure_network(network(*edges)).nodes
    longer = measure_network(network(*((f"{a}{a}", f"{b}{b}", w) for a, b, w in edges))).nodes
    assert [plain[node] for node in plain] == [longer[node] for node in longer]
