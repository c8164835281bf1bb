"""Slots of event words beyond what the tree marks: participles before nouns, hidden subjects, bare datives."""

from collections.abc import Iterator

from kg.extract.grammar import SUBJECTS, case_of, children, passive_agent, slot
from kg.extract.parse import Token

DATIVE_ARTICLES = frozenset("der dem einer einem".split())


def is_attribute(token: Token) -> bool:
    """A participle before its noun (die von Russland besetzte Krim)."""
    return token.pos_ == "ADJ" and token.dep_ in ("amod", "acl")


def slot_of(token: Token, name: str) -> Iterator[Token]:
    """Fillers of a slot; of a participle before a noun the noun is the object."""
    if not is_attribute(token):
        yield from slot(token, name)
    elif name == "object":
        yield token.head
    elif name == "subject":
        agent = passive_agent(token)
        if agent is not None:
            yield agent
        yield from (c for c in children(token, "advmod", "amod") if c.pos_ == "ADJ")
    else:
        yield from slot(token, name)


def unmarked_subjects(verb: Token) -> Iterator[Token]:
    """Subjects that the tree does not show as such: of a perfect with sein, and bare names before the verb."""
    if is_attribute(verb) or verb.tag_ in ("VVINF", "VVIZU"):
        return
    if any(c.lemma_ == "sein" for c in children(verb, "aux:pass")) and not _has_werden(verb):
        yield from list(children(verb, "nsubj:pass", "nsubj"))[:1]
        return
    if verb.tag_.endswith("FIN") and not any(children(verb, *SUBJECTS)) and verb.dep_ != "conj":
        bare = (c for c in children(verb, "obl", "obj", "iobj", "obl:arg") if c.pos_ == "PROPN" and c.i < verb.i)
        yield from (c for c in bare if not (case_of(c) or any(children(c, "det"))))


def _has_werden(verb: Token) -> bool:
    return any(c.lemma_ == "werden" for c in children(verb, "aux", "aux:pass"))


def bare_datives(token: Token) -> Iterator[Token]:
    """Names that may be datives though the tree has them as something else: drohte Russland, der NATO beitreten."""
    for child in children(token, "obj", "obl:arg", "obl", "nsubj:pass"):
        articles = {c.lower_ for c in children(child, "det")}
        if child.pos_ == "PROPN" and not case_of(child) and articles <= DATIVE_ARTICLES:
            yield child
