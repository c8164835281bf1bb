"""Positions without a word of stance: what somebody wants, what must be, what somebody is about to do or does."""

from collections.abc import Iterator

from kg.extract.grammar import case_of, is_infinitive, is_passive, subject_of
from kg.extract.holders import can_hold, holder_of
from kg.extract.modality import in_condition
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.stance import cues_at
from kg.extract.topics import TopicMention, fillers
from kg.extract.walks import Walk
from kg.model import Mention, Statement

WARNING, THREAT = "warning", "threat"
Claim = tuple[Mention, str, float]  # who, by which rule, how sure


def find_claim(reading: Reading, topic: TopicMention, walk: Walk, statement: Statement | None) -> Claim | None:
    """Whose wish, demand, announcement or deed the clause is."""
    if walk.clause is None or walk.asked:
        return None
    if in_condition(walk.clause) or in_condition(walk.node):
        return _threat(reading, walk)
    if statement is not None and statement.speaker and _warning(reading, topic, walk, statement):
        return reading.mentions[statement.speaker], WARNING, 0.65
    for claim in (_will_of(reading, walk), _wish(reading, topic, walk), _demand(reading, topic, walk, statement)):
        if claim is not None:
            return claim
    return _deed(reading, topic, walk, statement)


def _wish(reading: Reading, topic: TopicMention, walk: Walk) -> Claim | None:
    """Wollen: the subject's."""
    if topic.weak and _acting(topic, walk) is None:
        return None  # what he wants is another thing, in which soldiers come up
    subject = subject_of(walk.volition) if walk.volition is not None else None
    holder = reading.refer(subject) if subject is not None else None
    return (holder, "volition", 0.75) if holder is not None else None


def _will_of(reading: Reading, walk: Walk) -> Claim | None:
    """Soll nach dem Willen Frankreichs: whose will the phrase names."""
    if not (walk.deontic or walk.modality == "possible") or walk.clause is None:
        return None
    for noun in _nouns_below(walk.clause):
        if case_of(noun) != "nach":
            continue
        for cue in cues_at(reading, noun, "StanceCue"):
            for name in cue.get("holderSlot") if cue.first("polarity") == "support" else ():
                holder = next(fillers(reading, noun, name), None) if name != "speaker" else None
                if holder is not None and can_hold(holder):
                    return holder, "will", 0.8
    return None


def _nouns_below(clause: Token) -> Iterator[Token]:
    for child in clause.children:
        if child.pos_ == "NOUN":
            yield child
            yield from (c for c in child.children if c.pos_ == "NOUN")


def _demand(reading: Reading, topic: TopicMention, walk: Walk, statement: Statement | None) -> Claim | None:
    """Müssen, sollen, nicht dürfen, a command in somebody's mouth: the speaker's."""
    if statement is None or not statement.speaker or not (walk.deontic or walk.told) or walk.modality != "asserted":
        return None
    speaker = reading.mentions[statement.speaker]
    if _acting(topic, walk) is not None:
        return speaker, "deontic", 0.7
    return (speaker, "deontic", 0.6) if _shall_come(topic, walk) else None


def _shall_come(topic: TopicMention, walk: Walk) -> bool:
    """Die Wehrpflicht muss greifen, der Krieg darf nicht weitergehen: the issue itself is to be or not to be."""
    token = topic.token
    plain = not (topic.weak or topic.near) and token.pos_ == "NOUN" and token.dep_ == "nsubj"
    return plain and walk.clause is not None and token.head.i == walk.clause.i and walk.clause.pos_ == "VERB"


def _threat(reading: Reading, walk: Walk) -> Claim | None:
    """Who threatens for the case that something happens is against it."""
    node = walk.node
    for _ in range(3):
        node = node.head
        for cue in cues_at(reading, node, "StanceCue"):
            if cue.flag("fear") and "subject" in cue.get("holderSlot") and cue.first("polarity") == "conditional":
                holder = holder_of(reading, node, cue)
                return (holder, THREAT, 0.6) if holder is not None else None
    return None


def _warning(reading: Reading, topic: TopicMention, walk: Walk, statement: Statement | None) -> bool:
    """Whether the issue is the subject of what somebody warns of (eine Lieferung verlängere den Krieg, warnte X)."""
    if statement is None or statement.speaker is None or walk.via is None or walk.via.i != topic.token.i:
        return False
    if topic.token.dep_ not in ("nsubj", "csubj") or topic.token.pos_ == "VERB":
        return False
    spans = [reading.doc.char_span(s.start, s.end, expand=True) for s in statement.cue]
    cues = (c for span in spans if span is not None for t in span for c in cues_at(reading, t, "StanceCue"))
    return any(c.flag("fear") and "clause" in c.get("targetSlot") for c in cues)


def _deed(reading: Reading, topic: TopicMention, walk: Walk, statement: Statement | None) -> Claim | None:
    """What somebody will, could or does do, where doing it is taking a side."""
    acting = _acting(topic, walk)
    subject = subject_of(acting) if acting is not None else None
    holder = reading.refer(subject) if subject is not None else None
    if acting is None or subject is None or holder is None or (walk.negated and _is_able(acting)):
        return None
    if topic.token.i != acting.i and any(t.i == topic.token.i for t in subject.subtree):
        return None  # die Mandate, darunter Atalanta, laufen aus
    decisive = "true" in reading.knowledge.issues.get(topic.issue, {}).get("deeds", ())
    own = statement is not None and statement.speaker is not None and _same(reading, holder, statement.speaker)
    if walk.modality != "asserted" or walk.future:
        return (holder, "action", 0.6) if decisive or own else None
    plain = walk.acted is not None and decisive and not (topic.weak or walk.deontic or is_infinitive(acting))
    if plain and not is_passive(acting) and holder.type not in ("", "Person"):
        return holder, "deed", 0.5
    return None


def _is_able(verb: Token) -> bool:
    """Können: who cannot do it need not be against it."""
    return any(c.lemma_ == "können" for c in verb.children)


def _acting(topic: TopicMention, walk: Walk) -> Token | None:
    if walk.acted is not None:
        return walk.acted
    return topic.token if topic.token.pos_ == "VERB" else None


def _same(reading: Reading, holder: Mention, speaker: str) -> bool:
    """Whether the speaker speaks of himself or of the state or body that he stands for."""
    other = reading.mentions[speaker]
    if holder.kind == "pronoun" or holder.key == speaker or set(holder.candidates) & set(other.candidates):
        return True
    terms = (t for c in other.candidates[:1] for t in reading.knowledge.offices_of(c, reading.article.date))
    return bool({t.organisation for t in terms} & set(holder.candidates[:1])) or other.acts_for in holder.candidates[:1]
