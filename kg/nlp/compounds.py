"""Parts of German compounds: NATO-Gipfeltreffen is NATO, Gipfel, Treffen; the last part is the head.

Hyphens divide. What is written as one is divided where the full-form lexicon knows the head as a noun and what
stands before it as a noun with its linking element (Regierung-s-), a name, the stem of an adjective or verb, or a
prefix. A noun that the lexicon has as a whole (Bundestag, Minister, Abend) is one part, and so is a word of which
a piece would be unknown: not to divide is safe.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.nlp.lemmatizer import Lexicon
from kg.nlp.morphemes import (
    LEADING,
    LINKS,
    NEED_S,
    NO_HEADS,
    NO_LEXICAL_HEADS,
    NO_MODIFIERS,
    PARTICLES,
    PREFIXES,
    SHORT_HEADS,
    TAKE_S,
)

LEXICON = Path(__file__).parent / "model" / "lexicon.marisa"
HYPHENS = "-‐‑–"
SHORTEST = 4  # letters of a head, and of a modifier that is no prefix
MOST_MODIFIERS = 3  # in a word without hyphen
LONGEST = 60  # letters; longer words stay whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a word, by offsets into the word; the linking element is not in it."""

    start: int
    end: int
    lemma: str  # as the lexicon has it, else as it stands there
    link: str = ""  # what joins it to the next part: the s of Regierungssprecher, or the hyphen


@dataclass(frozen=True, slots=True, kw_only=True)
class Compound:
    """A word by its parts; one part if it is none. Of an elided one (Außen- und ...) the head is elsewhere."""

    modifiers: tuple[Part, ...] = ()
    head: Part | None

    @property
    def parts(self) -> tuple[Part, ...]:
        """Modifiers and head, in order."""
        return (*self.modifiers, self.head) if self.head else self.modifiers


@lru_cache(maxsize=1)
def read_lexicon(path: Path = LEXICON) -> Lexicon:
    """The full-form lexicon that ships with `kg`, read once."""
    return Lexicon(path)


def split_compound(word: str, lexicon: Lexicon, *, lexical: bool = False) -> Compound:
    """The parts of a noun, in the form in which it stands in the text.

    With `lexical`, nouns that the lexicon has as a whole are divided too (Bundes-tag, Atom-waffe): right by
    form, but what such a word means its parts do not tell.
    """
    parts: list[Part] = []
    for start, end in _pieces(word):
        found = split_solid(word[start:end], lexicon, lexical=lexical)
        shifted = [replace(part, start=part.start + start, end=part.end + start) for part in found]
        if end < len(word):
            shifted[-1] = replace(shifted[-1], link=word[end])
        parts += shifted
    if not parts or word[-1] in HYPHENS:
        return Compound(modifiers=tuple(parts), head=None)
    return Compound(modifiers=tuple(parts[:-1]), head=parts[-1])


def find_heads(word: str, lexicon: Lexicon, *, lemma: str | None = None, lexical: bool = True) -> Iterator[Part]:
    """What the word ends in, longest first: NATO-Gipfeltreffen, Gipfeltreffen, Treffen. Nothing for an elided word.

    Whoever looks for a noun as the last part of compounds takes the first of these that is one of his. Their
    lemmas are cut from the word's own `lemma` where it is given (Gaza-streifen: the lexicon alone cannot know).
    Without `lexical`, words that the lexicon has as a whole end in nothing else: Luftwaffe not in Waffe.
    """
    compound = split_compound(word, lexicon, lexical=lexical)
    if compound.head is None:
        return
    kept = word[: compound.head.start]
    own = lemma if lemma and len(lemma) > len(kept) and lemma.startswith(kept) else _join(kept, compound.head.lemma)
    for part in compound.parts:
        known = None if lemma else _noun(word[part.start :], lexicon)
        yield replace(part, end=len(word), lemma=known or _recase(own[part.start :]), link="")


def _join(before: str, lemma: str) -> str:
    solid = before and before[-1] not in HYPHENS
    return before + (lemma[:1].lower() + lemma[1:] if solid else lemma)


def _pieces(word: str) -> Iterator[tuple[int, int]]:
    start = 0
    for at, char in enumerate(f"{word}-"):
        if char in HYPHENS:
            if at > start:
                yield start, at
            start = at + 1


@lru_cache(maxsize=20_000)
def split_solid(word: str, lexicon: Lexicon, *, lexical: bool = False) -> tuple[Part, ...]:
    """The parts of a word without hyphen, as few as explain all of it; of as few, those with the longest head."""
    whole = (Part(start=0, end=len(word), lemma=_noun(word, lexicon) or word),)
    known = _noun(word, lexicon)
    if len(word) > LONGEST or not word.isalpha() or word.isupper() or (known and not lexical):
        return whole
    splits = (parts for parts in _splits(word, lexicon) if not known or _is_lexical(word, known, parts))
    found = min(splits, key=lambda parts: (len(parts), parts[-1].start), default=whole)
    if not lexical or len(found) == 1:
        return found
    cut = found[-1].start
    tail = split_solid(_recase(word[cut:]), lexicon, lexical=True)
    return (*found[:-1], *(replace(part, start=part.start + cut, end=part.end + cut) for part in tail))


