"""Files, folders and streams -> articles; a test reads as what a user does."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.articles import read_articles, read_text
from kg.config import Settings
from kg.errors import InputError
from kg.model import Article, Skipped

SEED = "date 2024-12 Der Kreml droht\n\nMoskau betrachte die Erweiterung als Bedrohung, sagte Peskow.\n"
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


def read_one(path: Path, settings: Settings | None = None) -> Article:
    [article] = read_articles(path, settings=settings)
    assert isinstance(article, Article), article
    return article


def read_reason(path: Path, settings: Settings | None = None) -> str:
    [skipped] = read_articles(path, settings=settings)
    assert isinstance(skipped, Skipped), skipped
    assert skipped.source == str(path)
    return skipped.reason


def read_reason_of_line(path: Path) -> str:
    [skipped] = read_articles(path)
    assert isinstance(skipped, Skipped), skipped
    return skipped.reason


def read_sections(article: Article) -> list[str]:
    return [span.slice(article.text) for span in article.sections]


class TestSeedFormat:
    def test_header_gives_date_and_title_and_stays_in_the_text(self, write: Write) -> None:
        article = read_one(write("kreml.txt", " " + SEED))
        assert (article.id, article.date, article.title) == ("kreml", "2024-12", "Der Kreml droht")
        assert article.text == " " + SEED
        assert read_sections(article) == [
            "Der Kreml droht",
            "Moskau betrachte die Erweiterung als Bedrohung, sagte Peskow.",
        ]

    def test_day(self, write: Write) -> None:
        assert read_one(write("a.txt", SEED.replace("2024-12", "2024-12-03"))).date == "2024-12-03"

    def test_windows_line_ends_and_byte_order_mark(self, write: Write) -> None:
        article = read_one(write("a.txt", b"\xef\xbb\xbf" + SEED.replace("\n", "\r\n").encode()))
        assert article.title == "Der Kreml droht"
        assert article.text == SEED.replace("\n", "\r\n")

    def test_the_users_seed(self) -> None:
        article = read_one(Path("seeds/2024-12-ukraine-nato.txt"))
        assert (article.id, article.date, len(article.sections)) == ("2024-12-ukraine-nato", "2024-12", 2)
        assert article.title.startswith("Die von Russland angegriffene Ukraine")

    def test_all_faults_at_once_with_their_line(self, write: Write) -> None:
        reason = read_reason(write("a.txt", "\ndate 2024-13\n"))
        assert "line 2: '2024-13' is no date; wants YYYY, YYYY-MM or YYYY-MM-DD" in reason
        assert "line 2: no title after the date" in reason
        assert "line 2: no text below the header line" in reason

    @pytest.mark.parametrize("date", ["2024-13", "2024-02-30", "24-12", "2024-1", "0000-01", "2024/12", "2024-12-03x"])
    def test_date_that_is_none(self, write: Write, date: str) -> None:
        assert f"'{date}' is no date" in read_reason(write("a.txt", SEED.replace("2024-12", date)))


class TestPlainText:
    def test_short_first_line_is_the_title(self, write: Write) -> None:
        article = read_one(write("a.txt", "Rutte warnt vor Russland\n\nDas sagte er in Brüssel.\n"))
        assert article.title == "Rutte warnt vor Russland"
        assert read_sections(article) == ["Rutte warnt vor Russland", "Das sagte er in Brüssel."]
        assert article.date is None

    def test_first_sentence_is_no_title(self, write: Write) -> None:
        article = read_one(write("ohne-titel.txt", "Rutte warnte vor Russland.\nDas sagte er in Brüssel.\n"))
        assert article.title == "ohne-titel"
        assert read_sections(article) == ["Rutte warnte vor Russland.\nDas sagte er in Brüssel."]

    def test_html_in_a_txt(self, write: Write) -> None:
        assert "is HTML" in read_reason(write("a.txt", "<!DOCTYPE html><html><body><p>Text</p></body></html>"))


class TestMarkdown:
    def test_front_matter(self, write: Write) -> None:
        page = (
            "---\ntitle: 'Selenskyj: Kein Ersatz'\ndate: 2024-12-03T10:00:00Z\nid: x-1\nurl: https://example.org/a\n"
            "publisher: Beispiel\nauthor: [Anna A., Bert B.]\ntags: [a]\n---\n\n# Überschrift\n\nErster Absatz\n"
            "geht weiter.\n\n> Zitat eins\n\n```\ncode\n```\n\n- Punkt eins.\n"
        )
        article = read_one(write("a.md", page))
        assert (article.id, article.date, article.title) == ("x-1", "2024-12-03", "Selenskyj: Kein Ersatz")
        assert (article.url, article.publisher) == ("https://example.org/a", "Beispiel")
        assert article.author == "Anna A., Bert B."
        assert article.text == page
        assert read_sections(article) == [
            "Selenskyj: Kein Ersatz",
            "Überschrift",
            "Erster Absatz\ngeht weiter.",
            "Zitat eins",
            "Punkt eins.",
        ]

    def test_title_from_the_first_heading(self, write: Write) -> None:
        article = read_one(write("a.md", "# Kreml droht ##\n\nText von heute.\n"))
        assert article.title == "Kreml droht"
        assert read_sections(article) == ["Kreml droht", "Text von heute."]

    def test_all_faults_at_once_with_their_lines(self, write: Write) -> None:
        page = "---\ntitle: {a: b}\ndate: 2024-13\nurl: ftp://x\n---\nText.\n"
        reason = read_reason(write("a.md", page))
        assert "line 2: title wants a text" in reason
        assert "line 3: '2024-13' is no date" in reason
        assert "url: 'ftp://x' is no web address" in reason

    def test_broken_yaml(self, write: Write) -> None:
        assert "line 2: the front matter is no YAML" in read_reason(write("a.md", "---\ntitle: a: b\n---\nText.\n"))

    def test_open_front_matter(self, write: Write) -> None:
        assert "not closed" in read_reason(write("a.md", "---\ntitle: a\n\nText.\n"))

    @pytest.mark.parametrize("yaml", ["[" * 5000, "a: &x [*x]\ntitle: *x", "- 1\n- 2", "title: !!python/object:os 1"])
    def test_hostile_yaml_is_only_a_fault(self, write: Write, yaml: str) -> None:
        [found] = read_articles(write("a.md", f"---\n{yaml}\n---\nText von heute.\n"))
        assert isinstance(found, Skipped | Article)


class TestHtml:
    """By the standard library's parser, as without the `readers` extra."""

    @pytest.fixture(autouse=True)
    def _no_trafilatura(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kg.articles.files.find_missing", lambda kind: ("trafilatura",))

    PAGE = (
        "<!DOCTYPE html><html><head><title>Kreml droht | Beispiel</title>"
        '<meta property="og:site_name" content="Beispiel"><meta name="author" content="Anna A.">'
        '<meta property="article:published_time" content="2024-12-03T10:00:00+01:00">'
        '<link rel="canonical" href="https://example.org/a"></head><body><header><p>Menü</p></header>'
        "<nav><p>Start</p></nav><article><h1>Kreml droht</h1><script>var p = '<p>nein</p>'</script>"
        "<p>Moskau sehe die Erweiterung der Allianz als eine Bedrohung&nbsp;an, sagte <b>Peskow</b> am Dienstag vor "
        "Reportern in der Hauptstadt &amp; drohte.<p>Das Außenamt in Kiew widersprach ihm.<ul><li>Teilen</li></ul>"
        "</article><footer><p>Impressum</p></footer></body></html>"
    )

    def test_text_kept(self, write: Write) -> None:
        article = read_one(write("a.html", self.PAGE))
        assert article.text == (
            "Kreml droht\n\nMoskau sehe die Erweiterung der Allianz als eine Bedrohung an, sagte Peskow am Dienstag "
            "vor Reportern in der Hauptstadt & drohte.\n\nDas Außenamt in Kiew widersprach ihm.\n\nTeilen"
        )
        assert read_sections(article)[0] == "Kreml droht"

    def test_metadata(self, write: Write) -> None:
        article = read_one(write("a.html", self.PAGE))
        assert (article.title, article.date) == ("Kreml droht", "2024-12-03")
        assert (article.url, article.publisher, article.author) == ("https://example.org/a", "Beispiel", "Anna A.")

    def test_declared_encoding(self, write: Write) -> None:
        page = '<html><head><meta charset="iso-8859-1"></head><body><p>Außenamt prüft Verträge.</p></body></html>'
        assert read_one(write("a.html", page.encode("latin-1"))).text == "Außenamt prüft Verträge."

    def test_date_from_linked_data(self, write: Write) -> None:
        page = '<html><script type="application/ld+json">{"datePublished": "2024-12-03"}</script><p>Text.</p></html>'
        assert read_one(write("a.html", page)).date == "2024-12-03"

    def test_open_markup_hides_the_rest_and_costs_no_time(self, write: Write) -> None:
        for rest in ("<!--" * 50_000, "<meta " * 50_000, "</" * 50_000, "<![CDATA[" * 50_000):
            assert read_one(write("a.html", f"<html><p>Text von heute.</p>{rest}")).text == "Text von heute."

    def test_no_text(self, write: Write) -> None:
        assert "holds no article text" in read_reason(write("a.html", "<html><body><script>1</script></body></html>"))


class TestJsonLines:
    def test_fields(self, write: Write) -> None:
        fields = {
            "id": "b/7",
            "title": "Kreml  droht",
            "text": " Peskow sprach.\n",
            "date": "2024",
            "url": "https://example.org/7",
            "publisher": "Beispiel",
            "author": "Anna A.",
        }
        article = read_one(write("a.jsonl", json.dumps(fields) + "\n\n"))
        assert (article.id, article.title, article.date) == ("b/7", "Kreml droht", "2024")
        assert (article.url, article.publisher, article.author) == ("https://example.org/7", "Beispiel", "Anna A.")
        assert article.text == " Peskow sprach.\n"
        assert read_sections(article) == ["Peskow sprach."]
        assert article.source.endswith("a.jsonl#1")

    def test_without_id_the_line_names_it(self, write: Write) -> None:
        path = write("archiv.jsonl", '{"text": "Eins."}\n\n{"text": "Zwei."}\n')
        assert [article.id for article in read_articles(path) if isinstance(article, Article)] == [
            "archiv-1",
            "archiv-3",
        ]

    def test_broken_line_3_is_reported_and_the_rest_is_read(self, write: Write) -> None:
        path = write("a.jsonl", '{"text": "Eins."}\n{"text": "Zwei."}\n{"text": "Drei\n{"text": "Vier."}\n')
        one, two, broken, four = read_articles(path)
        assert [getattr(article, "text", None) for article in (one, two, four)] == ["Eins.", "Zwei.", "Vier."]
        assert isinstance(broken, Skipped)
        assert broken.source == f"{path}#3"
        assert broken.reason.startswith("line 3: is no JSON: Invalid control character")

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ('{"title": "a"}', 'text: is missing; wants the article\'s text under "text", found "title"'),
            ('{"text": 7}', "text: wants a string, found a number"),
            ('{"text": " "}', "holds no article text"),
            ('{"text": "a", "date": "gestern"}', "date: 'gestern' is no date"),
            ('{"text": "a", "id": "a\\nb"}', "id: 'a\\nb' cannot name an article"),
            ('{"text": "a\\u0000"}', "text: a NUL at character 1"),
            ('{"text": "a\\ud800"}', "text: half a surrogate pair (U+D800) at character 1"),
            ('{"text": "a", "title": "\\udfff"}', "title: half a surrogate pair"),
            ('["a"]', "wants a JSON object, found a list"),
            ("[" * 200_000, "is no JSON that can be read"),
            ("9" * 5_000, "is no JSON that can be read"),
        ],
    )
    def test_bad_lines(self, write: Write, line: str, reason: str) -> None:
        [skipped] = read_articles(write("a.jsonl", line))
        assert isinstance(skipped, Skipped)
        assert reason in skipped.reason

    def test_all_faults_of_a_line_at_once(self, write: Write) -> None:
        [skipped] = read_articles(write("a.jsonl", '{"text": 7, "date": "x", "url": "y"}'))
        assert isinstance(skipped, Skipped)
        assert all(key in skipped.reason for key in ("text:", "date:", "url:"))

    def test_line_above_the_limit(self, write: Write) -> None:
        path = write("a.jsonl", '{"text": "' + "a" * 5000 + '"}\n{"text": "Zwei."}')
        long, two = read_articles(path, settings=Settings(max_file_bytes=1000))
        assert isinstance(long, Skipped)
        assert "more than the 1000" in long.reason
        assert isinstance(two, Article)
        assert two.source.endswith("#2")


