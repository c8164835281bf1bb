"""Doc -> facts. One module a kind of fact; all read the tree and the lexicon, none names an entity."""

from spacy.tokens import Doc

from kg.extract.events import extract_events
from kg.extract.mentions import find_mentions
from kg.extract.offices import extract_offices
from kg.extract.parse import read_parse
from kg.extract.positions import extract_positions
from kg.extract.pronouns import link_pronouns
from kg.extract.quotes import extract_statements
from kg.extract.reading import Reading, find_prose
from kg.extract.relations import extract_relations
from kg.extract.things import find_things
from kg.knowledge import Knowledge
from kg.model import Article, Extraction

__all__ = ["extract_facts"]


def extract_facts(doc: Doc, article: Article, knowledge: Knowledge) -> Extraction:
    """All facts of one article; they refer to mentions by key, `kg.resolve` says which entities those are."""
    parse = read_parse(doc)
    reading = Reading(doc=parse, article=article, knowledge=knowledge, prose=find_prose(parse, article))
    find_mentions(reading)
    find_things(reading)
    offices = tuple(extract_offices(reading))
    statements = extract_statements(reading)
    link_pronouns(reading, statements)
    positions = tuple(extract_positions(reading, statements))
    events = tuple(extract_events(reading, statements))
    relations = tuple(extract_relations(reading, events))
    parse.untie()
    mentions = sorted(reading.mentions.values(), key=lambda m: (m.span.start, m.span.end))
    return Extraction(
        article=article,
        mentions=tuple(mentions),
        statements=statements,
        positions=positions,
        events=events,
        offices=offices,
        relations=relations,
    )
