"""Who takes part in an event: the mentions in the slots of a trigger, and whose weapons and forces they are."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.carriers import Frame, agent_tokens, recipient_tokens
from kg.extract.grammar import SUBJECTS, case_of, children, has_feature, is_clause, is_infinitive, passive_agent, slot
from kg.extract.quotes import speaker_at
from kg.extract.reading import Reading
from kg.extract.stance import cues_at
from kg.extract.topics import ACTORS, fillers, is_a
from kg.knowledge import Cue
from kg.model import Mention, Statement

THINGS = frozenset(("Treaty", "WeaponSystem"))
ACTING = ACTORS | {""}
FIRST = ("ich", "wir", "uns", "unser", "mein", "mir", "mich")
PAIR_REACH = 60  # tokens
BODY_REACH = 40  # tokens
ADDRESSED = frozenset(("event-accuse", "event-request"))  # whom one speaks to is to act, or did
TYPE_NOUNS = frozenset(("Typ", "Klasse", "Baureihe", "Modell", "Bauart", "Serie", "Marke"))
DATIVE_ARTICLES = frozenset("der dem einer einem".split())
MAKING = frozenset(("event-sign", "event-ratify", "event-agree"))
GATHERING = frozenset(("event-meet", "event-consult"))
SELF = frozenset(("es", "sie", "er"))


def is_attribute(token: Token) -> bool:
    """A participle before its noun (die von Russland besetzte Krim)."""
    return token.pos_ == "ADJ" and token.dep_ in ("amod", "acl")


def slot_of(token: Token, name: str) -> Iterator[Token]:
    """Fillers of a slot; of a participle before a noun the noun is the object."""
    if not is_attribute(token):
        yield from slot(token, name)
    elif name == "object":
        yield token.head
    elif name == "subject":
        agent = passive_agent(token)
        if agent is not None:
            yield agent
        yield from (c for c in children(token, "advmod", "amod") if c.pos_ == "ADJ")
    else:
        yield from slot(token, name)


def is_proxy(reading: Reading, noun: Token) -> bool:
    """Whether a noun stands for whoever sends it: Unterhändler, Kampfflugzeuge."""
    head = noun.lemma_.rpartition("-")[2]
    words = (noun.lemma_, head, *(head[cut:].capitalize() for cut in range(3, len(head) - 3)))
    deed = noun.dep_ in ("obl", "obl:agent") and case_of(noun) == "durch"  # durch einen Angriff der Miliz getötet
    kinds = ("EventProxy", "EventTrigger") if deed else ("EventProxy",)
    return any(reading.knowledge.find_cues(kind, word) for word in words for kind in kinds)


def find_agent(
    reading: Reading, token: Token, trigger: Cue, frame: Frame, statements: Sequence[Statement]
) -> Mention | None:
    """Who acts: in a slot of the trigger, else in one of its carriers; a possessive gives way to the carrier's."""
    wanted = trigger.get("agentType")
    own = list(_actors(reading, ((token, name) for name in trigger.get("agentSlot")), wanted, statements))
    if trigger.first("eventType") in GATHERING:  # a Libya conference is not held by Libya
        part = reading.part(token)
        own = [m for m in own if m != part or m.type not in ("State", "Place")]
    sure = next((m for m in own if not _is_possessive(reading, m)), None)
    if sure is None and token.pos_ == "NOUN":
        sure = next(_by_participle(reading, token, statements), None)
    sure = sure or next(_parties(reading, token, trigger), None)
    carried = next(_actors(reading, agent_tokens(reading, frame), wanted, statements), None) if sure is None else None
    return sure or carried or next(iter(own), None)


def _actors(
    reading: Reading, slots: Iterator[tuple[Token, str]], wanted: Sequence[str], statements: Sequence[Statement]
) -> Iterator[Mention]:
    for token, name in slots:
        for mention in _speaking(reading, token, statements) if name == "speaker" else _in_slot(reading, token, name):
            if wanted and not is_a(mention.type, wanted):
                continue
            if mention.type in ACTING or wanted or mention.kind == "metonym":
                found = resolvable(reading, mention, statements)
                if found is not None:
                    yield found


def _speaking(reading: Reading, token: Token, statements: Sequence[Statement]) -> Iterator[Mention]:
    statement = speaker_at(statements, token.idx)
    if statement is not None and statement.speaker:
        yield reading.mentions[statement.speaker]


