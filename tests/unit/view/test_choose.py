"""What stays of a graph that is too large, and how offsets move with pieces of a text."""

from hypothesis import given
from hypothesis import strategies as st

from kg.view.choose import GAP, Limits, choose_part, keep_sentences, keep_whole, rank_articles
from kg.view.facts import Fact, Place

NODES = {"x": 1, "y": 1, "z": 1}
TEXT = "Erster Satz. Zweiter Satz mit Beleg. Dritter Satz. Vierter Satz, auch mit Beleg."


def fact(number: int, source: str, target: str, article: str = "a", sentence: tuple[int, int] = (0, 12)) -> Fact:
    start, end = sentence
    return Fact(
        iri=f"f-{number:03}",
        kind="event",
        predicate="meet",
        place=Place(article=article, start=start, end=end, sentence_start=start, sentence_end=end),
        nodes=frozenset((source, target)),
        links=((source, target),),
    )


def test_all_of_a_small_graph() -> None:
    part = choose_part({"x": 1, "y": 2, "z": 3}, [fact(1, "x", "y")], Limits())
    assert (part.nodes, len(part.facts), part.cut) == (("z", "y", "x"), 1, 0)


def test_the_most_mentioned_nodes_and_what_is_between_them() -> None:
    part = choose_part({"x": 1, "y": 5, "z": 5}, [fact(1, "x", "y"), fact(2, "y", "z")], Limits(nodes=2))
    assert part.nodes == ("y", "z")
    assert [found.iri for found in part.facts] == ["f-002"]
    assert part.cut == 1


def test_every_edge_keeps_its_first_fact() -> None:
    many = [fact(number, "x", "y") for number in range(10)]
    part = choose_part(NODES, [*many, fact(11, "y", "z")], Limits(facts=3))
    assert [found.iri for found in part.facts] == ["f-000", "f-001", "f-011"]


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("xyz"), st.integers(0, 9))), st.integers(1, 9))
def test_what_stays_of_facts_read_one_at_a_time(ends: list[tuple[str, str, int]], most: int) -> None:
    found = [fact(n, source, target, f"a{place}") for n, (source, target, place) in enumerate(ends)]
    edges: dict[tuple[str, str], list[Fact]] = {}
    for one in sorted(found, key=lambda one: (one.place, one.iri)):
        edges.setdefault(one.links[0], []).append(one)
    ranked = sorted((rank, edge) for edge, own in edges.items() for rank in range(len(own)))
    stay = {edges[edge][rank].iri for rank, edge in ranked[:most]}
    for order in (found, found[::-1]):
        part = choose_part(NODES, iter(order), Limits(facts=most))
        assert {one.iri for one in part.facts} == stay
        assert list(part.facts) == sorted(part.facts, key=lambda one: (one.place, one.iri))


def test_articles_with_most_facts_come_first() -> None:
    found = [fact(1, "x", "y", "b"), fact(2, "x", "y", "b"), fact(3, "x", "y", "c"), fact(4, "x", "y", "gone")]
    ranked = rank_articles(("a", "b", "c"), found)
    assert [(name, len(own)) for name, own in ranked] == [("b", 2), ("c", 1), ("a", 0)]


def test_sentences_that_facts_rest_on() -> None:
    second, fourth = (13, 36), (51, 80)
    excerpt = keep_sentences(TEXT, [fact(1, "x", "y", sentence=fourth), fact(2, "x", "y", sentence=second)])
    assert excerpt.text == f"Zweiter Satz mit Beleg.{GAP}Vierter Satz, auch mit Beleg."
    moved = excerpt.move(*fourth)
    assert moved
    assert excerpt.text[slice(*moved)] == TEXT[slice(*fourth)]
    assert excerpt.move(0, 12) is None
    assert excerpt.move(30, 55) is None
    assert keep_sentences(TEXT, []).move(0, 1) is None


@given(st.text(max_size=60), st.data())
def test_what_moves_stays_the_same_words(text: str, data: st.DataObject) -> None:
    bounds = st.integers(0, len(text))
    spans = [sorted(pair) for pair in data.draw(st.lists(st.tuples(bounds, bounds), max_size=5))]
    excerpt = keep_sentences(text, [fact(n, "x", "y", sentence=(a, b)) for n, (a, b) in enumerate(spans)])
    for start, end in spans:
        moved = excerpt.move(start, end)
        assert moved is not None
        assert excerpt.text[slice(*moved)] == text[start:end]
        assert keep_whole(text).move(start, end) == (start, end)
