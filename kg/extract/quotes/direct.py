"""Direct speech: quotations with the frame behind, before or around them; quoted words inside of other statements."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.grammar import children, slot
from kg.extract.parse import Token
from kg.extract.quotes.cues import cue_words, speech_cue
from kg.extract.quotes.marks import Marks, Quoted
from kg.extract.quotes.nesting import Around
from kg.extract.quotes.phrases import Range, clause_region, frame_ranges, make_statement
from kg.extract.quotes.sources import find_so
from kg.extract.quotes.speakers import actor_near, refers, speaker_of
from kg.extract.reading import Reading
from kg.knowledge import Cue
from kg.model import Statement
from kg.nlp.segments import paragraphs

REACH = 30  # tokens between a quotation and the verb behind it
FAR = 100  # tokens between the verb before it and a quotation
NEAR = 300  # characters between quotations of one speaker
HEADLINE = 20  # words at most
STOPS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What introduces a quotation."""

    cue: tuple[Token, ...]
    head: Token
    speaker: Token | None
    ranges: Sequence[Range]
    entry: Cue | None = None
    speaker_range: Range | None = None


def extract_direct(reading: Reading, marks: Marks, around: Around) -> Iterator[Statement]:
    """A statement for each quotation that somebody says, in text order."""
    before: Statement | None = None
    for quote in marks.quoted:
        if quote.start not in reading.prose and quote.end - 1 not in reading.prose:
            continue
        statement = _read(reading, quote, marks, around, before)
        if statement is None:
            continue
        if before is not None and _goes_on_with(reading, before, quote, statement):
            before = replace(before, content=before.content + statement.content)
            before = replace(before, id=f"s-{before.content[0].start}-{before.content[-1].end}")
            continue
        if before is not None:
            yield before
        before = statement
    if before is not None:
        yield before


def _read(reading: Reading, quote: Quoted, marks: Marks, around: Around, before: Statement | None) -> Statement | None:
    content = [(quote.low, quote.high)]
    outer = around.at(reading.doc[quote.start].idx)
    speech = sentence_like(reading, quote)
    if not speech and _is_name(reading, quote):
        return None
    frame = find_frame(reading, quote, marks)
    if frame is not None and not speech and not _is_content(frame, quote):
        frame = None
    if frame is not None and not (outer is not None and any(c.start <= frame.head.idx < c.end for c in outer.content)):
        return make_statement(
            reading, content, form="direct", rule=frame.entry.id if frame.entry else "verb-behind-quote",
            verb=frame.head, cue=frame.cue, entry=frame.entry, speaker=frame.speaker, frame=frame.ranges,
            speaker_range=frame.speaker_range,
        )  # fmt: skip
    if outer is not None:
        own = make_statement(reading, content, form="direct", rule="quoted-words", medium=outer.medium)
        return _said_as(own, outer)
    if not speech and quote.end - quote.start < 3:
        return None
    alone = make_statement(reading, content, form="direct", rule="quotation-marks")
    if before is not None and _same_paragraph(reading, before.content[-1].end, reading.doc[quote.start].idx):
        return _said_as(alone, before) if speech else None
    return alone if speech and _is_complete(reading, quote) else None


def _goes_on_with(reading: Reading, before: Statement, quote: Quoted, statement: Statement) -> bool:
    """„Ich hoffe“, sagte X, „dass es gelingt“: one sentence of one speaker, its frame in between."""
    first = reading.doc[quote.start]
    same = bool(statement.cue) and statement.cue == before.cue and before.form == statement.form
    between = before.content[-1].end < statement.cue[0].start < first.idx if same else False
    return between and first.text[:1].islower()


def _is_name(reading: Reading, quote: Quoted) -> bool:
    """A title or name in marks: it stands beside the noun that it names, or is a name itself."""
    tokens = reading.doc.stretch(quote.start, quote.end)
    root = tokens.root
    if root.dep_ in ("appos", "flat", "flat:name", "compound"):
        return True
    return root.pos_ == "PROPN" and all(t.ent_type_ or t.pos_ == "PROPN" for t in tokens if not t.is_punct)


def _is_complete(reading: Reading, quote: Quoted) -> bool:
    """Whether the words end like a sentence."""
    return reading.doc[quote.end - 1].text in (".", "!", "?", "…")


def _said_as(statement: Statement, other: Statement) -> Statement:
    """With speaker, cue and frame of another statement."""
    return replace(
        statement, speaker=other.speaker, speaker_spans=other.speaker_spans, cue=other.cue, medium=other.medium,
        frame_spans=other.frame_spans, addressee=other.addressee, addressee_spans=other.addressee_spans,
    )  # fmt: skip


def _is_content(frame: Frame, quote: Quoted) -> bool:
    """Whether quoted words that are no sentence are what the verb says (nannte das eine „Provokation“)."""
    if frame.entry is None:
        return frame.head.lower_ == "so"
    if "quote" not in frame.entry.get("contentSlot"):
        return False
    fillers = {t.i for name in frame.entry.get("contentSlot") for t in slot(frame.head, name)}
    fillers |= {c.i for c in children(frame.head, "ccomp", "xcomp", "advcl", "obl", "obj", "parataxis", "acl")}
    doc = frame.head.doc
    return any(quote.low <= i < quote.high and doc[i].pos_ != "PROPN" for i in fillers)


def sentence_like(reading: Reading, quote: Quoted) -> bool:
    """Whether a finite verb stands between the marks."""
    return any(t.tag_.endswith("FIN") for t in reading.doc[quote.start : quote.end])


def _same_paragraph(reading: Reading, start: int, end: int) -> bool:
    return end - start < NEAR and "\n\n" not in reading.article.text[start:end]