def _parties(reading: Reading, token: Token, trigger: Cue) -> Iterator[Mention]:
    """Of a signed treaty those whom its name tells: der Vertrag zwischen A und B wurde unterzeichnet."""
    if trigger.first("eventType") in MAKING:
        for filler in slot_of(token, "object"):
            yield from parties_of(reading, filler)


def parties_of(reading: Reading, noun: Token) -> Iterator[Mention]:
    """Who has made a treaty by the words at it: zwischen A und B."""
    seen: set[str] = set()
    for child in children(noun, "nmod", "obl"):
        for party in (child, *children(child, "conj")) if case_of(child) == "zwischen" else ():
            mention = reading.refer(party)
            if mention is None or mention.key in seen or mention.kind not in ("name", "metonym"):
                continue
            if mention.type in ACTORS - {"Person"}:
                seen.add(mention.key)
                yield mention


def _by_participle(reading: Reading, noun: Token, statements: Sequence[Statement]) -> Iterator[Mention]:
    """Who acts by the participle before the noun: die von der EU verhängten Sanktionen."""
    for word in children(noun, "amod", "acl"):
        if any(
            word.lemma_ in cue.get("participle") for cue in reading.knowledge.find_cues("EventCarrier", word.lemma_)
        ):
            yield from _actors(reading, iter(((word, "subject"),)), (), statements)


def _in_slot(reading: Reading, token: Token, name: str) -> Iterator[Mention]:
    """Mentions in the slot of an agent; for weapons and forces whose they are."""
    if name == "compound":
        yield from fillers(reading, token, name)
        return
    for filler in acting(reading, token, name):
        mention = reading.refer(filler)
        yield from pair_of(reading, filler)
        yield from named_beside(reading, filler, mention)
        if mention is not None and mention.kind == "nominal" and mention.type == "GovernmentBody":
            mention = of_only_state(reading, filler, mention)
        if mention is None or mention.type in THINGS or not _is_known(reading, mention):
            yield from owners(reading, filler)
        if mention is None or mention.type in THINGS:
            continue
        if name != "adjective" or mention.kind in ("adjective", "name"):
            yield mention


def acting(reading: Reading, token: Token, name: str) -> Iterator[Token]:
    """Fillers of an agent's slot; in "wirft Moskau vor, ... zu planen" and "bittet Rom, zu liefern" not who says so."""
    governor = token.head
    if name == "subject" and token.dep_ in ("xcomp", "ccomp", "acl") and is_infinitive(token):
        cues = [c for c in cues_at(reading, governor, "EventTrigger") if c.first("eventType") in ADDRESSED]
        if cues:
            for cue in cues[:1]:
                for slot_name in cue.get("recipientSlot"):
                    yield from slot_of(governor, slot_name)
                    yield from _bare_datives(governor) if slot_name == "dative" else ()
            return
    found = list(slot_of(token, name))
    yield from found or (_unmarked_subjects(token) if name == "subject" else ())


def _unmarked_subjects(verb: Token) -> Iterator[Token]:
    """Subjects that the tree does not show as such: of a perfect with sein, and bare names before the verb."""
    if is_attribute(verb) or verb.tag_ in ("VVINF", "VVIZU"):
        return
    if any(c.lemma_ == "sein" for c in children(verb, "aux:pass")) and not _has_werden(verb):
        yield from list(children(verb, "nsubj:pass", "nsubj"))[:1]
        return
    if verb.tag_.endswith("FIN") and not any(children(verb, *SUBJECTS)) and verb.dep_ != "conj":
        bare = (c for c in children(verb, "obl", "obj", "iobj", "obl:arg") if c.pos_ == "PROPN" and c.i < verb.i)
        yield from (c for c in bare if not (case_of(c) or any(children(c, "det"))))


def _has_werden(verb: Token) -> bool:
    return any(c.lemma_ == "werden" for c in children(verb, "aux", "aux:pass"))


def owners(reading: Reading, noun: Token) -> Iterator[Mention]:
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
            if mention is None:
                yield from owners(reading, filler)  # die Minister der Mitgliedstaaten der Union
            elif mention.kind != "pronoun" and mention.type in ACTORS:
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


