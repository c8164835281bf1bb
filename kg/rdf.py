"""Facts -> quads: a pure generator, one named graph an article.

What one article says lies in its graph alone: the article with its text, the spans, mentions, entities and facts
found in it. Nothing here looks anything up: the same `Resolved` gives the same quads.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse, serialize

from kg import __version__, vocab
from kg.model import (
    Article,
    Coder,
    Entity,
    Event,
    Issue,
    Mention,
    Office,
    Position,
    Relation,
    Resolved,
    Span,
    Statement,
)
from kg.sentences import sentence_around

Term = NamedNode | Literal
Triple = tuple[str, NamedNode, Term]
Rendered = tuple[str, Iterator[Quad]]  # the graph of an article and what it holds

LABEL_LANGUAGE = "de"  # of every name in graph and knowledge base
_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}  # by length of the ISO 8601 form

_TYPE = NamedNode(vocab.RDF + "type")
_LABEL = NamedNode(vocab.RDFS + "label")
_ALT_LABEL = NamedNode(vocab.SKOS + "altLabel")

_SHORTCUTS = """
SELECT DISTINCT ?holder ?polarity ?topic WHERE {
  VALUES ?polarity { kg:support kg:oppose }
  ?position a kg:Position ; kg:holder ?holder ; kg:topic ?topic ; kg:polarity ?polarity ; kg:modality kg:asserted .
  FILTER NOT EXISTS {
    ?position kg:accordingTo ?speaker . FILTER(?speaker != ?holder)
    FILTER NOT EXISTS { ?speaker kg:actsFor+ ?holder }
  }
}"""
_TOPICS = """
SELECT ?topic ?issue (MIN(STR(?issueLabel)) AS ?issueName) (MIN(STR(?aboutLabel)) AS ?aboutName) WHERE {
  ?topic a kg:Topic ; kg:issue ?issue .
  OPTIONAL { ?issue skos:prefLabel ?issueLabel . FILTER(LANG(?issueLabel) = "de") }
  OPTIONAL { ?topic kg:about/rdfs:label ?aboutLabel }
} GROUP BY ?topic ?issue"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """What every fact of one article needs in order to be named."""

    article: Article
    base: str
    version: str
    statements: Mapping[str, str]  # id of a statement in the article -> its IRI

    def fact(self, kind: str, evidence: Span, *content: str | None) -> str:
        return vocab.mint_fact(kind, self.article.id, evidence.start, evidence.end, content, base=self.base)

    def entity(self, ref: str) -> NamedNode:
        return NamedNode(vocab.mint_entity(ref, base=self.base))

    @property
    def node(self) -> NamedNode:
        return NamedNode(vocab.mint_article(self.article.id, base=self.base))


def render_quads(resolved: Resolved, *, base: str = vocab.BASE, version: str = __version__) -> Iterator[Quad]:
    """All that one article says, as quads of its graph, each once.

    Args:
        resolved: the facts of the article.
        base: what IRIs of resources begin with.
        version: of the software, kept with the rule that produced a fact, or with which it was coded.
    """
    graph = NamedNode(vocab.mint_article_graph(resolved.article.id, base=base))
    seen: set[Quad] = set()
    for subject, predicate, term in _render_triples(resolved, _open_scope(resolved, base, version)):
        quad = Quad(NamedNode(subject), predicate, term, graph)
        if quad not in seen:
            seen.add(quad)
            yield quad


def render_graph(resolved: Resolved, *, base: str = vocab.BASE) -> Rendered:
    """The name of the graph of an article, with all that the article says."""
    return vocab.mint_article_graph(resolved.article.id, base=base), render_quads(resolved, base=base)


def render_packed(quads: Iterable[Quad]) -> bytes:
    """Quads as N-Quads, in their order."""
    return serialize(quads, format=RdfFormat.N_QUADS) or b""  # None is for those who give a file


def read_packed(data: bytes) -> Iterator[Quad]:
    """The quads that `render_packed` has written."""
    return parse(data, format=RdfFormat.N_QUADS, lenient=True)


def render_derived(store: Store, *, base: str = vocab.BASE) -> Iterator[Quad]:
    """What follows from the articles together, sorted: shortcuts from actor to topic, and names of topics.

    A shortcut stands for at least one position that is asserted, and that nobody but the holder, or who acts
    for the holder, has put forward: what others ascribe to an actor is no position of that actor's own.
    """
    graph = NamedNode(vocab.mint_graph("derived", base=base))
    quads = {Quad(subject, predicate, term, graph) for subject, predicate, term in _derive_triples(store)}
    yield from sorted(quads, key=str)


def date_literal(text: str) -> Literal:
    """An ISO 8601 day, month or year as typed literal; a plain one where it is none."""
    match = _DATE.fullmatch(text)
    try:
        date(*(int(part) if part else 1 for part in match.groups()) if match else ())
    except (TypeError, ValueError):
        return _plain(text)
    return Literal(text, datatype=NamedNode(vocab.XSD + _DATE_TYPES[len(text)]))


def _render_triples(resolved: Resolved, scope: _Scope) -> Iterator[Triple]:
    yield from _render_article(scope)
    for entity in resolved.entities:
        yield from _render_entity(scope, entity)
    for statement in resolved.statements:
        yield from _render_statement(scope, statement)
    for issue in resolved.issues:
        yield from _render_issue(issue)
    for position in _best_positions(scope, resolved.positions):
        yield from _render_position(scope, position)
    for coder in resolved.coders:
        yield from _render_coder(scope, coder, resolved.positions)
    for event in resolved.events:
        yield from _render_event(scope, event)
    for office in resolved.offices:
        yield from _render_office(scope, office)
    for relation in resolved.relations:
        yield from _render_relation(scope, relation)


def _render_article(scope: _Scope) -> Iterator[Triple]:
    article, iri = scope.article, scope.node.value
    yield iri, _TYPE, _kg("Article")
    yield from _literals(
        iri,
        articleId=article.id,
        title=article.title,
        publisher=article.publisher,
        author=article.author,
        source=article.source,
        language=article.language,
        text=article.text,
        textSha256=article.sha256,
    )
    if article.url:
        yield iri, _kg("url"), Literal(_clean(article.url), datatype=NamedNode(vocab.XSD + "anyURI"))
    if article.date:
        yield iri, _kg("published"), date_literal(article.date)
    for section in article.sections:
        yield from _link_span(scope, iri, "section", section)


def _render_entity(scope: _Scope, entity: Entity) -> Iterator[Triple]:
    iri = scope.entity(entity.id).value
    yield iri, _TYPE, _kg(entity.type)
    yield iri, _LABEL, _name(entity.label)
    for other in _other_names(entity):
        yield iri, _ALT_LABEL, _name(other)
    for reason in entity.why:
        yield iri, _kg("why"), _plain(reason)
    yield from _links(scope, iri, actsFor=entity.acts_for)
    for mention in entity.mentions:
        yield from _render_mention(scope, iri, mention)


def _render_mention(scope: _Scope, entity: str, mention: Mention) -> Iterator[Triple]:
    iri = vocab.mint_mention(scope.article.id, mention.span.start, mention.span.end, base=scope.base)
    yield from _render_span(scope, iri, "Mention", mention.span)
    yield from _in_sentence(scope, iri, mention.span)
    yield iri, _kg("refersTo"), NamedNode(entity)
    yield iri, _kg("mentionKind"), _kg("kind-" + mention.kind)


def _render_statement(scope: _Scope, statement: Statement) -> Iterator[Triple]:
    iri = scope.statements[statement.id]
    yield from _render_fact(scope, iri, "Statement", statement.rule)
    yield from _concepts(iri, form="form-" + statement.form, medium="medium-" + statement.medium)
    yield from _links(scope, iri, speaker=statement.speaker, addressee=statement.addressee)
    yield from _statement_link(scope, iri, "nestedIn", statement.nested_in)
    spans = {
        "content": statement.content,
        "cue": statement.cue,
        "frame": statement.frame_spans,
        "speakerSpan": statement.speaker_spans,
        "addresseeSpan": statement.addressee_spans,
    }
    for role, found in spans.items():
        for span in found:
            yield from _link_span(scope, iri, role, span)


def _render_position(scope: _Scope, position: Position) -> Iterator[Triple]:
    iri = _position_iri(scope, position)
    yield from _render_fact(scope, iri, "Position", position.rule, position.evidence)
    yield from _links(scope, iri, holder=position.holder, accordingTo=position.according_to)
    yield from _concepts(iri, polarity=position.polarity, modality=position.modality)
    yield from _render_topic(scope, iri, position.issue, position.about)
    yield from _statement_link(scope, iri, "expressedIn", position.statement)
    yield iri, _kg("strength"), _decimal(position.strength)
    yield iri, _kg("confidence"), _decimal(position.confidence)
    if position.date:
        yield iri, _kg("date"), date_literal(position.date)
    if position.condition:
        yield from _link_span(scope, iri, "condition", position.condition)


def _render_topic(scope: _Scope, position: str, issue: str, about: str | None) -> Iterator[Triple]:
    iri = vocab.mint_topic(issue, about, base=scope.base)
    yield position, _kg("topic"), NamedNode(iri)
    yield iri, _TYPE, _kg("Topic")
    yield from _concepts(iri, issue="topic-" + issue)
    yield from _links(scope, iri, about=about)


def _render_issue(issue: Issue) -> Iterator[Triple]:
    iri = _kg("topic-" + issue.id).value
    yield iri, _TYPE, _kg("Issue")
    yield iri, _TYPE, NamedNode(vocab.SKOS + "Concept")
    yield iri, NamedNode(vocab.SKOS + "prefLabel"), _name(issue.label)
    yield iri, NamedNode(vocab.SKOS + "notation"), _plain(issue.id)


def _render_coder(scope: _Scope, coder: Coder, positions: Iterable[Position]) -> Iterator[Triple]:
    """Who coded; every position of theirs names them, also where another coder has coded the same."""
    extraction = vocab.mint_extraction(coder.rule, scope.version, base=scope.base)
    iri = vocab.mint_coder(coder.id, base=scope.base)
    yield iri, _TYPE, _kg("Coder")
    yield iri, _LABEL, _name(coder.name)
    for position in positions:
        if position.rule == coder.rule:
            yield from _render_fact(scope, _position_iri(scope, position), "Position", position.rule)
            yield extraction, _TYPE, _kg("Coding")
            yield extraction, _kg("codedBy"), NamedNode(iri)


def _render_event(scope: _Scope, event: Event) -> Iterator[Triple]:
    roles = {
        "agent": event.agent,
        "recipient": event.recipient,
        "instrument": event.instrument,
        "object": event.object,
        "place": event.place,
        "accordingTo": event.according_to,
    }
    iri = scope.fact("event", event.evidence, event.type, event.modality, event.time, *roles.values())
    yield from _render_fact(scope, iri, "Event", event.rule, event.evidence)
    yield from _concepts(iri, eventType="event-" + event.type, modality=event.modality)
    yield from _links(scope, iri, **roles)
    if event.time:
        yield iri, _kg("time"), date_literal(event.time)


def _render_office(scope: _Scope, office: Office) -> Iterator[Triple]:
    iri = scope.fact("office", office.evidence, office.person, office.role, office.organisation)
    role = vocab.mint_role(office.role, base=scope.base)
    yield from _render_fact(scope, iri, "Office", office.rule, office.evidence)
    yield from _links(scope, iri, heldBy=office.person, ofOrganisation=office.organisation)
    yield iri, _kg("role"), NamedNode(role)
    yield role, _TYPE, _kg("Role")
    yield role, _LABEL, _name(office.role)


def _render_relation(scope: _Scope, relation: Relation) -> Iterator[Triple]:
    """The relation itself, and a resource about it that holds the evidence."""
    iri = scope.fact("relation", relation.evidence, relation.subject, relation.predicate, relation.object)
    subject, predicate, target = scope.entity(relation.subject), _kg(relation.predicate), scope.entity(relation.object)
    yield subject.value, predicate, target
    yield from _render_fact(scope, iri, "Relation", relation.rule, relation.evidence)
    yield iri, NamedNode(vocab.RDF + "subject"), subject
    yield iri, NamedNode(vocab.RDF + "predicate"), predicate
    yield iri, NamedNode(vocab.RDF + "object"), target


def _render_fact(scope: _Scope, iri: str, kind: str, rule: str, evidence: Span | None = None) -> Iterator[Triple]:
    """What every fact has: class, article, what produced it, evidence."""
    yield iri, _TYPE, _kg(kind)
    yield iri, _kg("inArticle"), scope.node
    extraction = vocab.mint_extraction(rule, scope.version, base=scope.base)
    yield iri, _kg("extractedBy"), NamedNode(extraction)
    yield extraction, _TYPE, _kg("Extraction")
    yield from _literals(extraction, rule=rule, version=scope.version)
    if evidence:
        yield from _link_span(scope, iri, "evidence", evidence)


def _link_span(scope: _Scope, subject: str, role: str, span: Span) -> Iterator[Triple]:
    iri = vocab.mint_span(scope.article.id, span.start, span.end, base=scope.base)
    yield subject, _kg(role), NamedNode(iri)
    yield from _render_span(scope, iri, "Span", span)
    if role != "section":
        yield from _in_sentence(scope, iri, span)


def _in_sentence(scope: _Scope, iri: str, span: Span) -> Iterator[Triple]:
    sentence = sentence_around(scope.article.text, span, scope.article.sections)
    target = vocab.mint_span(scope.article.id, sentence.start, sentence.end, kind="sentence", base=scope.base)
    yield iri, _kg("inSentence"), NamedNode(target)
    yield from _render_span(scope, target, "Sentence", sentence)


def _render_span(scope: _Scope, iri: str, kind: str, span: Span) -> Iterator[Triple]:
    yield iri, _TYPE, _kg(kind)
    yield iri, _kg("beginIndex"), Literal(span.start)
    yield iri, _kg("endIndex"), Literal(span.end)
    yield iri, _kg("anchorOf"), _plain(span.slice(scope.article.text))
    yield iri, _kg("inArticle"), scope.node


def _literals(subject: str, **values: str | None) -> Iterator[Triple]:
    for name, value in values.items():
        if value is not None:
            yield subject, _kg(name), _plain(value)


def _links(scope: _Scope, subject: str, **refs: str | None) -> Iterator[Triple]:
    for name, ref in refs.items():
        if ref is not None:
            yield subject, _kg(name), scope.entity(ref)


def _concepts(subject: str, **names: str) -> Iterator[Triple]:
    for name, concept in names.items():
        yield subject, _kg(name), _kg(concept)


def _statement_link(scope: _Scope, subject: str, name: str, statement: str | None) -> Iterator[Triple]:
    """A link to a statement of the article; none where no statement has the id."""
    if statement is not None and statement in scope.statements:
        yield subject, _kg(name), NamedNode(scope.statements[statement])


def _open_scope(resolved: Resolved, base: str, version: str) -> _Scope:
    scope = _Scope(article=resolved.article, base=base, version=version, statements={})
    iris = {statement.id: _statement_iri(scope, statement) for statement in resolved.statements}
    return _Scope(article=resolved.article, base=base, version=version, statements=iris)


def _statement_iri(scope: _Scope, statement: Statement) -> str:
    spans = (statement.content or statement.cue or statement.frame_spans) or (Span(start=0, end=0),)
    whole = Span(start=min(span.start for span in spans), end=max(span.end for span in spans))
    content = [_offsets(found) for found in (statement.content, statement.cue)]
    return scope.fact(
        "statement", whole, statement.form, statement.medium, statement.speaker, statement.addressee, *content
    )


def _position_iri(scope: _Scope, position: Position) -> str:
    return scope.fact(
        "position",
        position.evidence,
        position.holder,
        position.issue,
        position.about,
        position.polarity,
        position.modality,
        position.according_to,
        scope.statements.get(position.statement or ""),
        _offsets((position.condition,) if position.condition else ()),
        position.date,
    )


def _best_positions(scope: _Scope, positions: Iterable[Position]) -> Iterable[Position]:
    """One position an IRI: of those that say the same, the one the extraction is surest of."""
    ordered = sorted(positions, key=lambda position: (position.confidence, position.strength, position.rule))
    return {_position_iri(scope, position): position for position in ordered}.values()


def _offsets(spans: Iterable[Span]) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in spans)


def _other_names(entity: Entity) -> Iterator[str]:
    """The names by which the article calls an entity, without its label and without genitives of other names."""
    names = {" ".join(mention.text.split()) for mention in entity.mentions if mention.kind == "name"} - {""}
    known = names | {entity.label}
    for name in sorted(names - {entity.label}):
        if not any(name in (stem + "s", stem + "es", stem + "'", stem + "’") for stem in known):
            yield name


def _derive_triples(store: Store) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
    shortcut = {vocab.KG + "support": _kg("supports"), vocab.KG + "oppose": _kg("opposes")}
    for holder, polarity, topic in _select(store, _SHORTCUTS):
        yield holder, shortcut[polarity.value], topic
    for topic, issue, issue_name, about_name in _select(store, _TOPICS):
        name = issue_name.value if issue_name else issue.value.removeprefix(vocab.KG + "topic-")
        yield topic, _LABEL, _name(f"{name}: {about_name.value}" if about_name else name)


def _select(store: Store, query: str) -> QuerySolutions:
    found = store.query(query, prefixes=dict(vocab.prefixes()))
    if not isinstance(found, QuerySolutions):
        raise TypeError(f"no SELECT query: {query}")
    return found


@lru_cache(maxsize=512)
def _kg(local: str) -> NamedNode:
    return NamedNode(vocab.KG + vocab.escape(local))


def _plain(text: str) -> Literal:
    return Literal(_clean(text))


def _name(text: str) -> Literal:
    return Literal(_clean(text), language=LABEL_LANGUAGE)


def _decimal(value: float) -> Literal:
    """Four decimal places at most, in the canonical form, which the store would turn it into anyway."""
    return Literal(f"{value:.4f}".rstrip("0").rstrip("."), datatype=NamedNode(vocab.XSD + "decimal"))


def _clean(text: str) -> str:
    """`text` with lone surrogates, which RDF cannot hold, replaced one for one; offsets stay."""
    return _SURROGATE.sub("\ufffd", text)
