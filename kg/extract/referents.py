"""Who is meant: states behind their forces and envoys, pairs, pronouns, bodies whose state is not said."""

from collections.abc import Iterator, Sequence

from kg.extract.grammar import SUBJECTS, case_of, children, has_feature, slot
from kg.extract.parse import Token
from kg.extract.quotes import speaker_at
from kg.extract.reading import Reading
from kg.extract.topics import ACTORS
from kg.model import Mention, Statement

FIRST = ("ich", "wir", "uns", "unser", "mein", "mir", "mich")
PLURAL = ("wir", "uns", "unser")
SELF = frozenset(("es", "sie", "er"))
DEEPEST = 8  # owners of owners
PAIR_REACH = 60  # tokens
BODY_REACH = 40  # tokens


def is_proxy(reading: Reading, noun: Token) -> bool:
    """Whether a noun stands for whoever sends it: Unterhändler, Kampfflugzeuge."""
    head = noun.lemma_.rpartition("-")[2]
    words = (noun.lemma_, head, *(head[cut:].capitalize() for cut in range(3, len(head) - 3)))
    deed = noun.dep_ in ("obl", "obl:agent") and case_of(noun) == "durch"  # durch einen Angriff der Miliz getötet
    kinds = ("EventProxy", "EventTrigger") if deed else ("EventProxy",)
    return any(reading.knowledge.find_cues(kind, word) for word in words for kind in kinds)


def owners(reading: Reading, noun: Token, depth: int = 0) -> Iterator[Mention]:
    """Who acts through weapons, forces, envoys: by the first part of the word, an adjective, a genitive, `von`."""
    own = reading.whole(noun)
    unnamed = own is not None and own.type == "Group" and not (own.acts_for or own.candidates)
    if noun.pos_ not in ("NOUN", "PROPN") or not (unnamed or is_proxy(reading, noun)):
        return
    part = reading.part(noun)
    if part is not None and part.type in ACTORS:
        yield part
    for name in ("adjective", "genitive", "prep:von"):
        for filler in slot(noun, name):
            mention = reading.refer(filler) or reading.part(filler)
            if mention is None and depth < DEEPEST:
                yield from owners(reading, filler, depth + 1)  # die Minister der Mitgliedstaaten der Union
            elif mention is not None and mention.kind != "pronoun" and mention.type in ACTORS:
                yield mention


def pair_of(reading: Reading, noun: Token) -> tuple[Mention, ...]:
    """The two that "beide Seiten", "die beiden Länder" or "man" means: the last two states named, else bodies.

    Of envoys of two states (die Außenminister Russlands und der Ukraine) those states.
    """
    senders = tuple(m for f in slot(noun, "genitive") if (m := reading.refer(f)) is not None and m.type == "State")
    if len(senders) > 1 and has_feature(noun, "Number", "Plur"):
        return senders[:2]
    if not (_is_mutual_man(noun) or any(c.lemma_.startswith("beid") for c in children(noun, "det", "amod", "nummod"))):
        return ()
    for kinds in (frozenset(("State",)), ACTORS - {"State", "Person", "Group"}):
        found = _last_named(reading, noun, kinds)
        if len(found) == 2:
            return found
    return ()


def _is_mutual_man(token: Token) -> bool:
    """The "man" of two that have come to terms: einigte man sich."""
    verb = token.head
    return token.lower_ == "man" and verb.tag_ in ("VVFIN", "VVPP") and any(c.tag_ == "PRF" for c in verb.children)


def _last_named(reading: Reading, token: Token, kinds: frozenset[str]) -> tuple[Mention, ...]:
    """The last two of some kinds that are named before a word, at most a few sentences back, in text order."""
    low = max(0, token.i - PAIR_REACH)
    found: dict[str, Mention] = {}
    for other in reversed(reading.doc[low : token.i]):
        mention = reading.whole(other) or reading.part(other)
        if mention is None or mention.type not in kinds or mention.kind not in ("name", "metonym"):
            continue
        found.setdefault(next(iter(mention.candidates), mention.label), mention)
        if len(found) == 2:
            break
    return tuple(reversed(found.values()))


def named_beside(reading: Reading, noun: Token, own: Mention | None) -> Iterator[Mention]:
    """The names behind a noun for several or for some role: die NATO-Staaten Polen und Ungarn, sein Kollege Ott."""
    if own is not None and own.kind != "nominal" and own.type not in ("Group", "Alliance", "InternationalOrganisation"):
        return
    for child in children(noun, "appos", "flat", "flat:name"):
        mention = reading.whole(child)
        if (
            mention is not None
            and mention is not own
            and mention.kind == "name"
            and mention.type in ("Person", "State")
        ):
            yield mention


def of_only_state(reading: Reading, noun: Token, body: Mention) -> Mention:
    """A body without its state (das Militär) where only one state is spoken of: that state's."""
    if body.candidates or body.acts_for or _named_before(reading, body):
        return body
    start = reading.doc[max(0, noun.sent.start - BODY_REACH)].i
    mentions = (reading.whole(t) or reading.part(t) for t in reading.doc[start : noun.sent.end])
    states = {m.candidates[0]: m for m in mentions if m is not None and m.type == "State" and m.candidates}
    return next(iter(states.values())) if len(states) == 1 else body