class TestNotText:
    def test_empty(self, write: Write) -> None:
        assert "is empty (0 bytes)" in read_reason(write("a.txt", ""))

    def test_blank(self, write: Write) -> None:
        assert "holds no article text" in read_reason(write("a.txt", " \n\n"))

    def test_pdf_named_txt(self, write: Write) -> None:
        assert "is a PDF, not text" in read_reason(write("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"))

    def test_binary(self, write: Write) -> None:
        assert "is binary, not text (NUL at byte 2)" in read_reason(write("a.txt", b"ab\0c"))

    def test_late_nul(self, write: Write) -> None:
        assert "text: a NUL at character 5000" in read_reason(write("a.txt", b"a" * 5000 + b"\0"))

    def test_latin_1_says_where_and_how_to_convert(self, write: Write) -> None:
        reason = read_reason(write("a.txt", "Text.\nDer Präsident sprach.".encode("latin-1")))
        assert reason.startswith("byte 12 (line 2) is 0xE4, which is not UTF-8; as Latin-1 (Windows-1252) it reads")
        assert "'Präsident'" in reason
        assert "iconv -f WINDOWS-1252 -t UTF-8" in reason

    def test_utf_16(self, write: Write) -> None:
        assert "is UTF-16" in read_reason(write("a.txt", "Text".encode("utf-16")))

    def test_too_large_is_not_read_whole(self, write: Write) -> None:
        path = write("a.txt", "")
        with path.open("r+b") as file:
            file.truncate(50_000_000)
            file.write(b"Text ")
        reason = read_reason(path, Settings(max_file_bytes=5000))
        assert "is binary" in reason
        path.write_bytes(b"a" * 6000)
        assert "6000 bytes are more than the 5000" in read_reason(path, Settings(max_file_bytes=5000))

    @pytest.mark.parametrize("key", ["url", "date", "id"])
    def test_a_reason_is_short_whatever_it_is_about(self, write: Write, key: str) -> None:
        assert len(read_reason_of_line(write("a.jsonl", json.dumps({"text": "Rutte.", key: "a\n" * 5_000})))) < 300

    @pytest.mark.parametrize(
        "sign", ['"', "„", "(", "1 ", "q\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"]
    )
    def test_hardly_a_letter(self, write: Write, sign: str) -> None:
        assert "is no prose: " in read_reason(write("a.txt", sign * 20_000))
        assert read_one(write("b.txt", sign * 50)).text == sign * 50

    def test_too_many_characters(self, write: Write) -> None:
        assert "101 characters are more than the 100" in read_reason(
            write("a.txt", "a" * 101), Settings(max_article_chars=100)
        )


