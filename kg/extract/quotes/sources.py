"""Sources beside a clause: laut X, X zufolge, nach Angaben von X, ..., so X; wie X mitteilte; demnach."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.grammar import case_of, children, clause_head, finite_of, is_clause, subtree_span
from kg.extract.parse import Token
from kg.extract.quotes.cues import cue_words, entries_of, speech_cue
from kg.extract.quotes.marks import Marks
from kg.extract.quotes.nesting import ANAPHOR
from kg.extract.quotes.phrases import Range, make_statement, noun_phrase, subtract, without_stop
from kg.extract.quotes.speakers import author_of, parts_of, speaker_of
from kg.extract.reading import Reading
from kg.knowledge import Cue
from kg.model import Statement

SHORTEST = 2  # words
OUTER = ("so", "wie")
ADPOSITIONS = ("APPR", "APPO", "APPRART", "APZR")
PHRASAL = ("nmod", "appos", "flat", "flat:name", "compound", "conj")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A phrase that names a source: its words, those of the cue, and who it is."""

    frame: Range
    cue: tuple[Token, ...]
    speaker: Token | None
    speaker_range: Range | None = None
    entry: Cue | None = None


def extract_sources(reading: Reading, marks: Marks) -> Iterator[Statement]:
    """What stands in a sentence beside a source is what the source says."""
    for token in reading.doc:
        if token.i not in reading.prose or marks.within(token.i):
            continue
        source = find_source(reading, token)
        content = _content(reading, token, source, marks) if source is not None else []
        if source is not None and content:
            phrase = source.entry is not None and source.entry.first("pos") == "PHRASE" and source.speaker is not None
            yield make_statement(
                reading, content, form="indirect", cue=source.cue, entry=source.entry,
                rule=ANAPHOR if source.speaker is None else "source-phrase",
                speaker=source.speaker if not phrase else None, speaker_range=source.speaker_range or _range(source),
                said_by=author_of(reading, source.speaker) if phrase and source.speaker is not None else None,
                frame=[source.frame],
            )  # fmt: skip


def _range(source: Source) -> Range | None:
    return noun_phrase(source.speaker) if source.speaker is not None else None


def find_source(reading: Reading, token: Token) -> Source | None:
    """The source whose cue word the token is."""
    if token.lower_ == "so":
        return find_so(reading, token)
    if token.lower_ == "wie":
        return _wie_clause(reading, token)
    if token.tag_ not in ADPOSITIONS and token.dep_ != "advmod":
        return None
    entry = next(entries_of(reading, token, "ADP"), None) or next(entries_of(reading, token, "ADV"), None)
    if token.tag_ in ADPOSITIONS and (token.dep_ == "case" or (entry is not None and entry.first("pos") == "ADP")):
        return _phrase(reading, token, entry)
    if entry is not None and entry.first("holderSlot") and token.dep_ == "advmod":
        here = (token.i, token.i + 1)
        return Source(frame=here, cue=(token,), speaker=None, speaker_range=here, entry=entry)
    return None


def _phrase(reading: Reading, token: Token, entry: Cue | None) -> Source | None:
    noun = _governed(token)
    if noun is None or noun.sent.start != token.sent.start:
        return None
    entry = phrase_entry(reading, token, noun) or entry
    if entry is None:
        return None
    low, high = noun_phrase(noun)
    frame = _with_comma(token, (min(low, token.i), max(high, token.i + 1)))
    speaker_range = (low, high) if not low <= token.i < high else None
    return Source(frame=frame, cue=(token,), speaker=noun, speaker_range=speaker_range, entry=entry)


def _governed(token: Token) -> Token | None:
    """The noun of an adposition; of one that follows it (Berichten zufolge, ihrer Ansicht nach) the noun before."""
    head, before = token.head, token.doc[token.i - 1] if token.i else None
    nominal = ("NOUN", "PROPN", "PRON")
    if head.pos_ in nominal and (head.i > token.i or head.tag_ != "NN" or head.i == token.i - 1):
        return head
    if before is not None and before.pos_ in nominal:
        while before.i != before.head.i < token.i and before.head.pos_ in ("NOUN", "PROPN") and before.dep_ in PHRASAL:
            before = before.head
        return before
    return head if head.pos_ in nominal else None


def phrase_entry(reading: Reading, adposition: Token, noun: Token) -> Cue | None:
    """The entry of a phrase like `nach Angabe`, also with a compound (nach Polizeiangaben)."""
    if adposition.lower_ not in reading.knowledge.phrase_openers.get("SpeechCue", ()):
        return None
    for word in parts_of(noun):
        for cue in reading.knowledge.find_cues("SpeechCue", f"{adposition.lower_} {word}"):
            if cue.first("pos") == "PHRASE" and "clause" in cue.get("contentSlot"):
                return cue
    return None


def _with_comma(token: Token, frame: Range) -> Range:
    """A comma behind an apposition or relative clause of the phrase belongs to it."""
    low, high = frame
    doc, end = token.doc, token.sent.end
    commas = sum(t.text == "," for t in doc[low:high])
    return (low, high + 1) if commas % 2 and high < end and doc[high].text == "," else frame


