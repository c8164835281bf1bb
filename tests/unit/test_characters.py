"""What no spreadsheet computes and XML can hold."""

import pytest

from kg.characters import guard_cell, replace_forbidden


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A", "'=1"]
)
def test_what_begins_like_a_formula_is_guarded(text: str) -> None:
    assert guard_cell(text) == f"'{text}"  # and what takes one apostrophe off has the text again


@pytest.mark.parametrize("text", ["", "a=1", "1-1", "„Nein“", " =1"])
def test_other_cells_stay(text: str) -> None:
    assert guard_cell(text) == text


def test_forbidden_characters_are_replaced_one_for_one() -> None:
    assert replace_forbidden("a\0b\x1f\ufffe\ud800\t\n\r\x7f😀") == "a\ufffdb\ufffd\ufffd\ufffd\t\n\r\x7f😀"
