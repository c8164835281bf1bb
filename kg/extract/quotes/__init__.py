"""Who said what in which words: direct, indirect and reported speech with speaker, cue, frame and addressee.

Forms and spans follow the annotation of German Wikinews quotations (Petersen-Frey and Biemann, LREC-COLING 2024):

- direct: the words with their quotation marks;
- indirect: the clause with its `dass`, without commas and full stop around it;
- free-indirect (sollen), indirect-free-indirect (Konjunktiv that goes on without a new cue): whole sentences;
- reported: the whole sentence that sums up what somebody said, without cue and frame.

The frame is what the sentence says beside the content; the speaker is the whole noun phrase in it; a cue is the verb
with its auxiliaries, particle and reflexive, or the preposition of a source.
"""

from itertools import chain

from kg.extract.quotes.continued import extract_continued
from kg.extract.quotes.direct import extract_direct, extract_turns
from kg.extract.quotes.indirect import extract_indirect
from kg.extract.quotes.marks import Marks, find_quotations
from kg.extract.quotes.nesting import (
    Around,
    Statements,
    distinct,
    in_order,
    link_anaphors,
    nest,
    said_anew,
    speaker_at,
    within_quotes,
)
from kg.extract.quotes.reported import extract_reported
from kg.extract.quotes.sources import extract_sources
from kg.extract.reading import Reading

__all__ = ["Statements", "extract_statements", "find_quotations", "speaker_at"]


def extract_statements(reading: Reading) -> Statements:
    """All statements of the article in text order, nested ones tied to the one around them."""
    marks = Marks(find_quotations(reading))
    found = in_order(chain(extract_indirect(reading, marks), extract_sources(reading, marks)))
    found += extract_direct(reading, marks, Around(found))
    found += extract_turns(reading)
    reported = list(extract_reported(reading, Around(found)))
    found += extract_continued(reading, in_order(found), reported)
    found = said_anew(in_order(distinct(in_order(found + reported))), reading.mentions)
    return nest(link_anaphors(within_quotes(found)))
