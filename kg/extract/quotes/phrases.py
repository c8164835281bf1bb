"""Spans of a statement: the speaker's noun phrase, the frame around the content, content without its commas."""

from collections.abc import Iterable, Sequence

from kg.extract.grammar import children, subtree_span
from kg.extract.parse import Parse, Token
from kg.extract.quotes.cues import addressee_of
from kg.extract.quotes.speakers import mention_of
from kg.extract.reading import Reading
from kg.knowledge import Cue
from kg.model import Mention, Span, Statement

Range = tuple[int, int]  # token indices, end exclusive

CLOSING = "“”«)]"
BREAKS = ",;:–-"
BELOW = (
    "acl", "acl:relcl", "advcl", "ccomp", "xcomp", "parataxis", "case", "mark", "advmod", "cc", "punct", "dep", "cop",
    "aux", "nsubj", "obj", "obl",
)  # fmt: skip


def noun_phrase(token: Token) -> Range:
    """A noun with article, attributes, appositions and coordinated nouns, without preposition and relative clause."""
    doc = token.doc
    low, high = _within_clause(token, *subtree_span(token, skip=BELOW))
    low, high = _whole_names(token, low, high)
    if high < len(doc) and doc[high].text == "(" and high < token.sent.end:
        close = next((i for i in range(high, min(high + 12, token.sent.end)) if doc[i].text == ")"), None)
        high = close + 1 if close is not None else high
    return tighten(doc, low, high)


def _within_clause(token: Token, low: int, high: int) -> Range:
    """The part around the noun that reaches over no finite verb and no sentence end."""
    doc, sent = token.doc, token.sent
    low, high = max(low, sent.start), min(high, sent.end)
    low = next((i + 1 for i in range(token.i - 1, low - 1, -1) if doc[i].tag_.endswith("FIN")), low)
    high = next((i for i in range(token.i + 1, high) if doc[i].tag_.endswith("FIN")), high)
    return low, high


def _whole_names(token: Token, low: int, high: int) -> Range:
    """Names are not cut at the ends of a phrase (New York | Times)."""
    doc = token.doc
    while high < token.sent.end and doc[high].ent_iob_ == "I" and doc[high - 1].ent_type_ == doc[high].ent_type_:
        high += 1
    while low > token.sent.start and doc[low].ent_iob_ == "I":
        low -= 1
    return low, high


def tighten(doc: Parse, low: int, high: int, *, end: str = BREAKS) -> Range:
    """A range without white space and separating punctuation at its ends."""
    while low < high and (doc[low].is_space or (doc[low].is_punct and doc[low].text in BREAKS + ".")):
        low += 1
    while high > low and (doc[high - 1].is_space or doc[high - 1].text in end):
        high -= 1
    return low, high


def without_stop(doc: Parse, low: int, high: int) -> Range:
    """The words of a clause: without commas around it and without the full stop of its sentence."""
    low, high = tighten(doc, low, high)
    while low < high and (doc[low].text in CLOSING or (doc[low].is_punct and doc[low].text in BREAKS)):
        low += 1
    stops = 0
    while high - 1 - stops > low and (doc[high - 1 - stops].is_space or doc[high - 1 - stops].text in ".,;:"):
        stops += 1
    return low, high - stops


def subtract(region: Range, *taken: Range) -> list[Range]:
    """What is left of a range."""
    at, end = region
    left = []
    for low, high in sorted(taken):
        if at < min(low, end):
            left.append((at, min(low, end)))
        at = max(at, high)
    return [*left, (at, end)] if at < end else left


def frame_ranges(doc: Parse, region: Range, content: Iterable[Range]) -> list[Range]:
    """The region around the content, without white space, the full stop and what is mere punctuation."""
    found = []
    for low, high in subtract(region, *content):
        while high > low and (doc[high - 1].is_space or doc[high - 1].text in ".!?"):
            high -= 1
        while low < high and doc[low].is_space:
            low += 1
        if any(not t.is_punct for t in doc[low:high]):
            found.append((low, high))
    return found


def clause_region(verb: Token) -> Range:
    """The sentence, or of coordinated main clauses the part that belongs to the verb."""
    low, high = verb.sent.start, verb.sent.end
    if verb.dep_ == "conj":
        low = subtree_span(verb)[0]
    later = [subtree_span(c)[0] for c in children(verb, "conj") if c.pos_ in ("VERB", "AUX") and c.i > verb.i]
    return low, max(min([high, *later]), verb.i + 1)


def make_statement(
    reading: Reading,
    content: Sequence[Range],
    *,
    form: str,
    rule: str,
    cue: Iterable[Token] = (),
    entry: Cue | None = None,
    verb: Token | None = None,
    speaker: Token | None = None,
    speaker_range: Range | None = None,
    frame: Sequence[Range] = (),
    medium: str = "",
    said_by: Mention | None = None,
) -> Statement:
    """A statement from token ranges; the speaker's phrase, who that is, and the addressee are read off the tree."""
    spans = tuple(reading.span(a, b) for a, b in content if a < b)
    mention = said_by or (mention_of(reading, speaker) if speaker is not None else None)
    if speaker is not None and speaker_range is None:
        speaker_range = noun_phrase(speaker)
    told = addressee_of(verb, entry) if verb is not None else None
    if told is not None and speaker is not None and told.i == speaker.i:
        told = None
    addressed: Mention | None = reading.refer(told) if told is not None else None
    return Statement(
        id=f"s-{spans[0].start}-{spans[-1].end}",
        form=form,
        medium=medium or (entry.first("medium", "speech") if entry else "speech"),
        content=spans,
        cue=tuple(Span(start=t.idx, end=t.idx + len(t)) for t in cue),
        speaker=mention.key if mention else None,
        speaker_spans=(reading.span(*speaker_range),) if speaker_range and speaker_range[0] < speaker_range[1] else (),
        addressee=addressed.key if addressed else None,
        addressee_spans=(reading.span(*noun_phrase(told)),) if told is not None else (),
        frame_spans=tuple(reading.span(a, b) for a, b in frame),
        rule=rule,
    )
