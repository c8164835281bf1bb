"""Mentions -> entities within an article; facts then refer to entities.

Order of trust: names of the knowledge base, full names, surnames after the full name, adjectives and
metonyms, the author of a speech, bodies of a state, role nouns (by the name beside them, by the article, by the
date), other descriptions and pronouns (by gender, number and nearness). What refers to nobody known stays out.
Across articles an entity has the same id because ids are made of names alone.
"""

from dataclasses import replace

from kg.knowledge import Knowledge
from kg.model import Extraction, Resolved
from kg.resolve.authors import link_author
from kg.resolve.bodies import link_bodies, link_bodies_by_context
from kg.resolve.facts import resolve_facts
from kg.resolve.links import Links
from kg.resolve.names import link_names
from kg.resolve.references import link_descriptions, link_pronouns, link_speakers
from kg.resolve.roles import link_roles

__all__ = ["resolve_entities"]


def resolve_entities(extraction: Extraction, knowledge: Knowledge) -> Resolved:
    """The facts of an article with entities for mentions."""
    mentions = tuple(sorted(extraction.mentions, key=lambda m: (m.span.start, m.span.end)))
    links = Links(replace(extraction, mentions=mentions), knowledge)
    names = [m for m in mentions if m.kind in ("name", "metonym") and not m.acts_for]
    link_names(links, names)
    link_author(links)
    link_bodies(links)
    link_roles(links)
    link_bodies_by_context(links)
    link_descriptions(links)
    link_speakers(links)
    link_pronouns(links)
    return resolve_facts(links)
