"""Names are readable, made from content alone, and of two different things never the same."""

import pytest

from kg import vocab


class TestSlug:
    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("Außenministerium Kiew", "aussenministerium-kiew"),
            ("Ärger über Öl", "aerger-ueber-oel"),
            ("A\u0308rger", "aerger"),  # decomposed umlaut
            ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
            ("  S-400 / Triumf! ", "s-400-triumf"),
            ("Москва", ""),
        ],
    )
    def test_is_lower_case_ascii_words(self, text: str, slug: str) -> None:
        assert vocab.slug(text) == slug


class TestReadableName:
    def test_of_a_slug_is_the_slug(self) -> None:
        assert vocab.readable_name("2024-12-ukraine-nato") == "2024-12-ukraine-nato"

    @pytest.mark.parametrize("text", ["Ärger", "a/b.txt", "", "x" * 81, "a--b", "-a"])
    def test_of_anything_else_carries_a_hash(self, text: str) -> None:
        readable, _, digest = vocab.readable_name(text).rpartition("_")
        assert readable == vocab.slug(text)[:80]
        assert len(digest) == 12

    def test_tells_apart_what_has_one_slug(self) -> None:
        assert len({vocab.readable_name(text) for text in ("Ärger", "Aerger", "aerger", "ärger")}) == 4


class TestMinting:
    def test_names_resources_after_kind_and_content(self) -> None:
        base = "https://w3id.org/polkg/resource/"
        assert vocab.mint_article("2024-12-ukraine-nato") == base + "article-2024-12-ukraine-nato"
        assert vocab.mint_article_graph("2024-12-ukraine-nato") == base + "graph-article-2024-12-ukraine-nato"
        assert vocab.mint_mention("a", 3, 7) == base + "mention-a_3-7"
        assert vocab.mint_span("a", 3, 7) == base + "span-a_3-7"
        assert vocab.mint_entity("state-ukraine") == base + "state-ukraine"
        assert vocab.mint_role("Außenminister") == base + "role-aussenminister"
        assert vocab.mint_extraction("positions.stance", "0.1.0") == base + "extraction-positions.stance_0.1.0"
        assert vocab.mint_graph("derived") == base + "graph-derived"

    def test_names_a_topic_after_issue_and_entity(self) -> None:
        assert vocab.mint_topic("nato-membership", "state-ukraine").endswith("/topic-nato-membership_state-ukraine")
        assert vocab.mint_topic("elections", None).endswith("/topic-elections")

    def test_keeps_issue_and_entity_apart(self) -> None:
        assert vocab.mint_topic("a", "b_c") != vocab.mint_topic("a_b", "c")
        assert vocab.mint_topic("a", None) != vocab.mint_topic("a", "")

    def test_takes_another_base(self) -> None:
        assert vocab.mint_entity("state-ukraine", base="urn:x:") == "urn:x:state-ukraine"

    def test_escapes_what_an_iri_cannot_hold(self) -> None:
        assert vocab.mint_entity('a b<"\ud800').endswith("/a%20b%3C%22%ED%A0%80")

    def test_facts_differ_by_kind_article_place_and_content(self) -> None:
        facts = {
            vocab.mint_fact("position", "a", 1, 2, ["x", None]),
            vocab.mint_fact("position", "a", 1, 2, ["x", ""]),
            vocab.mint_fact("position", "a", 1, 2, ["x"]),
            vocab.mint_fact("position", "a", 1, 2, [None, "x"]),
            vocab.mint_fact("position", "a", 1, 3, ["x", None]),
            vocab.mint_fact("position", "b", 1, 2, ["x", None]),
            vocab.mint_fact("event", "a", 1, 2, ["x", None]),
        }
        assert len(facts) == 7

    def test_a_fact_keeps_its_name(self) -> None:
        found = vocab.mint_fact("position", "a", 1, 2, ["state-ukraine", None])
        assert found == vocab.BASE + "position-a_1-2_540734737d2b"
