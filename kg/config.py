"""Settings: one frozen dataclass, filled from arguments and from `KG_*` in the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.errors import InputError

PREFIX = "KG_"
_WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user can set. `None` means: what comes with `kg`."""

    base: str = "https://w3id.org/polkg/resource/"  # what the IRIs of resources begin with
    ontology: Path | None = None  # a folder of Turtle files instead of the shipped one
    pipeline: str | None = None  # name or folder of another spaCy pipeline with UD labels
    max_file_bytes: int = 10_000_000  # of a file with one article, or of one line of JSONL
    max_article_chars: int = 1_000_000  # of the text kept; spaCy's own default limit
    max_document_bytes: int = 50_000_000  # of a PDF, DOCX or XML file; a WARC archive may be of any size
    max_expanded_bytes: int = 100_000_000  # that a DOCX document unpacks to
    max_expansion: int = 200  # times its packed size
    max_pages: int = 2_000  # of a PDF
    max_depth: int = 200  # of XML elements inside one another
    max_read_seconds: int = 10  # of processor time for a document that a library reads, or a page of an archive
    max_read_memory: int = 2_000_000_000  # bytes of address space of the process that reads it
    rules_only: bool = False  # positions without the network that reads them where no rule has words
    check_language: bool = True  # skip articles that do not read as German


def read_settings(environ: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings from `environ` (`os.environ` if None), overridden by what is `given` and not None.

    Raises:
        InputError: values that cannot be used, all of them, each with its key.
    """
    environ = os.environ if environ is None else environ
    names = [field.name for field in fields(Settings)]
    found: dict[str, tuple[str, object]] = {
        n: (PREFIX + n.upper(), environ[PREFIX + n.upper()]) for n in names if environ.get(PREFIX + n.upper())
    }
    found |= {name: (name, value) for name, value in given.items() if value is not None}
    values: dict[str, Any] = {}
    faults = []
    for name, (key, value) in found.items():
        try:
            values[name] = _read_value(name, value)
        except (ValueError, TypeError) as error:
            faults.append(f"{key}={str(value)!r}: wants {error}")
    if faults:
        raise InputError("; ".join(faults))
    return Settings(**values)


def find_ontology(path: Path | None = None) -> Path:
    """The folder with the ontology: `path`, else the one in the installed package, else the checkout's.

    Raises:
        InputError: there is no such folder.
    """
    home = Path(__file__).resolve().parent
    places = [path] if path else [home / "ontology", home.parent / "ontology"]
    found = next((place for place in places if (place / "core.ttl").is_file()), None)
    if found is None:
        tried = ", ".join(str(place) for place in places)
        raise InputError(f"no ontology: {tried} holds no core.ttl; name the folder that does, or install kg again")
    return found


def _read_value(name: str, value: object) -> object:
    reader = _READERS.get(name)
    if reader is None:
        raise ValueError(f"one of the settings {', '.join(_READERS)}")
    return reader(value)


def _read_base(value: object) -> str:
    base = str(value)
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https", "urn") or set(base) & set(' <>"{}|\\^`') or base[-1] not in "/#:":
        raise ValueError("an absolute http, https or urn IRI that ends in '/', '#' or ':'")
    return base


def _read_folder(value: object) -> Path:
    path = Path(str(value))
    if not path.is_dir():
        raise ValueError("an existing folder")
    return path


def _read_count(value: object) -> int:
    try:
        count = int(str(value))
    except ValueError:
        count = 0
    if count < 1:
        raise ValueError("a whole number above 0")
    return count


def _read_switch(value: object) -> bool:
    try:
        return _WORDS[str(value).casefold()]
    except KeyError:
        raise ValueError(f"one of {', '.join(_WORDS)}") from None


_READERS: dict[str, Callable[[object], object]] = {
    "base": _read_base,
    "ontology": _read_folder,
    "pipeline": str,
    "max_file_bytes": _read_count,
    "max_article_chars": _read_count,
    "max_document_bytes": _read_count,
    "max_expanded_bytes": _read_count,
    "max_expansion": _read_count,
    "max_pages": _read_count,
    "max_depth": _read_count,
    "max_read_seconds": _read_count,
    "max_read_memory": _read_count,
    "rules_only": _read_switch,
    "check_language": _read_switch,
}
