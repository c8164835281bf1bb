"""What a format cannot hold, or what a program that reads it would take for something else than text."""

import re

# What XML 1.0 cannot hold, in any spelling (XML 1.0, production 2).
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A cell that begins so is a formula to a spreadsheet (OWASP, "CSV Injection"), the wide forms in East Asian settings;
# an apostrophe is here so that the one that is put in front can be taken off again.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠'")


def guard_cell(text: str) -> str:
    """`text` for a cell of a spreadsheet: with an apostrophe in front where it begins like a formula.

    A reader that wants the text itself takes one apostrophe off every cell that begins with one.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def replace_forbidden(text: str) -> str:
    """`text` with U+FFFD in place of every character that XML cannot hold, one for one; offsets stay."""
    return _NO_XML.sub("\ufffd", text)