def find_so(reading: Reading, token: Token) -> Source | None:
    """..., so Scholz: up to the next comma or the end of the sentence."""
    doc, sent = reading.doc, token.sent
    before = doc[token.i - 1] if token.i else None
    if before is None or not (before.text == "," or before.is_quote):
        return None
    end = token.i + 1
    while end < sent.end and doc[end].text not in (",", ".", ";", "!", "?", ":") and not doc[end].is_quote:
        if doc[end].pos_ in ("VERB", "AUX") or doc[end].lower_ in ("dass", "daß"):
            return None
        end += 1
    speaker = next((t for t in doc[token.i + 1 : end] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    if speaker is None or speaker.i > token.i + 6 or case_of(speaker):
        return None
    while speaker.head.i != speaker.i and token.i < speaker.head.i < end and speaker.head.pos_ in ("NOUN", "PROPN"):
        speaker = speaker.head
    low = token.i - 1 if before.text == "," else token.i
    span = noun_phrase(speaker)
    return Source(
        frame=(low, end), cue=(token,), speaker=speaker, speaker_range=(max(span[0], token.i + 1), min(span[1], end))
    )


def _wie_clause(reading: Reading, wie: Token) -> Source | None:
    """Wie das Ministerium mitteilte, ...: from `wie` at a clause's begin to a verb of speaking at its end."""
    doc, sent = wie.doc, wie.sent
    before = doc[wie.i - 1] if wie.i > sent.start else None
    if before is not None and before.text not in (",", "–", "-") and not before.is_quote:
        return None
    verb = _last_verb(wie)
    entry = speech_cue(reading, verb) if verb is not None else None
    if verb is None or entry is None or any(c.i > verb.i for c in children(verb, "ccomp")):
        return None
    low = wie.i - 1 if before is not None and before.text == "," else wie.i
    end = max(verb.i, finite_of(verb).i if finite_of(verb).i < verb.i + 3 else verb.i) + 1
    high = end + 1 if end < sent.end and doc[end].text == "," else end
    words = tuple(t for t in cue_words(verb, entry) if wie.i < t.i < high)
    speaker = speaker_of(reading, verb, entry)
    if speaker is None or not wie.i < speaker.i < high:
        speaker = next(
            (t for t in doc[wie.i + 1 : high] if t.pos_ in ("NOUN", "PROPN", "PRON") and not case_of(t)), None
        )
    return Source(frame=(low, high), cue=(wie, *words), speaker=speaker, entry=entry)


def _last_verb(wie: Token) -> Token | None:
    """The verb that ends the clause: before a comma or stop, the only finite one since `wie`."""
    doc, end = wie.doc, wie.sent.end
    for i in range(wie.i + 1, end):
        following = doc[i + 1] if i + 1 < end else None
        last = following is None or following.is_punct or following.is_space
        if doc[i].tag_.endswith("FIN"):
            if not last:
                return None
            return (
                doc[i]
                if doc[i].pos_ == "VERB"
                else next((t for t in (doc[i].head, doc[i - 1]) if t.pos_ == "VERB"), None)
            )
    return None


def _content(reading: Reading, token: Token, source: Source, marks: Marks) -> list[Range]:
    """The rest of the clause or sentence; nothing if that is a quotation alone, which is direct speech.

    The frame around all of it (so X; wie X mitteilte) is no part of what another source in it says.
    """
    doc = token.doc
    taken = [source.frame]
    if source.cue[0].lower_ not in OUTER:
        others = (find_source(reading, t) for t in token.sent if t.lower_ in OUTER and not marks.within(t.i))
        taken.extend(other.frame for other in others if other is not None)
    left = [without_stop(doc, a, b) for a, b in subtract(_scope(token, source), *taken)]
    left = [(a, b) for a, b in left if any(not t.is_punct for t in doc[a:b])]
    alone = all(any(q.low <= a and b <= q.high for q in marks.among(a - 1, b + 1)) for a, b in left)
    return left if not alone and sum(b - a for a, b in left) >= SHORTEST else []


def _scope(token: Token, source: Source) -> Range:
    """The sentence; where the source stands in a relative clause or a later main clause, that clause."""
    low, high = _between_semicolons(token)
    if source.cue[0].lower_ in OUTER:
        return low, high
    governor = source.speaker.head if source.speaker is not None else token.head
    clause = clause_head(governor)
    if clause.dep_ in ("acl", "acl:relcl") and low < subtree_span(clause)[0] <= source.frame[0]:
        return _with_rest(subtree_span(clause), source.frame)
    if clause.dep_ in ("conj", "parataxis") and is_clause(clause.head) and clause.head.i < source.frame[0]:
        start = subtree_span(clause)[0]
        return (start, high) if clause.head.i < start <= source.frame[0] else (low, high)
    return low, high


def _between_semicolons(token: Token) -> Range:
    doc, sent = token.doc, token.sent
    low = next((i + 1 for i in range(token.i - 1, sent.start - 1, -1) if doc[i].text in (";", ":")), sent.start)
    high = next((i for i in range(token.i + 1, sent.end) if doc[i].text == ";"), sent.end)
    return low, high


def _with_rest(span: Range, frame: Range) -> Range:
    return min(span[0], frame[0]), max(span[1], frame[1])
