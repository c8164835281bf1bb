"""`ontology/` -> an indexed gazetteer and lexicon.

Everything that `kg` knows of the world and of words stands in Turtle; this package reads it once and indexes it
for the extractors.
"""

from functools import lru_cache
from pathlib import Path

from kg.config import find_ontology
from kg.knowledge.forms import phrases
from kg.knowledge.index import (
    index_adjectives,
    index_compounds,
    index_cues,
    index_given_names,
    index_kind_nouns,
    index_many,
    index_names,
    index_role_nominals,
    index_roles,
    index_sounds,
    index_state_bodies,
    index_surnames,
    index_tails,
    index_words,
)
from kg.knowledge.model import Cue, Knowledge, Known, Names, Term
from kg.knowledge.turtle import close_terms, read_entities, read_resources, read_terms

__all__ = ["Cue", "Knowledge", "Known", "Names", "Term", "read_knowledge"]


@lru_cache(maxsize=4)
def read_knowledge(path: Path | None = None) -> Knowledge:
    """Read and index all Turtle files of a folder, the shipped `ontology/` by default.

    Raises `KnowledgeError` with file and place when a file is not Turtle or an entity has no label.
    """
    resources = read_resources(find_ontology(path))
    known = {k.id: k for k in read_entities(resources)}
    adjectives, compounds = index_adjectives(known.values()), index_compounds(known.values())
    roles = {i: r for i, r in resources.items() if "Role" in r.get("type", ())}
    kinds = {i: r for i, r in resources.items() if "BodyKind" in r.get("type", ())}
    bodies = index_roles(kinds, ("label", "altLabel", "plural"))
    return Knowledge(
        entities=known,
        names=index_names(known.values()),
        adjectives=adjectives,
        demonyms=index_words(known.values(), ("demonym", "memberNoun")),
        compounds=compounds,
        metonyms=index_many(known.values(), ("metonym",), lambda w: (" ".join(p) for p in phrases(w))),
        surnames=index_surnames(known.values()),
        sounds=index_sounds(known.values()),
        given_names=index_given_names(known.values()),
        nominals=index_many(known.values(), ("nominal",), lambda w: [w]),
        roles=index_roles(roles, ("label", "feminine", "altLabel")),
        role_tails=index_tails(roles),
        role_properties=roles,
        bodies=bodies,
        body_kinds=kinds,
        state_bodies=index_state_bodies(known.values(), bodies, adjectives, compounds),
        role_nominals=index_role_nominals(roles),
        terms=close_terms(read_terms(resources)),
        cues=index_cues(resources),
        kind_nouns=index_kind_nouns(resources),
        homes=tuple(k.id for k in known.values() if k.first("home") == "true"),
        issues={r["notation"][0]: r for r in resources.values() if "Issue" in r.get("type", ()) and r.get("notation")},
    )
