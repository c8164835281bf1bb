"""Documents that libraries read: what is kept, and that a bad one costs itself alone."""

import io
import zipfile
from pathlib import Path

import pytest

from kg.articles import documents, read_articles
from kg.config import Settings
from kg.model import Article, Skipped

docx = pytest.importorskip("docx")
for library in ("defusedxml", "fastwarc", "feedparser", "pypdf", "trafilatura"):
    pytest.importorskip(library)

SENTENCE = "Moskau sehe die Erweiterung der Allianz als eine Bedrohung an, sagte Peskow am Dienstag vor Reportern."
RSS = (
    '<rss version="2.0"><channel><title>Beispiel</title><language>de-AT</language><item><title>Kreml droht</title>'
    "<link>https://example.org/a</link><pubDate>Tue, 03 Dec 2024 00:30:00 +0100</pubDate>"
    f"<description>&lt;p&gt;{SENTENCE}&lt;/p&gt;</description></item></channel></rss>"
)
NITF = (
    '<nitf xml:lang="de"><head><docdata><date.issue norm="20241203T100000+0100"/><doc.copyright holder="Beispiel"/>'
    "</docdata></head><body><body.head><hedline><hl1>Kreml droht</hl1></hedline></body.head><body.content>"
    f"<p>{SENTENCE}</p></body.content></body></nitf>"
)


def read(path: Path, content: bytes, **limits: int) -> list[Article | Skipped]:
    path.write_bytes(content)
    return list(read_articles(path, settings=Settings(**limits)))  # type: ignore[arg-type]


def test_docx(tmp_path: Path) -> None:
    document, file = docx.Document(), io.BytesIO()
    document.core_properties.author = "Anna A."
    document.add_heading("Kreml droht", 0)
    document.add_paragraph(SENTENCE)
    document.save(file)
    [found] = read(tmp_path / "a.docx", file.getvalue())
    assert isinstance(found, Article), found
    assert (found.title, found.author, found.text) == ("Kreml droht", "Anna A.", f"Kreml droht\n\n{SENTENCE}")


@pytest.mark.parametrize(("gap", "kept"), [(290, "read"), (90, "run together")])
def test_pdf_whose_spaces_are_gaps(gap: int, kept: str, tmp_path: Path) -> None:
    words = " ".join([SENTENCE.replace(",", "").replace(".", "")] * 5).split()
    line = "".join(f"<{word.encode('utf-16-be').hex()}> -{gap} " for word in words)
    [found] = read(tmp_path / "a.pdf", render_pdf(f"BT /F 10 Tf 20 700 Td [{line}] TJ ET"))
    if kept == "read":
        assert isinstance(found, Article), found
        assert found.text.split() == words
    else:
        assert isinstance(found, Skipped)
        assert kept in found.reason


def render_pdf(content: str) -> bytes:
    """A page in a font that has something wide in the place of a space, as TeX writes it; codes are code points."""
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "
        "1 beginbfrange <0000> <00ff> <0000> endbfrange endcmap"
    )
    font = "/Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9000 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(content)} >> stream\n{content}\nendstream",
        f"<< /Type /Font {font} >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /DW 500 /W [32 [1000]] >>",
        f"<< /Length {len(cmap)} >> stream\n{cmap}\nendstream",
    )
    file, table = "%PDF-1.7\n", "0000000000 65535 f \n"
    for number, text in enumerate(objects, start=1):
        table += f"{len(file):010} 00000 n \n"
        file += f"{number} 0 obj\n{text}\nendobj\n"
    end = f"xref\n0 8\n{table}trailer << /Root 1 0 R /Size 8 >>\nstartxref\n{len(file)}\n%%EOF\n"
    return f"{file}{end}".encode("latin-1")


def test_feed_gives_the_day_as_written(tmp_path: Path) -> None:
    [found] = read(tmp_path / "a.rss", RSS.encode())
    assert isinstance(found, Article), found
    assert (found.title, found.date, found.language) == ("Kreml droht", "2024-12-03", "de-AT")
    assert (found.url, found.publisher, found.id) == ("https://example.org/a", "Beispiel", "https://example.org/a")


def test_nitf(tmp_path: Path) -> None:
    [found] = read(tmp_path / "a.xml", NITF.encode())
    assert isinstance(found, Article), found
    assert (found.title, found.date, found.publisher) == ("Kreml droht", "2024-12-03", "Beispiel")
    assert [span.slice(found.text) for span in found.sections] == ["Kreml droht", SENTENCE]


