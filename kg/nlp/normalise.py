"""What the network reads for a word of the text. Offsets are not touched: only the reading changes."""

import unicodedata

SOFT_HYPHEN = "\u00ad"
QUOTES = str.maketrans({"‚": "'", "‘": "'", "’": "'", "´": "'"})


def normalise_word(word: str) -> str:
    """Composed (NFC) letters, no soft hyphens or zero-width marks, plain apostrophes."""
    if word.isascii():
        return word
    plain = "".join(c for c in word if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", plain).translate(QUOTES) or word
