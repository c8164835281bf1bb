"""Who says it: the slot that the lexicon names, the subject, or the actor named beside the verb."""

from collections.abc import Callable, Iterator

from kg.extract.grammar import NOMINATIVE, case_of, children, is_passive, passive_agent, slot, subject_of
from kg.extract.parse import Token
from kg.extract.quotes.described import describe_speaker
from kg.extract.reading import Reading
from kg.extract.topics import ACTORS
from kg.knowledge import Cue
from kg.model import Mention

OBLIQUE = ("den", "dem", "des", "nen", "nem", "nes")  # endings of articles that no subject has
NAMED = ("name", "metonym", "nominal")
DEEPEST = 8  # sources of sources (Angaben eines Berichts der Zeitung)
SHORTEST = 5  # letters of the last part of a compound


def speaker_of(reading: Reading, verb: Token, entry: Cue | None) -> Token | None:
    """Who speaks: the slot that the entry names (hieß es in der Erklärung des Ministeriums), else the subject."""
    for name in entry.get("holderSlot") if entry is not None else ():
        found = next(iter(slot(verb, name)), None)
        if found is not None:
            return found
    if is_passive(verb):
        return passive_agent(verb)
    pronoun = next((c for c in verb.children if c.tag_ == "PPER" and c.lower_ in NOMINATIVE and c.i != verb.i), None)
    if pronoun is not None:
        return pronoun
    if any(c.lower_ == "es" and c.dep_.startswith(("expl", "nsubj")) for c in verb.children):
        return None
    if stands_first(verb):  # ..., sagte X: what stands before the verb is what was said
        behind = next((c for c in children(verb, "nsubj") if c.i > verb.i), None)
        if behind is not None:
            return behind
    subject = subject_of(verb)
    return subject if subject is not None else _likely_subject(verb)


def _likely_subject(verb: Token) -> Token | None:
    """Of a finite verb without subject: the first noun phrase that may be nominative, whatever its label."""
    if not verb.tag_.endswith("FIN") and not any(c.tag_.endswith("FIN") for c in children(verb, "aux")):
        return None
    for child in children(verb, "obj", "iobj", "obl", "dep", "nmod"):
        articles = {c.lower_ for c in child.children if c.tag_ in ("ART", "PPOSAT", "PDAT", "PIAT")}
        if child.pos_ in ("NOUN", "PROPN") and not case_of(child) and not any(a.endswith(OBLIQUE) for a in articles):
            return child
    return None


def stands_first(verb: Token) -> bool:
    """Whether the verb follows a comma or a closing mark directly."""
    before = verb.doc[verb.i - 1] if verb.i else None
    return before is not None and (before.text == "," or before.is_quote)


def refers(reading: Reading, token: Token | None) -> bool:
    """Whether a noun phrase refers to somebody the reading knows."""
    return token is not None and reading.refer(token) is not None


def can_speak(reading: Reading, token: Token) -> bool:
    """Whether an actor or pronoun stands there."""
    mention = reading.refer(token)
    return mention is not None and (mention.type in ACTORS or mention.kind == "pronoun")


def actor_near(reading: Reading, verb: Token, taken: Callable[[int], bool]) -> Token | None:
    """The first actor named behind the verb in its sentence, else the last before it; `taken` tokens do not count."""
    sent = verb.sent
    behind = range(verb.i + 1, min(sent.end, verb.i + 9))
    for i in (*behind, *reversed(range(sent.start, verb.i))):
        token: Token = reading.doc[i]
        mention = reading.whole(token) if not taken(i) else None
        if mention is not None and mention.kind in NAMED and mention.type in ACTORS:
            return token
    return None


def mention_of(reading: Reading, speaker: Token) -> Mention | None:
    """The actor that a speaker's phrase names or describes; for what somebody says or writes (Angaben X) its author."""
    own = reading.refer(speaker)
    if own is not None and (own.type in ACTORS or own.kind == "pronoun"):
        return own
    if speaker.pos_ == "NOUN" and is_source(reading, speaker):
        return author_of(reading, speaker) or own
    return own or _named_behind(reading, speaker) or describe_speaker(reading, speaker)


def _named_behind(reading: Reading, noun: Token) -> Mention | None:
    """The name directly behind a noun that says what it is (die Zeitung Haaretz)."""
    following = noun.doc[noun.i + 1] if noun.pos_ == "NOUN" and noun.i + 1 < noun.sent.end else None
    if following is None or following.head.i != noun.i or case_of(following):
        return None
    mention = reading.whole(following)
    return mention if mention is not None and mention.kind == "name" and mention.type in ACTORS else None


def is_source(reading: Reading, noun: Token) -> bool:
    """Whether a noun is something said, written or thought: Angaben, Bericht, Polizeiangaben."""
    return source_entry(reading, noun) is not None


def source_entry(reading: Reading, noun: Token) -> Cue | None:
    """The lexicon entry of such a noun; compounds have that of their last part."""
    for word in parts_of(noun):
        found = [c for c in reading.knowledge.find_cues("SpeechCue", word) if c.first("pos") == "NOUN"]
        if found:
            return found[0]
    return None


def parts_of(noun: Token) -> Iterator[str]:
    """The lemma of a noun and all that it may be a compound of at its end, singular and plural."""
    lemma = noun.lemma_.rpartition("-")[2]
    yield lemma
    form = noun.text.rpartition("-")[2]
    for word in dict.fromkeys((lemma, form, form.removesuffix("n"), form.removesuffix("en"), form.removesuffix("e"))):
        yield from (word[n:].capitalize() for n in range(len(word) - SHORTEST + 1))


def author_of(reading: Reading, noun: Token, depth: int = 0) -> Mention | None:
    """Whose words they are: genitive, von-phrase, possessive, adjective, first part of a compound."""
    for child in children(noun, "nmod", "nmod:poss", "det:poss", "amod", "appos", "flat", "det"):
        found = reading.refer(child) or _named_behind(reading, child)
        if found is not None and (found.type in ACTORS or found.kind in ("pronoun", "adjective")):
            return found
        if depth < DEEPEST and child.dep_.startswith("nmod") and is_source(reading, child):
            return author_of(reading, child, depth + 1)
        if child.dep_ == "nmod" and case_of(child) in ("", "von", "aus"):
            return describe_speaker(reading, child)
    return reading.part(noun)
