"""Names that only the network knows: their extent, type, and the label without its ending."""

from kg.extract.compounds import role_of
from kg.extract.grammar import has_feature
from kg.extract.reading import Reading
from kg.model import Mention

TYPES = {"PER": "Person", "ORG": "Organisation", "LOC": "Place"}


def add_entities(reading: Reading, taken: set[int]) -> None:
    """Add the spans of the network that name nothing known."""
    for ent in reading.doc.ents:
        if ent.label_ not in TYPES or ent.start not in reading.prose:
            continue
        start, end = _trim(reading, ent.start, ent.end)
        if start >= end or (end - start == 1 and role_of(reading, reading.doc[start])):
            continue
        overlap = taken & set(range(start, end))
        if overlap and not (ent.label_ == "PER" and _only_surnames(reading, overlap) and end - start > len(overlap)):
            continue
        surname = end - start == 1 and reading.doc[start].text in reading.knowledge.surnames
        if ent.label_ == "PER" or surname:
            _add_person(reading, start, end)
        else:
            _add_unknown(reading, start, end, TYPES[ent.label_])
        taken.update(range(start, end))


def _trim(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Leave out quotation marks, roles and adjectives that a name was tagged with."""
    doc = reading.doc
    while start < end and (not doc[start].text[0].isalnum() or (end - start > 1 and role_of(reading, doc[start]))):
        start += 1
    while end > start and not doc[end - 1].text[-1].isalnum():
        end -= 1
    return start, end


def _only_surnames(reading: Reading, tokens: set[int]) -> bool:
    return all(reading.mentions[k].type == "Person" for i in tokens for k in reading.at.get(i, ()))


def _add_person(reading: Reading, start: int, end: int) -> None:
    span = reading.span(start, end)
    text = span.slice(reading.article.text)
    label = base_name(text, genitive=has_feature(reading.doc[end - 1], "Case", "Gen"))
    surnames = reading.knowledge.surnames
    ids = surnames.get(text, ()) or surnames.get(label, ()) if end - start == 1 else ()
    reading.add(
        Mention(span=span, text=text, kind="name", type="Person", label=label, candidates=tuple(ids)), range(start, end)
    )


def base_name(text: str, *, genitive: bool) -> str:
    """A name without its genitive ending, where the tags say that it has one."""
    text = " ".join(text.split())
    if text.endswith(("'", "’")):
        return text[:-1]
    return text[:-1] if genitive and text.endswith("s") and len(text) > 4 else text


def _add_unknown(reading: Reading, start: int, end: int, kind: str) -> None:
    span = reading.span(start, end)
    text = span.slice(reading.article.text)
    last = reading.doc[end - 1]
    label = base_name(text, genitive=has_feature(last, "Case", "Gen") and last.pos_ == "PROPN")
    if len(label) < 2 or not any(c.isupper() for c in label):
        return
    reading.add(Mention(span=span, text=text, kind="name", type=kind, label=label), range(start, end))
