"""Which entity each mention of an article refers to, under construction."""

from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.knowledge import Knowledge
from kg.model import Extraction, Mention, Span
from kg.sentences import sentence_around
from kg.spans import SpanIndex
from kg.vocab import slug

PREFIXES = {  # of the ids of what the knowledge base does not know, by class; all others are org-
    "Person": "person", "Place": "place", "Group": "group", "Treaty": "treaty", "WeaponSystem": "weapon",
}  # fmt: skip
LEADER = "1"  # rank of heads of state, government and organisations


def new_id(kind: str, label: str) -> str:
    """The id of an entity of a class that the knowledge base does not know, made of its name."""
    return f"{PREFIXES.get(kind, 'org')}-{slug(label)}"


@dataclass(slots=True)
class Entry:
    """An entity under construction."""

    id: str
    type: str
    label: str
    known: bool
    gender: str = ""
    acts_for: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    reasons: list[tuple[int, str]] = field(default_factory=list)  # offset and reason of each mention


class Links:
    """Which entity each mention refers to, in one article."""

    def __init__(self, extraction: Extraction, knowledge: Knowledge) -> None:
        self.extraction, self.knowledge = extraction, knowledge
        self.entries: dict[str, Entry] = {}
        self.of: dict[str, str] = {}
        self.bearers: dict[str, dict[str, list[int]]] = {}  # surname -> person -> offsets of names, ascending
        self.by_role: dict[tuple[str, str], str] = {}
        self.offices_at: dict[str, str] = {}  # person -> organisation of an office that the article names
        self.officials: list[str] = []  # entities of which terms of office are known
        self.given_names: dict[str, tuple[int, str]] = {}  # first of all persons with it: number of the entry, id
        self.states_at: list[tuple[int, str]] = []  # offsets of mentions of states, ascending
        self.role_nouns: list[tuple[int, str, str]] = []  # offset, noun in lower case, person

    @property
    def date(self) -> str | None:
        """Of the article."""
        return self.extraction.article.date

    @cached_property
    def titles(self) -> Mapping[str, list[Mention]]:
        """Role nouns by the key of the name that they stand beside."""
        found: dict[str, list[Mention]] = {}
        for mention in self.extraction.mentions:
            if mention.kind == "nominal" and mention.type == "Person" and mention.head:
                found.setdefault(mention.head, []).append(mention)
        return found

    def link(self, mention: Mention, entity: str, why: str, **new: str | None) -> None:
        """Let a mention refer to an entity, made anew when it is not there yet."""
        entry = self.entries.get(entity) or self._create(entity, mention, new)
        entry.mentions.append(mention)
        if entry.type == "State":
            insort(self.states_at, (mention.span.start, entity))
        entry.reasons.append((mention.span.start, f"{mention.text!r}: {why}"))
        if not entry.gender and entry.type == "Person" and mention.gender in ("m", "f"):
            entry.gender = mention.gender
        self.of[mention.key] = entity

    def note_bearer(self, surname: str, offset: int, person: str) -> None:
        """Note where somebody of that surname is named."""
        insort(self.bearers.setdefault(surname, {}).setdefault(person, []), offset)

    def admit(self, entity: str) -> str | None:
        """The id of a known entity that a fact implies without naming it; None if nothing is known of it."""
        known = self.knowledge.entities.get(entity)
        if known is None:
            return None
        if entity not in self.entries:
            self._enter(Entry(known.id, known.type, known.label, True, known.first("gender") or ""))
        return entity

    def _create(self, entity: str, mention: Mention, new: dict[str, str | None]) -> Entry:
        known = self.knowledge.entities.get(entity)
        if known is not None:
            acts_for = known.first("actsFor")
            entry = Entry(entity, known.type, known.label, True, known.first("gender") or "", acts_for)
        else:
            kind, label = new.get("type") or mention.type or "Organisation", new.get("label") or mention.label
            entry = Entry(entity, kind, label or mention.text, False, mention.gender, new.get("acts_for"))
        self._enter(entry)
        return entry

    def _enter(self, entry: Entry) -> None:
        given, _, rest = entry.label.partition(" ")
        if entry.type == "Person" and rest:
            self.given_names.setdefault(given, (len(self.entries), entry.id))
        if self.knowledge.terms_of(entry.id):
            self.officials.append(entry.id)
        self.entries[entry.id] = entry

    def role_ids(self, mention: Mention) -> list[str]:
        """Roles that a noun may stand for, surest first."""
        known, words = self.knowledge, self._role_words(mention)
        found = [known.find_role(word) for word in words]
        found += [r for word in words for r in known.role_tails.get(word, ())]
        found += [r for word in words for r in known.role_nominals.get(word, ())]
        return [r for r in dict.fromkeys(found) if r]

    def offices(self, mention: Mention) -> list[str]:
        """Roles that a noun names by itself, not those of which it is a general word (Minister, Präsident, Chef).

        Heads of government are one whatever they are called: Premierminister, Ministerpräsident, Regierungschef.
        """
        known, words = self.knowledge, self._role_words(mention)
        own = next((r for word in words if (r := known.find_role(word))), None)
        named = [own] if own else [r for word in words for r in known.role_tails.get(word, ())]
        heads = [r for r in named if self.rank(r) == LEADER]
        nouns = [*words, *(n for r in heads for n in known.role_properties[r].get("nominal", ()) if n in known.roles)]
        shared = [r for n in nouns for r in (known.roles.get(n), *known.role_nominals.get(n, ()))] if heads else []
        return list(dict.fromkeys([*named, *(r for r in shared if r and self.rank(r) == LEADER)]))

    def role_word(self, mention: Mention) -> str:
        """The role noun without the organisation in its first part (Kremlchef, NATO-Chef)."""
        part = self.mentions.get(mention.acts_for or "")
        inside = part is not None and mention.span.start <= part.span.start and part.span.end < mention.span.end
        rest = mention.label[part.span.end - mention.span.start :] if inside and part is not None else ""
        return rest.lstrip("-").capitalize() or mention.label.rpartition("-")[2]

    def _role_words(self, mention: Mention) -> list[str]:
        return list(dict.fromkeys((mention.label, mention.text, self.role_word(mention))))

    def rank(self, role: str) -> str:
        """`kg:rank` of a role, "9" if it has none."""
        return next(iter(self.knowledge.role_properties.get(role, {}).get("rank", ())), "9")

    @cached_property
    def spoken(self) -> SpanIndex[str]:
        """Keys of speakers by what they say."""
        return SpanIndex((c, s.speaker) for s in self.extraction.statements if s.speaker for c in s.content)

    @cached_property
    def names_by_end(self) -> Mapping[int, Mention]:
        """The first name that ends at an offset."""
        return {m.span.end: m for m in reversed(self.extraction.mentions) if m.kind == "name"}

    @cached_property
    def titled(self) -> tuple[Mention, ...]:
        """Role nouns."""
        return tuple(m for m in self.extraction.mentions if m.kind == "nominal" and m.type == "Person" and m.label)

    @cached_property
    def mentions(self) -> Mapping[str, Mention]:
        """Mentions by key."""
        return {mention.key: mention for mention in self.extraction.mentions}

    def referent(self, key: str) -> str | None:
        """The entity of a mention, for a pronoun not linked yet the likeliest that it may take up."""
        mention = self.mentions.get(key)
        taken_up = mention.candidates if mention is not None and mention.kind == "pronoun" else ()
        return next((self.of[k] for k in (key, *taken_up) if k in self.of), None)

    def speaker_of(self, mention: Mention) -> str | None:
        """Who says the words that a mention stands in, the innermost speaker."""
        found = [(c.end - c.start, speaker) for c, speaker in self.spoken.covering(mention.span)]
        return self.of.get(min(found)[1]) if found else None

    def state_of(self, entity: str) -> str | None:
        """The state that an entity is, or acts for; of a person the one of the office, else of the citizenship."""
        entry, known = self.entries.get(entity), self.knowledge.entities.get(entity)
        kind = entry.type if entry is not None else known.type if known is not None else ""
        if kind == "State":
            return entity
        bodies = [entry.acts_for if entry is not None else None, known.first("actsFor") if known is not None else None]
        bodies += [self.offices_at.get(entity)]
        leads = [t.organisation for t in self.knowledge.offices_of(entity, self.date) if self.rank(t.role) in "12"]
        bodies += leads
        if known is not None and not any(org.startswith(("org-", "body-")) for org in leads):
            bodies += known.get("citizenOf")  # who leads an organisation of states is of none of them
        return next((state for body in bodies if body and (state := self._as_state(body))), None)

    def home_of(self, entity: str) -> str:
        """The state that a known body, party or company belongs to, "" if none."""
        known = self.knowledge.entities.get(entity)
        return (known.first("actsFor") or known.first("country") or "") if known is not None else ""

    def _as_state(self, entity: str) -> str | None:
        known = self.knowledge.entities.get(entity)
        if known is None:
            return None
        return entity if known.type == "State" else known.first("actsFor")

    def states_near(self, mention: Mention) -> tuple[list[str], bool]:
        """States named before a mention in its sentence, else in the one before that; and whether it is the same."""
        before, start = self._sentences(mention)
        found = self._states_in(start, mention.span.start)
        return (found, True) if found else (self._states_in(before, start), False)

    def _sentences(self, mention: Mention) -> tuple[int, int]:
        """Where the sentence before that of a mention begins, and where its own."""
        article = self.extraction.article
        own = sentence_around(article.text, mention.span, article.sections).start
        end = len(article.text[:own].rstrip())
        if not end:
            return own, own
        return sentence_around(article.text, Span(start=end - 1, end=end), article.sections).start, own

    def states_of_persons_near(self, mention: Mention) -> list[str]:
        """States of the persons named before a mention in its sentence and the one before; none beside a place."""
        start, _ = self._sentences(mention)
        near = [
            e for e in self.entries.values() if any(start <= m.span.start < mention.span.start for m in e.mentions)
        ]  # fmt: skip
        if any(e.type == "Place" for e in near):  # Ott reiste nach Kiew: the land may be that of the city
            return []
        states = (self.state_of(e.id) for e in near if e.type == "Person")
        return list(dict.fromkeys(state or "" for state in states))

    def main_state(self) -> str | None:
        """The state that the article names more often than any other, if it names it more than once."""
        counts = sorted(((len(e.mentions), e.id) for e in self.entries.values() if e.type == "State"), reverse=True)
        alone = len(counts) < 2 or counts[0][0] > counts[1][0]
        return counts[0][1] if counts and alone and counts[0][0] > 1 else None

    def _states_in(self, start: int, end: int) -> list[str]:
        low, high = (bisect_left(self.states_at, (at, "")) for at in (start, end))
        return list(dict.fromkeys(entity for _, entity in reversed(self.states_at[low:high])))
