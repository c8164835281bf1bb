"""Which issues of the scheme the text touches, and about whom or what: the targets of positions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extract.grammar import contraction_base, is_clause, slot
from kg.extract.reading import Reading
from kg.knowledge import Cue
from kg.model import Mention

ABOUT_TYPES = frozenset(
    "State Place Alliance InternationalOrganisation Organisation GovernmentBody Party ArmedGroup Group Person".split()
)
ORGANISATION_TYPES = frozenset(
    "Organisation InternationalOrganisation Alliance GovernmentBody Party ArmedGroup".split()
)
ACTORS = ORGANISATION_TYPES | {"Person", "State", "Group"}
OBJECT_ISSUES = {"treaty": ("Treaty",), "weapon-system": ("WeaponSystem",)}
ANAPHOR_REACH = 500  # characters
LONGEST_TAIL, SHORTEST_TAIL = 24, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMention:
    """A word that names an issue, with what the issue is about there."""

    token: Token
    issue: str
    about: str | None  # key of a mention
    direction: int  # -1 when the word itself means less of the issue
    weak: bool
    rule: str
    near: bool = False  # a named treaty or weapon: counts only as the direct target of a stance


def find_topics(reading: Reading) -> Iterator[TopicMention]:
    """Every trigger whose requirements are met; of several issues for a word the most specific trigger's."""
    for token in reading.doc:
        if token.i not in reading.prose or token.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ", "X"):
            continue
        fits = [(t, specific) for t, specific in _triggers(reading, token)]
        best: dict[str, tuple[Cue, int]] = {}
        for trigger, specific in fits:
            issue = trigger.first("issue").removeprefix("topic-")
            if issue not in best or specific > best[issue][1]:
                best[issue] = (trigger, specific)
        top = max((s for _, s in best.values()), default=0)
        for issue, (trigger, specific) in sorted(best.items()):
            if specific == top:
                yield _topic(reading, token, issue, trigger)
        if not best:
            yield from _named(reading, token)


def _named(reading: Reading, token: Token) -> Iterator[TopicMention]:
    """A treaty or weapon system by name: somebody may want the one and leave the other."""
    mention = reading.whole(token)
    if mention is None or token.pos_ == "VERB":
        return
    name = reading.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
    if name is None or name.root.i != token.i:
        return
    if mention.type == "Treaty":
        yield TopicMention(
            token=token, issue="treaty", about=mention.key, direction=1, weak=False, rule="named-treaty", near=True
        )
    elif mention.type == "WeaponSystem":
        yield TopicMention(
            token=token, issue="arms-deliveries", about=None, direction=1, weak=False, rule="named-weapon", near=True
        )


def find_anaphors(reading: Reading, topics: list[TopicMention]) -> list[TopicMention]:
    """With words that take up an issue named before (diese Forderung, der Beschluss), in text order.

    They count only as the direct target of a stance, and only close behind what they take up.
    """
    taken = {t.token.i for t in topics}
    found = list(topics)
    for token in reading.doc:
        if token.i in taken or token.i not in reading.prose or not _takes_up(reading, token):
            continue
        before = [t for t in topics if t.token.i < token.i and token.idx - t.token.idx < ANAPHOR_REACH and not t.weak]
        if before:
            last = before[-1]
            found.append(replace(last, token=token, rule=f"{last.rule}+anaphor", near=True))
    return sorted(found, key=lambda t: t.token.i)


def _takes_up(reading: Reading, token: Token) -> bool:
    if token.pos_ != "NOUN" or any(c.dep_ in ("nmod", "acl", "acl:relcl", "ccomp") for c in token.children):
        return False
    definite = any(c.tag_ in ("ART", "PDAT", "APPRART") and c.lemma_ != "ein" for c in token.children)
    return definite and bool(reading.knowledge.find_cues("TopicAnaphor", token.lemma_))


def _triggers(reading: Reading, token: Token) -> Iterator[tuple[Cue, int]]:
    for word, whole in _words(reading, token):
        for trigger in reading.knowledge.find_cues("TopicTrigger", word):
            if trigger.first("pos", "NOUN") not in (_pos(token), "PHRASE"):
                continue
            specific = _specificity(reading, token, trigger, word)
            if specific is not None:
                yield trigger, specific + (1 if whole else 0)


def _pos(token: Token) -> str:
    return "NOUN" if token.pos_ in ("PROPN", "X") else token.pos_


def _words(reading: Reading, token: Token) -> Iterator[tuple[str, bool]]:
    """The lemma; for compounds also the last part."""
    lemma = token.lemma_
    yield lemma, True
    if token.pos_ == "VERB":
        return
    head = lemma.rpartition("-")[2]
    if head != lemma:
        yield head, False
    for cut in range(max(2, len(head) - LONGEST_TAIL), len(head) - SHORTEST_TAIL + 1):
        tail = head[cut:].capitalize()
        if reading.knowledge.find_cues("TopicTrigger", tail):
            yield tail, False
            return


