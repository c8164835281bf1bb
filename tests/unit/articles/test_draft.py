"""How a title and blocks become the text of an article."""

import pytest

from kg.articles.draft import join_text


@pytest.mark.parametrize(
    ("title", "blocks", "text", "parts"),
    [
        ("T", ["a", "b"], "T\n\na\n\nb", ["T", "a\n\nb"]),
        ("T", ["T", "a", "T"], "T\n\na", ["T", "a"]),
        (None, ["a"], "a", ["a"]),
        ("", ["a"], "a", ["a"]),
        ("T", [], "", []),
        (None, [], "", []),
    ],
)
def test_the_sections_are_the_title_and_what_is_below(
    title: str | None, blocks: list[str], text: str, parts: list[str]
) -> None:
    found, sections = join_text(title, iter(blocks))
    assert found == text
    assert [span.slice(found) for span in sections] == parts
