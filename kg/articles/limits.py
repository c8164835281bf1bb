"""What one document may cost; travels to the process that reads it."""

from dataclasses import dataclass, fields

from kg.config import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits among the settings; `Settings` says what each means."""

    max_file_bytes: int
    max_article_chars: int
    max_document_bytes: int
    max_expanded_bytes: int
    max_expansion: int
    max_pages: int
    max_depth: int
    max_read_seconds: int
    max_read_memory: int


def choose_limits(settings: Settings) -> Limits:
    """The limits that `settings` set."""
    return Limits(**{field.name: getattr(settings, field.name) for field in fields(Limits)})
