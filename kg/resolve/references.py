"""What refers back: descriptions (das Bündnis, sein Land, ihre Partei) and pronouns."""

from bisect import bisect_left
from collections.abc import Iterator

from kg.model import Mention
from kg.resolve.authors import is_first_person
from kg.resolve.links import Links, new_id
from kg.spans import SpanIndex

PERSONAL = frozenset("er ihn ihm sie".split())
PAIR = "beide"
PUNCTUATION = '.,;:!?()„“"»«–\n'


def link_descriptions(links: Links) -> None:
    """Das Bündnis, die Allianz, das Land, die Organisation: the nearest entity before that it may describe."""
    for mention in links.extraction.mentions:
        if mention.key in links.of or mention.kind != "nominal" or mention.type in ("Person", "Group"):
            continue
        if mention.head is not None:
            _link_owned(links, mention, mention.head)
        elif not mention.candidates:
            _link_state(links, mention)
        elif mention.type and mention.gender in ("m", "f"):
            _link_member(links, mention)
        else:
            _link_described(links, mention)


def link_speakers(links: Links) -> None:
    """Who speaks and is described only (chinesische Medien): an entity of that description."""
    spoken = {s.speaker for s in links.extraction.statements}
    for mention in links.extraction.mentions:
        if mention.key in links.of or mention.key not in spoken or mention.kind != "nominal" or not mention.type:
            continue
        if not _is_pair(links, mention):
            links.link(mention, new_id(mention.type, mention.label), "somebody who speaks, described and not named")


def _is_pair(links: Links, mention: Mention) -> bool:
    """Whether two are meant (beide Länder, die beiden Minister): they are no one entity."""
    before = links.extraction.article.text[: mention.span.start].split()[-2:]
    words = (*before, *mention.text.split()[:1])
    return any(word.lower().startswith(PAIR) for word in words)


def _link_owned(links: Links, mention: Mention, possessive: str) -> None:
    """Sein Land, ihre Partei: what the person whom the possessive means belongs to."""
    owner = links.referent(possessive)
    found = _affiliations(links, owner) if owner else ()
    belongs = [x for x in found if x in mention.candidates or mention.type == _type(links, x)]
    if belongs and links.admit(belongs[0]):
        links.link(mention, belongs[0], "belongs to whom the possessive means")


def _type(links: Links, entity: str) -> str:
    known = links.knowledge.entities.get(entity)
    return known.type if known is not None else ""


def _link_state(links: Links, mention: Mention) -> None:
    """Das Land: the only state named before in the sentence, else in the one before."""
    if mention.type != "State":
        return
    near, _ = links.states_near(mention)
    if len(near) == 1:
        links.link(mention, near[0], "description of the only state named before")
    elif not near:
        states = links.states_of_persons_near(mention)
        if len(states) == 1 and states[0]:
            links.link(mention, states[0], "state of the only one named before")


def _affiliations(links: Links, person: str) -> Iterator[str]:
    state = links.state_of(person)
    known = links.knowledge.entities.get(person)
    if state:
        yield state
    yield from known.get("party") if known else ()
    yield from (t.organisation for t in links.knowledge.offices_of(person, links.date))
    if person in links.offices_at:
        yield links.offices_at[person]
    yield from known.get("citizenOf") if known else ()


def _link_member(links: Links, mention: Mention) -> None:
    """Der Ungar, die Christdemokratin: the last person before who belongs to that state or party."""
    before = [
        (m.span.start, e.id) for e in links.entries.values() if e.type == "Person" for m in e.mentions
        if m.span.start < mention.span.start and e.gender in ("", mention.gender)
    ]  # fmt: skip
    for _, person in sorted(before, reverse=True):
        if mention.candidates[0] in _affiliations(links, person):
            links.link(mention, person, "the last person before who is one")
            return


def _link_described(links: Links, mention: Mention) -> None:
    candidates = set(mention.candidates)
    before = [
        (m.span.start, e.id) for e in links.entries.values() if e.id in candidates for m in e.mentions
        if m.span.start < mention.span.start
    ]  # fmt: skip
    if before:
        links.link(mention, max(before)[1], "description of what was named before")
    elif len(candidates) == 1 and mention.candidates[0] in links.entries:
        links.link(mention, mention.candidates[0], "description of what the article names")


def link_pronouns(links: Links) -> None:
    """Pronouns: the first person by its speaker, the third by what `Mention.candidates` says."""
    direct = SpanIndex(
        (c, s.speaker) for s in links.extraction.statements if s.speaker and s.form == "direct" for c in s.content
    )
    for mention in links.extraction.mentions:
        if not mention.is_anaphor or mention.key in links.of:
            continue
        if is_first_person(mention):
            inside = [(c.end - c.start, r) for c, r in links.spoken.covering(mention.span) if r in links.of]
            if inside:
                links.link(mention, links.of[min(inside)[1]], "first person of the speaker")
            continue
        beside = _in_clause(links, mention)
        quoted = [(c.end - c.start, r) for c, r in direct.covering(mention.span)]
        speaker = links.of.get(min(quoted)[1]) if quoted else None
        entities = (links.of.get(key) for key in mention.candidates)
        taken_up = next((e for e in entities if e and e != speaker and e not in beside), None)
        if taken_up:
            links.link(mention, taken_up, "takes up the likeliest before")


def _in_clause(links: Links, mention: Mention) -> set[str]:
    """Entities of the role nouns before a personal pronoun without punctuation between: it is none of them."""
    if mention.text.lower() not in PERSONAL:
        return set()
    text = links.extraction.article.text
    start = -1
    for mark in PUNCTUATION:  # each is looked for only behind those found
        start = max(start, text.rfind(mark, start + 1, mention.span.start))
    first, end = (bisect_left(links.titled, at, key=lambda m: m.span.start) for at in (start + 1, mention.span.start))
    inside = links.titled[first:end]
    return {links.of[m.key] for m in inside if m.key in links.of}
