"""What compounds are made of: the entity in the first part, the role in the last."""

from collections.abc import Callable

from spacy.tokens import Token

from kg.extract.reading import Reading
from kg.model import Mention, Span


def add_part(reading: Reading, token: Token, taken: set[int]) -> None:
    """The entity in the first part of a compound."""
    first, hyphen, rest = token.text.partition("-")
    while hyphen and rest:
        entity = reading.knowledge.compounds.get(first)
        if entity and reading.whole(token) is None:
            _add_subspan(reading, token, len(first), entity)
            return
        more, hyphen, rest = rest.partition("-")
        first = f"{first}-{more}"
    if "-" not in token.text and token.pos_ == "NOUN" and token.i not in taken:
        _add_solid_part(reading, token)


def _add_solid_part(reading: Reading, token: Token) -> None:
    cut = solid_cut(reading, token.text, lambda tail: _is_tail(reading, tail))
    if cut:
        _add_subspan(reading, token, cut, reading.knowledge.compounds[token.text[:cut]])


def _is_tail(reading: Reading, noun: str) -> bool:
    knowledge = reading.knowledge
    return noun in knowledge.role_tails or noun in knowledge.bodies or bool(knowledge.find_cues("TopicTrigger", noun))


def _add_subspan(reading: Reading, token: Token, length: int, entity: str) -> None:
    known = reading.knowledge.entities[entity]
    span = Span(start=token.idx, end=token.idx + length)
    text = span.slice(reading.article.text)
    kind = "metonym" if text in reading.knowledge.metonyms else "name"
    reading.add(
        Mention(
            span=span, text=text, kind=kind, type=known.type, label=known.label, candidates=(entity,),
            gender=known.first("gender") or "",
        ),
        [token.i],
    )  # fmt: skip


def role_of(reading: Reading, token: Token) -> str | None:
    """The role that a noun names, alone or as the last part of a compound (NATO-Chef, Kremlsprecher)."""
    knowledge = reading.knowledge
    for word in (token.text, token.lemma_):
        if word in knowledge.roles:
            return knowledge.roles[word]
        _, hyphen, tail = word.rpartition("-")
        if hyphen and tail in knowledge.role_tails:
            return knowledge.role_tails[tail][0]
    for word in (token.lemma_, token.text):
        tail = word[solid_cut(reading, word, knowledge.role_tails.__contains__) :].capitalize()
        if tail != word and tail in knowledge.role_tails:
            return knowledge.role_tails[tail][0]
    return None


def solid_cut(reading: Reading, word: str, is_tail: Callable[[str], bool]) -> int:
    """Where a compound written as one (Kremlsprecher) is cut: behind the longest known first part; 0 if nowhere."""
    if "-" in word or not word[:1].isupper():
        return 0
    cuts = range(len(word) - 4, 2, -1)
    return next((c for c in cuts if word[:c] in reading.knowledge.compounds and is_tail(word[c:].capitalize())), 0)
