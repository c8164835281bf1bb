"""Answers without subject and verb: (Ein Beitritt?) „Mit uns nicht“, sagte X; Undenkbar, meint X; Nicht mit Paris.

They are about the issue of the sentence before, or of the words that introduce them. Whole phrases of the lexicon
answer whatever was said; those marked as contextual, and adjectives that judge, only a question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.grammar import NEGATIONS
from kg.extract.holders import can_hold
from kg.extract.parse import Token
from kg.extract.quotes import speaker_at
from kg.extract.quotes.cues import speech_cue
from kg.extract.quotes.speakers import speaker_of
from kg.extract.reading import Reading
from kg.extract.speeches import is_first_person
from kg.extract.stance import cues_at, polarity_of
from kg.extract.topics import TopicMention
from kg.knowledge import Cue
from kg.model import Mention, Statement

LONGEST = 7  # words of an answer
REACH = 2  # sentences back to what it answers
DIVIDERS = frozenset(".,;:!?…–")
VERBLESS = frozenset(("ADV", "PART", "ADJ", "CCONJ"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who is for or against the issue of a topic in a few words."""

    topic: TopicMention
    holder: Mention
    polarity: str  # to what was asked
    words: Sequence[Token]
    statement: Statement | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fragment:
    words: Sequence[Token]
    speaker: Mention
    statement: Statement | None


def find_answers(reading: Reading, topics: Sequence[TopicMention], statements: Sequence[Statement]) -> Iterator[Answer]:
    """The answers of a text in order of what is quoted, then of what is followed by its speaker."""
    plain = [t for t in topics if not (t.weak or t.near or t.contextual)]
    for fragment in (
        (*_quoted(reading, statements), *_followed(reading), *_spoken(reading, statements)) if plain else ()
    ):
        found = _said(reading, fragment)
        topic, asked = _topic_before(reading, fragment.words[0], plain) if found is not None else (None, False)
        if found is None or topic is None or (found[0].flag("contextual") and not asked):
            continue
        cue, polarity, holder = found
        if cue.first("pos") == "ADJ" and not asked:
            continue
        if can_hold(holder) and polarity in ("support", "oppose"):
            yield Answer(
                topic=topic, holder=holder, polarity=polarity, words=fragment.words, statement=fragment.statement,
                rule=f"{topic.rule}+{cue.id}+answer",
            )  # fmt: skip


def _quoted(reading: Reading, statements: Sequence[Statement]) -> Iterator[_Fragment]:
    for statement in statements:
        if statement.form != "direct" or not statement.speaker or not statement.id:
            continue
        span = reading.doc.char_span(statement.content[0].start, statement.content[0].end, expand=True)
        words = _words_from(span[0]) if span is not None else ()
        if words:
            yield _Fragment(words=words, speaker=reading.mentions[statement.speaker], statement=statement)


def _followed(reading: Reading) -> Iterator[_Fragment]:
    """Sentences that begin with a few words, a comma and a verb of speech with its subject."""
    for sent in reading.doc.sents:
        if sent.start not in reading.prose or sent[0].is_quote:
            continue
        words = _words_from(sent[0])
        after = words[-1].i + 1 if words else sent.end
        if after + 1 >= sent.end or reading.doc[after].text != ",":
            continue
        verb = reading.doc[after + 1]
        entry = speech_cue(reading, verb) if verb.pos_ == "VERB" else None
        speaker = speaker_of(reading, verb, entry) if entry is not None else None
        mention = reading.refer(speaker) if speaker is not None else None
        if mention is not None and not any(w.tag_.endswith("FIN") for w in words):
            yield _Fragment(words=words, speaker=mention, statement=None)


