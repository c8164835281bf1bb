"""The case endings that German puts on names, so that looking a name up is one dictionary access."""

from collections.abc import Iterator


def noun_forms(word: str) -> list[str]:
    """A proper noun with the endings of the genitive (and dative plural of names like "Taliban")."""
    forms = [word]
    if word and word[-1].isalpha():
        forms += [word + "'", word + "’"] if word[-1] in "sxzß" else [word + "s"]
    return forms


def name_forms(word: str, *, last: bool) -> list[str]:
    """Forms of one word of a name: weak and strong adjective endings inside, noun endings at the end."""
    if not last and word.endswith(("e", "er", "es", "en")) and len(word) > 4:
        stem = word.removesuffix("er").removesuffix("es").removesuffix("en").removesuffix("e")
        if len(stem) > 3:
            return [word, *(stem + ending for ending in ("e", "en", "er", "es", "em"))]
    forms = noun_forms(word)
    if last and len(word) > 3 and word[-1].isalpha() and not word.isupper():
        forms += [word + "es", word + "en", word + "n"] if word[-1] not in "aeiou" else [word + "n"]
    return forms


def phrases(name: str) -> Iterator[tuple[str, ...]]:
    """All inflected forms of a name as words; the words of long names vary together in case."""
    words = name.split()
    if not words:
        return
    choices = [name_forms(w, last=n == len(words) - 1) for n, w in enumerate(words)]
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 3:
        choices[0] += noun_forms(words[0].capitalize())
    phrases: list[tuple[str, ...]] = [()]
    for options in choices:
        phrases = [(*p, o) for p in phrases for o in dict.fromkeys(options)][:600]
    yield from phrases