def test_nitf_with_byline_and_table_as_agencies_send_it(tmp_path: Path) -> None:
    head = '<head><docdata><date.issue norm="20170102T222800+0000"/><doc-id id-string="22751"/></docdata></head>'
    body = (
        "<body><body.head><hedline><hl1>Kreml droht</hl1><hl2>RUSSLAND</hl2></hedline>"
        "<byline>Von ANNA ALBERS<byttl>Korrespondentin</byttl></byline><distributor>Beispielagentur</distributor>"
        "<dateline><story.date norm='20170102'>2.1.</story.date></dateline><abstract><p>Kurz.</p></abstract></body.head>"
        f'<body.content><block id="Main"><p>{SENTENCE} <person>Peskow</person> schwieg dann.</p><hl2>Zahlen</hl2></block>'
        "<table><tr><th>Land</th><th>Panzer</th></tr></table><media><media-caption>Foto: X</media-caption></media>"
        "<blockquote>Ein Satz ohne Absatz.</blockquote></body.content></body>"
    )
    [found] = read(tmp_path / "a.xml", f'<nitf version="3.2" baselang="de-DE">{head}{body}</nitf>'.encode())
    assert isinstance(found, Article), found
    assert (found.author, found.publisher, found.language) == ("ANNA ALBERS", "Beispielagentur", "de-DE")
    kept = ["Kreml droht", f"{SENTENCE} Peskow schwieg dann.", "Zahlen", "Land Panzer", "Ein Satz ohne Absatz."]
    assert found.text == "\n\n".join(kept)


def newsml(content: str) -> bytes:
    return (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2022-10-11T11:14:42+02:00</sent></header>'
        '<itemSet><newsItem guid="urn:newsml:example.org:221011" xml:lang="de"><itemMeta><provider qcode="nprov:bei"/>'
        "<versionCreated>2022-10-11T11:14:42+02:00</versionCreated><edNote><p>Nicht zu drucken.</p></edNote></itemMeta>"
        "<contentMeta><creator qcode='ad:1'><name>Anna Albers</name></creator><headline>Kreml droht</headline>"
        '<headline role="sub">Erweiterung</headline><by/></contentMeta>'
        f"<contentSet>{content}</contentSet></newsItem></itemSet></newsMessage>"
    ).encode()


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (
            '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>'
            "<title>Kreml droht</title></head><body><header><ul><li>Russland</li></ul><p>Extra</p><h1>Kreml droht</h1>"
            f"</header><section><p><span>Moskau (bei) - </span>{SENTENCE}</p><h2>Streit</h2></section></body></html>"
            "</inlineXML>",
            [f"Moskau (bei) - {SENTENCE}", "Streit"],
        ),
        (
            f'<inlineData contenttype="text/plain"><![CDATA[\n<p>\n  (BEI) - {SENTENCE}\n</p>]]></inlineData>',
            [f"(BEI) - {SENTENCE}"],
        ),
        (f'<inlineData contenttype="text/plain">{SENTENCE}\n\nEnde.</inlineData>', [SENTENCE, "Ende."]),
    ],
)
def test_newsml_as_agencies_send_it(content: str, kept: list[str], tmp_path: Path) -> None:
    [found] = read(tmp_path / "a.xml", newsml(content))
    assert isinstance(found, Article), found
    assert (found.title, found.date, found.publisher) == ("Kreml droht", "2022-10-11", "bei")
    assert (found.author, found.id) == ("Anna Albers", "urn:newsml:example.org:221011")
    assert found.text == "\n\n".join(("Kreml droht", *kept))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.rss", b'<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>', "declares a document type"),
        ("a.xml", b"<a>" * 10, "root element 'a'"),
        ("a.xml", b"<nitf>" + b"<a>" * 300 + b"</a>" * 300 + b"</nitf>", "deeper than 200"),
        ("a.pdf", b"%PDF-1.7\nnothing", "PDF"),
        ("a.docx", b"PK\x03\x04nothing", "no whole ZIP archive"),
        ("a.warc", b"WARC/1.0\r\nnothing", "holds no page of HTML"),
    ],
)
def test_bad_documents_have_a_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    [found] = read(tmp_path / name, content)
    assert isinstance(found, Skipped), found
    assert reason in found.reason


def test_warc(tmp_path: Path) -> None:
    page = f"<html><body><article><h1>Kreml droht</h1><p>{SENTENCE}</p></article></body></html>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
        "WARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2024-12-03T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    [found] = read(tmp_path / "a.warc", head.encode() + http + b"\r\n\r\n")
    assert isinstance(found, Article), found
    assert (found.id, found.title, found.url) == ("a-1", "Kreml droht", "https://example.org/a")
    assert SENTENCE in found.text


def test_one_process_reads_many_pages(tmp_path: Path) -> None:
    page = f"<html><body><article><h1>Kreml droht</h1><p>{SENTENCE}</p></article></body></html>".encode()
    used = set()
    for number in range(3):
        [found] = read(tmp_path / f"{number}.html", page)
        assert isinstance(found, Article), found
        used |= {process._popen.pid for _, _, process in documents._idle}
    assert len(used) == 1


def test_zip_bomb(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 20_000_000)
    [found] = read(tmp_path / "a.docx", file.getvalue())
    assert isinstance(found, Skipped)
    assert "as bombs do" in found.reason


def test_missing_library_is_named_with_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.articles.documents.find_missing", lambda kind: ("pypdf",))
    [found] = read(tmp_path / "a.pdf", b"%PDF-1.7\n")
    assert isinstance(found, Skipped)
    assert 'takes pypdf to read; install it: pip install "polkg[readers]"' in found.reason


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Rutte sprach.", encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").symlink_to(tmp_path / "secret.txt")
    [found] = read_articles(tmp_path / "in")
    assert isinstance(found, Skipped)
    assert "link to a file outside" in found.reason
