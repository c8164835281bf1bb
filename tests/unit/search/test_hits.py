"""What a search finds, in which order, and what it refuses."""

import csv
import io
import json
from dataclasses import replace

import pytest

from kg.errors import InputError
from kg.search import KINDS, Hit, render_hits, search_graph
from kg.search.sources import ARTICLES, ENTITIES, SENTENCES, Entry
from kg.store import GraphStore
from tests.builders import TITLE, empty, filled, resolved


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return filled(
        resolved("a"), empty("b", "Rat der Räte\n\nDer Rat tagt. Die Räte raten. Ratlos blieb die Ratifizierung.")
    )


def texts(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.entry.text for hit in hits]


def marked(hit: Hit) -> list[str]:
    return [hit.entry.text[start:end] for start, end in hit.marks]


class TestHits:
    def test_all_words_must_be_there(self, store: GraphStore) -> None:
        (hit,) = search_graph(store, None, "Oreschnik testete")
        assert marked(hit) == ["testete", "Oreschnik"]

    def test_a_phrase_is_found_as_it_stands(self, store: GraphStore) -> None:
        (hit,) = search_graph(store, None, '"an einem Frieden"')
        assert marked(hit) == ["an einem Frieden"]
        assert not search_graph(store, None, '"einem an Frieden"')

    def test_whole_words_come_before_beginnings(self, store: GraphStore) -> None:
        found = texts(search_graph(store, None, "rat", kinds=[SENTENCES]))
        assert found[0] == "Der Rat tagt."
        assert "Ratlos blieb die Ratifizierung." in found[1:]

    def test_quotation_marks_take_whole_words_alone(self, store: GraphStore) -> None:
        assert texts(search_graph(store, None, '"rat"', kinds=[SENTENCES])) == ["Der Rat tagt."]

    def test_umlauts_in_any_spelling(self, store: GraphStore) -> None:
        expected = texts(search_graph(store, None, "ukrainische Präsident"))
        assert expected
        for words in ("ukrainische Praesident", "UKRAINISCHE PRASIDENT"):
            assert texts(search_graph(store, None, words)) == expected

    def test_kinds(self, store: GraphStore) -> None:
        for kind in KINDS:
            found = search_graph(store, None, "NATO", kinds=[kind])
            assert {hit.entry.kind for hit in found} == {kind}
        assert texts(search_graph(store, None, "NATO", kinds=[ARTICLES])) == [TITLE]

    def test_the_name_comes_first(self, store: GraphStore) -> None:
        first = search_graph(store, None, "Oreschnik")[0].entry
        assert (first.kind, first.label, first.type) == (ENTITIES, "Oreschnik", "WeaponSystem")

    def test_limit(self, store: GraphStore) -> None:
        every = search_graph(store, None, "ukraine", limit=100)
        assert search_graph(store, None, "ukraine", limit=2) == every[:2]

    def test_is_the_same_for_any_order_of_articles(self) -> None:
        articles = [resolved("a"), resolved("b"), empty("c")]
        one, other = filled(*articles), filled(*articles[::-1])
        assert search_graph(one, None, "ukraine", limit=50) == search_graph(other, None, "ukraine", limit=50)

    def test_wrong_arguments_say_what_fits(self, store: GraphStore) -> None:
        with pytest.raises(InputError, match="'x'; there are: entities, sentences, articles"):
            search_graph(store, None, "NATO", kinds=["x"])
        with pytest.raises(InputError, match="limit 0"):
            search_graph(store, None, "NATO", limit=0)

    @pytest.mark.parametrize(
        "words", ['a"b', "a OR", "a AND NOT b", "NEAR(a b)", "a:b", "{a b}:c", "a*b", "a\x00b", "a\udc80", "(((a"]
    )
    def test_any_words_are_searched(self, store: GraphStore, words: str) -> None:
        assert isinstance(search_graph(store, None, words), tuple)


ENTRY = Entry(
    kind=SENTENCES, iri="urn:s", text='=1+1 "a"\nb', article="a", title="-T", published="2024", begin=3, end=13
)
HIT = Hit(entry=ENTRY, marks=((6, 7), (9, 10)))


class TestListing:
    def test_json_has_an_object_a_line(self) -> None:
        (line,) = "".join(render_hits([HIT], "json")).splitlines()
        found = json.loads(line)
        assert found["text"] == ENTRY.text
        assert (found["marks"], found["begin"], found["end"]) == ([[6, 7], [9, 10]], 3, 13)
        assert "label" not in found

    @pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
    def test_tables_hold_no_formulas(self, form: str, delimiter: str) -> None:
        (row,) = csv.DictReader(io.StringIO("".join(render_hits([HIT], form))), delimiter=delimiter)
        assert (row["text"], row["title"]) == ("'" + ENTRY.text, "'-T")
        assert (row["marks"], row["begin"], row["label"]) == ("6-7 9-10", "3", "")

    def test_an_entity_has_no_place(self) -> None:
        entry = replace(ENTRY, kind=ENTITIES, begin=None, end=None)
        (row,) = csv.DictReader(io.StringIO("".join(render_hits([replace(HIT, entry=entry)], "csv"))))
        assert (row["begin"], row["end"]) == ("", "")

    def test_another_format_is_refused(self) -> None:
        with pytest.raises(InputError, match="there are: table, csv, tsv, json"):
            list(render_hits([], "xml"))