def _is_known(reading: Reading, mention: Mention) -> bool:
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
        return mention if statement is not None else None
    if mention.candidates:
        return mention
    if statement is not None and statement.form != "direct" and word in SELF:
        return reading.mentions.get(statement.speaker or "")
    return _taken_up(reading, mention)


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
    return any(
        m.acts_for and m.span.start < mention.span.start and m.text.rpartition(" ")[2] == noun
        for m in reading.mentions.values()
        if m.kind == "name"
    )


def _has_bearer(reading: Reading, mention: Mention) -> bool:
    """Whether the article names somebody in the role, or the noun fits many roles."""
    noun = mention.label.lower()
    if mention.label in reading.knowledge.role_nominals:
        return True
    return any(m.head and m.label.lower().endswith(noun) for m in reading.mentions.values() if m.kind == "nominal")


def _is_possessive(reading: Reading, mention: Mention) -> bool:
    return mention.kind == "pronoun" and any(
        t.tag_ == "PPOSAT" for t in reading.doc.char_span(mention.span.start, mention.span.end) or ()
    )


def find_recipient(
    reading: Reading, token: Token, trigger: Cue, frame: Frame, agent: Mention | None, statements: Sequence[Statement]
) -> Mention | None:
    """Whom it concerns: in a slot of the trigger, else in one of its carriers."""
    wanted = trigger.get("recipientType")
    deeds = trigger.first("eventType") in ADDRESSED  # who is accused of a deed has done it
    slots = [*_recipient_slots(token, trigger), *recipient_tokens(frame)]
    for holder, name in slots:
        for mention in fillers_of(reading, holder, name, deeds=deeds):
            if not _fits(mention, wanted, ACTORS | {"Place"}) or same_actor(reading, mention, agent):
                continue
            found = resolvable(reading, mention, statements)
            if found is not None and not same_actor(reading, found, agent):
                return found
    return _partner(reading, token, trigger, agent)


def _partner(reading: Reading, token: Token, trigger: Cue, agent: Mention | None) -> Mention | None:
    """The other one of a pair that act on each other."""
    if agent is None or not trigger.flag("symmetric"):
        return None
    pairs = (
        pair_of(reading, f) for name in trigger.get("agentSlot") if name != "compound" for f in slot_of(token, name)
    )
    return next((m for pair in pairs if agent in pair for m in pair if m != agent), None)


def _recipient_slots(token: Token, trigger: Cue) -> Iterator[tuple[Token, str]]:
    """(word, slot): of a noun also where its preposition may have been tied to a neighbour (Sanktionen gegen ...)."""
    names = trigger.get("recipientSlot")
    yield from ((token, name) for name in names)
    if token.pos_ != "NOUN":
        fixed = children(token, "obj", "nsubj:pass", "obl") if trigger.get("with") else ()
        yield from ((noun, name) for noun in fixed for name in names if name.startswith("prep:"))
        return
    near = [*children(token, "nmod")]
    if token.dep_ in ("obj", "nsubj:pass", "obl", "obl:arg") and is_clause(token.head):
        near.append(token.head)
    yield from ((other, name) for other in near for name in names if name.startswith("prep:"))


def fillers_of(reading: Reading, token: Token, name: str, *, deeds: bool) -> Iterator[Mention]:
    """Mentions in a slot, of a participle before a noun the noun as its object; with `deeds` those of events too."""
    if is_attribute(token) and name == "object":
        mention = reading.refer(token.head)
        if mention is not None:
            yield mention
    elif not (is_attribute(token) and name == "subject"):
        yield from (m for m in fillers(reading, token, name) if deeds or not _is_in_event(reading, token, name, m))
    for filler in slot(token, name) if name in ("object", "dative") else ():
        yield from named_beside(reading, filler, reading.refer(filler))
    if name == "dative":
        yield from (m for c in _bare_datives(token) if (m := reading.refer(c)))


def _bare_datives(token: Token) -> Iterator[Token]:
    """Names that may be datives though the tree has them as objects or subjects: drohte Russland, der NATO beitreten."""
    for child in children(token, "obj", "obl:arg", "obl", "nsubj:pass"):
        articles = {c.lower_ for c in children(child, "det")}
        if child.pos_ == "PROPN" and not case_of(child) and articles <= DATIVE_ARTICLES:
            yield child


