"""Which entity each mention of an article refers to, under construction."""

from dataclasses import dataclass, field

from kg.knowledge import Knowledge
from kg.model import Extraction, Mention


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
    why: dict[str, None] = field(default_factory=dict)


class Links:
    """Which entity each mention refers to, in one article."""

    def __init__(self, extraction: Extraction, knowledge: Knowledge) -> None:
        self.extraction, self.knowledge = extraction, knowledge
        self.entries: dict[str, Entry] = {}
        self.of: dict[str, str] = {}
        self.surnames: dict[str, str] = {}
        self.by_role: dict[tuple[str, str], str] = {}
        self.role_nouns: list[tuple[int, str, str]] = []  # offset, noun in lower case, person

    def link(self, mention: Mention, entity: str, why: str, **new: str | None) -> None:
        """Let a mention refer to an entity, made anew when it is not there yet."""
        entry = self.entries.get(entity) or self._create(entity, mention, new)
        entry.mentions.append(mention)
        entry.why[f"{mention.text!r}: {why}"] = None
        self.of[mention.key] = entity

    def _create(self, entity: str, mention: Mention, new: dict[str, str | None]) -> Entry:
        known = self.knowledge.entities.get(entity)
        if known is not None:
            acts_for = known.first("actsFor")
            entry = Entry(entity, known.type, known.label, True, known.first("gender") or "", acts_for)
        else:
            kind, label = new.get("type") or mention.type or "Organisation", new.get("label") or mention.label
            entry = Entry(entity, kind, label or mention.text, False, mention.gender, new.get("acts_for"))
        self.entries[entity] = entry
        return entry
