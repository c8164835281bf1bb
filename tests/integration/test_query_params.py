"""Parameters of the shipped queries on the command line and in Python."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import BuildReport
from kg.report import Tally
from kg.result import BuildResult
from kg.store import GraphStore
from tests.builders import fill, resolved
from tests.integration.conftest import Run


@pytest.fixture(name="built", scope="module")
def build_by_hand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the article coded by hand, as `kg build` would leave it."""
    out = tmp_path_factory.mktemp("queries") / "out"
    with GraphStore.create(out) as store:
        fill(store, resolved())
        store.flush()
    return out


class TestCommand:
    def test_binds_what_is_given(self, run: Run, built: Path) -> None:
        wanted = ("--param", "topic=nato-membership", "--param", "actor=Selenskyj")
        status, out, err = run("query", built, "--name", "positions", *wanted)
        assert (status, err) == (0, "")
        assert [line.split(",")[:2] for line in out.splitlines()[1:]] == [["Wolodymyr Selenskyj", "nato-membership"]]

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--name", "positions", "--param", "actor"], "--param actor: wants PARAM=VALUE, such as actor=Selenskyj"),
            (["--name", "positions", "--param", "=x"], "--param =x: wants PARAM=VALUE"),
            (["--param", "actor=Putin", "ASK {}"], "--param actor=Putin: belongs to --name NAME"),
            (
                ["--name", "positions", "--param", "actor=Putin", "--param", "actor=Peskow"],
                "actor is given twice; give it once",
            ),
            (["--name", "positions", "--param", "actor=Peskov"], "near it: Dmitri Peskow (person-dmitri-peskow)"),
            (
                ["--name", "positions", "--param", "aktor=x"],
                "the query positions has no parameter 'aktor'; it has: topic",
            ),
        ],
    )
    def test_says_what_is_wrong(self, run: Run, built: Path, arguments: list[str], message: str) -> None:
        status, out, err = run("query", built, *arguments)
        assert (status, out) == (2, "")
        assert message in err

    def test_lists_parameters(self, run: Run) -> None:
        status, out, _ = run("query", "--names")
        assert status == 0
        assert "--param topic, about, actor, camp" in out
        status, out, _ = run("query", "--names", "--name", "coalitions")
        assert status == 0
        assert "--param least=" in out
        assert "without: 2" in out


class TestResult:
    def test_binds_what_is_given(self, built: Path) -> None:
        rows = result(built).query(name="positions", params={"polarity": "support", "until": "2024-12"})
        assert [row["holder"] for row in rows] == ["Wolodymyr Selenskyj"]
        assert result(built).query(name="actors", params={"least": 4})[0]["mentions"] == 4

    def test_wants_a_named_query(self, built: Path) -> None:
        with pytest.raises(InputError, match="params belong to a named query"):
            result(built).query("ASK {}", params={"actor": "Putin"})


def result(folder: Path) -> BuildResult:
    return BuildResult(out=folder, report=BuildReport(articles=1, skipped=()), tally=Tally())
