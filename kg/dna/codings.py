"""A project coded by hand -> the facts of its documents, as if they had been found.

A document becomes an article; person and organisation become actors, known ones by their name; a statement becomes a
position of the person, who acts for the organisation, or of the organisation where no person is named (and where
the person speaks more often for another one in the document: then it is the speaker of a statement); a concept
becomes an issue: one of the knowledge base by its notation or label ("sanctions", "Sanktionen"), with "Sanktionen:
Russland" about what is named behind the colon, else an issue of its own.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.articles.language import describe_foreign
from kg.dna.project import Coding, Document, Project
from kg.knowledge import Knowledge
from kg.model import Article, Coder, Entity, Issue, Mention, Position, Resolved, Skipped, Span, Statement
from kg.resolve.links import new_id
from kg.vocab import short_hash, slug

_BODIES = frozenset(
    "State Organisation InternationalOrganisation Alliance GovernmentBody Party ArmedGroup Group".split()
)
_SLUG = 60  # characters of the slug in the id of an issue


@dataclass(frozen=True, slots=True, kw_only=True)
class _Actor:
    """How an actor of the project is called in the graph."""

    id: str
    type: str
    label: str
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Topic:
    """What a concept of the project is about; `new` if the knowledge base does not have the issue."""

    issue: str
    about: str | None
    new: Issue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Codebook:
    """Actors, topics and coders of the project, by their names in it."""

    persons: Mapping[str, _Actor]
    organisations: Mapping[str, _Actor]
    topics: Mapping[str, _Topic]
    coders: Mapping[int, Coder]


def resolve_project(project: Project, knowledge: Knowledge, *, source: str) -> Iterator[Resolved | Skipped]:
    """The facts of each document in order, and the statements that cannot be used, each with the reason.

    Args:
        project: as read.
        knowledge: whose actors and issues are recognised.
        source: the file, for articles and reasons.
    """
    codebook = _read_codebook(project, knowledge)
    found: defaultdict[int, list[Coding]] = defaultdict(list)
    texts = {document.id: document.text for document in project.documents}
    for coding in project.codings:
        fault = _find_fault(coding, texts.get(coding.document))
        if fault:
            yield Skipped(source=f"{source} statement {coding.id}", reason=fault)
        else:
            found[coding.document].append(coding)
    for document in project.documents:
        yield _resolve_document(project, document, found[document.id], codebook, knowledge, source)


def _find_fault(coding: Coding, text: str | None) -> str:
    if text is None:
        return f"its document {coding.document} is missing; mend the project"
    if not 0 <= coding.start < coding.stop <= len(text):
        return f"from {coding.start} to {coding.stop} lies outside its document of {len(text)} characters"
    if not (coding.person or coding.organisation):
        return "names neither person nor organisation; complete it in the project"
    return "" if coding.concept else "names no concept; complete it in the project"


def _resolve_document(
    project: Project,
    document: Document,
    codings: Iterable[Coding],
    codebook: _Codebook,
    knowledge: Knowledge,
    source: str,
) -> Resolved:
    article = _read_article(project, document, source)
    codings = tuple(codings)
    employers = _find_employers(codings)
    positions = tuple(_read_position(coding, article, codebook, employers) for coding in codings)
    topics = [codebook.topics[name] for name in sorted({coding.concept for coding in codings})]
    coders = {codebook.coders[coding.coder_id].id: codebook.coders[coding.coder_id] for coding in codings}
    return Resolved(
        article=article,
        entities=tuple(_list_entities(codings, article, codebook, employers, knowledge)),
        statements=tuple(_read_statement(coding, codebook) for coding in codings if _is_apart(coding, employers)),
        positions=positions,
        issues=tuple({topic.issue: topic.new for topic in topics if topic.new}.values()),
        coders=tuple(coder for _, coder in sorted(coders.items())),
    )


def _read_article(project: Project, document: Document, source: str) -> Article:
    text, id = document.text, f"{project.name}-{document.id}"
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return Article(
        id=id,
        text=text,
        title=_join(document.title) or id,
        date=document.date,
        language="und" if describe_foreign(text) else "de",
        source=f"{source} document {document.id}",
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        sections=(Span(start=start, end=end),) if start < end else (),
        publisher=_join(document.source) or None,
        author=_join(document.author) or None,
    )


def _read_position(coding: Coding, article: Article, codebook: _Codebook, employers: Mapping[str, str]) -> Position:
    topic = codebook.topics[coding.concept]
    apart = _is_apart(coding, employers)
    holder = (
        codebook.organisations[coding.organisation] if apart or not coding.person else codebook.persons[coding.person]
    )
    return Position(
        id=f"p-{coding.id}",
        holder=holder.id,
        issue=topic.issue,
        about=topic.about,
        polarity="support" if coding.agreement > 0 else "oppose" if coding.agreement < 0 else "neutral",
        modality="asserted",
        evidence=Span(start=coding.start, end=coding.stop),
        statement=_name_statement(coding) if apart else None,
        date=article.date,
        rule=codebook.coders[coding.coder_id].rule,
    )


def _read_statement(coding: Coding, codebook: _Codebook) -> Statement:
    """What a person says for another organisation than its own: the position is held by that one."""
    return Statement(
        id=_name_statement(coding),
        form="reported",
        medium="speech-writing",
        content=(Span(start=coding.start, end=coding.stop),),
        speaker=codebook.persons[coding.person].id,
        rule=codebook.coders[coding.coder_id].rule,
    )


def _name_statement(coding: Coding) -> str:
    return f"s-{coding.id}"


def _is_apart(coding: Coding, employers: Mapping[str, str]) -> bool:
    """Whether a person speaks for another organisation than most often in the document; it can act for one there."""
    return bool(coding.person and coding.organisation) and employers[coding.person] != coding.organisation


def _find_employers(codings: Iterable[Coding]) -> Mapping[str, str]:
    """For each person of a document the organisation for which it speaks most often, of equals the first."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for coding in codings:
        if coding.person and coding.organisation:
            counts[coding.person][coding.organisation] += 1
    return {person: found.most_common(1)[0][0] for person, found in counts.items()}


