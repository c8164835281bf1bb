"""What the network reads for a word of the text. Offsets are not touched: only the reading changes."""

import html
import unicodedata

DOUBLED = {"``": '"', "''": '"', ",,": '"'}  # quotation marks as typewriters have them
SIGNS = str.maketrans(
    {"‚": "'", "‘": "'", "’": "'", "´": "'", "`": "'", "ʼ": "'", "‹": "'", "›": "'", "‐": "-", "‑": "-", "−": "-"}
)
DROPPED = frozenset(("Cf", "Cc"))  # soft hyphens, zero-width marks, marks of direction; control characters


def normalise_word(word: str) -> str:
    """Composed (NFC) letters, HTML entities resolved, nothing hidden, plain apostrophes, hyphens and doubled quotes."""
    if word.isalnum() and word.isascii():
        return word
    plain = html.unescape(word) if "&" in word and ";" in word else word
    if plain.isascii():
        return DOUBLED.get(plain, plain.strip() or word)
    plain = "".join(c for c in unicodedata.normalize("NFC", plain) if unicodedata.category(c) not in DROPPED)
    return plain.translate(SIGNS).strip() or word