def _is_in_event(reading: Reading, token: Token, name: str, mention: Mention) -> bool:
    """Whether a mention only takes part in another event: in "schloss eine Entsendung der Truppe aus" the force."""
    for filler in slot(token, name) if name in ("object", "dative") else ():
        if reading.refer(filler) is None and reading.knowledge.find_cues("EventTrigger", filler.lemma_):
            return filler.idx != mention.span.start
    return False


def _fits(mention: Mention, wanted: Sequence[str], types: frozenset[str]) -> bool:
    if wanted:
        return is_a(mention.type, wanted) or (mention.kind == "metonym" and "Place" in wanted)
    return mention.type in types or mention.kind in ("pronoun", "nominal", "metonym")


def same_actor(reading: Reading, mention: Mention, other: Mention | None) -> bool:
    """Whether two mentions certainly are one actor; then the one cannot act on the other."""
    if other is None:
        return False
    if mention.key == other.key or bool(set(mention.candidates[:1]) & set(other.candidates[:1])):
        return True
    likeliest = reading.mentions.get(next(iter(mention.candidates), "")) if mention.kind == "pronoun" else mention
    names = [m.label.split()[-1:] for m in (likeliest, other) if m is not None]
    return len(names) == 2 and bool(names[0]) and names[0] == names[1]


def find_thing(reading: Reading, token: Token, trigger: Cue, others: Sequence[Mention | None]) -> Mention | None:
    """What it is done with or about: a treaty, a weapon, else an actor, named by the slot itself.

    In "die Erweiterung der Allianz ablehnen" the alliance is no object.
    """
    wanted = trigger.get("objectType")
    types = frozenset(wanted) or THINGS | ACTORS
    for name in trigger.get("objectSlot"):
        for filler in slot_of(token, name):
            mention = type_of(reading, filler) or reading.refer(filler) or reading.part(filler)
            if mention is not None and mention.kind == "pronoun":
                mention = _treaty_before(reading, filler) if trigger.first("eventType") in MAKING else None
            if mention is not None and mention.type == "GovernmentBody" and mention.kind == "nominal":
                continue  # 500 Soldaten are not the army named before
            if mention is None or not (_fits(mention, wanted, types) or _may_be(reading, mention, wanted)):
                continue
            if not any(same_actor(reading, mention, other) for other in others):
                return mention
    return None


def _treaty_before(reading: Reading, pronoun: Token) -> Mention | None:
    """The treaty that a pronoun takes up: the last one named before (Unterzeichnet wurde es von ...)."""
    for other in reversed(reading.doc[max(0, pronoun.i - PAIR_REACH) : pronoun.i]):
        mention = reading.whole(other)
        if mention is not None and (mention.type == "Treaty" or _may_be(reading, mention, ("Treaty",))):
            return mention
    return None


def _may_be(reading: Reading, mention: Mention, wanted: Sequence[str]) -> bool:
    """Whether a description (das Memorandum) takes up something of a wanted class."""
    known = (reading.knowledge.entities.get(c) for c in mention.candidates) if mention.kind == "nominal" else ()
    return any(k is not None and is_a(k.type, wanted) for k in known)


def type_of(reading: Reading, noun: Token) -> Mention | None:
    """The weapon in "Flugzeuge vom Typ F-16", "Panzer der Baureihe Leopard", "das Abwehrsystem Patriot"."""
    names = [*children(noun, "appos", "flat", "flat:name")]
    for kind in children(noun, "nmod", "appos"):
        if kind.lemma_ in TYPE_NOUNS:
            names += [
                *children(kind, "appos", "nmod", "flat", "flat:name", "compound", "dep"),
                *kind.doc[kind.i + 1 : kind.i + 2],
            ]
    found = (reading.whole(name) for name in names)
    return next((m for m in found if m is not None and m.type == "WeaponSystem"), None)


def find_instrument(reading: Reading, token: Token, trigger: Cue) -> Mention | None:
    """The weapon or treaty by which it is done; a weapon as the subject is one."""
    for name in (*trigger.get("instrumentSlot"), *trigger.get("agentSlot")):
        for filler in slot_of(token, name) if name != "compound" else ():
            mention = reading.refer(filler)
            if (
                mention is not None
                and mention.type in THINGS
                and (name in trigger.get("instrumentSlot") or mention.type == "WeaponSystem")
            ):
                return mention
    return None
