"""Lexicon entries at work on the tree: which cue a word is, whether a dependent is its target, who holds it.

Slots are read from the tree and, where the tree may err, from order, case and kind as well: of two bare
arguments of `ablehnen` the one that names an issue is what is rejected and the one that names an actor rejects.
"""

from collections.abc import Iterator, Sequence

from kg.extract.grammar import (
    NEGATIONS,
    case_of,
    clause_head,
    has_feature,
    is_passive,
    negation_of,
    slot,
    subtree_span,
)
from kg.extract.holders import other_actor
from kg.extract.order import is_bare, may_be_object, nouns_before, preposition_of, segment_of
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.knowledge import Cue

OPPOSITE = {"support": "oppose", "oppose": "support"}
BARE_SLOTS = frozenset(("object", "dative", "genitive"))
LONGEST_FRAME = 4  # words from als to the noun
PRONOMINAL = frozenset("von für gegen an auf zu über".split())
FRAMES = frozenset(("predicate", "object"))  # values of kg:with that name a place for a judgement, no word


def cues_at(reading: Reading, token: Token, kind: str) -> Iterator[Cue]:
    """Entries of a kind for a word that its complement, reflexive and part of speech allow."""
    for lemma in dict.fromkeys((token.lemma_, token.lemma_.rpartition("-")[2])):
        for cue in reading.knowledge.find_cues(kind, lemma):
            if cue.first("pos", "VERB") == _pos(token) and allows(cue, token):
                yield cue


def allows(cue: Cue, token: Token) -> bool:
    """Whether what stands around a word is what the entry asks for: its pronoun, its fixed complement."""
    if cue.flag("reflexive") and not is_reflexive(token):
        return False
    asked = [words for words in cue.get("with") if words not in FRAMES]
    return not asked or any(has_words(token, words) for words in asked)


def _pos(token: Token) -> str:
    if token.pos_ in ("PROPN", "X"):
        return "NOUN"
    if token.pos_ == "AUX":
        return "VERB"
    return token.pos_


def is_reflexive(verb: Token) -> bool:
    """Whether the verb has a reflexive pronoun."""
    return any(has_feature(c, "Reflex", "Yes") or c.tag_ == "PRF" for c in verb.children)


def has_words(token: Token, phrase: str) -> bool:
    """Whether the words of a fixed complement stand below the verb (by form or lemma)."""
    words = phrase.lower().split()
    if not token.sent.forms.issuperset(words):
        return False
    near = {form for t in _around(token) for form in (t.lower_, t.lemma_.lower())}
    return near.issuperset(words)


def _around(token: Token) -> Sequence[Token]:
    start, end = subtree_span(token, skip=("ccomp", "advcl", "acl", "parataxis", "conj"))
    return token.doc[start:end]


def is_negated(cue: Cue, token: Token, *, negated: bool) -> bool:
    """Whether a cue is negated, when its clause is or not, with what its fixed complement adds (nicht infrage).

    A negation that belongs to the complement (nichts halten von) is none.
    """
    for phrase in cue.get("with"):
        words = phrase.lower().split()
        if phrase in FRAMES or not has_words(token, phrase):
            continue
        if NEGATIONS & set(words):
            return False
        inside = [t for t in _around(token) if t.lower_ in words or t.lemma_.lower() in words]
        return negated or any(c.lower_ == "nicht" or c.lemma_ == "kein" for t in inside for c in t.children)
    return negated


def has_own_negation(cue: Cue, token: Token) -> bool:
    """Whether a negation is part of the entry (es wird kein Embargo geben)."""
    return any(NEGATIONS & set(p.lower().split()) and has_words(token, p) for p in cue.get("with"))


def fills(token: Token, cue: Cue, key: str, child: Token) -> bool:
    """Whether `child` (or the noun it is coordinated with) is in one of the slots of the cue."""
    wanted = {child.i, *(c.i for c in _coordinated(child))}
    return any(f.i in wanted for name in cue.get(key) for f in slot(token, name))


def target_cue(reading: Reading, token: Token, child: Token) -> Cue | None:
    """The entry of a word of stance of which the child is the target: by the tree, else by order and kind."""
    cues = list(cues_at(reading, token, "StanceCue")) if not _is_quoted_apart(token, child) else []
    taken = pronominal(child)
    if taken is not None and child.head.i == token.i:
        return next((c for c in cues if f"prep:{taken}" in c.get("targetSlot")), None)
    by_tree = next((c for c in cues if fills(token, c, "targetSlot", child)), None)
    if by_tree is not None:
        return by_tree
    return next((c for c in cues if _follows(token, c, child) or _is_bare_target(reading, token, c, child)), None)


def pronominal(token: Token) -> str | None:
    """The preposition in davon or dafür; none in adverbs that mostly join sentences (damit, dabei)."""
    word = token.lower_
    stem = word.removeprefix("dar" if word.startswith(("dara", "darü", "daru")) else "da")
    return stem if stem in PRONOMINAL and token.pos_ in ("ADV", "PRON") else None


