"""German news on security policy -> a knowledge graph that an analyst can query, check and show.

    import kg
    result = kg.build(["seeds"], "out")
    result.graph, result.network(), result.query("SELECT ...")
    kg.annotate("Rutte mahnte mehr Hilfe für die Ukraine an.")
    kg.import_dna("codings.dna", "out")

Importing does no work: the stages are imported when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import InputError, KgError, KnowledgeError, ModelError, QueryError, StoreError
    from kg.importing import import_dna
    from kg.pipeline import BuildResult, annotate, build, load_pipeline

__version__ = "0.1.0"
__all__ = [
    "BuildResult",
    "InputError",
    "KgError",
    "KnowledgeError",
    "ModelError",
    "QueryError",
    "StoreError",
    "annotate",
    "build",
    "import_dna",
    "load_pipeline",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; it has {', '.join(__all__)}")
    place = "errors" if name.endswith("Error") else "importing" if name == "import_dna" else "pipeline"
    return getattr(import_module(f"kg.{place}"), name)
