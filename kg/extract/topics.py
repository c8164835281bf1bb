"""Which issues of the scheme the text touches, and about whom or what: the targets of positions."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from kg.extract.grammar import is_clause, slot
from kg.extract.order import is_bare, phrase_after, phrases_after, preposition_of, segment_of
from kg.extract.parse import Token
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
LOCAL = frozenset(("State", "Place", "Party", "ArmedGroup", "Group", "Person"))
IMPERSONAL = frozenset("es man wer ich wir uns mir mich".split())
DATIVE_ARTICLES = frozenset(("der", "dem", "den"))
DEFINITE = frozenset("der die das dem den des im vom zum am beim".split())
VENUES = frozenset(("prep:in", "prep:bei"))
OBJECT_ISSUES = {"treaty": ("Treaty",), "weapon-system": ("WeaponSystem",)}
ENOUGH = 2  # plain words of an issue that make others raise it too
LONGEST_TAIL, SHORTEST_TAIL = 24, 6
ENDINGS = ("", "s", "es", "n", "en", "e", "er", "ern")
UMLAUTS = str.maketrans("äöüÄÖÜ", "aouAOU")


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
    source: int | None = None  # of a word that takes up an issue: token of the topic that it takes up
    contextual: bool = False  # raises the issue only where the article names it plainly (die Pflicht, drei Prozent)
    such: bool = False  # takes up the kind (ein solcher Schritt), not the stance taken to it


def find_topics(reading: Reading) -> Iterator[TopicMention]:
    """Every trigger whose requirements are met; of several issues for a word the most specific trigger's.

    A weak word that may raise several issues (Beitritt) raises the one that the article names plainly.
    """
    found = list(_triggered(reading))
    plain = Counter(t.issue for t in found if not (t.weak or t.near or t.contextual))
    open_words = Counter(t.token.i for t in found if t.weak)
    rivals: dict[int, set[str]] = {}
    for topic in found:
        rivals.setdefault(topic.token.i, set()).add(topic.issue)
    carried = {(t.token.head.i, t.issue) for t in found if not (t.weak or t.near) and t.token.pos_ != "VERB"}
    for topic in found:
        if topic.token.pos_ == "VERB" and (topic.token.i, topic.issue) in carried:
            continue  # den Export von Panzern genehmigen: the noun says more
        if topic.contextual and plain[topic.issue] < ENOUGH:
            continue
        if topic.weak and not any(plain[issue] for issue in (topic.issue, *related_issues(reading, topic.issue))):
            continue  # whom one supports says little where the article is about something else
        if topic.weak and open_words[topic.token.i] > 1 and plain[topic.issue] < _most(plain, rivals[topic.token.i]):
            continue
        yield topic


def _most(plain: Counter[str], issues: Iterable[str]) -> int:
    """How often the article names the one of some issues that it names most, at least 1."""
    return max(1, *(plain[issue] for issue in issues))


def related_issues(reading: Reading, issue: str) -> Iterator[str]:
    """Issues that come up in the same conflicts, as peace talks and a ceasefire do."""
    related = reading.knowledge.issues.get(issue, {}).get("related", ())
    return (name.removeprefix("topic-") for name in related)


def _triggered(reading: Reading) -> Iterator[TopicMention]:
    for token in reading.doc:
        if token.i not in reading.prose or token.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ", "X"):
            continue
        best: dict[str, tuple[Cue, int]] = {}
        for trigger, specific in _triggers(reading, token):
            issue = trigger.first("issue").removeprefix("topic-")
            if issue not in best or specific > best[issue][1]:
                best[issue] = (trigger, specific)
        top = max((s for _, s in best.values()), default=0)
        for issue, (trigger, specific) in sorted(best.items()):
            topic = _topic(reading, token, issue, trigger) if specific == top else None
            if topic is not None:
                yield topic
        if not best:
            yield from _named(reading, token)


def _named(reading: Reading, token: Token) -> Iterator[TopicMention]:
    """A treaty or weapon system by name: somebody may want the one and leave the other."""
    mention = reading.whole(token) or sole_treaty(reading, token)
    if mention is None or token.pos_ == "VERB":
        return
    if mention.span.start > token.idx or mention.span.end <= token.idx:
        yield TopicMention(
            token=token, issue="treaty", about=mention.key, direction=1, weak=False, rule="sole-treaty", near=True
        )
        return
    name = reading.doc.char_span(mention.span.start, mention.span.end, expand=True)
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


def _triggers(reading: Reading, token: Token) -> Iterator[tuple[Cue, int]]:
    around = _Surroundings(reading, token)
    for word, whole in _words(reading, token):
        for trigger in reading.knowledge.find_cues("TopicTrigger", word):
            if trigger.first("pos", "NOUN") not in (_pos(token), "PHRASE"):
                continue
            specific = _specificity(around, trigger, word)
            if specific is not None:
                yield trigger, specific + (1 if whole else 0)


def _pos(token: Token) -> str:
    return "NOUN" if token.pos_ in ("PROPN", "X") else token.pos_


def _words(reading: Reading, token: Token) -> Iterator[tuple[str, bool]]:
    """The lemma; for compounds also the last part; where neither is known, what the form may be inflected from."""
    yield token.lemma_, True
    if token.pos_ == "VERB":
        return
    for word in dict.fromkeys((token.lemma_, *word_stems(token.text))):
        if word != token.lemma_ and reading.knowledge.find_cues("TopicTrigger", word):
            yield word, True
            return
        tail = _tail(reading, word)
        if tail is not None:
            yield tail, False
            return


def _tail(reading: Reading, word: str) -> str | None:
    """The longest last part of a compound that is a trigger."""
    head = word.rpartition("-")[2]
    if head != word and reading.knowledge.find_cues("TopicTrigger", head):
        return head
    longest = min(len(head) - 2, LONGEST_TAIL)
    tails = reading.knowledge.known_tails("TopicTrigger", head)
    return next((tail for tail in tails if SHORTEST_TAIL <= len(tail) <= longest), None)


class _Surroundings:
    """What may complete a word that names an issue, looked up when an entry first asks for it."""

    def __init__(self, reading: Reading, token: Token) -> None:
        self.reading = reading
        self.token = token

    @cached_property
    def near(self) -> list[Token]:
        """The words that may complete it."""
        return list(_near(self.token))

    @cached_property
    def named(self) -> set[str | None]:
        """The entities that it and what completes it directly name."""
        token = self.token
        first = self.reading.knowledge.compounds.get(token.text.partition("-")[0])
        direct = [t for t in self.near if token.pos_ != "VERB" or t.head.i == token.i or preposition_of(t) is not None]
        return {c for m in _mentions(self.reading, token, direct) for c in m.candidates[:1]} | {first}

    @cached_property
    def types(self) -> set[str]:
        """The classes of all that is named there."""
        return {m.type for m in _mentions(self.reading, self.token, self.near)}

    @cached_property
    def forms(self) -> set[str]:
        """The words there, as they stand and without endings, in lower case."""
        forms = (form for t in self.near for form in (t.lemma_, *word_stems(t.text)))
        return {t.lower_ for t in self.near} | {form.casefold() for form in forms}


def _specificity(around: _Surroundings, trigger: Cue, word: str) -> int | None:
    """How much of the trigger had to be met; None if something is missing."""
    entities, words, types = trigger.get("requires"), trigger.get("requiresWord"), trigger.get("requiresType")
    if entities and around.named.isdisjoint(entities):
        return None
    if types and not any(is_a(found, types) for found in around.types):
        return None
    if words and not _has_word(around, words, word):
        return None
    met = 4 * bool(entities) + 3 * bool(types) + 3 * bool(words)
    return met if trigger.flag("weak") or trigger.flag("contextual") else met + 2


def _near(token: Token) -> Iterator[Token]:
    """What can complete a trigger: dependents two levels down, no relative clauses; by order what follows a noun."""
    seen: set[int] = set()
    for other in chain(_below(token), phrase_after(token) if token.pos_ != "VERB" else _beside(token)):
        if other.i not in seen:
            seen.add(other.i)
            yield other


def _below(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in ("acl", "acl:relcl", "ccomp", "advcl", "parataxis", "nsubj") and token.pos_ != "VERB":
            continue
        yield child
        if child.dep_ not in ("ccomp", "advcl", "parataxis", "acl", "acl:relcl", "conj"):
            yield from (c for c in child.children if c.dep_ in ("nmod", "conj", "appos", "flat", "amod", "compound"))


def _beside(verb: Token) -> Iterator[Token]:
    """The other words between the commas around a verb, if it is the only full verb there."""
    words = list(segment_of(verb))
    if any(w.pos_ == "VERB" and w.i != verb.i for w in words):
        return iter(())
    return (w for w in words if w.pos_ in ("NOUN", "PROPN", "ADJ", "X") and w.i != verb.i)


def _mentions(reading: Reading, token: Token, near: list[Token]) -> Iterator[Mention]:
    for other in (token, *near):
        whole = reading.whole(other)
        if whole is not None and whole.type == "Person":
            yield whole  # the Nato in Nato-Generalsekretär is not what the word is about
        else:
            yield from reading.covering(other)
        treaty = sole_treaty(reading, other) if whole is None and other.i != token.i else None
        if treaty is not None:
            yield treaty


def sole_treaty(reading: Reading, token: Token) -> Mention | None:
    """What "das Abkommen" means in an article that names one treaty only."""
    if token.pos_ != "NOUN" or not _is_definite(token) or any(c.dep_ == "nmod" for c in token.children):
        return None
    if not reading.knowledge.find_cues("TreatyNoun", token.lemma_):
        return None
    named = [m for m in reading.mentions.values() if m.type == "Treaty" and m.candidates]
    return named[0] if len({m.candidates[0] for m in named}) == 1 else None


def _is_definite(token: Token) -> bool:
    """Whether the article is der or dieser, perhaps in a contraction, and no attribute tells it from others."""
    if any(c.pos_ == "ADJ" for c in token.children):
        return False
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return before in DEFINITE or before.startswith("dies")


def _has_word(around: _Surroundings, words: tuple[str, ...], head: str) -> bool:
    token = around.token
    lemma = next((w for w in (token.lemma_, *word_stems(token.text)) if w.lower().endswith(head.lower())), "")
    first = lemma[: len(lemma) - len(head)].rstrip("-").casefold()
    lowered = {w.casefold() for w in words}
    if len(first) > 2 and any(first.startswith(w) or w.startswith(first) for w in lowered):
        return True
    long = tuple(w for w in lowered if len(w) > 4)
    return not lowered.isdisjoint(around.forms) or any(form.endswith(long) for form in around.forms)


@lru_cache(maxsize=20_000)
def word_stems(word: str) -> tuple[str, ...]:
    """What a noun form may be inflected from: without endings, without the umlaut of the plural."""
    found = dict.fromkeys(word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending))
    plain = {w: w.translate(UMLAUTS) for w in found if len(w) > 3}
    return tuple(dict.fromkeys((*(w for w in found if len(w) > 3), *(w for k, w in plain.items() if w != k))))


def _topic(reading: Reading, token: Token, issue: str, trigger: Cue) -> TopicMention | None:
    about = _about(reading, token, issue, trigger)
    if about is None and issue in OBJECT_ISSUES and trigger.get("requiresType"):
        return None  # only a class of weapons or treaties, not a named one
    return TopicMention(
        token=token,
        issue=issue,
        about=about.key if about else None,
        direction=-1 if trigger.first("direction") == "down" else 1,
        weak=trigger.flag("weak"),
        contextual=trigger.flag("contextual"),
        rule=trigger.id,
    )


def _about(reading: Reading, token: Token, issue: str, trigger: Cue) -> Mention | None:
    wanted = OBJECT_ISSUES.get(issue)
    if wanted:
        named = (m for m in _mentions(reading, token, list(_near(token))) if m.type in wanted)
        return next((m for m in named if not _is_class(reading, m)), None)
    required = set(trigger.get("requires"))
    heads = tuple(trigger.get("head"))
    names = sorted(trigger.get("aboutSlot"), key=_slot_order)
    local = "focus" in reading.knowledge.issues.get(issue, {}).get("aboutDefault", ())
    personal = "true" in reading.knowledge.issues.get(issue, {}).get("aboutPerson", ())
    for mention in _about_mentions(reading, token, names):
        if mention.type == "Person" and not personal:
            continue
        if mention.kind == "pronoun" and mention.text.lower() in IMPERSONAL:
            continue
        if local and (mention.type not in LOCAL or (mention.kind == "nominal" and mention.type == "Group")):
            continue  # the EU of an EU-Mission is not where it goes, nor the soldiers
        if mention.type == "Place" and any(head.startswith(mention.text) for head in heads):
            continue  # the Normandie of the Normandie-Format is part of the word
        if mention.type in ABOUT_TYPES | {""} and not required & set(mention.candidates[:1]):
            return mention
    return None


def _is_class(reading: Reading, mention: Mention) -> bool:
    known = reading.knowledge.entities.get(next(iter(mention.candidates), ""))
    return known is not None and known.first("generic") == "true"


def _slot_order(name: str) -> int:
    order = ("prep", "dative", "object", "subject", "genitive", "adjective", "compound")
    return order.index(name.partition(":")[0]) if name.partition(":")[0] in order else len(order)


def _about_mentions(reading: Reading, token: Token, names: list[str]) -> Iterator[Mention]:
    """Fillers of the slots; then phrases right behind the word, and those of the verb it is the object of."""
    for name in names:
        found = _arguments(reading, token, name) if token.pos_ == "VERB" else _completing(reading, token, name)
        yield from (m for m in found if name not in VENUES or not _is_venue(reading, m))
    verb = token if token.pos_ == "VERB" else _verb_over(token)
    if verb is not None:
        for name in names:
            yield from _of_verb(reading, verb, token, name)


def _completing(reading: Reading, noun: Token, name: str) -> Iterator[Mention]:
    """What completes a noun: by the tree, and prepositional phrases behind it wherever they hang."""
    yield from fillers(reading, noun, name)
    for base, governed in phrases_after(noun) if name.startswith("prep:") else ():
        mention = reading.whole(governed) if name == f"prep:{base}" else None
        if mention is not None and mention.kind != "adjective":
            yield mention


def _of_verb(reading: Reading, verb: Token, token: Token, name: str) -> Iterator[Mention]:
    if verb.i != token.i and (name == "dative" or (name.startswith("prep:") and name not in VENUES)):
        yield from (m for m in fillers(reading, verb, name) if m.type in ("State", "Place"))
    if name == "dative":
        yield from _dative_by_order(reading, verb)
        yield from _bare_beside(reading, verb, token)


def _bare_beside(reading: Reading, verb: Token, token: Token) -> Iterator[Mention]:
    """States beside the object, without article (Serbien den Status zusprechen)."""
    if not any(c.dep_.startswith("nsubj") for c in verb.children):
        return
    for child in verb.children:
        if (
            child.i == token.i
            or child.pos_ != "PROPN"
            or child.dep_ in ("nsubj", "nsubj:pass", "conj")
            or not is_bare(child)
        ):
            continue
        mention = reading.whole(child)
        if mention is not None and mention.type in ("State", "Place") and mention.kind == "name":
            yield mention


def _arguments(reading: Reading, verb: Token, name: str) -> Iterator[Mention]:
    """What a verb is done to is the argument itself, no part of it (den Nato-Beitritt unterstützen)."""
    if name not in ("object", "subject", "dative"):
        yield from fillers(reading, verb, name)
        return
    for filler in slot(verb, name):
        mention = reading.refer(filler)
        if mention is not None:
            yield mention


def _is_venue(reading: Reading, mention: Mention) -> bool:
    """Whether a place is a capital, where one meets (Gespräche in Paris), rather than what it is about."""
    return mention.kind == "metonym" or (mention.type == "Place" and mention.text in reading.knowledge.metonyms)


def _verb_over(token: Token) -> Token | None:
    head = token.head
    return head if token.dep_ in ("obj", "nsubj:pass", "obl", "conj") and head.pos_ == "VERB" else None


def _dative_by_order(reading: Reading, verb: Token) -> Iterator[Mention]:
    """Receivers that the tree hangs elsewhere (der Ukraine Panzer liefern): the state with a dative article."""
    for token in segment_of(verb):
        article = reading.doc[token.i - 1] if token.i else None
        if token.pos_ != "PROPN" or article is None or article.lower_ not in DATIVE_ARTICLES or article.pos_ != "DET":
            continue
        before = reading.doc[token.i - 2] if token.i > 1 else None
        if before is not None and (before.pos_ in ("ADP", "NOUN", "PROPN") or token.dep_ in ("nmod", "nsubj")):
            continue
        mention = reading.whole(token)
        if mention is not None and mention.type in ("State", "Place", "Alliance", "InternationalOrganisation"):
            yield mention


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
            if mention is None or mention.kind == "pronoun":  # sein Land is not he
                continue
            if name != "adjective" or mention.type != "Place":  # das skandinavische Land is not Scandinavia
                yield mention