def _splits(word: str, lexicon: Lexicon) -> Iterator[tuple[Part, ...]]:
    """The word divided at each place behind which a head stands and before which modifiers do."""
    for cut in range(2, len(word) - 2):
        head = _head(word[cut:], lexicon)
        if head:
            last = Part(start=cut, end=len(word), lemma=head)
            yield from ((*modifiers, last) for modifiers in _modifiers(word[:cut], lexicon))


def _is_lexical(word: str, lemma: str, parts: tuple[Part, ...]) -> bool:
    """Whether a word that the lexicon has is a compound of these: no derivation (Vor-wurf, Ortsteil-e)."""
    first, last = word[: parts[0].end].lower(), parts[-1]
    return (
        word[last.start :] not in NO_LEXICAL_HEADS
        and first not in PARTICLES
        and (len(first) >= SHORTEST or first in SHORT_HEADS or first in PREFIXES)
        and lemma == word[: last.start] + last.lemma.lower()
    )


def _head(tail: str, lexicon: Lexicon) -> str | None:
    if tail in NO_HEADS or (len(tail) < SHORTEST and tail not in SHORT_HEADS):
        return None
    return _noun(_recase(tail), lexicon)


def _modifiers(text: str, lexicon: Lexicon, most: int = MOST_MODIFIERS) -> Iterator[tuple[Part, ...]]:
    """The text as one modifier, else as several: Kurz-strecken(-rakete)."""
    one = modifier(text, lexicon)
    if one:
        yield (one,)
    elif most > 1:
        for cut in range(2, len(text) - 2):
            last = modifier(text[cut:], lexicon)
            if last and text[cut:] not in LEADING:
                moved = replace(last, start=last.start + cut, end=last.end + cut)
                yield from ((*before, moved) for before in _modifiers(text[:cut], lexicon, most - 1))


@lru_cache(maxsize=20_000)
def modifier(text: str, lexicon: Lexicon) -> Part | None:
    """The text as a part before the head, with its linking element; None if it is no word that can stand there."""
    name = _recase(text)
    if text.lower() in PREFIXES:
        return Part(start=0, end=len(text), lemma=text)
    if len(text) < SHORTEST - 1 or text.lower() in NO_MODIFIERS:
        return None
    return (
        _linked(text, name, lexicon)
        or _adjective(text, lexicon)
        or _elided(name, lexicon)
        or _plural(name, lexicon)
        or _verb(text, lexicon)
    )


def _linked(text: str, name: str, lexicon: Lexicon) -> Part | None:
    """A noun or name with the longest lemma, and what links it."""
    for link in LINKS:
        bare = name.removesuffix(link) if link else name
        if (link and bare == name) or len(bare) < SHORTEST - 1:
            continue
        lemma = _lemma_before(bare, link, lexicon)
        if lemma:
            return Part(start=0, end=len(bare), lemma=lemma, link=link)
    return None


def _elided(name: str, lexicon: Lexicon) -> Part | None:
    """A feminine that loses its e: Grenz-schutz, Hilfs-güter."""
    bare = name.removesuffix("s")
    for stem, link in ((name, ""), (bare, "s")):
        lemma = f"{stem}e"
        if len(stem) >= SHORTEST and _noun(lemma, lexicon) == lemma and f"{stem}{link}" == name:
            return Part(start=0, end=len(stem), lemma=lemma, link=link)
    return None


def _plural(name: str, lexicon: Lexicon) -> Part | None:
    """A plural that is no stem with an ending: Länder-chefs."""
    lemma = _noun(name, lexicon)
    return Part(start=0, end=len(name), lemma=lemma) if lemma not in (None, name) and len(name) >= SHORTEST else None


def _lemma_before(bare: str, link: str, lexicon: Lexicon) -> str | None:
    """The lemma that `bare` is, if this linking element may follow it."""
    if link == "" and len(bare) > SHORTEST and lexicon.lookup(bare, "PROPN") == bare:
        return bare
    if _noun(bare, lexicon) != bare:
        return None
    if link == "s":
        fits = bare.endswith(NEED_S) or TAKE_S.search(bare) or _noun(f"{bare}s", lexicon) == bare
    elif link == "":
        fits = not bare.endswith(NEED_S)
    else:
        fits = _noun(f"{bare}{link}", lexicon) == bare  # a form of the noun: Waffe-n, Staat-en, Bund-es
    return bare if fits else None


def _adjective(text: str, lexicon: Lexicon) -> Part | None:
    low = text.lower()
    found = len(low) >= SHORTEST and lexicon.lookup(low, "ADJ") == low
    return Part(start=0, end=len(text), lemma=low) if found else None


def _verb(text: str, lexicon: Lexicon) -> Part | None:
    """The stem of a verb, with or without e: Schieß-, Melde-."""
    low = text.lower()
    infinitives = (f"{low}en", f"{low.removesuffix('e')}en", f"{low}n") if len(low) >= SHORTEST else ()
    lemma = next((verb for verb in infinitives if lexicon.lookup(verb, "VERB") == verb), None)
    return Part(start=0, end=len(text), lemma=lemma) if lemma else None


def _noun(word: str, lexicon: Lexicon) -> str | None:
    """The lemma of a noun in exactly this form."""
    return lexicon.lookup(word, "NOUN") if word[:1].isupper() else None


def _recase(text: str) -> str:
    return text[:1].upper() + text[1:]
