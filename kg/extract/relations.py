"""Relations that the article states itself: a weapon of a state (russische Hyperschallwaffe Oreschnik)."""

from collections.abc import Iterator

from kg.extract.grammar import children
from kg.extract.reading import Reading
from kg.model import Mention, Relation, Span


def extract_relations(reading: Reading) -> Iterator[Relation]:
    """`operatedBy` for each named weapon with the adjective or genitive of a state at it or at its class noun."""
    for token in reading.doc:
        own = reading.whole(token)
        if own is None or own.type != "WeaponSystem" or token.i not in reading.prose or _is_class(reading, own):
            continue
        for holder in (token, token.head):
            state = (
                _state(reading, holder)
                if holder is token or token.dep_ in ("appos", "flat", "nmod", "compound")
                else None
            )
            if state is not None:
                start = min(own.span.start, reading.mentions[state].span.start)
                end = max(own.span.end, reading.mentions[state].span.end)
                yield Relation(
                    id=f"r-{start}-{end}", subject=own.key, predicate="operatedBy", object=state,
                    evidence=Span(start=start, end=end), rule="state-at-weapon",
                )  # fmt: skip
                break


def _is_class(reading: Reading, mention: Mention) -> bool:
    """A class of weapons is nobody's: that Israel flies fighter jets does not make fighter jets Israeli."""
    known = reading.knowledge.entities.get(next(iter(mention.candidates), ""))
    return known is not None and known.first("generic") == "true"


def _state(reading: Reading, token: object) -> str | None:
    for child in children(token, "amod"):  # type: ignore[arg-type]
        mention = reading.whole(child)
        if mention is not None and mention.kind == "adjective" and mention.type == "State":
            return mention.key
    return None