def find_frame(reading: Reading, quote: Quoted, marks: Marks) -> Frame | None:
    """What introduces a quotation: a verb with its entry and subject, or `so` with the speaker.

    Looked for before the colon in front of the quotation, behind it in the same sentence, around it.
    """
    doc = reading.doc
    after = _next(reading, quote.high)
    for i in range(after, min(after + 2, len(doc))):
        source = find_so(reading, doc[i]) if doc[i].lower_ == "so" else None
        if source is not None:
            return Frame(
                cue=source.cue, head=doc[i], speaker=source.speaker, ranges=[source.frame],
                speaker_range=source.speaker_range,
            )  # fmt: skip
    for verb in _candidates(reading, quote, marks):
        found = _verb_frame(reading, verb, quote, marks)
        if found is not None:
            return found
    return None


def _next(reading: Reading, i: int) -> int:
    """The next token that is no white space."""
    while i < len(reading.doc) - 1 and reading.doc[i].is_space:
        i += 1
    return i


def _verb_frame(reading: Reading, verb: Token, quote: Quoted, marks: Marks) -> Frame | None:
    entry = speech_cue(reading, verb)
    if entry is None and not _inverted(verb, quote):
        return None
    speaker = speaker_of(reading, verb, entry)
    if speaker is not None and marks.within(speaker.i):
        speaker = None
    if speaker is None:
        speaker = actor_near(reading, verb, marks.within)
    if entry is None and not refers(reading, speaker):
        return None
    taken = [(q.low, q.high) for q in marks.among(verb.sent.start, verb.sent.end + 1)]
    ranges = frame_ranges(reading.doc, clause_region(verb), [(quote.low, quote.high), *taken])
    return Frame(cue=cue_words(verb, entry), head=verb, speaker=speaker, ranges=ranges, entry=entry)


def _inverted(verb: Token, quote: Quoted) -> bool:
    """Verb directly behind the closing mark and comma, before its subject."""
    subject = next(children(verb, "nsubj"), None)
    return 0 < verb.i - quote.end <= 3 and subject is not None and subject.i > verb.i and verb.tag_.endswith("FIN")


def _candidates(reading: Reading, quote: Quoted, marks: Marks) -> Iterator[Token]:
    doc = reading.doc
    start = max(_start_before(reading, quote), quote.low - FAR)
    before = [*_verbs(reading, marks, range(quote.low - 1, start - 1, -1))]
    colon = quote.low > 0 and doc[quote.low - 1].text == ":"
    if colon:
        yield from before
    after = _next(reading, quote.high)
    if after < len(doc) and _goes_on(doc[after]):
        yield from _verbs(reading, marks, range(after, min(doc[after].sent.end, after + REACH)))
    if not colon:
        yield from before


def _verbs(reading: Reading, marks: Marks, where: Iterable[int]) -> Iterator[Token]:
    return (reading.doc[i] for i in where if reading.doc[i].pos_ in ("VERB", "AUX") and not marks.within(i))


def _goes_on(token: Token) -> bool:
    """Whether the sentence of a quotation goes on behind it: with a comma, a verb, a small letter."""
    return token.text in (",", "–", "-") or token.text[:1].islower()


def _start_before(reading: Reading, quote: Quoted) -> int:
    """Where the frame before a quotation may begin: its sentence, or the one before that ends with a colon."""
    first = reading.doc[max(quote.low, 0)]
    return first.sent.start if first.sent.start < quote.low else _previous_start(reading, quote.low)


def _previous_start(reading: Reading, i: int) -> int:
    """Start of the sentence before token i if it ends with a colon, else i."""
    doc = reading.doc
    k = i - 1
    while k >= 0 and doc[k].is_space:
        k -= 1
    return doc[k].sent.start if k >= 0 and doc[k].text == ":" else i


def extract_turns(reading: Reading) -> Iterator[Statement]:
    """A name and a colon at the begin of a headline, or of paragraphs of an interview: what that person says."""
    if not any(_names_speaker(reading, t) for t in reading.doc if t.text == ":"):
        return
    turns = [(name, rest) for name, rest in _labelled(reading) if len(rest) > 3]
    if len(turns) == 1 and len(turns[0][1]) <= HEADLINE and reading.doc[turns[0][1][-1]].text not in STOPS:
        [(name, rest)] = turns  # Rutte: Putin hat kein Interesse an Frieden
        yield make_statement(
            reading, [(rest[0], rest[-1] + 1)], form="indirect", rule="headline", speaker=name,
            speaker_range=(name.i, name.i + 1),
        )  # fmt: skip
    for name, rest in turns if len(turns) > 1 else ():
        yield make_statement(
            reading, [(rest[0], rest[-1] + 1)], form="direct", rule="interview-turn", speaker=name,
            speaker_range=(name.i, name.i + 1),
        )  # fmt: skip


def _names_speaker(reading: Reading, colon: Token) -> bool:
    """Whether a person stands before a colon."""
    mention = reading.whole(reading.doc[colon.i - 1]) if colon.i else None
    return mention is not None and mention.type == "Person"


def _labelled(reading: Reading) -> Iterator[tuple[Token, Sequence[int]]]:
    """(last token of the name, indices of the words behind the colon) of each paragraph of that shape."""
    for block in paragraphs(reading.doc.source):
        colon = next((n for n, i in enumerate(block[:6]) if reading.doc[i].text == ":"), 0)
        mention = reading.whole(reading.doc[block[colon - 1]]) if colon else None
        if mention is not None and mention.type == "Person" and mention.span.start == reading.doc[block[0]].idx:
            yield reading.doc[block[colon - 1]], block[colon + 1 :]
