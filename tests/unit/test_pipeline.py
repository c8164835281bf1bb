"""The composition, with hand-built facts in place of the model's."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import spacy

import kg
from kg import pipeline
from kg.config import Settings
from kg.errors import InputError, KnowledgeError, QueryError, StoreError
from kg.model import Article, Resolved, Skipped
from kg.origin import Origin
from kg.removal import remove_articles
from tests.builders import TEXT, resolved, small_ontology

STAGES = SimpleNamespace(nlp=spacy.blank("de"), knowledge=None)


def resolve(doc: None, article: Article, stages: Any) -> Resolved:
    if "kaputt" in article.id:
        raise ZeroDivisionError("Tabelle leer")
    return replace(resolved(), article=article)


@pytest.fixture(autouse=True)
def _facts_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "load_stages", lambda settings: STAGES)
    monkeypatch.setattr(pipeline, "find_origin", lambda settings: Origin(model="de_test 1", text="{}"))
    monkeypatch.setattr(pipeline, "begin_article", lambda nlp, article: lambda: None)
    monkeypatch.setattr(pipeline, "_resolve", resolve)


@pytest.fixture
def settings() -> Settings:
    return Settings(ontology=small_ontology())


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_build_writes_graph_and_report(articles: Path, tmp_path: Path, settings: Settings) -> None:
    result = kg.build(articles, tmp_path / "out", settings=settings)
    files = ["graph.html", "graph.ttl", "kg.json", "manifest.sqlite", "report.json", "search.sqlite", "store"]
    assert sorted(path.name for path in result.out.iterdir()) == files
    assert result.report.articles == 2
    report = json.loads((result.out / "report.json").read_text(encoding="utf-8"))
    assert report["counts"]["articles"] == 2
    assert report["versions"]["model"] == "de_test 1"


def test_result_is_a_graph_a_network_and_rows(articles: Path, tmp_path: Path, settings: Settings) -> None:
    result = kg.build(articles / "a.txt", tmp_path / "out", settings=settings)
    assert len(result.graph) > 100
    assert "Mark Rutte" in {data["label"] for _, data in result.network().nodes(data=True)}
    rows = result.query(name="positions")
    assert {row["holder"] for row in rows} >= {"Dmitri Peskow", "Wladimir Putin"}
    assert next(row for row in rows if row["holder"] == "Wladimir Putin")["according_to"] == "Mark Rutte"
    assert result.query("SELECT (1 AS ?n) (true AS ?b) ?none { ?a a kg:Article OPTIONAL { ?a kg:holder ?none } }") == (
        {"n": 1, "b": True, "none": None},
    )
    assert result.query("ASK { ?a a kg:Article }") == ({"answer": True},)


def test_result_says_what_it_cannot_do(articles: Path, tmp_path: Path, settings: Settings) -> None:
    result = kg.build(articles, tmp_path / "out", settings=settings)
    with pytest.raises(InputError, match="either a query or the name"):
        result.query()
    with pytest.raises(QueryError, match="CONSTRUCT or DESCRIBE"):
        result.query("CONSTRUCT WHERE { ?a ?b ?c }")
    with pytest.raises(InputError, match="no kind of network is named 'x'"):
        result.network("x")


def test_same_bytes_in_any_order_and_again(articles: Path, tmp_path: Path, settings: Settings) -> None:
    paths = sorted(articles.iterdir())
    outs = [tmp_path / name for name in ("one", "two")]
    reports = []
    for out, order in zip(outs, (paths, paths[::-1]), strict=True):
        kg.build(order, out, settings=settings)
        reports.append(read_report(out))
    assert reports[0] == reports[1]
    kg.build(paths, outs[0], settings=settings)
    assert (outs[0] / "graph.ttl").read_bytes() == (outs[1] / "graph.ttl").read_bytes()


def read_report(out: Path) -> dict[str, Any]:
    """The report of a build, without what may differ."""
    report: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert set(report.pop("seconds")) == {"loading", "reading", "analysing", "writing", "outputs"}
    return report


def test_other_articles_stay(articles: Path, tmp_path: Path, settings: Settings) -> None:
    for name in ("a", "b"):
        result = kg.build(articles / f"{name}.txt", tmp_path / "out", settings=settings)
    assert result.query("SELECT (COUNT(*) AS ?n) { ?a a kg:Article }") == ({"n": 2},)


def test_what_was_read_adds_up(articles: Path, tmp_path: Path, settings: Settings) -> None:
    kg.build(articles, tmp_path / "out", settings=settings)
    (articles / "b.txt").write_text(TEXT + " Mehr.", encoding="utf-8")
    (articles / "c.txt").write_text(TEXT, encoding="utf-8")
    (articles / "d.txt").touch()
    (articles / "kaputt.txt").write_text(TEXT, encoding="utf-8")
    result = kg.build(articles, tmp_path / "out", settings=settings)
    report = read_report(tmp_path / "out")
    assert report["read"] == {"all": 5, "new": 1, "replaced": 1, "unchanged": 1, "skipped": 2}
    assert report["articles"] == result.tally[("articles", "", "")] == 3
    kg.build(articles, tmp_path / "fresh", settings=settings)
    assert read_report(tmp_path / "fresh")["counts"] == report["counts"]
    assert (tmp_path / "fresh" / "graph.ttl").read_bytes() == (tmp_path / "out" / "graph.ttl").read_bytes()


def test_unchanged_articles_are_not_analysed_unless_what_analyses_them_changed(
    articles: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def watch(doc: None, article: Article, stages: Any) -> Resolved:
        seen.append(article.id)
        return resolve(doc, article, stages)

    monkeypatch.setattr(pipeline, "_resolve", watch)
    for model, expected in (("1", ["a", "b"]), ("1", []), ("2", ["a", "b"])):
        seen.clear()
        monkeypatch.setattr(pipeline, "find_origin", lambda settings, text=model: Origin(model="de", text=text))
        kg.build(articles, tmp_path / "out", settings=settings)
        assert seen == expected


def test_what_was_found_before_a_fault_is_kept(
    articles: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(doc: None, article: Article, stages: Any) -> Resolved:
        if article.id == "b":
            raise KnowledgeError("topics.ttl: broken")
        return resolve(doc, article, stages)

    with monkeypatch.context() as broken:
        broken.setattr(pipeline, "_resolve", fail)
        with pytest.raises(KnowledgeError):
            kg.build(articles, tmp_path / "out", settings=settings)
    result = kg.build(articles, tmp_path / "out", settings=settings)
    assert (result.report.articles, result.report.unchanged) == (2, 1)


def test_removed_articles_come_again(articles: Path, tmp_path: Path, settings: Settings) -> None:
    kg.build(articles, tmp_path / "out", settings=settings)
    before = (tmp_path / "out" / "graph.ttl").read_bytes()
    remove_articles(tmp_path / "out", ["a"])
    assert (tmp_path / "out" / "graph.ttl").read_bytes() != before
    kg.build(articles, tmp_path / "out", settings=settings)
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == before


def test_an_article_that_cannot_be_analysed_is_skipped(articles: Path, tmp_path: Path, settings: Settings) -> None:
    (articles / "kaputt.txt").write_text(TEXT, encoding="utf-8")
    result = kg.build(articles, tmp_path / "out", settings=settings)
    [skipped] = result.report.skipped
    assert result.report.articles == 2
    assert skipped.source.endswith("kaputt.txt")
    assert "cannot be analysed: ZeroDivisionError: Tabelle leer (test_pipeline.py:" in skipped.reason


def test_an_article_that_cannot_be_parsed_is_skipped(
    articles: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin(nlp: Any, article: Article) -> Any:
        if article.id == "a":
            raise RuntimeError("Netz zerrissen")
        return lambda: None

    monkeypatch.setattr(pipeline, "begin_article", begin)
    result = kg.build(articles, tmp_path / "out", settings=settings)
    assert [skipped.source for skipped in result.report.skipped] == [str(articles / "a.txt")]
    assert result.report.articles == 1


def test_many_articles_come_in_their_order(tmp_path: Path, settings: Settings) -> None:
    for n in range(12):
        (tmp_path / f"{n:02}.txt").write_text(TEXT, encoding="utf-8")
    told: list[str] = []
    kg.build(tmp_path, tmp_path / "out", settings=settings, progress=lambda done, total, id: told.append(id))
    assert told == [f"{n:02}" for n in range(12)]


def test_faults_of_our_own_data_are_raised(
    articles: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(doc: None, article: Article, stages: Any) -> Resolved:
        raise KnowledgeError("topics.ttl: broken")

    monkeypatch.setattr(pipeline, "_resolve", fail)
    with pytest.raises(KnowledgeError):
        kg.build(articles, tmp_path / "out", settings=settings)


def test_progress_is_told_after_each_article(articles: Path, tmp_path: Path, settings: Settings) -> None:
    told: list[tuple[int, int, str]] = []
    kg.build(articles, tmp_path / "out", settings=settings, progress=lambda *step: told.append(step))
    assert told == [(1, 2, "a"), (2, 2, "b")]


def test_nothing_is_written_where_nothing_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(InputError, match=r"no article to read:\n  .*a\.txt: is empty"):
        kg.build(tmp_path / "a.txt", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_folder_of_others_is_refused_before_anything_is_read(articles: Path) -> None:
    def unread() -> Iterator[str]:
        yield "-"

    with pytest.raises(StoreError, match="is no kg folder"):
        kg.build(unread(), articles, stdin=io.BytesIO(b"Rutte sprach."))


def test_another_base(articles: Path, tmp_path: Path) -> None:
    settings = Settings(ontology=small_ontology(), base="https://example.org/r/")
    result = kg.build(articles, tmp_path / "out", settings=settings)
    assert "https://example.org/r/state-ukraine" in result.network()
    with pytest.raises(StoreError, match="written with base"):
        kg.build(articles, tmp_path / "out", settings=Settings(ontology=small_ontology()))


def test_annotate_inputs_gives_lines_of_json_and_what_was_skipped(articles: Path) -> None:
    (articles / "c.txt").touch()
    first, second, skipped = pipeline.annotate_inputs(articles)
    assert isinstance(first, str)
    assert first.endswith("}\n")
    assert json.loads(first)["article"]["id"] == "a"
    assert isinstance(second, str)
    assert isinstance(skipped, Skipped)


def test_public_names() -> None:
    assert all(getattr(kg, name) for name in kg.__all__)
    with pytest.raises(AttributeError, match=r"no attribute 'x'; it has .*annotate"):
        _ = kg.x


def test_words_of_articles_that_are_done_are_forgotten() -> None:
    strings = STAGES.nlp.vocab.strings
    known = len(strings)
    with pipeline._forget_words(STAGES):  # type: ignore[arg-type]
        doc = STAGES.nlp("Silbenrätsel")
        with pipeline._forget_words(STAGES):  # type: ignore[arg-type]
            STAGES.nlp("Wortungetüme")
        assert doc[0].text == "Silbenrätsel"
        assert len(strings) > known
    assert len(strings) == known
