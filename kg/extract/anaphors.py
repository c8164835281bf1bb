"""Words that take up an issue named before: dies, diese Forderung, der Beschluss, einen solchen Einsatz."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.reading import Reading
from kg.extract.topics import TopicMention

REACH = 500  # characters back to what is taken up
SUCH = frozenset(("dieser", "jener", "solcher", "solch", "derartig"))
PRONOUNS = frozenset(("dies", "das", "dieses"))
COMPLETED = frozenset(("nmod", "acl", "acl:relcl", "ccomp"))


def with_anaphors(reading: Reading, topics: Sequence[TopicMention]) -> list[TopicMention]:
    """The topics with the words that take one up, in text order.

    Such a word counts only as the direct target of a stance, and only close behind what it takes up. A weak
    word with `solch` or `dieser` takes up as well, rather than raising an issue of its own.
    """
    plain = [t for t in topics if not t.weak]
    taking = {token.i: token for token in _candidates(reading, {t.token.i for t in plain})}
    found = [t for t in topics if t.token.i not in taking or not _before(t.token, plain)]
    for token in taking.values():
        before = _before(token, plain)
        if before:
            last = before[-1]
            found.append(replace(last, token=token, rule=f"{last.rule}+anaphor", near=True, source=last.token.i))
    return sorted(found, key=lambda t: t.token.i)


def _before(token: Token, topics: Sequence[TopicMention]) -> list[TopicMention]:
    return [t for t in topics if t.token.i < token.i and token.idx - t.token.idx < REACH]


def _candidates(reading: Reading, taken: set[int]) -> Iterator[Token]:
    for token in reading.doc:
        if token.i in reading.prose and token.i not in taken and (_is_pronoun(token) or _takes_up(reading, token)):
            yield token


def _is_pronoun(token: Token) -> bool:
    return token.lower_ in PRONOUNS and token.pos_ == "PRON" and token.tag_ == "PDS" and token.dep_ == "obj"


def _takes_up(reading: Reading, token: Token) -> bool:
    if token.pos_ != "NOUN" or any(c.dep_ in COMPLETED for c in token.children):
        return False
    articles = [c for c in token.children if c.tag_ in ("ART", "PDAT", "APPRART", "PIDAT", "ADJA", "PIAT")]
    if not reading.knowledge.find_cues("TopicAnaphor", token.lemma_):
        return False
    such = any(c.lemma_.lower() in SUCH or c.lower_.startswith("solch") for c in articles)
    return such or any(c.tag_ in ("ART", "APPRART") and c.lemma_.lower() != "ein" for c in articles)
