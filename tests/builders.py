"""Hand-built articles, as a careful reader would code them; no model and no extraction needed."""

import hashlib
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.model import (
    Article,
    Entity,
    Event,
    Mention,
    Office,
    Position,
    Relation,
    Resolved,
    Span,
    Statement,
)
from kg.rdf import render_quads
from kg.store import GraphStore
from kg.vocab import BASE, mint_article_graph

HERE = Path(__file__).resolve().parent
ONTOLOGY = HERE.parent / "ontology"

TITLE = "Streit um NATO-Mitgliedschaft der Ukraine"
BODY = (
    'Kreml-Sprecher Dmitri Peskow nannte eine NATO-Mitgliedschaft der Ukraine am Dienstag "inakzeptabel". '
    "Der ukrainische Präsident Wolodymyr Selenskyj forderte eine Einladung in die Allianz. "
    'NATO-Generalsekretär Mark Rutte sagte: "Putin ist nicht an einem Frieden interessiert." '
    "Peskows Land testete zuvor die Hyperschallwaffe Oreschnik. "
    "Das Budapester Memorandum von 1994 habe nicht geholfen, erinnerte das Außenministerium in Kiew. "
    "Donald Trump könnte die Militärhilfe einstellen."
)
TEXT = f"{TITLE}\n\n{BODY}"


def article(article_id: str = "2024-12-test", text: str = TEXT, date: str | None = "2024-12") -> Article:
    """An article of which all text is analysed, its first line as title."""
    title = text.split("\n", 1)[0]
    body = min(len(text), len(title) + 2)
    return Article(
        id=article_id,
        text=text,
        title=title,
        date=date,
        language="de",
        source=f"{article_id}.txt",
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        sections=(Span(start=0, end=len(title)), Span(start=body, end=len(text))),
        publisher="Testzeitung",
        url="https://example.org/a?b=c d",
    )


