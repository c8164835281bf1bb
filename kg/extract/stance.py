"""Lexicon entries at work on the tree: which cue a word is, whether a dependent is its target, who holds it."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.grammar import children, has_feature, slot, subject_of, subtree_span
from kg.extract.reading import Reading
from kg.extract.topics import fillers
from kg.knowledge import Cue
from kg.model import Mention

OPPOSITE = {"support": "oppose", "oppose": "support"}


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
    return not cue.get("with") or any(has_words(token, words) for words in cue.get("with"))


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
    start, end = subtree_span(token, skip=("ccomp", "advcl", "acl", "parataxis", "conj"))
    near: set[str] = set()
    for t in token.doc[start:end]:
        near.update((t.lower_, t.lemma_.lower()))
    return all(w.lower() in near for w in phrase.split())


def fills(token: Token, cue: Cue, key: str, child: Token) -> bool:
    """Whether `child` (or the noun it is coordinated with) is in one of the slots of the cue."""
    wanted = {child.i, *(c.i for c in _coordinated(child))}
    return any(f.i in wanted for name in cue.get(key) for f in slot(token, name))


def _coordinated(token: Token) -> Iterator[Token]:
    node = token
    for _ in range(5):
        if node.dep_ != "conj":
            return
        node = node.head
        yield node


def holder_of(reading: Reading, token: Token, cue: Cue) -> Mention | None:
    """The mention in the holder's slot; None for an evaluation, whose holder is whoever speaks."""
    for name in cue.get("holderSlot"):
        if name == "speaker":
            continue
        if name == "subject" and cue.first("pos") in ("ADJ", "NOUN"):
            found = next(children(token, "nsubj"), None)
            mention = reading.refer(found) if found is not None else None
        else:
            mention = next(fillers(reading, token, name), None)
        if mention is not None:
            return mention
    if cue.first("pos") == "VERB":
        subject = subject_of(token)
        return reading.refer(subject) if subject is not None else None
    return None


def polarity_of(cue: Cue, *, negated: bool) -> tuple[str, str | None]:
    """Polarity and, where the entry says so, modality, under negation or not."""
    polarity = cue.first("polarity", "neutral")
    if not negated:
        modality = cue.first("modality")
        return polarity, modality if modality not in ("", "asserted") else None
    changed = cue.first("negated") or OPPOSITE.get(polarity, polarity)
    return changed, cue.first("negatedModality") or None
