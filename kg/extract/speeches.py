"""A text that its author speaks: in a speech the first person outside all quotations is who gives it."""

from collections.abc import Iterator, Sequence

from kg.extract.reading import Reading
from kg.model import Mention, Span, Statement
from kg.spans import SpanIndex

FIRST_PERSON = ("ich", "wir", "uns", "unser", "mein", "mich", "mir")
ENOUGH = 3  # first persons; a reporter who says "wir" once gives no speech


def speech_of(reading: Reading, statements: Sequence[Statement]) -> Iterator[Statement]:
    """The whole text as a statement of its author, without id, if it is a speech.

    The speaker is the first pronoun that means the author; `resolve` says who that is.
    """
    if not reading.article.author:
        return
    first = [m for m in reading.mentions.values() if is_first_person(m)]
    authors = {m.key for m in first}  # what he reports of himself (wir verlangen ...) is his as well
    quoted = SpanIndex((span, s) for s in statements if s.speaker not in authors for span in s.content)
    own = [m for m in first if next(quoted.covering(m.span), None) is None]
    if len(own) >= ENOUGH:
        speaker = min(own, key=lambda m: m.span.start)
        whole = Span(start=0, end=len(reading.article.text))
        yield Statement(id="", form="direct", medium="speech", content=(whole,), speaker=speaker.key, rule="speech")


def is_first_person(mention: Mention) -> bool:
    """Whether a mention is ich, wir or a form of them."""
    return mention.kind == "pronoun" and mention.text.lower().startswith(FIRST_PERSON)