def span(words: str, text: str = TEXT, nth: int = 0) -> Span:
    """Where `words` stand in `text`, at their `nth` occurrence."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start=start, end=start + len(words))


def mention(words: str, kind: str = "name", nth: int = 0, text: str = TEXT) -> Mention:
    """A mention of `words` in `text`."""
    return Mention(span=span(words, text, nth), text=words, kind=kind)


def entity(
    entity_id: str, kind: str, label: str, *mentions: Mention, acts_for: str | None = None, known: bool = True
) -> Entity:
    """An entity with its mentions."""
    return Entity(
        id=entity_id,
        type=kind,
        label=label,
        mentions=mentions,
        known=known,
        acts_for=acts_for,
        why=("name in the knowledge base",) if known else (),
    )


ENTITIES = (
    entity("state-russland", "State", "Russland", mention("Kreml", "metonym")),
    entity(
        "state-ukraine",
        "State",
        "Ukraine",
        mention("Ukraine"),
        mention("Ukraine", nth=1),
        mention("ukrainische", "adjective"),
        mention("Kiew", "metonym"),
    ),
    entity(
        "org-nato",
        "Alliance",
        "NATO",
        mention("NATO"),
        mention("NATO", nth=1),
        mention("NATO", nth=2),
        mention("die Allianz", "nominal"),
    ),
    entity(
        "person-dmitri-peskow",
        "Person",
        "Dmitri Peskow",
        mention("Dmitri Peskow"),
        mention("Peskows"),
        acts_for="state-russland",
    ),
    entity(
        "person-wolodymyr-selenskyj",
        "Person",
        "Wolodymyr Selenskyj",
        mention("Wolodymyr Selenskyj"),
        acts_for="state-ukraine",
    ),
    entity("person-mark-rutte", "Person", "Mark Rutte", mention("Mark Rutte"), acts_for="org-nato"),
    entity("person-wladimir-putin", "Person", "Wladimir Putin", mention("Putin")),
    entity("person-donald-trump", "Person", "Donald Trump", mention("Donald Trump")),
    entity("weapon-oreschnik", "WeaponSystem", "Oreschnik", mention("Oreschnik")),
    entity("treaty-budapester-memorandum", "Treaty", "Budapester Memorandum", mention("Budapester Memorandum")),
    entity(
        "body-aussenministerium-ukraine",
        "GovernmentBody",
        "Außenministerium der Ukraine",
        mention("das Außenministerium in Kiew", "nominal"),
        acts_for="state-ukraine",
        known=False,
    ),
)

STATEMENTS = (
    Statement(
        id="s-1",
        form="direct",
        medium="speech",
        content=(span('"inakzeptabel"'),),
        cue=(span("nannte"),),
        speaker="person-dmitri-peskow",
        speaker_spans=(span("Kreml-Sprecher Dmitri Peskow"),),
        rule="quotes.direct",
    ),
    Statement(
        id="s-2",
        form="direct",
        medium="speech",
        content=(span('"Putin ist nicht an einem Frieden interessiert."'),),
        cue=(span("sagte"),),
        speaker="person-mark-rutte",
        speaker_spans=(span("NATO-Generalsekretär Mark Rutte"),),
        rule="quotes.direct",
    ),
    Statement(
        id="s-3",
        form="indirect",
        medium="speech-writing",
        content=(span("Das Budapester Memorandum von 1994 habe nicht geholfen"),),
        cue=(span("erinnerte"),),
        speaker="body-aussenministerium-ukraine",
        speaker_spans=(span("das Außenministerium in Kiew"),),
        rule="quotes.indirect",
    ),
)

POSITIONS = (
    Position(
        id="p-1",
        holder="person-dmitri-peskow",
        issue="nato-membership",
        about="state-ukraine",
        polarity="oppose",
        modality="asserted",
        evidence=span('"inakzeptabel"'),
        statement="s-1",
        strength=0.9,
        confidence=0.95,
        date="2024-12",
        rule="positions.stance",
    ),
    Position(
        id="p-2",
        holder="person-wolodymyr-selenskyj",
        issue="nato-membership",
        about="state-ukraine",
        polarity="support",
        modality="asserted",
        evidence=span("forderte eine Einladung in die Allianz"),
        strength=0.9,
        confidence=0.9,
        date="2024-12",
        rule="positions.stance",
    ),
    Position(
        id="p-3",
        holder="person-wladimir-putin",
        issue="peace-negotiations",
        about=None,
        polarity="oppose",
        modality="asserted",
        evidence=span("nicht an einem Frieden interessiert"),
        according_to="person-mark-rutte",
        statement="s-2",
        date="2024-12",
        rule="positions.stance",
    ),
    Position(
        id="p-4",
        holder="person-donald-trump",
        issue="military-support",
        about="state-ukraine",
        polarity="oppose",
        modality="hypothetical",
        evidence=span("könnte die Militärhilfe einstellen"),
        confidence=0.7,
        date="2024-12",
        rule="positions.direction",
    ),
)

EVENTS = (
    Event(
        id="e-1",
        type="test-weapon",
        evidence=span("testete"),
        modality="asserted",
        agent="state-russland",
        object="weapon-oreschnik",
        time="2024-11",
        rule="events.trigger",
    ),
    Event(
        id="e-2",
        type="reject",
        evidence=span("einstellen"),
        modality="possible",
        agent="person-donald-trump",
        recipient="state-ukraine",
        rule="events.trigger",
    ),
)

OFFICES = (
    Office(
        id="o-1",
        person="person-mark-rutte",
        role="Generalsekretär",
        organisation="org-nato",
        evidence=span("NATO-Generalsekretär Mark Rutte"),
        rule="offices.title",
    ),
    Office(
        id="o-2",
        person="person-dmitri-peskow",
        role="Sprecher",
        organisation="state-russland",
        evidence=span("Kreml-Sprecher Dmitri Peskow"),
        rule="offices.title",
    ),
)

RELATIONS = (
    Relation(
        id="r-1",
        subject="weapon-oreschnik",
        predicate="developedBy",
        object="state-russland",
        evidence=span("Peskows Land testete zuvor die Hyperschallwaffe Oreschnik"),
        rule="weapons.origin",
    ),
)


def resolved(article_id: str = "2024-12-test") -> Resolved:
    """The article with all its facts."""
    return Resolved(
        article=article(article_id),
        entities=ENTITIES,
        statements=STATEMENTS,
        positions=POSITIONS,
        events=EVENTS,
        offices=OFFICES,
        relations=RELATIONS,
    )


def empty(article_id: str, text: str = TEXT) -> Resolved:
    """An article in which nothing was found."""
    return Resolved(article=article(article_id, text), entities=())


def turned(found: Resolved, article_id: str) -> Resolved:
    """The same article under another id, in which every position for something is one against it."""
    other = {"support": "oppose", "oppose": "support"}
    positions = tuple(replace(p, polarity=other.get(p.polarity, p.polarity)) for p in found.positions)
    return replace(found, article=article(article_id), positions=positions)


@cache
def _small_ontology() -> "TemporaryDirectory[str]":
    folder = TemporaryDirectory()
    for name in ("core.ttl", "shapes.ttl"):
        shutil.copy(ONTOLOGY / name, folder.name)
    shutil.copy(HERE / "knowledge.ttl", folder.name)
    return folder


def small_ontology() -> Path:
    """A folder with the vocabulary and shapes of `kg` and a small knowledge base, gone when the process ends."""
    return Path(_small_ontology().name)


def fill(store: GraphStore, *articles: Resolved) -> GraphStore:
    """`store` with a small ontology and articles."""
    store.load_ontology(small_ontology())
    for found in articles:
        put(store, found)
    store.refresh_derived()
    return store


def put(store: GraphStore, found: Resolved) -> None:
    """Adds or replaces an article."""
    store.replace_article(mint_article_graph(found.article.id, base=store.base), render_quads(found, base=store.base))


def filled(*articles: Resolved, base: str = BASE) -> GraphStore:
    """A graph in memory with a small ontology and articles."""
    return fill(GraphStore.in_memory(base=base), *(articles or (resolved(),)))
