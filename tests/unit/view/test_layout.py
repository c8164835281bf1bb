"""Places: the same for the same network, near for what belongs together, quickly for thousands of nodes."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import find_communities, place_nodes

Edges = dict[tuple[int, int], float]


def cliques(count: int, size: int) -> Edges:
    """So many groups in which everybody knows everybody, in a chain."""
    inside = {
        (group * size + a, group * size + b): 1.0 for group in range(count) for a in range(size) for b in range(a)
    }
    between = {(group * size, group * size + size): 1.0 for group in range(count - 1)}
    return {(min(ends), max(ends)): weight for ends, weight in (inside | between).items()}


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)


def test_nothing() -> None:
    assert find_communities(0, {}) == ()
    assert place_nodes((), {}) == ()


def test_one_node_is_in_the_middle() -> None:
    assert place_nodes((0,), {}) == ((0.0, 0.0),)


def test_communities_are_numbered_by_size() -> None:
    edges = cliques(1, 4) | {(a + 4, b + 4): w for (a, b), w in cliques(1, 6).items()}
    assert find_communities(11, edges) == (1,) * 4 + (0,) * 6 + (2,)


def test_groups_lie_together() -> None:
    edges = cliques(4, 8)
    places = place_nodes(find_communities(32, edges), edges)
    near = [distance(places[a], places[b]) for a, b in edges if a // 8 == b // 8]
    far = [distance(places[a], places[b]) for a in range(32) for b in range(a) if a // 8 != b // 8]
    assert sum(near) / len(near) < 0.4 * sum(far) / len(far)


def test_many_cells_keep_groups_together() -> None:
    edges = cliques(60, 12)
    places = place_nodes(find_communities(720, edges), edges)
    near = [distance(places[a], places[b]) for a, b in edges if a // 12 == b // 12]
    assert sum(near) / len(near) < 0.2


def test_nodes_without_edges_stay_near() -> None:
    edges = cliques(3, 10)
    places = place_nodes(find_communities(35, edges), edges)
    assert max(abs(axis) for place in places[:30] for axis in place) > 0.4


def test_many_nodes_all_have_a_place_of_their_own() -> None:
    draw = random.Random(1)
    pairs = [sorted(draw.sample(range(1000), 2)) for _ in range(3000)]
    edges = {(a, b): float(draw.randint(1, 9)) for a, b in pairs}
    places = place_nodes(find_communities(1000, edges), edges)
    assert len(set(places)) > 980


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 40), st.data())
def test_same_network_same_places_within_the_square(size: int, data: st.DataObject) -> None:
    ends = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda pair: pair[0] < pair[1])
    edges = data.draw(st.dictionaries(ends, st.floats(1, 100), max_size=60)) if size > 1 else {}
    again = dict(reversed(edges.items()))
    communities = find_communities(size, edges)
    assert find_communities(size, again) == communities
    places = place_nodes(communities, edges)
    assert place_nodes(communities, again) == places
    assert all(-1 <= axis <= 1 for place in places for axis in place)
