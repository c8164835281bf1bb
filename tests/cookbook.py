"""The cookbook of the shipped queries, `kg/queries/README.md`: each with a question, a command and what it prints.

    python -m tests.cookbook        writes the page anew from the article in seeds/
    python -m tests.cookbook DIR    the same from a folder that `kg build seeds` has written already

To be run whenever queries, ontology or extraction change what is found; a test compares page and results.
"""

import io
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from kg.query import NamedQuery, Table, bind_params, named_query, run_query, tabulate
from kg.screen import show_rows
from kg.store import GraphStore

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "kg" / "queries" / "README.md"
WIDTH = 150  # of the lines of a result, in characters
MOST = 5  # rows of a result that are shown

INTRODUCTION = """\
# The queries that come with kg

Each is a SPARQL file in this folder, which runs on any SPARQL 1.1 server. A parameter is the variable with its name in
capitals, such as `?TOPIC`; `kg` binds it to a term. Without, a query finds all.

    kg query --names                     # all queries with their parameters
    kg query --names --name positions    # what the parameters of one mean
    kg query out --name positions --param topic=nato-membership --param actor=Selenskyj

An issue, polarity or type is given by its notation or label (`nato-membership`, `NATO-Mitgliedschaft`), an actor or
thing by any name the knowledge base or an article has for it (`Selenskyj`), its local name (`state-ukraine`) or its
IRI, a date as `2024`, `2024-12` or `2024-12-03`. In Python: `result.query(name="positions", params={"topic":
"nato-membership"})`.

What follows was asked of the graph of the article in `seeds/`, built with `kg build seeds -o out`. The page is
written by `python -m tests.cookbook`, and a test holds it to what the queries find.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A question, and the query with parameters that answers it."""

    question: str
    name: str
    params: Mapping[str, str] = field(default_factory=dict)


def recipe(question: str, name: str, **params: str) -> Recipe:
    return Recipe(question=question, name=name, params=params)


RECIPES = (
    recipe("Who is for and who against the NATO membership of Ukraine?", "positions", topic="nato-membership"),
    recipe("What does Russia with all who act for it hold?", "positions", camp="Russland"),
    recipe("What does Selenskyj want, in the order of time?", "positions-over-time", actor="Selenskyj"),
    recipe("How does a topic stand, month by month?", "topic-over-time", topic="nato-membership"),
    recipe("What is argued about?", "topics"),
    recipe("Who changed a position?", "position-changes"),
    recipe("Which sentences contradict each other?", "contradictions"),
    recipe("What hangs on a condition?", "conditions"),
    recipe("Who is said to hold something, and by whom?", "attribution-chains"),
    recipe("Who quotes whom?", "who-quotes-whom"),
    recipe("What did Peskow say?", "statements", speaker="Peskow"),
    recipe("What is not asserted, but only possible, hypothetical, planned or denied?", "hypothetical"),
    recipe("What is asserted in one place and only possible in another?", "modalities"),
    recipe("Who agrees on at least one topic?", "coalitions", least="1"),
    recipe("Who are the opponents of Peskow?", "opponents", actor="Peskow"),
    recipe("Which treaties are named?", "treaties"),
    recipe("What became of them?", "treaty-events"),
    recipe("Which weapon systems come from Russia?", "weapons", origin="Russland"),
    recipe("Who delivers weapons to whom, or might?", "deliveries"),
    recipe("Which weapon systems went where, how often?", "weapon-flows"),
    recipe("Who attacked whom with what?", "events", type="assault"),
    recipe("Who does what to whom, how often?", "event-dyads"),
    recipe("Who threatens whom?", "threats"),
    recipe("What does a single article alone say of Selenskyj?", "single-source", actor="Selenskyj"),
    recipe("What do several articles say?", "corroborated"),
    recipe("Which offices does the article name?", "offices"),
    recipe("Who held which office at NATO in December 2024?", "offices-at", date="2024-12", organisation="NATO"),
    recipe("Who is mentioned most?", "actors", least="5"),
    recipe("Who is mentioned together with NATO?", "co-mentions", entity="NATO", least="2"),
    recipe("Which articles are there?", "articles"),
    recipe("Where does Oreschnik appear?", "sentences", entity="Oreschnik"),
    recipe("On what does each fact about Mark Rutte rest?", "evidence", actor="Mark Rutte"),
)


def main(arguments: list[str]) -> int:
    """Write the page, from the folder given or from one built for it."""
    if arguments:
        PAGE.write_text(render_page(Path(arguments[0])), encoding="utf-8")
        return 0
    from kg.pipeline import build

    with TemporaryDirectory() as folder:
        build([ROOT / "seeds"], Path(folder) / "out")
        PAGE.write_text(render_page(Path(folder) / "out"), encoding="utf-8")
    return 0


def render_page(folder: Path) -> str:
    """The page, with what the queries find in the graph of a folder."""
    with GraphStore.open(folder) as store:
        return "\n".join([INTRODUCTION, *(render_recipe(store, found) for found in RECIPES)])


def render_recipe(store: GraphStore, wanted: Recipe) -> str:
    """A section of the page."""
    query = named_query(wanted.name)
    table = tabulate(store, run_query(store, bind_params(query, wanted.params, store)))
    return "\n".join(
        [f"## {wanted.question}\n", f"{query.description}\n", f"    {command(wanted)}\n", *_render(query, table), ""]
    )


def command(wanted: Recipe) -> str:
    """What a user types."""
    params = (f" --param {name}={_quote(value)}" for name, value in wanted.params.items())
    return f"kg query out --name {wanted.name}{''.join(params)}"


def _quote(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _render(query: NamedQuery, table: Table) -> Iterator[str]:
    if not table.rows:
        yield "It finds nothing here."
        return
    output = io.StringIO()
    console = Console(file=output, width=WIDTH, color_system=None, markup=False, emoji=False, highlight=False)
    show_rows(console, Table(columns=table.columns, rows=table.rows[:MOST]))
    yield "```text"
    yield from (line.rstrip() for line in output.getvalue().rstrip().splitlines())
    yield "```"
    if len(table.rows) > MOST:
        yield f"\nThe first {MOST} of {len(table.rows)} rows."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
