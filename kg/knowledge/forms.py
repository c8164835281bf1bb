"""The forms that a name takes: case endings, Swiss spelling, and what it sounds like in any transliteration.

Forms are spelled out once, so that looking a name up is one dictionary access.
"""

import re
import unicodedata
from collections.abc import Iterator

MANY = 600  # forms of one name that are kept at most


def spellings(word: str) -> tuple[str, ...]:
    """The word as it stands and as Switzerland writes it, without ß."""
    return (word, word.replace("ß", "ss")) if "ß" in word else (word,)


def noun_forms(word: str) -> list[str]:
    """A proper noun with the endings of the genitive (and dative plural of names like "Taliban")."""
    forms = [word]
    if word and word[-1].isalpha():
        forms += [word + "'", word + "’"] if word[-1] in "sxzß" else [word + "s"]
    return forms


def name_forms(word: str, *, last: bool, inflected: bool = True) -> list[str]:
    """Forms of one word of a name: weak and strong adjective endings inside, noun endings at the end."""
    if inflected and not last and word.endswith(("e", "er", "es", "en")) and len(word) > 4:
        stem = word.removesuffix("er").removesuffix("es").removesuffix("en").removesuffix("e")
        if len(stem) > 2:
            return [word, *(stem + ending for ending in ("e", "en", "er", "es", "em"))]
    forms = noun_forms(word)
    if last and len(word) > 3 and word[-1].isalpha() and not word.isupper():
        forms += [word + "es", word + "en", word + "n"] if word[-1] not in "aeiou" else [word + "n"]
    return forms


def phrases(name: str, *, inflected: bool = True) -> Iterator[tuple[str, ...]]:
    """All forms of a name as words; the words of long names vary together in case.

    Names of persons are not `inflected` inside: Peter stays Peter.
    """
    for spelling in spellings(name):
        words = spelling.split()
        choices = [name_forms(w, last=n == len(words) - 1, inflected=inflected) for n, w in enumerate(words)]
        if len(words) == 1 and words[0].isupper() and len(words[0]) > 3:
            choices[0] += noun_forms(words[0].capitalize())
        phrases: list[tuple[str, ...]] = [()] if words else []
        for options in choices:
            phrases = [(*p, o) for p in phrases for o in dict.fromkeys(options)][:MANY]
        yield from phrases


# How German, English and scholarly transliteration write one sound, longest first; what is written alike stays apart.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\b(al|el|as|asch|ar|at|ad|an)[- ](?=\w)", ""),
        (r"['’`ʼ.]", ""),
        (r"-", " "),
        (r"schtsch|shch", "s"),
        (r"dsch|dzh|dj|dzs", "y"),
        (r"tsch|tch", "c"),
        (r"sch|sh|zh|sz", "s"),
        (r"kh|ch", "c"),
        (r"tz|ts|z", "s"),
        (r"ph", "f"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"off\b", "ov"),
        (r"ou|oo", "u"),
        (r"oe", "o"),
        (r"ae", "a"),
        (r"ue", "u"),
        (r"ee", "i"),
        (r"w", "v"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"[jy]", "i"),
        (r"enka\b", "enko"),
        (r"(.)\1+", r"\1"),
    )
)
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ı": "i", "ß": "s", "ø": "o", "æ": "ae", "š": "sch", "ž": "sch", "č": "tsch"}
)


def sound(name: str) -> str:
    """What the transliterations of one name have in common: Selenskyj, Selenski, Zelensky.

    Two names that sound alike need not be one; whoever asks checks that only one is known.
    """
    letters = unicodedata.normalize("NFC", name.lower()).translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    for pattern, by in _SOUNDS:
        plain = pattern.sub(by, plain)
    return plain