def _list_entities(
    codings: Iterable[Coding],
    article: Article,
    codebook: _Codebook,
    employers: Mapping[str, str],
    knowledge: Knowledge,
) -> Iterator[Entity]:
    """The actors of a document and what its topics are about, each once, sorted."""
    entities: dict[str, Entity] = {}
    for coding in codings:
        person, organisation = codebook.persons.get(coding.person), codebook.organisations.get(coding.organisation)
        employer = codebook.organisations.get(employers.get(coding.person, ""))
        if person is not None:
            entities[person.id] = _make_entity(person, article, employer.id if employer is not None else None)
        if organisation is not None and organisation.id not in entities:
            body = knowledge.entities.get(organisation.id)
            entities[organisation.id] = _make_entity(organisation, article, body.first("actsFor") if body else None)
        about = knowledge.entities.get(codebook.topics[coding.concept].about or "")
        if about is not None and about.id not in entities:
            actor = _Actor(id=about.id, type=about.type, label=about.label, known=True)
            entities[about.id] = _make_entity(actor, article, None)
    yield from (entity for _, entity in sorted(entities.items()))


def _make_entity(actor: _Actor, article: Article, acts_for: str | None) -> Entity:
    pattern = re.compile(rf"(?<!\w){re.escape(actor.label)}(?!\w)")
    mentions = (Span(start=found.start(), end=found.end()) for found in pattern.finditer(article.text))
    return Entity(
        id=actor.id,
        type=actor.type,
        label=actor.label,
        mentions=tuple(Mention(span=span, text=actor.label, kind="name") for span in mentions),
        known=actor.known,
        acts_for=acts_for,
        why=("coded by hand",),
    )


def _read_codebook(project: Project, knowledge: Knowledge) -> _Codebook:
    names = _index_actors(knowledge)
    persons = {coding.person for coding in project.codings} - {""}
    organisations = {coding.organisation for coding in project.codings} - {""}
    coders = {coding.coder_id: coding.coder for coding in project.codings}
    return _Codebook(
        persons=_name_actors(persons, names, frozenset({"Person"}), "Person"),
        organisations=_name_actors(organisations, names, _BODIES, "Organisation"),
        topics={concept: _read_topic(concept, knowledge) for concept in {c.concept for c in project.codings} - {""}},
        coders={id: _make_coder(project, id, name) for id, name in coders.items()},
    )


def _make_coder(project: Project, id: int, name: str) -> Coder:
    key = f"{slug(project.name) or short_hash(project.name)}.{slug(name) or 'coder'}.{id}"
    return Coder(id=key, name=_join(name) or key, rule=f"manual.{key}")


def _index_actors(knowledge: Knowledge) -> Mapping[str, tuple[_Actor, ...]]:
    """The actors of the knowledge base by each of their names, in lower case."""
    index: defaultdict[str, dict[str, _Actor]] = defaultdict(dict)
    for known in knowledge.entities.values():
        for name in known.names:
            index[name.casefold()][known.id] = _Actor(id=known.id, type=known.type, label=known.label, known=True)
    return {name: tuple(found.values()) for name, found in index.items()}


def _name_actors(
    names: Iterable[str], index: Mapping[str, tuple[_Actor, ...]], types: frozenset[str], new_type: str
) -> Mapping[str, _Actor]:
    """Known actors of these types by their names, where one alone has the name; ids of their own for the others."""
    ordered = sorted(names)
    ids = {name: f"{new_id(new_type, name)}" for name in ordered}
    shared = Counter(ids.values())
    found: dict[str, _Actor] = {}
    for name in ordered:
        known = [actor for actor in index.get(name.casefold(), ()) if actor.type in types]
        unclear = shared[ids[name]] > 1 or not slug(name)
        id = f"{ids[name].rstrip('-')}-{short_hash(name)[:6]}" if unclear else ids[name]
        found[name] = known[0] if len(known) == 1 else _Actor(id=id, type=new_type, label=name, known=False)
    return found


def _read_topic(concept: str, knowledge: Knowledge) -> _Topic:
    issue = _find_issue(concept, knowledge)
    if issue is not None:
        return _Topic(issue=issue, about=None)
    name, colon, rest = concept.rpartition(":")
    issue, about = _find_issue(name, knowledge), _find_entity(rest, knowledge)
    if colon and issue is not None and about is not None:
        return _Topic(issue=issue, about=about)
    id = f"{slug(concept)[:_SLUG].strip('-') or 'concept'}-{short_hash(concept)[:6]}"
    return _Topic(issue=id, about=None, new=Issue(id=id, label=concept))


def _find_issue(name: str, knowledge: Knowledge) -> str | None:
    wanted = name.strip().casefold()
    for notation, values in knowledge.issues.items():
        labels = {label.casefold() for label in (*values.get("prefLabel", ()), *values.get("altLabel", ()))}
        if wanted in labels or slug(wanted) == notation:
            return notation
    return None


def _find_entity(name: str, knowledge: Knowledge) -> str | None:
    wanted = name.strip().casefold()
    found = [known.id for known in knowledge.entities.values() if wanted in (n.casefold() for n in known.names)]
    return found[0] if len(found) == 1 else None


def _join(text: str) -> str:
    return " ".join(text.split())