def is_known(reading: Reading, mention: Mention) -> bool:
    """Whether a mention names an entity of the knowledge base."""
    return mention.kind != "nominal" and any(c in reading.knowledge.entities for c in mention.candidates)


def resolvable(reading: Reading, mention: Mention, statements: Sequence[Statement]) -> Mention | None:
    """The mention if it will be known whom it means; for pronouns in reported speech else the speaker."""
    if mention.kind == "pronoun":
        return _resolved_pronoun(reading, mention, statements)
    if mention.kind != "nominal" or mention.candidates or mention.head or mention.acts_for:
        return mention
    if mention.type == "GovernmentBody":
        return mention if _named_before(reading, mention) else None
    if mention.type == "Person":
        return mention if _has_bearer(reading, mention) else None
    return None if mention.type == "Group" else mention


def _resolved_pronoun(reading: Reading, mention: Mention, statements: Sequence[Statement]) -> Mention | None:
    statement = speaker_at(statements, mention.span.start)
    word = mention.text.lower()
    if word.startswith(FIRST):
        return mention if statement is not None and not _is_of_a_speech(reading, mention, statement) else None
    if mention.candidates:
        return mention
    if statement is not None and statement.form != "direct" and word in SELF and not _is_address(reading, mention):
        return reading.mentions.get(statement.speaker or "")
    return _taken_up(reading, mention)


def _is_of_a_speech(reading: Reading, mention: Mention, statement: Statement) -> bool:
    """Whether `wir` stands in the reported words of one who says ich: what we do is done by more than the speaker."""
    speaker = reading.mentions.get(statement.speaker or "")
    said = speaker is not None and speaker.kind == "pronoun" and speaker.text.lower().startswith(FIRST)
    return said and mention.text.lower().startswith(PLURAL)


def _is_address(reading: Reading, mention: Mention) -> bool:
    """Whether a pronoun is the Sie of one who is spoken to: with a capital within the sentence."""
    span = reading.doc.char_span(mention.span.start, mention.span.end)
    return mention.text == "Sie" and span is not None and not span[0].is_sent_start


def _taken_up(reading: Reading, pronoun: Mention) -> Mention | None:
    """The state or body that a pronoun takes up: the last subject before it of its number and gender."""
    span = reading.doc.char_span(pronoun.span.start, pronoun.span.end)
    if span is None:
        return None
    token, sent = span[0], span[0].sent
    start = reading.doc[sent.start - 1].sent.start if sent.start else 0
    for other in reversed(reading.doc[start : token.i]):
        if other.dep_ in SUBJECTS:
            mention = reading.refer(other) or reading.part(other)
            if mention is not None and mention.kind in ("name", "metonym") and _agrees(token, other, mention):
                return mention
    return None


def _agrees(pronoun: Token, noun: Token, mention: Mention) -> bool:
    """Whether a pronoun can stand for a noun that is no person."""
    if mention.type == "Person" or mention.type not in ACTORS:
        return False
    several = mention.gender == "pl" or has_feature(noun, "Number", "Plur") or any(children(noun, "conj"))
    word = pronoun.lower_
    if word in ("sie", "ihnen") and has_feature(pronoun, "Number", "Plur"):
        return several
    if several:
        return False
    return mention.gender == "f" if word == "sie" else word == "es" and mention.gender in ("", "n")


def _named_before(reading: Reading, mention: Mention) -> bool:
    noun = mention.text.rpartition(" ")[2]
    if reading.bodies is None:
        reading.bodies = {}
        for m in reading.mentions.values():
            if m.kind == "name" and m.acts_for:
                word = m.text.rpartition(" ")[2]
                reading.bodies[word] = min(m.span.start, reading.bodies.get(word, m.span.start))
    return reading.bodies.get(noun, mention.span.start) < mention.span.start


def _has_bearer(reading: Reading, mention: Mention) -> bool:
    """Whether the article names somebody in the role, or the noun fits many roles."""
    noun = mention.label.lower()
    if mention.label in reading.knowledge.role_nominals:
        return True
    if reading.titles is None:
        titled = (m for m in reading.mentions.values() if m.kind == "nominal" and m.head)
        reading.titles = frozenset(m.label.lower() for m in titled)
    return any(title.endswith(noun) for title in reading.titles)


def is_possessive(reading: Reading, mention: Mention) -> bool:
    """Whether a mention is a possessive (seine Angriffe)."""
    return mention.kind == "pronoun" and any(
        t.tag_ == "PPOSAT" for t in reading.doc.char_span(mention.span.start, mention.span.end) or ()
    )


def same_actor(reading: Reading, mention: Mention, other: Mention | None) -> bool:
    """Whether two mentions certainly are one actor; then the one cannot act on the other."""
    if other is None:
        return False
    if mention.key == other.key or bool(set(mention.candidates[:1]) & set(other.candidates[:1])):
        return True
    likeliest = reading.mentions.get(next(iter(mention.candidates), "")) if mention.kind == "pronoun" else mention
    names = [m.label.split()[-1:] for m in (likeliest, other) if m is not None]
    return len(names) == 2 and bool(names[0]) and names[0] == names[1]
