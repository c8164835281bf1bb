"""What a format cannot hold, or what a program that reads it would take for something else than text."""

from kg.network.files import replace_forbidden

__all__ = ["guard_cell", "replace_forbidden"]

# A cell that begins so is a formula to a spreadsheet (OWASP, "CSV Injection"), the wide forms in East Asian settings;
# an apostrophe is here so that the one that is put in front can be taken off again.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠'")


def guard_cell(text: str) -> str:
    """`text` for a cell of a spreadsheet: with an apostrophe in front where it begins like a formula.

    A reader that wants the text itself takes one apostrophe off every cell that begins with one.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
