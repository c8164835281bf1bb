"""The walk up the tree from a word that names an issue: what it collects on the way to a word of stance."""

from dataclasses import dataclass, replace

from kg.extract.grammar import case_of, is_clause, negation_of
from kg.extract.modality import is_condition_phrase, mood_of, weaker
from kg.extract.order import preposition_of, segment_of
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.stance import cues_at, fills
from kg.extract.topics import TopicMention

BARRIERS = frozenset(("advcl", "acl:relcl", "parataxis", "root", "ROOT", "vocative", "discourse"))
CARRYING = frozenset(("", "von", "für", "zu", "auf", "an", "nach", "gegen", "um", "mit"))  # what is said of the noun
GOVERNED = frozenset(("", "zu", "auf", "an", "für", "um", "gegen"))  # may be what a verb is about
OTHER = frozenset(("ander", "andere", "anderer", "anderes"))
FARTHEST = 5  # words from "anderer" to "als"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What the walk up the tree has met."""

    node: Token
    direction: int
    via: Token | None = None  # the dependent of `node` on the way
    negated: bool = False
    modality: str = "asserted"
    deontic: bool = False
    volition: Token | None = None  # predicate with wollen
    future: bool = False
    asked: bool = False  # in a question
    told: bool = False  # in a command
    clause: Token | None = None  # the first clause above the topic
    acted: Token | None = None  # the verb of more or less
    counted: int = -1  # the node whose negation and modality are in already

    @property
    def polarity(self) -> str:
        """Support for what is walked from, or its opposite, if what stands above is taken to be wanted."""
        return "support" if (self.direction > 0) != self.negated else "oppose"


def begin_walk(reading: Reading, topic: TopicMention) -> Walk:
    """At the word itself: adjectives of less (gekürzte Militärhilfe) and its own negation."""
    token = topic.token
    direction = topic.direction
    for child in token.children:
        if child.dep_ in ("amod", "advmod", "nmod", "det"):
            cues = reading.knowledge.find_cues("DirectionCue", child.lemma_)
            if any(c.first("pos") in ("ADJ", "DET") and c.first("direction") == "down" for c in cues):
                direction = -direction
    negated = token.pos_ != "VERB" and negation_of(token) is not None
    others = _others(token)
    if others is not None:
        return Walk(node=others, direction=-direction, negated=negation_of(others) is not None)
    return Walk(node=token, direction=direction, negated=negated)


def _others(token: Token) -> Token | None:
    """What is set against the word of the issue: of keine anderen Garantien als X the Garantien."""
    preposition = preposition_of(token)
    if preposition is None or preposition.lower_ != "als":
        return None
    before = [t for t in segment_of(preposition) if preposition.i - FARTHEST <= t.i < preposition.i]
    other = next((t for t in reversed(before) if t.lemma_.lower() in OTHER), None)
    if other is None:
        return None
    return next((t for t in before if t.i > other.i and t.pos_ == "NOUN"), other)


def is_top(node: Token) -> bool:
    """Whether the walk ends at a node: nothing above it says what somebody thinks of it."""
    return node.i == node.head.i or node.dep_ in BARRIERS or is_condition_phrase(node)


def pass_clause(reading: Reading, walk: Walk) -> Walk:
    """Take in negation and modality when the walk stands on the predicate of a clause."""
    node = walk.node
    if walk.counted == node.i or not is_clause(node):
        return walk
    mood = mood_of(reading, node, via=walk.via)
    return replace(
        walk,
        negated=walk.negated != mood.negated,
        modality=weaker(walk.modality, mood.modality),
        deontic=walk.deontic or mood.deontic,
        volition=walk.volition if walk.volition is not None else node if mood.volition else None,
        future=walk.future or mood.future,
        asked=walk.asked or mood.question,
        told=walk.told or mood.command,
        clause=walk.clause if walk.clause is not None else node,
        counted=node.i,
    )


def step_up(reading: Reading, walk: Walk, head: Token) -> Walk | None:
    """To a word that takes no stance; None when it does not carry on what is said of the issue.

    A word of less turns the direction (Lieferungen einstellen), a debate about the issue or a time after it
    ends the walk.
    """
    turned = _turned(reading, walk, head)
    if turned is not None:
        return replace(turned, node=head, via=walk.node)
    case = case_of(walk.node)
    if head.pos_ in ("NOUN", "PROPN") and not is_clause(head):
        if walk.node.dep_ != "conj" and not _carries(reading, head, case):
            return None
        direction = -walk.direction if case == "gegen" else walk.direction
        return replace(walk, node=head, via=walk.node, direction=direction)
    if walk.node.pos_ in ("NOUN", "PROPN") and walk.node.dep_ != "conj" and case not in GOVERNED:
        return None
    direction = -walk.direction if case == "gegen" else walk.direction
    return replace(walk, node=head, via=walk.node, direction=direction)


def _carries(reading: Reading, noun: Token, case: str) -> bool:
    """Whether what is thought of a noun is thought of what completes it (der Plan für X, not die Debatte über X)."""
    if reading.knowledge.find_cues("TopicAnaphor", noun.lemma_):
        return True
    known = any(next(cues_at(reading, noun, kind), None) is not None for kind in ("StanceCue", "DirectionCue"))
    return known and case in CARRYING


def _turned(reading: Reading, walk: Walk, head: Token) -> Walk | None:
    for cue in cues_at(reading, head, "DirectionCue"):
        if fills(head, cue, "targetSlot", walk.node):
            sign = -1 if cue.first("direction") == "down" else 1
            acted = head if head.pos_ == "VERB" and walk.acted is None else walk.acted
            return replace(walk, direction=walk.direction * sign, acted=acted)
    return None


def turn_to(walk: Walk, head: Token, polarity: str, modality: str) -> Walk:
    """Past a word of stance: what stands above it is about that stance."""
    return replace(
        walk, node=head, via=walk.node, direction=-1 if polarity == "oppose" else 1, negated=False,
        modality=modality if modality in ("asserted", "possible", "hypothetical") else "asserted",
        clause=None, volition=None, deontic=False, acted=None, counted=head.i,
    )  # fmt: skip
