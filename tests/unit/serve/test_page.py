"""The policy of the page."""

from pathlib import Path

import pytest

from kg.serve.page import landing, read_policy

META = '<meta http-equiv="Content-Security-Policy" content="{}">'
REST = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize(
    ("page", "policy"),
    [
        (META.format("script-src 'sha256-x='"), f"script-src 'sha256-x='; {REST}"),
        (META.format("base-uri 'self';"), "base-uri 'self'; frame-ancestors 'none'; form-action 'none'"),
        (META.format("a&#10;b\r\nX: y"), f"a b X: y; {REST}"),
        ("<title>x</title>", f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {REST}"),
        (
            "<body>" + META.format("script-src *"),
            f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {REST}",
        ),
        (
            "<script>x</script>" + META.format("script-src *"),
            f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {REST}",
        ),
        (META.format("a b") + META.format("c d"), f"a b; {REST}"),
    ],
)
def test_is_that_of_the_page_and_what_only_headers_can_say(tmp_path: Path, page: str, policy: str) -> None:
    (tmp_path / "graph.html").write_text(f"<!doctype html>{page}", encoding="utf-8", newline="")
    assert read_policy(tmp_path / "graph.html") == policy


def test_of_the_landing_page_lets_nothing_run() -> None:
    text, policy = landing()
    assert "<script" not in text
    assert policy.startswith("default-src 'none'")