def _specificity(reading: Reading, token: Token, trigger: Cue, word: str) -> int | None:
    """How much of the trigger had to be met; None if something is missing."""
    entities, words, types = trigger.get("requires"), trigger.get("requiresWord"), trigger.get("requiresType")
    near = list(_near(token))
    first = reading.knowledge.compounds.get(token.text.partition("-")[0])
    named = {c for m in _mentions(reading, token, near) for c in m.candidates} | {first}
    if entities and not named & set(entities):
        return None
    if types and not any(is_a(m.type, types) for m in _mentions(reading, token, near)):
        return None
    if words and not _has_word(token, near, words, word):
        return None
    met = 4 * bool(entities) + 3 * bool(types) + 3 * bool(words)
    return met if trigger.flag("weak") else met + 2


def _near(token: Token) -> Iterator[Token]:
    """Dependents that can complete a trigger: two levels down, without relative clauses."""
    for child in token.children:
        if child.dep_ in ("acl", "acl:relcl", "ccomp", "advcl", "parataxis", "nsubj") and token.pos_ != "VERB":
            continue
        yield child
        if child.dep_ not in ("ccomp", "advcl", "parataxis", "acl", "acl:relcl", "conj"):
            yield from (c for c in child.children if c.dep_ in ("nmod", "conj", "appos", "flat", "amod", "compound"))


def _mentions(reading: Reading, token: Token, near: list[Token]) -> Iterator[Mention]:
    for other in (token, *near):
        yield from reading.covering(other)


def _has_word(token: Token, near: list[Token], words: tuple[str, ...], head: str) -> bool:
    first = (
        token.lemma_[: len(token.lemma_) - len(head)].rstrip("-") if token.lemma_.lower().endswith(head.lower()) else ""
    )
    lowered = {w.casefold() for w in words}
    if first and any(
        first.casefold().startswith(w) or w.startswith(first.casefold()) for w in lowered if len(first) > 2
    ):
        return True
    for other in near:
        lemma = other.lemma_.casefold()
        if lemma in lowered or other.lower_ in lowered or any(lemma.endswith(w) for w in lowered if len(w) > 4):
            return True
    return False


def _topic(reading: Reading, token: Token, issue: str, trigger: Cue) -> TopicMention:
    about = _about(reading, token, issue, trigger)
    return TopicMention(
        token=token,
        issue=issue,
        about=about.key if about else None,
        direction=-1 if trigger.first("direction") == "down" else 1,
        weak=trigger.flag("weak"),
        rule=trigger.id,
    )


def _about(reading: Reading, token: Token, issue: str, trigger: Cue) -> Mention | None:
    wanted = OBJECT_ISSUES.get(issue)
    if wanted:
        return next((m for m in _mentions(reading, token, list(_near(token))) if m.type in wanted), None)
    required = set(trigger.get("requires"))
    names = sorted(trigger.get("aboutSlot"), key=_slot_order)
    personal = "true" in reading.knowledge.issues.get(issue, {}).get("aboutPerson", ())
    for mention in _about_mentions(reading, token, names):
        if mention.type == "Person" and not personal:
            continue
        if mention.type in ABOUT_TYPES | {""} and not required & set(mention.candidates[:1]):
            return mention
    return None


def _slot_order(name: str) -> int:
    order = ("prep", "dative", "object", "subject", "genitive", "adjective", "compound")
    return order.index(name.partition(":")[0]) if name.partition(":")[0] in order else len(order)


def _about_mentions(reading: Reading, token: Token, names: list[str]) -> Iterator[Mention]:
    """Fillers of the slots; then the phrase right behind the word, and those of the verb it is the object of."""
    for name in names:
        yield from fillers(reading, token, name)
    prepositions = {name.partition(":")[2] for name in names if name.startswith("prep:")}
    following = reading.doc[token.i + 1] if token.i + 1 < len(reading.doc) else None
    if following is not None and following.pos_ == "ADP" and contraction_base(following.lower_) in prepositions:
        for other in reading.doc[token.i + 2 : token.i + 6]:
            mention = reading.whole(other)
            if mention is not None and mention.kind != "adjective":
                yield mention
                break
    if token.pos_ != "VERB" and token.dep_ in ("obj", "nsubj:pass", "obl", "conj") and token.head.pos_ == "VERB":
        for name in names:
            if name.startswith("prep:") or name == "dative":
                yield from fillers(reading, token.head, name)


def is_a(kind: str, wanted: Iterable[str]) -> bool:
    """Whether a class is one of the wanted ones or below one (design, section 3)."""
    chain = {kind, "Actor" if kind in ACTORS else kind, "Organisation" if kind in ORGANISATION_TYPES else kind}
    return bool(chain & set(wanted))


def fillers(reading: Reading, token: Token, name: str) -> Iterator[Mention]:
    """Mentions in a slot; `compound` and `adjective` look into the word and before it."""
    if name == "compound":
        part = reading.part(token)
        if part is not None:
            yield part
        return
    for filler in slot(token, name):
        mention = reading.refer(filler)
        if mention is not None and (name != "adjective" or mention.kind in ("adjective", "name")):
            yield mention
            continue
        yield from inner_mentions(reading, filler)


def inner_mentions(reading: Reading, token: Token) -> Iterator[Mention]:
    """For a noun that names nobody (die Position Kiews, Teile des Landes) whom it belongs to."""
    if token.pos_ not in ("NOUN",) or is_clause(token):
        return
    part = reading.part(token)
    if part is not None:
        yield part
    for name in ("genitive", "prep:von", "adjective", "prep:in"):
        for filler in slot(token, name):
            mention = reading.refer(filler)
            if mention is not None and mention.kind != "pronoun":  # sein Land is not he
                yield mention
