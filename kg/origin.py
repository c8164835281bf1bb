"""What produces the facts of an article: this software, its language model, its ontology. Another one, other facts."""

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kg import __version__
from kg.config import Settings, find_ontology
from kg.nlp import find_model

_KG = Path(__file__).resolve().parent
_IDLE = ("export", "network", "query", "search", "serve", "training", "validate", "view", "web")  # do not extract


class Origin(NamedTuple):
    """The name of the model, and all that facts depend on besides the article, as sorted JSON."""

    model: str
    text: str


def find_origin(settings: Settings) -> Origin:
    """What would analyse articles with these settings.

    Raises:
        InputError: there is no such ontology.
        ModelError: the language model cannot be used.
    """
    name, folder = find_model(settings.pipeline)
    ontology = find_ontology(settings.ontology)
    parts = {
        "base": settings.base,
        "code": _digest_code(),
        "kg": __version__,
        "model": name,
        "modelDigest": _digest_files(folder, folder.rglob("*")),
        "rulesOnly": settings.rules_only,
        "ontologyDigest": _digest_files(ontology, ontology.glob("*.ttl")),
    }
    return Origin(model=name, text=json.dumps(parts, sort_keys=True))


@lru_cache(maxsize=1)
def _digest_code() -> str:
    rooms = (path for path in _KG.rglob("*.py") if path.relative_to(_KG).parts[0].removesuffix(".py") not in _IDLE)
    return _digest_files(_KG, rooms)


def _digest_files(folder: Path, paths: Iterable[Path]) -> str:
    """Changes with the names and the content of the files."""
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode(errors="surrogateescape") + b"\0")
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:32]
