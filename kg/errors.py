"""The exception tree, divided by what the caller can do about it."""


class KgError(Exception):
    """Anything `kg` reports to its user; the message gives place, value and next step."""


class InputError(KgError):
    """What was given cannot be read as what it says it is; the caller mends the input."""


class QueryError(KgError):
    """A query that cannot be parsed or run; the caller mends the query."""


class StoreError(KgError):
    """The output folder is no `kg` folder, or its store cannot be opened or written."""


class RemoteError(KgError):
    """Another server cannot be reached, or refuses; its address, the credentials or the server are to be mended."""


class KnowledgeError(KgError):
    """A fault in `ontology/`; the analyst mends the Turtle."""


class ModelError(KgError):
    """The language model is missing or damaged, or the named pipeline lacks what `kg` needs."""
