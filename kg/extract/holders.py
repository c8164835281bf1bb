"""Who holds a stance: by slot, by word order, by kind; capitals where an actor is meant."""

from dataclasses import replace

from kg.extract.grammar import antecedent, children, clause_head, contraction_base, is_passive, subject_of
from kg.extract.order import is_bare, noun_of, phrases_after, preposition_of, segment_of
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.topics import ACTORS, fillers
from kg.knowledge import Cue
from kg.model import Mention

HOLDER_PLACES = frozenset("von aus in bei durch".split())  # prepositions whose place name acts (das Nein aus Paris)


def other_actor(reading: Reading, verb: Token, target: Token) -> Token | None:
    """Beside a target the argument of a verb without preposition that can hold a view."""
    for child in verb.children:
        if child.i != target.i and is_bare(child) and child.pos_ in ("NOUN", "PROPN", "PRON"):
            mention = reading.refer(child)
            if mention is not None and can_hold(mention):
                return child
    return None


def holder_of(reading: Reading, token: Token, cue: Cue, *, target: Token | None = None) -> Mention | None:
    """The mention in the holder's slot; None for an evaluation, whose holder is whoever speaks."""
    for name in cue.get("holderSlot"):
        if name == "speaker":
            continue
        mention = _in_slot(reading, token, cue, name, target)
        if mention is not None:
            return mention
    if cue.first("pos", "VERB") == "VERB" and "speaker" not in cue.get("holderSlot"):
        return _subject(reading, token, target)
    return None


def _in_slot(reading: Reading, token: Token, cue: Cue, name: str, target: Token | None) -> Mention | None:
    if name == "subject":
        if cue.first("pos") in ("ADJ", "NOUN"):
            found = next(children(token, "nsubj"), None)
            return reading.refer(antecedent(found)) if found is not None else None
        return _subject(reading, token, target)
    preposition = name.removeprefix("prep:") if name.startswith("prep:") else ""
    for mention in fillers(reading, token, name):
        if name != "compound" and _is_first_part(reading, mention):
            continue  # the US of 42 Milliarden US-Dollar
        if name == "genitive" and target is not None and _is_inside(reading, mention, target):
            continue  # the EU of das Ziel der Mitgliedschaft in der EU
        acting = as_actor(reading, mention) if preposition in HOLDER_PLACES else mention
        if can_hold(acting):
            return acting
    if preposition and token.pos_ in ("NOUN", "PROPN"):
        return _behind(reading, token, preposition)
    return _beside(reading, token, preposition) if preposition else None


def _is_inside(reading: Reading, mention: Mention, target: Token) -> bool:
    """Whether a mention stands in a phrase with preposition in what is wanted: no one who wants it."""
    span = reading.doc.char_span(mention.span.start, mention.span.end, expand=True)
    root = span.root if span is not None else None
    return root is not None and target.pos_ == "NOUN" and root.i > target.i and preposition_of(root) is not None


def _is_first_part(reading: Reading, mention: Mention) -> bool:
    span = reading.doc.char_span(mention.span.start, mention.span.end, expand=True)
    return span is not None and span.end_char > mention.span.end + 1 and len(span) == 1


def _beside(reading: Reading, verb: Token, preposition: str) -> Mention | None:
    """The actor with the preposition between the commas around a verb (kommt für Berlin nicht in Betracht)."""
    for token in segment_of(verb):
        if token.pos_ == "ADP" and contraction_base(token.lower_) == preposition:
            governed = noun_of(token)
            mention = reading.refer(governed) if governed is not None else None
            acting = as_actor(reading, mention) if mention is not None else None
            if acting is not None and acting.type and can_hold(acting):
                return acting
    return None


def _behind(reading: Reading, noun: Token, preposition: str) -> Mention | None:
    for base, governed in phrases_after(noun):
        mention = reading.refer(governed) if base == preposition else None
        if mention is not None:
            acting = as_actor(reading, mention) if base in HOLDER_PLACES else mention
            return acting if can_hold(acting) else None
    return None


def _subject(reading: Reading, verb: Token, target: Token | None) -> Mention | None:
    """Who is the subject; where the tree has what is wanted there, the other bare argument that can hold a view."""
    subject = subject_of(verb)
    if subject is not None and _is_headed(subject):
        subject = _other(verb, subject)  # Ott: Kiew lehnt das ab
    if subject is not None and (target is None or subject.i != target.i):
        return reading.refer(subject)
    if target is None or subject is None or is_passive(verb):
        return None
    other = other_actor(reading, verb, target)
    if other is None and verb.dep_ == "conj":
        other = subject_of(verb.head)
    return reading.refer(other) if other is not None else None


def _is_headed(subject: Token) -> bool:
    following = subject.doc[subject.i + 1] if subject.i + 1 < len(subject.doc) else None
    return following is not None and following.text == ":"


def _other(verb: Token, subject: Token) -> Token | None:
    return next((c for c in verb.children if c.i > subject.i and c.pos_ in ("NOUN", "PROPN") and is_bare(c)), None)


def own_holder(reading: Reading, noun: Token) -> Mention | None:
    """Of an attitude with sein or ihr the subject that it can be (Polen bleibt bei seinem Nein)."""
    possessive = next((c for c in noun.children if c.tag_ == "PPOSAT"), None)
    verb = clause_head(noun)
    subject = subject_of(verb) if possessive is not None and verb.i != noun.i else None
    mention = reading.refer(subject) if subject is not None else None
    if possessive is None or mention is None or not can_hold(mention):
        return None
    genders = ("m", "n", "") if possessive.lower_.startswith("sein") else ("f", "pl", "")
    return mention if mention.gender in genders else None


def has_own_actor(reading: Reading, noun: Token) -> bool:
    """Whether a noun says itself whose it is (den Wunsch der Polen nach Waffen haben)."""
    if noun.pos_ != "NOUN":
        return False
    return any(m.type and can_hold(m) for name in ("genitive", "prep:von") for m in fillers(reading, noun, name))


def bare_actor(reading: Reading, verb: Token) -> Mention | None:
    """The actor among the arguments of a verb that are neither subject nor prepositional (Moskau vorwerfen)."""
    for child in verb.children:
        if is_bare(child) and not child.dep_.startswith("nsubj") and child.pos_ in ("NOUN", "PROPN"):
            mention = reading.refer(child)
            if mention is not None and mention.type and can_hold(mention):
                return mention
    return None


def can_hold(mention: Mention) -> bool:
    """Whether a mention can be one who has a position."""
    return not mention.type or mention.type in ACTORS or mention.kind == "metonym"


def as_actor(reading: Reading, mention: Mention) -> Mention:
    """A capital where an actor is meant (die Absage aus Paris) as a mention of its state."""
    states = reading.knowledge.metonyms.get(mention.text, ())
    if mention.type != "Place" or not states:
        return mention
    known = reading.knowledge.entities[states[0]]
    return replace(mention, kind="metonym", type=known.type, label=known.label, candidates=states)
