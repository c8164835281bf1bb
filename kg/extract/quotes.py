"""Who said what in which words: direct, indirect and reported speech with speaker, cue and frame.

Forms follow the annotation of German Wikinews quotations: direct, indirect, free-indirect,
indirect-free-indirect (Konjunktiv that goes on without a new cue), reported.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extract.grammar import (
    case_of,
    children,
    finite_of,
    has_feature,
    is_clause,
    slot,
    subject_of,
    subtree_span,
)  # fmt: skip
from kg.extract.modality import in_condition
from kg.extract.reading import Reading
from kg.extract.topics import ACTORS
from kg.knowledge import Cue
from kg.model import Span, Statement
from kg.nlp.segments import paragraphs

OPENING = {"„": '“”"', "“": '”"', "»": "«", "«": "»", "‚": "‘’'", "‹": "›", "›": "‹"}
STRAIGHT = '"'
SOURCES = frozenset(("laut", "zufolge", "gemäß"))
LONGEST_QUOTE = 600  # tokens; an unclosed quotation mark ends with its paragraph


@dataclass(frozen=True, slots=True)
class Quoted:
    """Tokens start..end (exclusive) between quotation marks."""

    start: int
    end: int


def extract_statements(reading: Reading) -> tuple[Statement, ...]:
    """All statements of the article in text order, nested ones tied to the one around them."""
    quoted = find_quotations(reading)
    found: list[Statement] = []
    found.extend(_clauses(reading, quoted))
    found.extend(_sources(reading, quoted))
    found.extend(_direct(reading, quoted, found))
    found.extend(_turns(reading))
    found.sort(key=lambda s: (s.content[0].start, -s.content[-1].end, s.form))
    found.extend(_continued(reading, found))
    found.sort(key=lambda s: (s.content[0].start, -s.content[-1].end, s.form))
    return _nest(_distinct(found))


def _turns(reading: Reading) -> Iterator[Statement]:
    """An interview: paragraphs that begin with a name and a colon are what that person says."""
    turns = [(name, rest) for name, rest in _labelled(reading) if len(rest) > 3]
    for name, rest in turns if len(turns) > 1 else ():
        yield _statement(reading, [(rest[0], rest[-1] + 1)], form="direct", rule="interview-turn", speaker=name)


def _labelled(reading: Reading) -> Iterator[tuple[Token, Sequence[int]]]:
    """(last token of the name, indices of the words behind the colon) of each paragraph of that shape."""
    for block in paragraphs(reading.doc):
        colon = next((n for n, i in enumerate(block[:6]) if reading.doc[i].text == ":"), 0)
        mention = reading.whole(reading.doc[block[colon - 1]]) if colon else None
        if mention is not None and mention.type == "Person" and mention.span.start == reading.doc[block[0]].idx:
            yield reading.doc[block[colon - 1]], block[colon + 1 :]


def find_quotations(reading: Reading) -> list[Quoted]:
    """What stands between quotation marks, outermost pairs, within one paragraph."""
    found: list[Quoted] = []
    opened: int | None = None
    closing = ""
    for token in reading.doc:
        if not token.is_space and token.i not in reading.prose:
            opened = None  # headers and front matter are no text
        elif token.is_space and token.text.count("\n") > 1:
            if opened is not None and closing != STRAIGHT and token.i > opened + 1:
                found.append(Quoted(opened + 1, token.i))
            opened = None
        elif opened is not None and token.text in closing and token.i - opened < LONGEST_QUOTE:
            if token.i > opened + 1:
                found.append(Quoted(opened + 1, token.i))
            opened = None
        elif opened is None and (token.text in OPENING or token.text == STRAIGHT):
            opened, closing = token.i, OPENING.get(token.text, STRAIGHT)
    if opened is not None and closing != STRAIGHT and len(reading.doc) > opened + 1:
        found.append(Quoted(opened + 1, len(reading.doc)))
    return found


def _statement(
    reading: Reading, content: Sequence[tuple[int, int]], *, form: str, rule: str, cue: Sequence[Token] = (),
    entry: Cue | None = None, speaker: Token | None = None, frame: tuple[int, int] | None = None,
) -> Statement:  # fmt: skip
    spans = tuple(reading.span(a, b) for a, b in content if a < b)
    mention = reading.refer(speaker) if speaker is not None else None
    return Statement(
        id=f"s-{spans[0].start}-{spans[-1].end}",
        form=form,
        medium=entry.first("medium", "speech") if entry else "speech",
        content=spans,
        cue=tuple(Span(start=t.idx, end=t.idx + len(t)) for t in cue),
        speaker=mention.key if mention else None,
        speaker_spans=(reading.span(*subtree_span(speaker, skip=("acl", "acl:relcl", "punct"))),)
        if speaker is not None
        else (),
        frame_spans=(reading.span(*frame),) if frame else (),
        rule=rule,
    )


def speech_cue(reading: Reading, verb: Token) -> Cue | None:
    """The lexicon entry that makes a verb a verb of speaking, writing or thinking."""
    entries = [c for c in reading.knowledge.find_cues("SpeechCue", verb.lemma_) if c.first("pos", "VERB") == "VERB"]
    for entry in entries:
        if entry.flag("reflexive") and not any(has_feature(c, "Reflex", "Yes") for c in verb.children):
            continue
        if entry.get("with") and not any(_has_complement(verb, w) for w in entry.get("with")):
            continue
        return entry
    return None


def _has_complement(verb: Token, words: str) -> bool:
    wanted = words.casefold().split()
    start, end = subtree_span(verb)
    near = [t.lower_ for t in verb.doc[start:end]] + [t.lemma_.lower() for t in verb.doc[start:end]]
    return all(w in near for w in wanted)


def _clauses(reading: Reading, quoted: Sequence[Quoted]) -> Iterator[Statement]:
    """Verbs of speaking with a clause: sagte, dass ...; ..., sagte X; der Vorwurf, dass ..."""
    for token in reading.doc:
        if token.i not in reading.prose or token.pos_ not in ("VERB", "AUX"):
            continue
        entry = speech_cue(reading, token)
        if entry is None:
            continue
        for clause in _content_clauses(token, entry):
            statement = _clause_statement(reading, token, entry, clause, quoted)
            if statement is not None:
                yield statement


def _content_clauses(verb: Token, entry: Cue) -> Iterator[Token]:
    certain = entry.first("certainty", "mid")
    for child in children(verb, "ccomp", "xcomp", "csubj", "csubj:pass"):
        if in_condition(child):
            continue
        if child.dep_ == "xcomp" and not (
            child.pos_ == "VERB" and any(c.tag_ == "PTKZU" or c.tag_ == "VVIZU" for c in (*child.children, child))
        ):
            continue
        yield child
    for child in children(verb, "parataxis"):
        if certain != "low" and is_clause(child) and _is_reported(child):
            yield child
    if verb.dep_ == "parataxis" and certain != "low" and is_clause(verb.head) and _follows(verb):
        yield verb.head


def _follows(verb: Token) -> bool:
    """..., sagte X: the verb stands first behind a comma or a closing mark."""
    return verb.i > verb.head.i and _first(verb)


def _first(verb: Token) -> bool:
    before = verb.doc[verb.i - 1] if verb.i else None
    return before is not None and (before.text == "," or before.is_quote)


def _is_reported(clause: Token) -> bool:
    finite = finite_of(clause)
    return has_feature(finite, "Mood", "Sub")


def _clause_statement(
    reading: Reading, verb: Token, entry: Cue, clause: Token, quoted: Sequence[Quoted]
) -> Statement | None:
    start, end = _clause_bounds(verb, clause)
    quoted_alone = any(q.start <= clause.i < q.end and not q.start <= verb.i < q.end for q in quoted)
    if end - start < 3 or quoted_alone:
        return None
    speaker = speaker_of(reading, verb, entry)
    if speaker is None and verb.head.i == clause.i:
        speaker = _actor_near(reading, verb, set(range(start, end)))
    if speaker is not None and (start <= speaker.i < end) and clause.dep_ != "parataxis":
        speaker = None
    frame = (verb.sent.start, verb.sent.end)
    return _statement(
        reading, [(start, end)], form="indirect", rule=entry.id, cue=[verb], entry=entry, speaker=speaker, frame=frame
    )


def _clause_bounds(verb: Token, clause: Token) -> tuple[int, int]:
    """The words of the clause without the cue's own and without the comma around it.

    Where the cue hangs on the clause (..., sagte X) that is the sentence before it, from the last colon on.
    """
    doc = verb.doc
    if verb.head.i == clause.i:
        low, high = verb.sent.start, verb.i
        colon = next((i for i in range(verb.i - 1, low, -1) if doc[i].text == ":"), None)
        low = colon + 1 if colon is not None else low
    else:
        low, high = subtree_span(clause)
    while low < high and (doc[low].is_punct or doc[low].is_space) and not _opens(doc[low]):
        low += 1
    while high > low and (doc[high - 1].text in ",;:" or doc[high - 1].is_space):
        high -= 1
    return low, high


def _opens(token: Token) -> bool:
    return token.text in OPENING or token.text == STRAIGHT


def _sources(reading: Reading, quoted: Sequence[Quoted]) -> Iterator[Statement]:
    """Laut X, X zufolge, nach Angaben von X, so X: the rest of the sentence is what the source said."""
    for token in reading.doc:
        if token.i not in reading.prose:
            continue
        found = _source_phrase(reading, token)
        if found is None:
            continue
        speaker, low, high = found
        sent = token.sent
        content = [(sent.start, low), (high, sent.end)]
        content = [_tighten(reading, a, b) for a, b in content]
        content = [(a, b) for a, b in content if b - a >= 2]
        if token.lower_ == "so":  # „...“, so X: that is direct speech, found by its quotation marks
            content = [(a, b) for a, b in content if not any(q.start <= a + 1 and b <= q.end + 1 for q in quoted)]
        if content and not any(q.start <= token.i < q.end for q in quoted):
            yield _statement(
                reading, content, form="indirect", rule="source-phrase", cue=[token], speaker=speaker, frame=(low, high)
            )


def _source_phrase(reading: Reading, token: Token) -> tuple[Token, int, int] | None:
    """(speaker, start, end) of the phrase that names the source."""
    lemma = token.lower_
    governs = token.dep_ in ("case", "mark", "advmod") and token.head.pos_ in ("NOUN", "PROPN", "PRON")
    if lemma in SOURCES and governs and _could_speak(reading, token.head):
        return (token.head, *subtree_span(token.head, skip=("parataxis", "acl")))
    if (
        token.pos_ == "NOUN"
        and case_of(token) in ("nach", "aus", "unter")
        and reading.knowledge.find_cues("SpeechCue", token.lemma_)
    ):
        holder = next(
            (c for c in children(token, "nmod", "nmod:poss", "det:poss", "amod") if _could_speak(reading, c)), None
        )
        if holder is not None and case_of(token) == "nach":
            start = min((token.i, *(c.i for c in token.children if c.dep_ in ("case", "det", "amod"))))
            end = max(token.i + 1, subtree_span(holder, skip=("acl", "acl:relcl", "parataxis", "nmod", "punct"))[1])
            return holder, start, end
    if (
        lemma == "so"
        and token.i + 1 < len(reading.doc)
        and token.i > 0
        and reading.doc[token.i - 1].text in (",", "“", '"', "”", "«")
    ):
        return _so_phrase(reading, token)
    return None


def _so_phrase(reading: Reading, token: Token) -> tuple[Token, int, int] | None:
    """..., so Scholz."""
    doc = reading.doc
    for i in range(token.i + 1, min(token.i + 8, token.sent.end)):
        mention = reading.whole(doc[i])
        if doc[i].pos_ in ("VERB", "AUX"):
            return None
        if (
            mention is not None
            and mention.kind in ("name", "metonym", "nominal")
            and mention.type not in ("Treaty", "WeaponSystem")
        ):
            end = i + 1
            while (
                end < token.sent.end and doc[end].text not in (",", ".", ";", "!", "?", ":") and not doc[end].is_quote
            ):
                end += 1
            return doc[i], token.i, end
    return None


def _can_speak(reading: Reading, token: Token) -> bool:
    mention = reading.refer(token)
    return mention is not None and (mention.type in ACTORS or mention.kind == "pronoun")


def _could_speak(reading: Reading, token: Token) -> bool:
    mention = reading.refer(token)
    return (mention is not None and mention.type not in ("Treaty", "WeaponSystem")) or token.pos_ == "NOUN"


def _tighten(reading: Reading, low: int, high: int) -> tuple[int, int]:
    doc = reading.doc
    while low < high and (doc[low].is_space or doc[low].text in ",;:.–-"):
        low += 1
    while high > low and (doc[high - 1].is_space or doc[high - 1].text in ",;:–-"):
        high -= 1
    return low, high


def _direct(reading: Reading, quoted: Sequence[Quoted], indirect: Sequence[Statement]) -> Iterator[Statement]:
    before: Statement | None = None
    for quote in quoted:
        if quote.start not in reading.prose and quote.end - 1 not in reading.prose:
            continue
        statement = _direct_statement(reading, quote, quoted, indirect, before)
        if statement is not None:
            before = statement
            yield statement


def _direct_statement(
    reading: Reading, quote: Quoted, quoted: Sequence[Quoted], indirect: Sequence[Statement], before: Statement | None
) -> Statement | None:
    span = reading.span(quote.start, quote.end)
    around = next((s for s in reversed(indirect) if any(c.start <= span.start < c.end for c in s.content)), None)
    frame = find_frame(reading, quote, quoted)
    if frame is not None and not _sentence_like(reading, quote) and not _governs(frame[0], reading.doc[quote.end - 1]):
        frame = None
    if frame is not None and not (around is not None and _within_content(frame[0], around)):
        verb, entry, speaker = frame
        return _statement(
            reading, [(quote.start, quote.end)], form="direct", rule=entry.id if entry else "verb-behind-quote",
            cue=[verb], entry=entry, speaker=speaker, frame=(verb.sent.start, verb.sent.end),
        )  # fmt: skip
    if around is not None:
        own = _statement(reading, [(quote.start, quote.end)], form="direct", rule="quoted-words")
        return replace(
            own, speaker=around.speaker, speaker_spans=around.speaker_spans, cue=around.cue, medium=around.medium
        )
    if quote.end - quote.start < 3 and not _sentence_like(reading, quote):
        return None
    alone = _statement(reading, [(quote.start, quote.end)], form="direct", rule="quotation-marks")
    if before is not None and _same_paragraph(reading, before.content[-1].end, span.start):
        return replace(alone, speaker=before.speaker, speaker_spans=before.speaker_spans)
    return alone if _sentence_like(reading, quote) else None


def _governs(verb: Token, token: Token) -> bool:
    """Whether quoted words that are no sentence hang on the verb (nannte das eine „Provokation“)."""
    node = token
    for _ in range(6):
        if node.head.i == verb.i:
            return True
        node = node.head
    return verb.lower_ == "so"


def _within_content(verb: Token, around: Statement) -> bool:
    return any(c.start <= verb.idx < c.end for c in around.content)


def _sentence_like(reading: Reading, quote: Quoted) -> bool:
    return any(t.tag_.endswith("FIN") for t in reading.doc[quote.start : quote.end])


def _same_paragraph(reading: Reading, start: int, end: int) -> bool:
    return "\n\n" not in reading.article.text[start:end] and end - start < 300


def find_frame(
    reading: Reading, quote: Quoted, quoted: Sequence[Quoted]
) -> tuple[Token, Cue | None, Token | None] | None:
    """The verb that introduces a quotation, its lexicon entry and its subject.

    Looked for behind the quotation in the same sentence, before it, and in the sentence before when that
    ends with a colon.
    """
    doc = reading.doc
    inside = {i for q in quoted for i in range(q.start, q.end)}
    for verb in _candidates(reading, quote, inside):
        entry = speech_cue(reading, verb)
        inverted = _inverted(verb, quote)
        if entry is None and not inverted:
            continue
        speaker = speaker_of(reading, verb, entry)
        if speaker is not None and speaker.i in inside:
            speaker = None
        if speaker is None or reading.refer(speaker) is None:
            speaker = _actor_near(reading, verb, inside) or speaker
        if entry is None and (speaker is None or reading.refer(speaker) is None):
            continue
        return verb, entry, speaker
    following = quote.end + 1
    for i in range(following, min(following + 3, len(doc))):
        if doc[i].lower_ == "so":
            found = _so_phrase(reading, doc[i])
            if found is not None:
                return doc[i], None, found[0]
    return None


def _actor_near(reading: Reading, verb: Token, inside: set[int]) -> Token | None:
    """The first actor named behind the verb in its sentence, else the last before it."""
    sent = verb.sent
    behind = [t for t in reading.doc[verb.i + 1 : min(sent.end, verb.i + 9)] if t.i not in inside]
    before = [t for t in reading.doc[sent.start : verb.i] if t.i not in inside]
    for token in (*behind, *reversed(before)):
        mention = reading.whole(token)
        if mention is not None and mention.kind in ("name", "metonym", "nominal") and mention.type in ACTORS:
            return token
    return None


def speaker_of(reading: Reading, verb: Token, entry: Cue | None) -> Token | None:
    """Who speaks: the slot that the entry names (hieß es in der Erklärung des Ministeriums), else the subject."""
    for name in entry.get("holderSlot") if entry is not None else ():
        for filler in slot(verb, name):
            if _can_speak(reading, filler):
                return filler
            owner = next((c for c in children(filler, "nmod", "nmod:poss") if _can_speak(reading, c)), None)
            if owner is None:
                owner = _actor_near(reading, filler, set(range(filler.sent.start, filler.i)))
            if owner is not None:
                return owner
    if _first(verb):  # ..., sagte X: what stands before the verb is what was said
        behind = next((c for c in children(verb, "nsubj") if c.i > verb.i), None)
        return behind if behind is not None else subject_of(verb)
    return subject_of(verb)


def _inverted(verb: Token, quote: Quoted) -> bool:
    """Verb directly behind the closing mark and comma, before its subject."""
    subject = next(children(verb, "nsubj"), None)
    return 0 < verb.i - quote.end <= 3 and subject is not None and subject.i > verb.i and verb.tag_.endswith("FIN")


def _candidates(reading: Reading, quote: Quoted, inside: set[int]) -> Iterator[Token]:
    doc = reading.doc
    last = doc[min(quote.end, len(doc) - 1)]
    behind = range(quote.end, min(last.sent.end if last.sent.end > quote.end + 1 else quote.end + 25, len(doc)))
    following = [doc[i] for i in behind if i not in inside and doc[i].pos_ in ("VERB", "AUX")]
    first = doc[max(quote.start - 1, 0)]
    start = first.sent.start if first.sent.start < quote.start - 1 else _previous_start(reading, quote.start - 1)
    preceding = [doc[i] for i in range(start, quote.start) if i not in inside and doc[i].pos_ in ("VERB", "AUX")]
    yield from (v for v in following if v.i - quote.end <= 30)
    if quote.start >= 2 and (doc[quote.start - 2].text in (":", ",") or first.sent.start < quote.start - 1):
        yield from reversed(preceding)


def _previous_start(reading: Reading, i: int) -> int:
    """Start of the sentence before token i if it ends with a colon, else i."""
    doc = reading.doc
    k = i - 1
    while k >= 0 and doc[k].is_space:
        k -= 1
    return doc[k].sent.start if k >= 0 and doc[k].text == ":" else i


def _continued(reading: Reading, found: Sequence[Statement]) -> Iterator[Statement]:
    """Sentences in Konjunktiv I behind a statement, without a cue of their own."""
    last: Statement | None = None
    spans = [c for s in found for c in s.content]
    for sent in reading.doc.sents:
        tokens = [t for t in sent if not t.is_space]
        if not tokens or tokens[0].i not in reading.prose:
            continue
        own = [s for s in found if any(c.start >= sent.start_char and c.start < sent.end_char for c in s.content)]
        if own:
            last = own[-1]
            continue
        if (
            last is None
            or not _subjunctive(sent.root)
            or any(c.overlaps(Span(start=tokens[0].idx, end=tokens[-1].idx)) for c in spans)
        ):
            if not _subjunctive(sent.root):
                last = None
            continue
        if not _near(reading, last, tokens[0].idx):
            last = None
            continue
        new = _statement(reading, [(tokens[0].i, tokens[-1].i + 1)], form="indirect-free-indirect", rule="konjunktiv")
        yield replace(new, speaker=last.speaker, speaker_spans=last.speaker_spans, medium=last.medium)


def _near(reading: Reading, last: Statement, at: int) -> bool:
    return "\n\n" not in reading.article.text[last.content[-1].end : at].strip() and at - last.content[-1].end < 400


def _subjunctive(root: Token) -> bool:
    """Konjunktiv I of the main verb; forms that only Konjunktiv I has, or sei/habe/werde."""
    finite = finite_of(root)
    return has_feature(finite, "Mood", "Sub") and has_feature(finite, "Tense", "Pres")


def _distinct(found: Sequence[Statement]) -> list[Statement]:
    kept: dict[tuple[object, ...], Statement] = {}
    for statement in found:
        key = (statement.content[0].start, statement.content[-1].end)
        if key not in kept or (kept[key].speaker is None and statement.speaker is not None):
            kept[key] = statement
    return list(kept.values())


def _nest(found: Sequence[Statement]) -> tuple[Statement, ...]:
    result = []
    for statement in found:
        first = statement.content[0]
        around = [s for s in found if s is not statement and any(c.covers(first) and c != first for c in s.content)]
        outer = min(around, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
        result.append(replace(statement, nested_in=outer.id if outer else None))
    return tuple(result)


def speaker_at(statements: Sequence[Statement], offset: int) -> Statement | None:
    """The innermost statement with a speaker whose content covers an offset."""
    around = [s for s in statements if s.speaker and any(c.start <= offset < c.end for c in s.content)]
    return min(around, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
