"""Third person pronouns: the person they refer to, by gender, nearness, and the grammar of their clause.

A pronoun is not what stands beside it as another argument of the same verb, and in somebody's quoted words
it is not the speaker; in his reported words it mostly is. Subjects are taken up more readily than others.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.grammar import SUBJECTS, clause_head, has_feature
from kg.extract.parse import Token
from kg.extract.quotes import speaker_at
from kg.extract.reading import Reading
from kg.extract.topics import ACTORS
from kg.model import Mention, Statement

MASCULINE = frozenset("er ihm ihn".split())
FEMININE = frozenset("sie ihr".split())
REACH = 3  # sentences back
SUBJECT_BONUS, REPORTED_BONUS = 1.5, 3.0


def link_pronouns(reading: Reading, statements: Sequence[Statement]) -> None:
    """Set `Mention.candidates` of each pronoun to the keys of the mentions it may take up, likeliest first."""
    people = list(_people(reading))
    places = [token.i for token, _ in people]
    starts = [sent.start for sent in reading.doc.sents]
    for token in reading.doc:
        own = reading.whole(token)
        if own is None or token.i not in reading.prose or not own.is_anaphor:
            continue
        wanted = gender_of(token) if own.kind == "pronoun" else own.gender
        if wanted:
            earliest = starts[max(0, bisect_right(starts, token.i) - 1 - REACH)]
            near = people[bisect_left(places, earliest) : bisect_left(places, token.i)]
            scored = sorted(_scored(token, wanted, near, statements, starts), key=lambda x: -x[0])
            found = tuple(dict.fromkeys(mention.key for _, mention in scored)) or tuple(_bodies(reading, token))
            reading.mentions[own.key] = replace(own, candidates=found, gender=wanted)


def _bodies(reading: Reading, token: Token) -> Iterator[str]:
    """Key of the only state or body that `sie` can mean: the subject before it, with no other of its gender near."""
    if token.lower_ != "sie" or token.dep_ != "nsubj" or not has_feature(token, "Number", "Sing"):
        return
    start = reading.doc[token.sent.start - 1].sent.start if token.sent.start else 0
    near = {i: m for i in range(start, token.i) if (m := reading.whole(reading.doc[i])) is not None}
    rivals = {m.candidates[:1] or m.label for m in near.values() if m.gender == "f" and m.kind != "pronoun"}
    subject = next((reading.doc[i] for i in reversed(near) if reading.doc[i].dep_ in SUBJECTS), None)
    mention = near[subject.i] if subject is not None else None
    if mention is None or len(rivals) != 1 or mention.gender != "f" or mention.type not in ACTORS - {"Person"}:
        return
    if mention.kind in ("name", "metonym"):
        yield mention.key


def gender_of(token: Token) -> str:
    """M or f of a singular pronoun of the third person that can mean a person, else ""."""
    word = token.lower_
    if word in MASCULINE or (token.tag_ == "PPOSAT" and word.startswith("sein")):
        return "m"
    singular = "Plur" not in token.morph.get("Number", [])
    if word in FEMININE and singular and not (word == "sie" and token.text == "Sie" and not token.is_sent_start):
        return "f"
    return ""


def _people(reading: Reading) -> Iterator[tuple[Token, Mention]]:
    for token in reading.doc:
        mention = reading.whole(token)
        if mention is None or mention.type != "Person" or mention.kind not in ("name", "nominal"):
            continue
        if token.idx + len(token) == mention.span.end:
            yield token, mention


def _scored(
    token: Token,
    wanted: str,
    people: Sequence[tuple[Token, Mention]],
    statements: Sequence[Statement],
    starts: Sequence[int],
) -> Iterator[tuple[float, Mention]]:
    inside = speaker_at(statements, token.idx)
    at = bisect_right(starts, token.i) - 1
    for other, mention in people:
        if mention.gender in ("m", "f") and mention.gender != wanted:
            continue
        if mention.gender == "pl" or _same_clause(token, other):
            continue
        speaks = inside is not None and inside.form != "direct" and inside.speaker in (mention.key, mention.head)
        score = -float(at - (bisect_right(starts, other.i) - 1))
        score += SUBJECT_BONUS if _is_subject(other) else 0.0
        score += REPORTED_BONUS if speaks else 0.0
        yield score + other.i / 1e6, mention


def _same_clause(token: Token, other: Token) -> bool:
    if token.tag_ == "PPOSAT":
        return False
    return token.sent.start == other.sent.start and clause_head(token.head).i == clause_head(other.head).i


def _is_subject(token: Token) -> bool:
    node = token
    for _ in range(4):
        if node.dep_ in SUBJECTS:
            return True
        if node.dep_ not in ("appos", "flat", "flat:name", "compound", "nmod", "conj") or node.head.i == node.i:
            return False
        node = node.head
    return False
