"""Parameters of a query bound to RDF terms.

What a user gives becomes a term first, and only the written form of a term, made by the RDF library, stands in the
query. Oxigraph's own substitutions reach projected variables alone, and no filter and no subquery; so the variable is
replaced wherever it stands, as SPARQL 1.2's pre-binding has it. That way the engine plans with the term.
"""

from collections.abc import Iterator, Mapping

from kg.errors import QueryError
from kg.query.engine import TOKEN
from kg.query.named import NamedQuery, Parameter
from kg.query.terms import Term, find_term
from kg.store import GraphStore


def bind_params(query: NamedQuery, params: Mapping[str, str | int], store: GraphStore) -> str:
    """The text of `query` with its parameters bound: to what is given, else to their defaults, else not at all.

    Args:
        query: a query that comes with `kg`.
        params: by name of parameter what a user writes, such as {"topic": "nato-membership"}.
        store: the graph in which the names are looked up.

    Raises:
        QueryError: there is no such parameter, or nothing, or more than one thing, has the name given; names all
            faults at once.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    faults = [_explain_unknown(query, name) for name in params if name not in known]
    terms: dict[str, Term] = {}
    for name, parameter in known.items():
        value = params.get(name, parameter.default)
        if value is None:
            continue
        try:
            terms[name.upper()] = _find(store, parameter, str(value))
        except QueryError as error:
            faults.append(f"{name}: {error}")
    if faults:
        raise QueryError("\n".join(faults))
    return bind_variables(query.text, terms)


def bind_variables(text: str, terms: Mapping[str, Term]) -> str:
    """A query in which each variable of `terms` is replaced by its term, and BOUND of it by true.

    A variable that the query selects or assigns cannot be bound: it has to be given another name there.
    """
    return "".join(_replace(text, terms))


def _find(store: GraphStore, parameter: Parameter, value: str) -> Term:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise QueryError(f"{value!r} is no valid Unicode") from None
    return find_term(store, parameter.kind, value)


def _explain_unknown(query: NamedQuery, name: str) -> str:
    names = ", ".join(parameter.name for parameter in query.parameters) or "none"
    return f"the query {query.name} has no parameter {name!r}; it has: {names}"


def _replace(text: str, terms: Mapping[str, Term]) -> Iterator[str]:
    tests: list[str] = []  # "BOUND", "(" and what stands between, held back until the variable is seen
    for match in TOKEN.finditer(text):
        kind, token = match.lastgroup, match[0]
        if _goes_on(tests, kind, token):
            tests.append(token)
            continue
        if tests and kind == "variable" and token[1:] in terms:
            yield "(true"
        else:
            yield "".join(tests)
            yield str(terms[token[1:]]) if kind == "variable" and token[1:] in terms else token
        tests = []
    yield "".join(tests)


def _goes_on(tests: list[str], kind: str | None, token: str) -> bool:
    """Whether a token belongs to the beginning of a test "BOUND (", of which `tests` has been read."""
    if kind == "word" and token.upper() == "BOUND":
        return not tests
    return bool(tests) and (kind == "skip" or (token == "(" and "(" not in tests))