def _is_quoted_apart(token: Token, child: Token) -> bool:
    """Whether a colon stands between: what follows is somebody's words, not what the word before it is about."""
    low, high = sorted((token.i, child.i))
    return any(t.text == ":" for t in token.doc[low:high])


def fixed_cue(reading: Reading, noun: Token, child: Token) -> tuple[Token, Cue] | None:
    """The verb that a noun is fixed to, where the child completes both (grünes Licht geben für)."""
    verb = noun.head
    wanted = f"prep:{case_of(child)}"
    if verb.pos_ not in ("VERB", "AUX") or noun.pos_ != "NOUN":
        return None
    for cue in cues_at(reading, verb, "StanceCue"):
        words = {w for phrase in cue.get("with") for w in phrase.split()}
        if noun.lemma_ in words and wanted in cue.get("targetSlot"):
            return verb, cue
    return None


def _follows(token: Token, cue: Cue, child: Token) -> bool:
    """Whether a prepositional phrase near a word is what the word asks for, wherever the tree hangs it.

    Of a noun it stands right behind, of a verb between the same commas.
    """
    preposition = preposition_of(child)
    if preposition is None or f"prep:{case_of(child)}" not in cue.get("targetSlot"):
        return False
    if token.pos_ in ("VERB", "AUX"):
        return any(word.i == token.i for word in segment_of(preposition))
    return any(noun.i == token.i for noun in nouns_before(preposition))


def _is_bare_target(reading: Reading, verb: Token, cue: Cue, child: Token) -> bool:
    """Arguments without preposition by kind: what names an issue is the target if an actor can be the holder."""
    if verb.pos_ not in ("VERB", "AUX") or child.head.i != verb.i or not is_bare(child):
        return False
    if not BARE_SLOTS & set(cue.get("targetSlot")) or "subject" not in cue.get("holderSlot"):
        return False
    if child.dep_ not in ("nsubj", "nsubj:outer", "csubj"):
        return True
    other = other_actor(reading, verb, child)
    if other is None and verb.dep_ == "conj":
        return may_be_object(child, verb, other=None)
    return other is not None and not is_passive(verb) and may_be_object(child, verb, other=other)


def _coordinated(token: Token) -> Iterator[Token]:
    node = token
    for _ in range(5):
        if node.dep_ != "conj":
            return
        node = node.head
        yield node


def governor_of(reading: Reading, node: Token) -> Token:
    """The word that a phrase completes: its head, the noun before it or the verb over it that asks for the case."""
    preposition = preposition_of(node)
    if preposition is None or node.dep_ == "conj":
        return node.head
    wanted = f"prep:{case_of(node)}"
    if _asks_for(reading, node.head, wanted):
        return node.head
    for noun in nouns_before(preposition):
        if _asks_for(reading, noun, wanted):
            return noun
    verbs = (clause_head(node.head), *(w for w in segment_of(preposition) if w.pos_ == "VERB"))
    return next((v for v in verbs if _takes(reading, v, wanted)), node.head)


def _asks_for(reading: Reading, token: Token, name: str) -> bool:
    kinds = ("StanceCue", "DirectionCue")
    return any(name in c.get("targetSlot") for kind in kinds for c in cues_at(reading, token, kind))


def _takes(reading: Reading, verb: Token, name: str) -> bool:
    return any(name in c.get("targetSlot") for c in cues_at(reading, verb, "StanceCue"))


def judgement_of(reading: Reading, verb: Token, cue: Cue, target: Token) -> str | None:
    """The polarity of what somebody holds something for: als Bedrohung betrachten, für falsch halten, falsch nennen."""
    frames = set(cue.get("with")) & {"als", "für"}
    words = list(segment_of(verb))
    inside = set() if frames else {t.i for t in target.subtree}
    for i, word in enumerate(words):
        if word.i == verb.i or word.i in inside or word.dep_ == "nsubj":
            continue
        if frames and not any(w.lower_ in frames for w in words[max(0, i - LONGEST_FRAME) : i]):
            continue
        for found in cues_at(reading, word, "StanceCue"):
            if found.first("pos") in ("ADJ", "NOUN") and found.first("polarity") in OPPOSITE:
                return polarity_of(found, negated=negation_of(word) is not None)[0]
    return None


def polarity_of(cue: Cue, *, negated: bool) -> tuple[str, str | None]:
    """Polarity and, where the entry says so, modality, under negation or not."""
    polarity = cue.first("polarity", "neutral")
    if not negated:
        modality = cue.first("modality")
        return polarity, modality if modality not in ("", "asserted") else None
    changed = cue.first("negated") or OPPOSITE.get(polarity, polarity)
    return changed, cue.first("negatedModality") or None
