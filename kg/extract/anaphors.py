"""Words that take up an issue named before: dies, diese Forderung, einen solchen Einsatz, (ein Beitritt,) den."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.grammar import antecedent, gender_of_word, has_feature
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.stance import pronominal
from kg.extract.topics import TopicMention

REACH = 500  # characters back to what is taken up
NEAR = 200  # of a pronoun, which may stand for anything said
SUCH = frozenset(("dieser", "jener", "solcher", "solch", "derartig"))
PRONOUNS = frozenset(("dies", "das", "dieses"))
LONGEST_PHRASE = 8  # words from a noun to the pronoun that stands for it
COMPARED = frozenset(("es", "sie", "ihn"))
COMPLETED = frozenset(("nmod", "acl", "acl:relcl", "ccomp"))


def with_anaphors(reading: Reading, topics: Sequence[TopicMention]) -> list[TopicMention]:
    """The topics with the words that take one up, in text order.

    Such a word counts only as the direct target of a stance, and only close behind what it takes up. A weak
    word with `solch` or `dieser` takes up as well, rather than raising an issue of its own.
    """
    plain = sorted((t for t in topics if not t.weak or t.about), key=lambda t: t.token.i)
    places = [t.token.i for t in plain]
    taking = {token.i: token for token in _candidates(reading, topics)}
    found = [t for t in topics if t.token.i not in taking or not _before(t.token, plain, places)]
    for token in taking.values():
        before = _before(token, plain, places)
        if before:
            last = _first_of(before)
            rule, such = f"{last.rule}+anaphor", _has_such(token) or token.dep_.startswith("nsubj")
            found.append(replace(last, token=token, rule=rule, near=True, source=last.token.i, such=such))
    known = {t.token.i for t in found}
    found.extend(t for t in _referring(reading, found) if t.token.i not in known)
    return sorted(found, key=lambda t: t.token.i)


def _referring(reading: Reading, topics: Sequence[TopicMention]) -> Iterator[TopicMention]:
    """Pronouns that stand for one certain word of an issue: it is in them what it is there."""
    at = {t.token.i: t for t in topics if not t.weak or t.about}
    places = sorted(at)
    named = [at[i] for i in places]
    for token in reading.doc:
        if token.i not in reading.prose:
            continue
        meant = _relative(token) or _compared(token, at) or _personal(token)
        topic = at.get(meant.i) if meant is not None else None
        if topic is None and _is_adverb(token):
            before = _before(token, named, places)
            topic = before[-1] if before and len({t.issue for t in before}) == 1 else None
        if topic is not None:
            yield replace(topic, token=token, rule=f"{topic.rule}+pronoun", near=True, source=None)


def _relative(token: Token) -> Token | None:
    """The noun of a relative pronoun without preposition: the one that the tree says, if it stands just before."""
    if token.tag_ != "PRELS" or token.dep_ not in ("obj", "nsubj", "nsubj:pass", "iobj", "obl:arg"):
        return None
    noun = antecedent(token)
    return noun if noun.i < token.i and noun.i >= token.i - LONGEST_PHRASE else None


def _compared(token: Token, at: Mapping[int, TopicMention]) -> Token | None:
    """What `es` means in: ein Embargo, wie es Kiew vorschlägt."""
    if token.tag_ != "PPER" or token.lower_ not in COMPARED:
        return None
    if [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]] != [",", "wie"]:
        return None
    start = max(token.sent.start, token.i - LONGEST_PHRASE)
    return next((token.doc[i] for i in range(token.i - 1, start - 1, -1) if i in at), None)


def _personal(token: Token) -> Token | None:
    """The noun that er, sie or ihn means, if it is the last that agrees: no person or thing comes between."""
    if token.tag_ != "PPER" or not _is_third(token):
        return None
    many = token.lower_ == "sie" and has_feature(token, "Number", "Plur")
    for i in range(token.i - 1, -1, -1):
        other = token.doc[i]
        if token.idx - other.idx > NEAR:
            return None
        beside = other.head.i == token.head.i and other.dep_.startswith("nsubj")  # who rejects it is not what is meant
        if not beside and other.pos_ in ("NOUN", "PROPN") and _agrees(token, other, many=many):
            return other if other.pos_ == "NOUN" and not _is_part(token, other) else None
    return None


def _is_part(pronoun: Token, noun: Token) -> bool:
    """Whether sie as object may as well mean the noun that the last one completes (eine Liste der Einsätze)."""
    above = noun.head
    completes = pronoun.dep_ == "obj" and pronoun.lower_ == "sie" and noun.dep_ == "nmod"
    return completes and above.pos_ == "NOUN" and gender_of_word(above) in ("f", "pl", "")


def _is_third(token: Token) -> bool:
    """Whether er, sie or ihn is subject or object; the polite Sie is none, unless a sentence begins with it."""
    if token.text[:1].isupper() and not token.is_sent_start:
        return False
    if token.dep_ in ("nsubj", "nsubj:pass"):
        return token.lower_ in ("er", "sie")
    return token.dep_ == "obj" and token.lower_ in ("ihn", "sie")


def _agrees(pronoun: Token, noun: Token, *, many: bool) -> bool:
    gender = gender_of_word(noun)
    wanted = "pl" if many else "m" if pronoun.lower_ in ("er", "ihn") else "f"
    return not gender or gender == wanted


def _is_adverb(token: Token) -> bool:
    """Whether davon, dafür and the like stand alone, without the clause that says what they mean."""
    if token.tag_ not in ("PAV", "PROAV") or pronominal(token) is None:
        return False
    if any(c.dep_ in (*COMPLETED, "xcomp", "advcl") for c in (*token.children, *token.head.children) if c.i > token.i):
        return False
    return all(t.text != ":" for t in token.doc[token.i + 1 : token.i + 3])


def _before(token: Token, topics: Sequence[TopicMention], places: Sequence[int]) -> list[TopicMention]:
    """The topics within reach before a word, in text order as all of them are; `places` are their tokens."""
    reach = NEAR if token.tag_ == "PDS" else REACH
    end = bisect_left(places, token.i)
    low = bisect_left(places, token.i - reach)  # a token has a character at least
    return [t for t in topics[low:end] if token.idx - t.token.idx < reach]


def _first_of(topics: Sequence[TopicMention]) -> TopicMention:
    """The last of the topics, or the first of those that it is coordinated with (Garantien und einen Verzicht)."""
    last = topics[-1]
    by_token = {t.token.i: t for t in reversed(topics)}
    node = last.token
    while node.head.i != node.i:
        if node.dep_ == "conj" and node.head.i in by_token:
            return by_token[node.head.i]
        node = node.head
    return last


def _candidates(reading: Reading, topics: Sequence[TopicMention]) -> Iterator[Token]:
    plain, weak = ({t.token.i for t in topics if t.weak == is_weak} for is_weak in (False, True))
    for token in reading.doc:
        if token.i not in reading.prose or token.i in plain:
            continue
        if _is_pronoun(token) or _takes_up(reading, token) or (token.i in weak and _has_such(token)):
            yield token


def _has_such(token: Token) -> bool:
    return any(
        c.lemma_.lower() in SUCH or c.lower_.startswith("solch") for c in token.children if c.pos_ in ("DET", "ADJ")
    )


def _is_pronoun(token: Token) -> bool:
    if token.lower_ not in PRONOUNS or token.tag_ != "PDS" or token.dep_ not in ("obj", "nsubj", "nsubj:pass"):
        return False
    if any(c.dep_ in COMPLETED for c in token.children):  # das, was er getan hat
        return False
    return not any(t.lower_ == "was" for t in token.doc[token.i + 1 : token.i + 4])


def _takes_up(reading: Reading, token: Token) -> bool:
    if token.pos_ != "NOUN" or any(c.dep_ in COMPLETED for c in token.children):
        return False
    if not reading.knowledge.find_cues("TopicAnaphor", token.lemma_):
        return False
    articles = (c for c in token.children if c.tag_ in ("ART", "APPRART"))
    return _has_such(token) or any(c.lemma_.lower() != "ein" for c in articles)