def _spoken(reading: Reading, statements: Sequence[Statement]) -> Iterator[_Fragment]:
    """Whole sentences of a speech (Das wird es mit uns nicht geben)."""
    speech = next((s for s in statements if not s.id), None)
    speaker = reading.mentions.get(speech.speaker or "") if speech is not None else None
    for sent in reading.doc.sents if speaker is not None else ():
        words = _words_from(sent[0]) if sent.start in reading.prose else ()
        after = reading.doc[words[-1].i + 1] if words and words[-1].i + 1 < sent.end else None
        closed = after is not None and after.text in (".", "!")
        if speaker is not None and closed and speaker_at(statements, sent.start_char) is speech:
            yield _Fragment(words=words, speaker=speaker, statement=speech)


def _words_from(first: Token) -> Sequence[Token]:
    """The words up to the next punctuation; none if they are many."""
    words: list[Token] = []
    for token in first.doc[first.i : first.i + LONGEST + 3]:
        if token.is_quote and not words:
            continue
        if token.is_space or token.is_quote or token.text in DIVIDERS:
            break
        words.append(token)
    return words if len(words) <= LONGEST else ()


def _said(reading: Reading, fragment: _Fragment) -> tuple[Cue, str, Mention] | None:
    """The entry of an answer, its polarity and who holds it."""
    forms = [w.lower_ for w in fragment.words]
    for cue in _phrases(reading, " ".join(forms)):
        return cue, cue.first("polarity"), fragment.speaker
    for length in range(1, len(forms)):  # nicht mit | der FDP
        for cue in _phrases(reading, " ".join(forms[:length])):
            holder = _named(reading, fragment) if "speaker" not in cue.get("holderSlot") else None
            if holder is not None:
                return cue, cue.first("polarity"), holder
    return _judgement(reading, fragment)


def _phrases(reading: Reading, words: str) -> Iterator[Cue]:
    return (c for c in reading.knowledge.find_cues("StanceCue", words) if c.first("pos") == "PHRASE")


def _named(reading: Reading, fragment: _Fragment) -> Mention | None:
    """Whom the last word of an answer names: the speaker for mir and uns."""
    mention = reading.refer(fragment.words[-1])
    if mention is None or is_first_person(mention):
        return fragment.speaker if mention is not None else None
    return mention if mention.type else None


def _judgement(reading: Reading, fragment: _Fragment) -> tuple[Cue, str, Mention] | None:
    """A sole adjective that judges, with adverbs (Völlig undenkbar)."""
    if not all(w.pos_ in VERBLESS for w in fragment.words):
        return None
    negated = any(w.lower_ in NEGATIONS for w in fragment.words)
    last = fragment.words[-1]
    for cue in cues_at(reading, last, "StanceCue"):
        if cue.first("pos") == "ADJ" and "speaker" in cue.get("holderSlot"):
            return cue, polarity_of(cue, negated=negated)[0], fragment.speaker
    return None


def _topic_before(reading: Reading, first: Token, topics: Sequence[TopicMention]) -> tuple[TopicMention | None, bool]:
    """The topic that is answered to, if all there name one issue, and whether it is asked for."""
    start, end = first.sent.start, first.i
    for _ in range(REACH + 1):
        found = [t for t in topics if start <= t.token.i < end]
        if found:
            same = len({t.issue for t in found}) == 1
            return (found[-1] if same else None), _is_asked(reading, start, end)
        if start == 0:
            break
        end = start
        start = reading.doc[start - 1].sent.start
    return None, False


def _is_asked(reading: Reading, start: int, end: int) -> bool:
    """Whether the words are a question, tell of one, or are no sentence (Zum Einsatz sagte X: „...“)."""
    words = reading.doc[start:end]
    if any(w.text == "?" or (w.lower_ == "ob" and w.tag_ == "KOUS") for w in words):
        return True
    if any(_is_question_noun(reading, w) for w in words):
        return True
    return any(w.lower_ in ("zu", "zum", "zur") and w.pos_ == "ADP" and w.i == start for w in words)


def _is_question_noun(reading: Reading, word: Token) -> bool:
    cues = reading.knowledge.find_cues("ModalCue", word.lemma_) if word.pos_ == "NOUN" else ()
    return any("question" in c.get("effect") and c.first("pos") == "NOUN" for c in cues)
