"""What compounds are made of: the entity in the first part, the role in the last."""

from collections.abc import Callable, Iterator

from kg.extract.grammar import case_of, children
from kg.extract.parse import Token
from kg.extract.reading import Noun, Reading
from kg.model import Mention, Span

PREFIXES = frozenset(("Ex", "Alt", "Vize", "Noch", "Interims"))  # before the first part of a compound


def add_part(reading: Reading, token: Token, taken: set[int]) -> None:
    """The entity in the first part of a compound, behind a word like Ex and over a stroke (CDU/CSU-Fraktionsvize)."""
    if "-" in token.text:
        for start, end in _parts(token.text):
            entity = reading.knowledge.compounds.get(token.text[start:end])
            if entity and reading.whole(token) is None:
                _add_subspan(reading, token, start, end, entity)
                return
    elif token.pos_ == "NOUN" and token.i not in taken:
        _add_solid_part(reading, token)


def _parts(word: str) -> Iterator[tuple[int, int]]:
    """Where the entity in a compound may stand: its first parts, and behind a prefix those after it."""
    hyphens = [i for i, c in enumerate(word) if c == "-"]
    yield from ((0, end) for end in hyphens if end)
    if word[: hyphens[0]] in PREFIXES:
        yield from ((hyphens[0] + 1, end) for end in hyphens[1:])


def _add_solid_part(reading: Reading, token: Token) -> None:
    knowledge = reading.knowledge
    for word in (token.text, token.lemma_):
        cut = solid_cut(reading, word, lambda tail: _is_tail(reading, tail))
        entity = knowledge.compounds[word[:cut]] if cut and token.text[:cut] == word[:cut] else None
        if entity and not (token.lemma_ in knowledge.roles and knowledge.entities[entity].type == "Place"):
            _add_subspan(reading, token, 0, cut, entity)  # but a Europaminister is nobody of Europe
            return


def _is_tail(reading: Reading, noun: str) -> bool:
    knowledge = reading.knowledge
    return noun in knowledge.role_tails or noun in knowledge.bodies or bool(knowledge.find_cues("TopicTrigger", noun))


def _add_subspan(reading: Reading, token: Token, start: int, end: int, entity: str) -> None:
    first, entity = _over_stroke(reading, token, end, entity) if start == 0 else (token.idx + start, entity)
    known = reading.knowledge.entities[entity]
    span = Span(start=first, end=token.idx + end)
    text = span.slice(reading.article.text)
    kind = "metonym" if text in reading.knowledge.metonyms else "name"
    reading.add(
        Mention(
            span=span, text=text, kind=kind, type=known.type, label=known.label, candidates=(entity,),
            gender=known.first("gender") or "",
        ),
        [token.i],
    )  # fmt: skip


def _over_stroke(reading: Reading, token: Token, end: int, entity: str) -> tuple[int, str]:
    """Where the entity begins and which it is, if a stroke joins the compound to the word before it."""
    before = token.doc[max(0, token.i - 2) : token.i]
    if len(before) == 2 and before[1].text == "/" and not before[0].whitespace_ and not before[1].whitespace_:
        joined = reading.knowledge.compounds.get(f"{before[0].text}/{token.text[:end]}")
        if joined:
            return before[0].idx, joined
    return token.idx, entity


def role_of(reading: Reading, token: Token) -> str | None:
    """The role that a noun names: alone, with its adjective, or as last part of a compound (Kremlsprecher).

    Words that are roles only by what they are roles of (Chef) need that beside them.
    """
    found = _role(reading, token)
    return found[1] if found else None


def role_noun(reading: Reading, token: Token) -> str | None:
    """The noun by which a token names a role, in the nominative."""
    found = _role(reading, token)
    return found[0] if found else None


def _role(reading: Reading, token: Token) -> tuple[str, str] | None:
    knowledge = reading.knowledge
    phrase = role_phrase(reading, token)
    if phrase:
        return phrase, knowledge.roles[phrase]
    noun = reading.nouns.get((token.lemma_, token.text))
    if noun is None:
        noun = reading.nouns[token.lemma_, token.text] = _read_noun(reading, token)
    if noun.role is not None:
        return noun.role
    found = ((w, tail) for w, tail in noun.tails if tail != w or _has_owner(reading, token))
    return next(((word, knowledge.role_tails[tail][0]) for word, tail in found), None)


def _read_noun(reading: Reading, token: Token) -> Noun:
    knowledge = reading.knowledge
    words = tuple(dict.fromkeys((token.lemma_, token.text, *_bases(token.text))))
    named = next(((word, role) for word in words if (role := knowledge.find_role(word))), None)
    if named is not None:
        return Noun(role=named)
    cuts = ((word, solid_cut(reading, word, knowledge.role_tails.__contains__)) for word in words)
    tails = ((word, word[cut:].capitalize()) for word, cut in cuts)
    return Noun(tails=tuple((word, tail) for word, tail in tails if tail in knowledge.role_tails))


def _bases(word: str) -> Iterator[str]:
    """What a noun may be without the ending of its case: Präsidenten, Ministers."""
    for ending in ("en", "n", "s", "es", "nen"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            yield word[: -len(ending)]


def role_phrase(reading: Reading, token: Token) -> str | None:
    """The name of a role with the adjective before it: außenpolitischer Sprecher, Hoher Vertreter."""
    before = token.doc[token.i - 1] if token.i else None
    if before is None or before.pos_ != "ADJ" or token.pos_ not in ("NOUN", "PROPN"):
        return None
    if not {token.lemma_, token.text} & reading.knowledge.phrasal_roles:
        return None
    stem = before.text.removesuffix("r").removesuffix("n").removesuffix("s").removesuffix("m").removesuffix("e")
    adjectives = [f"{word}{ending}" for word in (stem.lower(), stem.capitalize()) for ending in ("er", "e", "es")]
    phrases = [f"{adjective} {noun}" for adjective in adjectives for noun in (token.lemma_, token.text)]
    return next((phrase for phrase in phrases if phrase in reading.knowledge.roles), None)


def _has_owner(reading: Reading, token: Token) -> bool:
    """Whether a genitive or `von` phrase names an organisation that the noun is an office of."""
    for child in children(token, "nmod", "nmod:poss"):
        mention = reading.whole(child) if case_of(child) in ("", "von") else None
        if mention is not None and mention.type not in ("", "Person", "Treaty", "WeaponSystem", "Place", "Group"):
            return True
    return False


def solid_cut(reading: Reading, word: str, is_tail: Callable[[str], bool]) -> int:
    """Where a compound written as one (Kremlsprecher) is cut: behind the longest known first part; 0 if nowhere."""
    if "-" in word or not word[:1].isupper():
        return 0
    return next((c for c in reading.knowledge.first_parts(word) if is_tail(word[c:].capitalize())), 0)
