"""Accept headers."""

import pytest

from kg.serve.negotiation import RESULT_TYPES, choose_type, content_type

JSON, XML, CSV = "application/json", "application/xml", "text/csv"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV", CSV),
        ("text/csv;q=0.5, application/json;q=0.4", CSV),
        ("text/csv; q=0.5 ,application/xml ; q=0.6", XML),
        ("text/*", CSV),
        ("text/*;q=0.5, application/*;q=0.4", CSV),
        ("*/*;q=0.1, text/csv;q=0", JSON),
        ("application/*, application/json;q=0.1", XML),  # the most exact part counts
        ("text/html, */*;q=0.1", JSON),
        (BROWSER, XML),
        ("application/json;charset=utf-8;q=0.3, text/csv;q=0.2", JSON),
        ("text/csv;q=7", CSV),
        ("nonsense", JSON),
        (",,;q=1,/", JSON),
    ],
)
def test_the_best_liked_is_chosen(accept: str, chosen: str) -> None:
    assert choose_type(accept, (JSON, XML, CSV)) == chosen


@pytest.mark.parametrize("accept", ["text/turtle", "*/*;q=0", "text/csv;q=0", "image/*", "text/csv;q=nan,text/html"])
def test_nothing_is_chosen_that_is_not_taken(accept: str) -> None:
    assert choose_type(accept, (JSON, XML, CSV)) is None


def test_what_is_liked_as_well_comes_as_the_server_likes_it() -> None:
    assert choose_type("*/*", RESULT_TYPES) == "application/sparql-results+json"


def test_texts_say_their_encoding() -> None:
    assert content_type("text/turtle") == "text/turtle; charset=utf-8"
    assert content_type("application/n-triples") == "application/n-triples"
