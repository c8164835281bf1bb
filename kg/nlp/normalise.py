"""What the network reads for a word of the text. Offsets are not touched: only the reading changes."""

import unicodedata

DOUBLED = {"``": '"', "''": '"'}  # quotation marks as typewriters have them
QUOTES = str.maketrans({"‚": "'", "‘": "'", "’": "'", "´": "'"})


def normalise_word(word: str) -> str:
    """Composed (NFC) letters, no soft hyphens or zero-width marks, plain apostrophes and doubled quotes."""
    if word.isascii():
        return DOUBLED.get(word, word)
    plain = "".join(c for c in word if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", plain).translate(QUOTES) or word
