"""JSON Lines: one object a line with `id,title,text,date,url,publisher,author`; only `text` must be there."""

import json

from kg.articles.draft import Draft, looks_like_title, trim_spans
from kg.errors import InputError

KEYS = ("id", "title", "text", "date", "url", "publisher", "author")
_KINDS = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}


def read_json_line(line: str) -> Draft:
    """The draft of one line; its text is the `text` field alone, and so is what offsets refer to.

    Raises:
        InputError: the line is no JSON object.
    """
    found = _read_object(line)
    given = {key: found[key] for key in KEYS if found.get(key) is not None}
    faults = [
        f"{key}: wants a string, found {_KINDS[type(value)]}"
        for key, value in given.items()
        if not isinstance(value, str) and not (key == "id" and type(value) is int)
    ]
    values = {key: str(value) for key, value in given.items() if isinstance(value, str | int)}
    text = values.get("text", "")
    if not text.strip() and "text" not in given:
        faults.append(f'text: is missing; wants the article\'s text under "text", found {_name_keys(found)}')
    return Draft(
        text=text,
        sections=trim_spans(text, (0, len(text))),
        title=values.get("title") or _choose_title(text),
        date=values.get("date"),
        id=values.get("id"),
        url=values.get("url"),
        publisher=values.get("publisher"),
        author=values.get("author"),
        faults=tuple(faults),
    )


def is_json_object(line: str) -> bool:
    """Whether a line is a whole JSON object."""
    try:
        _read_object(line)
    except InputError:
        return False
    return True


def _read_object(line: str) -> dict[str, object]:
    try:
        found = json.loads(line, parse_constant=float)
    except json.JSONDecodeError as error:
        raise InputError(f"is no JSON: {error.msg} at character {error.pos}; mend the line") from error
    except (RecursionError, ValueError) as error:  # nested too deep; a number of thousands of digits
        raise InputError(f"is no JSON that can be read: {error}; mend the line") from error
    if not isinstance(found, dict):
        raise InputError(f"wants a JSON object, found {_KINDS.get(type(found), 'a text or null')}; mend the line")
    return found


def _choose_title(text: str) -> str | None:
    first = text.strip().partition("\n")[0]
    return first if looks_like_title(first) else None


def _name_keys(found: dict[str, object]) -> str:
    return ", ".join(json.dumps(key, ensure_ascii=True)[:40] for key in list(found)[:10]) or "no keys"
