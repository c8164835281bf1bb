"""Summaries of speech: a main clause with a verb of speaking whose content is a noun (forderte den Abzug)."""

from collections.abc import Iterator

from kg.extract.grammar import children, slot
from kg.extract.parse import Stretch, Token
from kg.extract.quotes.cues import content_slots, speech_cue
from kg.extract.quotes.nesting import Around
from kg.extract.quotes.phrases import make_statement
from kg.extract.quotes.speakers import can_speak, speaker_of
from kg.extract.reading import Reading
from kg.knowledge import Cue
from kg.model import Statement


def extract_reported(reading: Reading, around: Around) -> Iterator[Statement]:
    """A statement for each sentence that sums up what an actor said and holds no other statement."""
    for sent in reading.doc.sents:
        words = [t for t in sent if not t.is_space]
        if len(words) < 4 or words[0].i not in reading.prose or words[-1].text not in ".!":
            continue
        found = _summary(reading, sent)
        if found is None or any(around.at(t.idx) is not None for t in words):
            continue
        entry, speaker = found
        yield make_statement(
            reading, [(words[0].i, words[-1].i + 1)], form="reported", rule=entry.id, entry=entry, speaker=speaker
        )


def _summary(reading: Reading, sent: Stretch) -> tuple[Cue, Token] | None:
    for verb in _main_verbs(sent):
        entry = speech_cue(reading, verb)
        if entry is None or not entry.flag("summary") or not _says_something(verb, entry):
            continue
        speaker = speaker_of(reading, verb, entry)
        if speaker is not None and (speaker.pos_ == "NOUN" or can_speak(reading, speaker)):
            return entry, speaker
    return None


def _main_verbs(sent: Stretch) -> Iterator[Token]:
    yield sent.root
    yield from (c for c in children(sent.root, "conj") if c.pos_ == "VERB")


def _says_something(verb: Token, entry: Cue) -> bool:
    return any(next(iter(slot(verb, name)), None) is not None for name in content_slots(entry))
