"""The frozen dataclasses that travel between the stages. Imports nothing of `kg`.

All offsets are code points into `Article.text`, half-open. A `Ref` is a string that names an actor
or thing: in an `Extraction` the key of a mention (`Mention.key`), in a `Resolved` the id of an
entity (`Entity.id`). `resolve` maps the one onto the other and leaves the rest of a fact as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Ref = str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open range of code points in the text of an article."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}:{self.end}: wants 0 <= start <= end")

    def slice(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as read: the whole original text, and which part of it is prose to analyse."""

    id: str  # stable name given by the user: file stem, path below the input folder, or `id` field
    text: str  # the original text, headers included; every offset points into it
    title: str
    date: str | None  # YYYY, YYYY-MM or YYYY-MM-DD, as precise as the source says
    language: str  # BCP 47, "de"
    source: str  # where it was read from, as given
    sha256: str  # of `text` in UTF-8
    sections: tuple[Span, ...]  # title and body parts that are analysed, in order
    url: str | None = None
    publisher: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place in the text that refers to an entity. `kind`: name, nominal, pronoun, adjective, metonym."""

    span: Span
    text: str
    kind: str
    type: str = ""  # local name of the class it seems to be of, "" if unknown
    label: str = ""  # how an entity named by it alone would be called, nominative
    candidates: tuple[Ref, ...] = ()  # ids of entities that it may refer to, best first
    gender: str = ""  # m, f, n or pl, as far as the word shows it
    acts_for: Ref | None = None  # of a composed body (Außenministerium in Kiew): id of the state
    head: Ref | None = None  # key of the mention with which it forms one phrase (role noun and name)

    @property
    def key(self) -> str:
        """Identifies the mention within its article."""
        return f"{self.span.start}-{self.span.end}"

    @property
    def is_anaphor(self) -> bool:
        """Pronouns, and words that like them say no more than the gender (der 63-Jährige)."""
        return self.kind == "pronoun" or (self.kind == "nominal" and self.type == "Person" and not self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An actor, place, treaty or weapon system with its mentions in one article."""

    id: str  # local name of the IRI, e.g. "state-ukraine"; known ones come from `ontology/`
    type: str  # local name of the class: Person, State, Alliance, Treaty, WeaponSystem, ...
    label: str
    mentions: tuple[Mention, ...]
    known: bool = False  # stands in the knowledge base
    acts_for: Ref | None = None  # ministry -> state, spokesperson -> government
    why: tuple[str, ...] = ()  # what joined the mentions, in words, for `kg explain`


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An act of speaking, writing or thinking that the article reports."""

    id: str  # within the article, e.g. "s-120-260"
    form: str  # direct, indirect, free-indirect, indirect-free-indirect, reported
    medium: str  # speech, thought, writing, speech-thought, speech-writing, thought-writing
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    speaker: Ref | None = None
    speaker_spans: tuple[Span, ...] = ()
    addressee: Ref | None = None
    addressee_spans: tuple[Span, ...] = ()
    frame_spans: tuple[Span, ...] = ()
    nested_in: str | None = None  # id of the statement around this one
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a holder wants, supports, accepts, rejects or fears with regard to an issue about something."""

    id: str
    holder: Ref
    issue: str  # local name of a topic, e.g. "nato-membership"
    about: Ref | None
    polarity: str  # support, oppose, conditional, ambivalent, neutral
    modality: str  # asserted, possible, hypothetical, denied
    evidence: Span
    according_to: Ref | None = None  # the speaker who ascribes it to the holder
    statement: str | None = None  # id of the statement that carries it
    condition: Span | None = None
    strength: float = 1.0  # 0..1, from the cue
    confidence: float = 1.0  # 0..1
    date: str | None = None  # of the article, or as the text says
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What somebody did, does, plans or threatens to do to or with somebody."""

    id: str
    type: str  # local name of an event type, e.g. "deliver-weapons"
    evidence: Span
    modality: str  # asserted, possible, hypothetical, denied, planned
    agent: Ref | None = None
    recipient: Ref | None = None
    instrument: Ref | None = None
    object: Ref | None = None
    place: Ref | None = None
    time: str | None = None  # ISO 8601 date, as precise as the text says
    according_to: Ref | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A role that a person holds in an organisation or state, as the article says it."""

    id: str
    person: Ref
    role: str  # role noun without the organisation, e.g. "Generalsekretär"
    organisation: Ref | None
    evidence: Span
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Any other stated relation, e.g. kg:developedBy between a weapon system and a state."""

    id: str
    subject: Ref
    predicate: str  # local name of a property in `ontology/core.ttl`
    object: Ref
    evidence: Span
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue that the knowledge base does not have: a concept of a codebook."""

    id: str  # as in `Position.issue`
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """A person who coded facts by hand; their `rule` is `Coder.rule`."""

    id: str
    name: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What the extractors found in one article; facts refer to mentions."""

    article: Article
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...] = ()
    positions: tuple[Position, ...] = ()
    events: tuple[Event, ...] = ()
    offices: tuple[Office, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The same facts, referring to entities. `issues` and `coders` come with what was coded by hand."""

    article: Article
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...] = ()
    positions: tuple[Position, ...] = ()
    events: tuple[Event, ...] = ()
    offices: tuple[Office, ...] = ()
    relations: tuple[Relation, ...] = ()
    issues: tuple[Issue, ...] = ()
    coders: tuple[Coder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An input that gave no article, with the reason a user can act on."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """Counts of one build; what `report.json` holds. What was read is what is new, replaced, unchanged or skipped."""

    articles: int  # of those read, how many are in the graph now: new, replaced and unchanged ones
    skipped: tuple[Skipped, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    replaced: int = 0  # were there with another content, or by another version of model, ontology or software
    unchanged: int = 0  # were there as they are
    seconds: Mapping[str, float] = field(default_factory=dict)  # by stage
