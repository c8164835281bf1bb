"""What the extractors share while they read one article: the parse, the knowledge, the mentions found so far."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.grammar import case_of, children
from kg.extract.parse import Parse, Token
from kg.knowledge import Knowledge
from kg.model import Article, Mention, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """What a noun says of roles by its form alone."""

    role: tuple[str, str] | None = None  # the form that names one, and which
    tails: tuple[tuple[str, str], ...] = ()  # if none does: its forms with their last parts that may


@dataclass(slots=True, kw_only=True)
class Reading:
    """One article under extraction. Extractors add to it in a fixed order and never take away."""

    doc: Parse
    article: Article
    knowledge: Knowledge
    mentions: dict[str, Mention] = field(default_factory=dict)  # by key
    at: dict[int, list[str]] = field(default_factory=dict)  # token index -> keys, those of whole tokens first
    prose: frozenset[int] = frozenset()  # indices of the tokens that are in a section
    nouns: dict[tuple[str, str], Noun] = field(default_factory=dict)  # by lemma and form, once asked for
    times: dict[tuple[int, bool], Sequence[tuple[int, str]]] = field(default_factory=dict)  # by sentence, ahead or not
    titles: frozenset[str] | None = None  # role nouns beside names in lower case, once asked for
    bodies: dict[str, int] | None = None  # noun of a body with its state -> offset of the first, once asked for

    def add(self, mention: Mention, tokens: Sequence[int]) -> Mention:
        """Note a mention that covers the tokens (or a part of the only one)."""
        self.mentions.setdefault(mention.key, mention)
        for i in tokens:
            keys = self.at.setdefault(i, [])
            if mention.key not in keys:
                keys.append(mention.key)
        return self.mentions[mention.key]

    def span(self, start: int, end: int) -> Span:
        """The characters of the tokens start..end (exclusive), white space at the ends left out."""
        while end > start + 1 and self.doc[end - 1].is_space:
            end -= 1
        while start < end - 1 and self.doc[start].is_space:
            start += 1
        last = self.doc[end - 1]
        return Span(start=self.doc[start].idx, end=last.idx + len(last))

    def coordinated(self, key: str) -> Iterator[Mention]:
        """The mention itself and those that `und` and commas put beside it (Russland, China und Indien)."""
        mention = self.mentions[key]
        yield mention
        if mention.kind == "pronoun":
            return
        span = self.doc.char_span(mention.span.start, mention.span.end, expand=True)
        head = span.root if span is not None else None
        while head is not None and head.dep_ in ("flat", "flat:name", "appos", "compound") and head.head.i != head.i:
            head = head.head
        for child in children(head, "conj") if head is not None else ():
            other = self.refer(child)
            if other is not None and other.key != key and other.kind != "pronoun":
                yield other

    def covering(self, token: Token) -> Iterator[Mention]:
        """Mentions that cover the token or a part of it."""
        return (self.mentions[key] for key in self.at.get(token.i, ()))

    def part(self, token: Token) -> Mention | None:
        """The mention in the first part of a compound (NATO in NATO-Mitgliedschaft), or a demonym's state."""
        if token.i not in self.at:
            return None
        inside = range(token.idx + 1, token.idx + len(token))
        return next((m for m in self.covering(token) if m.span.end in inside), None)

    def whole(self, token: Token) -> Mention | None:
        """The mention that the token belongs to as a word, not as the part of a compound."""
        keys = self.at.get(token.i)
        if keys is None:
            return None
        start, end = token.idx, token.idx + len(token)
        found = [m for key in keys if (m := self.mentions[key]).span.end >= end and m.span.start <= start]
        return max(found, key=lambda m: m.span.end - m.span.start, default=None)

    def _person_beside(self, token: Token) -> Mention | None:
        """The name that follows a noun for a person directly (der Grünen-Politiker Anton Hofreiter)."""
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        mention = self.whole(following) if following is not None else None
        return mention if mention is not None and mention.type == "Person" and mention.kind == "name" else None

    def refer(self, token: Token, depth: int = 0) -> Mention | None:
        """The mention that a noun phrase refers by: the name in it, else the noun, else what it is made of.

        For a role with a name (der Kreml-Sprecher Peskow) that is the name; for a noun that names nobody
        (die Position Kiews) nothing.
        """
        own = self.whole(token)
        if own is not None and own.kind == "nominal":
            named = self._person_beside(token)
            if named is not None:
                return named
        if own is not None and own.kind in ("name", "metonym", "pronoun", "adjective"):
            return own
        for child in children(token, "appos", "flat", "flat:name", "nmod", "compound", "dep"):
            attached = own is not None or child.text.isupper()
            if child.dep_ in ("nmod", "dep") and (case_of(child) or child.pos_ != "PROPN" or not attached):
                continue
            named = self.whole(child)
            if named is not None and named.kind in ("name", "metonym") and _fits(own, named, child):
                return named
        if own is not None:
            return own
        if depth == 0 and token.dep_ in ("flat", "flat:name", "appos", "compound"):
            return self.refer(token.head, 1)
        return None


def _fits(own: Mention | None, named: Mention, child: Token) -> bool:
    """Whether a name below a noun can be the name of what the noun means."""
    return own is None or named.type == own.type or child.text.isupper()


def find_prose(doc: Parse, article: Article) -> frozenset[int]:
    """Indices of the words in the sections of the article."""
    ranges = ((bisect_left(doc.offsets, s.start), bisect_left(doc.offsets, s.end)) for s in article.sections)
    return frozenset(i for low, high in ranges for i in range(low, high) if not doc[i].is_space)