class TestFolders:
    def test_ids_are_paths_below_the_folder_in_sorted_order(self, write: Write, tmp_path: Path) -> None:
        for name in ("b.txt", "a/z.md", "a/a.txt", ".hidden/x.txt", ".x.txt", "a/notes.json"):
            write(name, "Rutte sprach.")
        articles = list(read_articles(tmp_path))
        assert [article.id for article in articles if isinstance(article, Article)] == ["b", "a/a", "a/z"]

    def test_empty(self, tmp_path: Path) -> None:
        assert "holds no articles, no files; wants files that end in .txt" in read_reason(tmp_path)

    def test_other_files(self, write: Write, tmp_path: Path) -> None:
        write("a.json", "{}")
        assert "holds no articles, 1 other files" in read_reason(tmp_path)

    def test_documents_are_named(self, write: Write, tmp_path: Path) -> None:
        write("a.txt", "Rutte sprach.")
        path = write("b.ODT", b"PK")
        _, skipped = read_articles(tmp_path)
        assert isinstance(skipped, Skipped)
        assert skipped.source == str(path)
        assert ".ODT is not read" in skipped.reason

    def test_missing_paths_are_named_together(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"no such file or folder: 'keine', '.*nichts'"):
            read_articles(["keine", tmp_path, tmp_path / "nichts"])

    def test_nothing_named(self) -> None:
        with pytest.raises(InputError, match="no input"):
            read_articles([])

    def test_linked_folders_are_not_entered(self, write: Write, tmp_path: Path) -> None:
        write("a/b.txt", "Rutte sprach.")
        (tmp_path / "a" / "again").symlink_to(tmp_path / "a")
        assert len(list(read_articles(tmp_path))) == 1

    def test_dangling_link_and_device(self, tmp_path: Path) -> None:
        (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere")
        assert "neither a file nor a folder" in read_reason(tmp_path / "link.txt")
        assert "neither a file nor a folder" in read_reason(Path("/dev/null"))


class TestStandardInput:
    @pytest.mark.parametrize(
        ("content", "title", "id"),
        [
            (SEED, "Der Kreml droht", "stdin"),
            ("---\ntitle: Kreml\n---\nText.", "Kreml", "stdin"),
            ("<!doctype html><title>Kreml</title><p>Text.", "Kreml", "stdin"),
            ('{"text": "Text.", "title": "Kreml"}', "Kreml", "stdin-1"),
            ("Kreml droht\n\nText.", "Kreml droht", "stdin"),
        ],
    )
    def test_format_is_told_by_the_content(self, content: str, title: str, id: str) -> None:
        [article] = read_articles("-", stdin=io.BytesIO(content.encode()))
        assert isinstance(article, Article), article
        assert (article.title, article.id) == (title, id)

    def test_json_that_is_no_json_lines(self) -> None:
        [skipped] = read_articles("-", stdin=io.BytesIO(b'{\n "text": "a"\n}\n'))
        assert isinstance(skipped, Skipped)
        assert "wants JSON Lines" in skipped.reason


class TestSameId:
    def test_different_articles_the_first_by_digest_is_kept_in_any_order(self, write: Write) -> None:
        paths = [write("a/x.txt", "Peskow sprach."), write("b/x.txt", "Rutte sprach.")]
        for order in (paths, paths[::-1]):
            kept, skipped = sorted(read_articles(order), key=lambda found: isinstance(found, Skipped))
            assert isinstance(kept, Article)
            assert isinstance(skipped, Skipped)
            assert kept.text == "Peskow sprach."  # its SHA-256 is the smaller one
            assert skipped.source == str(paths[1])
            assert f"its id 'x' is taken by another article, {paths[0]}" in skipped.reason

    def test_identical_articles_come_once(self, write: Write, tmp_path: Path) -> None:
        path = write("x.txt", "Rutte sprach.")
        again = write("b/x.txt", "Rutte sprach.")
        assert len(list(read_articles([path, tmp_path / "b", again, path]))) == 1


class TestText:
    def test_string(self) -> None:
        article = read_text("Rutte sprach.")
        assert article.id.startswith("text-")
        assert article.source == "-"
        assert read_text("Rutte sprach.", id="a").id == "a"

    def test_faults(self) -> None:
        with pytest.raises(InputError, match="holds no article text"):
            read_text("")
