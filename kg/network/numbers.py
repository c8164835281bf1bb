"""Numbers as attributes: of one kind in a whole network, since file formats give a column one type."""

from collections.abc import Iterable, Sequence


def round_alike(values: Iterable[float], *, decimals: int) -> Sequence[float]:
    """Whole numbers where all of them are, else all rounded to so many decimal places."""
    found = tuple(values)
    if all(value == int(value) for value in found):
        return tuple(int(value) for value in found)
    return tuple(round(float(value), decimals) for value in found)
