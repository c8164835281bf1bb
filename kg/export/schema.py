"""The tables of a graph: which columns they have, of what type, and what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass

Cell = str | int | float | tuple[str, ...] | None
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table. `kind`: text, integer, decimal, texts (a list)."""

    name: str
    meaning: str
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; its first column identifies the row where `key` says so."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: bool = True


def _text(**columns: str) -> tuple[Column, ...]:
    return tuple(Column(name=name, meaning=meaning) for name, meaning in columns.items())


def _entity(name: str, meaning: str) -> tuple[Column, ...]:
    return _text(**{name: f"{meaning}: id of an entity", f"{name}_label": f"{meaning}: label"})


_ARTICLE = _text(article="id of the article, as in articles")
_PASSAGE = (
    Column(name="start", meaning="where it begins in the text of the article, in code points", kind="integer"),
    Column(name="end", meaning="where it ends, exclusive", kind="integer"),
    *_text(text="the characters from start to end", sentence="the sentence around"),
)
_RULE = _text(rule="the rule or model that found it")
_ACCORDING = _entity("according_to", "who says so, other than the outlet")

ARTICLES = Table(
    name="articles",
    meaning="one row an article",
    columns=(
        *_text(
            article="id",
            title="title",
            date="when it was published, as precise as known (ISO 8601)",
            publisher="outlet",
            author="author",
            url="address",
            source="where it was read from",
            language="language (BCP 47)",
            sha256="SHA-256 of its text in UTF-8",
        ),
    ),
)
ENTITIES = Table(
    name="entities",
    meaning="one row an actor, place, treaty or weapon system that an article names",
    columns=(
        *_text(entity="id; the IRI without the base", type="class", label="name in German"),
        Column(name="other_names", meaning="other names", kind="texts"),
        *_text(acts_for="id of the entity it acts for"),
        Column(name="mentions", meaning="how often it is mentioned", kind="integer"),
        Column(name="articles", meaning="in how many articles", kind="integer"),
    ),
)
MENTIONS = Table(
    name="mentions",
    meaning="one row a place in a text that refers to an entity",
    columns=(
        *_text(mention="id", article="id of the article", entity="id of the entity", entity_label="its label"),
        *_text(kind="name, nominal, pronoun, adjective or metonym"),
        *_PASSAGE,
    ),
    key=False,
)
STATEMENTS = Table(
    name="statements",
    meaning="one row an act of speaking, writing or thinking that an article reports",
    columns=(
        *_text(statement="id"),
        *_ARTICLE,
        *_text(form="direct, indirect, free-indirect, indirect-free-indirect or reported"),
        *_text(medium="speech, writing, thought, or a mixture"),
        *_entity("speaker", "who speaks"),
        *_entity("addressee", "who is spoken to"),
        *_text(cue="the words that introduce it", nested_in="id of the statement around it"),
        *_PASSAGE,
        *_text(spans='the parts of the content, "start-end start-end"; text joins them with " […] "'),
        *_RULE,
    ),
)
POSITIONS = Table(
    name="positions",
    meaning="one row a position of a holder on a topic",
    columns=(
        *_text(position="id"),
        *_ARTICLE,
        *_text(date="ISO 8601, as precise as known; of the article where the text gives none"),
        *_entity("holder", "who holds it"),
        *_text(topic="id of the topic: an issue about something", topic_label="its label", issue="issue"),
        *_entity("about", "what the issue is about"),
        *_text(
            polarity="support, oppose, conditional, ambivalent or neutral",
            modality="asserted, possible, hypothetical or denied",
        ),
        *_ACCORDING,
        *_text(statement="id of the statement that carries it", condition="on what condition, in the article's words"),
        Column(name="strength", meaning="0 to 1, from the cue", kind="decimal"),
        Column(name="confidence", meaning="0 to 1", kind="decimal"),
        *_PASSAGE,
        *_RULE,
    ),
)
EVENTS = Table(
    name="events",
    meaning="one row an event: what somebody did, does, plans or threatens",
    columns=(
        *_text(event="id"),
        *_ARTICLE,
        *_text(
            date="of the event, ISO 8601, as precise as the text says; empty if it does not",
            published="when the article was published",
            type="event type",
            plover="the PLOVER type above it",
            modality="asserted, possible, hypothetical, planned or denied",
        ),
        *_entity("agent", "who does it"),
        *_entity("recipient", "to or with whom"),
        *_entity("object", "what is given, signed, tested, ..."),
        *_entity("instrument", "with what"),
        *_entity("place", "where"),
        *_ACCORDING,
        *_PASSAGE,
        *_RULE,
    ),
)
OFFICES = Table(
    name="offices",
    meaning="one row an office that an article says a person holds",
    columns=(
        *_text(office="id"),
        *_ARTICLE,
        *_text(date="when the article was published"),
        *_entity("person", "who holds it"),
        *_text(role="role"),
        *_entity("organisation", "in what"),
        *_PASSAGE,
        *_RULE,
    ),
)
RELATIONS = Table(
    name="relations",
    meaning="one row any other relation that an article states between two entities",
    columns=(
        *_text(relation="id"),
        *_ARTICLE,
        *_entity("subject", "from"),
        *_text(predicate="property of the ontology"),
        *_entity("object", "to"),
        *_PASSAGE,
        *_RULE,
    ),
)
TABLES: Mapping[str, Table] = {
    table.name: table for table in (ARTICLES, ENTITIES, MENTIONS, STATEMENTS, POSITIONS, EVENTS, OFFICES, RELATIONS)
}
