"""Markdown with YAML front matter (title, date, id, url, publisher, author), as site generators write it.

The sections are the prose between the marks: headings on their own, neighbouring paragraphs together;
front matter (but for its title), fenced code, rules and comments are left out. Marks inside a line stay.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from kg.articles.draft import Draft, looks_like_title, trim_span
from kg.model import Span

KEYS = ("title", "date", "id", "url", "publisher", "author")
_FRONT = re.compile(r"\s*---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_OPEN_FRONT = re.compile(r"\s*---[ \t]*\r?\n[A-Za-z_]+:")
_LONGEST_FRONT = 65_536
_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(r"[ ]{0,3}(```|~~~)")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+")
_MARK = re.compile(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+)+")
_NO_PROSE = re.compile(r"[ \t]*(?:(?:[-*_=][ \t]*){3,}|\[[^\]]+\]:.*|!\[[^\]]*\]\([^)]*\)|<!--.*-->)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Front:
    values: dict[str, str] = field(default_factory=dict)
    end: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    title: Span | None = None  # where the title stands, if it stands there as it is
    faults: tuple[str, ...] = ()


def has_front_matter(text: str) -> bool:
    """Whether a text begins with a line `---` and a key below it."""
    return _OPEN_FRONT.match(text) is not None


def read_markdown(text: str) -> Draft:
    """The draft of a Markdown file; without a title in front, the first heading or first line gives it."""
    front = _read_front(text)
    blocks = list(_find_prose(text, front.end))
    return Draft(
        text=text,
        sections=(*((front.title,) if front.title else ()), *_join_blocks(text, blocks)),
        title=front.values.get("title") or _choose_title(text, blocks),
        date=front.values.get("date"),
        date_place=f"line {front.lines.get('date', 1)}",
        id=front.values.get("id"),
        url=front.values.get("url"),
        publisher=front.values.get("publisher"),
        author=front.values.get("author"),
        faults=front.faults,
    )


def _read_front(text: str) -> _Front:
    match = _FRONT.match(text[:_LONGEST_FRONT])
    if match is None:
        fault = "line 1: the front matter is not closed; wants a line `---` below it"
        return _Front(faults=(fault,) if has_front_matter(text) else ())
    above = text.count("\n", 0, match.start("yaml")) + 1  # number of the line where the YAML begins
    try:
        node = yaml.compose(match["yaml"], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        return _Front(end=match.end(), faults=(_describe(error, above),))
    if node is None:
        return _Front(end=match.end())
    if not isinstance(node, yaml.MappingNode):
        return _Front(end=match.end(), faults=(f"line {above}: the front matter wants lines of `key: value`",))
    return _read_values(node, match, above)


def _read_values(node: yaml.MappingNode, match: re.Match[str], above: int) -> _Front:
    values, lines, faults = {}, {}, []
    title = None
    for key, value in node.value:
        name = "author" if key.value == "authors" else key.value
        if name not in KEYS:
            continue
        lines[name] = key.start_mark.line + above
        found = _read_scalars(value)
        if found is None:
            faults.append(f"line {lines[name]}: {name} wants a text")
        elif found:
            values[name] = found
            title = _find_value(match, value) if name == "title" else title
    return _Front(values=values, lines=lines, title=title, end=match.end(), faults=tuple(faults))


def _read_scalars(value: yaml.Node) -> str | None:
    """A text, or a list of texts with commas between; None for anything else."""
    if isinstance(value, yaml.ScalarNode):
        return "" if value.tag == "tag:yaml.org,2002:null" else str(value.value)
    if isinstance(value, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in value.value):
        return ", ".join(str(item.value) for item in value.value)
    return None


def _find_value(match: re.Match[str], value: yaml.Node) -> Span | None:
    """Where a text stands, inside its quotation marks; None if YAML wrote it another way."""
    start = match.start("yaml") + value.start_mark.index + (1 if getattr(value, "style", None) in ("'", '"') else 0)
    span = trim_span(match.string, start, start + len(value.value))
    return span if span and span.slice(match.string) == value.value.strip() else None


def _describe(error: Exception, above: int) -> str:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + above if mark else above
    problem = getattr(error, "problem", None) or "nested too deep"
    return f"line {line}: the front matter is no YAML: {problem}; a value with a colon wants quotation marks"


def _choose_title(text: str, blocks: list[tuple[Span, bool]]) -> str | None:
    heading = next((span.slice(text) for span, heading in blocks if heading), None)
    first = blocks[0][0].slice(text) if blocks else ""
    return heading or (first if looks_like_title(first) else None)


def _find_prose(text: str, start: int) -> Iterator[tuple[Span, bool]]:
    """The spans of prose line by line, each with whether it is a heading."""
    fenced = False
    for line in _LINE.finditer(text, start):
        if _FENCE.match(line[0]):
            fenced = not fenced
        elif not fenced and not _NO_PROSE.fullmatch(line[0]):
            yield from _read_line(text, line)


def _read_line(text: str, line: re.Match[str]) -> Iterator[tuple[Span, bool]]:
    heading = _HEADING.match(line[0])
    mark = heading or _MARK.match(line[0])
    end = line.start() + len(line[0].rstrip().rstrip("#")) if heading else line.end()
    span = trim_span(text, line.start() + (mark.end() if mark else 0), end)
    if span:
        yield span, heading is not None


def _join_blocks(text: str, blocks: list[tuple[Span, bool]]) -> list[Span]:
    """Joins lines with nothing but blanks between them; headings stay alone."""
    joined: list[Span] = []
    open_block = False
    for span, heading in blocks:
        if open_block and not heading and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(start=joined[-1].start, end=span.end)
        else:
            joined.append(span)
        open_block = not heading
    return joined
