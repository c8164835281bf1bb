"""Who and what an article names.

Names of the knowledge base, names from the network, roles, bodies, adjectives of states, first parts of
compounds, pronouns.
"""

from kg.extract.bodies import add_bodies
from kg.extract.compounds import add_part
from kg.extract.names import add_names
from kg.extract.reading import Reading
from kg.extract.unknown import add_entities
from kg.extract.words import add_word


def find_mentions(reading: Reading) -> None:
    """Add all mentions to the reading, surest first; a word is named once."""
    taken: set[int] = set()
    add_names(reading, taken)
    add_entities(reading, taken)
    add_bodies(reading, taken)
    for token in reading.doc:
        if token.i in reading.prose:
            add_part(reading, token, taken)
            if token.i not in taken:
                add_word(reading, token)
