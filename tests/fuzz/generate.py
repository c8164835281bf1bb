"""Inputs that nobody should send: fixed ones, each with a name, and as many others as wanted, each from its number."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

GERMAN = """
Kremlsprecher Dmitri Peskow nannte den NATO-Beitritt der Ukraine am Dienstag „inakzeptabel“.|Die Bundesregierung lehnt
die Lieferung von Taurus-Marschflugkörpern ab, sagte Olaf Scholz.|Laut Selenskyj fordert Kiew Sicherheitsgarantien.|Man
werde, so Mark Rutte, „weiter helfen“.|Moskau drohe Polen, falls es Truppen entsende.|Er sei dagegen.|Budapester
Memorandum
""".replace("\n", " ").strip().split("|")  # fmt: skip
TRAPS = (
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;&#0;&#x202e;", "<![CDATA[", "]]>",
    "DROP ALL ; INSERT DATA { <a:b> <a:c> 1 }", '" . <a> <b> <c> .', "\\u0041\\", "'''\"\"\"", "{{7*7}}", "${x}", "%s%n",
    "=HYPERLINK(\"http://a\")", "+1+cmd|' /C calc'!A0", "@SUM(A1)", "-1", "\t=1", "../../../etc/passwd", "C:\\a\\..",
    "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "http://[::1", "http://a b", "\ufeff", "\u202e",
    "\u2066", "\u200b", "\u00ad", "\u2028", "\x85", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\ud7ff", "\ufffe", "\U0010ffff",
    "A\u0308ußere", "e" + "\u0301" * 300, "ﷺ", "👩‍👩‍👧‍👦" * 9, "İSTANBUL", "ẞ", "ﬁ", "„" * 99, "»«" * 50, '"' * 101, "(" * 200,
    "-" * 300, "." * 300, "\n" * 200, "a" * 5000, "NATO-" * 200, "1" * 400, "–", "’", "| | |", "#" * 70, "> " * 90, "```",
)  # fmt: skip
BYTES = (
    b"\0", b"\xff", b"\xfe\xff\0D", b"\xff\xfeD\0", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xe4\xf6\xfc",
    b"\r", b"\r\n", b"\x1a", b"\x80" * 40, b"\xef\xbb\xbf", b"PK\x03\x04", b"%PDF-1.7", b"\x1f\x8b\x08",
)  # fmt: skip


class Given(NamedTuple):
    """An input: the end of its name tells the format."""

    name: str
    suffix: str
    data: bytes


def make_given(number: int, seed: int = 0) -> Given:
    """The input of that number, always the same."""
    rng = Random(f"{seed}/{number}")
    suffix = rng.choice(tuple(MAKERS) * 3 + tuple(HEAVY))
    data = (MAKERS | HEAVY)[suffix](rng)
    while rng.random() < 0.4:
        data = spoil(data, rng)
    return Given(f"random-{seed}-{number}", suffix, data)


def spoil(data: bytes, rng: Random) -> bytes:
    """One fault more."""
    at, end = sorted((rng.randint(0, len(data)), rng.randint(0, len(data))))
    return rng.choice(
        (
            data[:at] + rng.choice(BYTES) + data[at:],
            data[:at] + rng.choice(TRAPS).encode("utf-8", "replace") + data[at:],
            data[:at] + data[end:],
            data[:end] + data[at:],
            data[:at],
            data[:at] + bytes(rng.getrandbits(8) for _ in range(rng.randint(1, 9))) + data[at + 1 :],
        )
    )


def make_text(rng: Random) -> str:
    """Sentences, and what does not belong there."""
    parts = [rng.choice(GERMAN if rng.random() < 0.7 else TRAPS) for _ in range(rng.randint(0, 12))]
    return "".join(part + rng.choice((" ", "\n", "\n\n", "")) for part in parts)


def make_word(rng: Random) -> str:
    return rng.choice((*TRAPS, "Titel", "2024-12-03", "2024-13-45", "https://example.org/a", "")) or ""


def make_seed(rng: Random) -> bytes:
    head = rng.choice(("", "date 2024-12 Titel\n", f"date {make_word(rng)} {make_word(rng)}\n", "Titel\n\n"))
    return (head + make_text(rng)).encode("utf-8", "replace")


def make_markdown(rng: Random) -> bytes:
    keys = rng.sample(("title", "date", "id", "url", "publisher", "author"), rng.randint(0, 4))
    lines = [f"{key}: {rng.choice((make_word(rng), json.dumps(make_word(rng)), '[', '&a *a', '!!x'))}" for key in keys]
    head = "\n".join(("---", *lines, "---", "")) if rng.random() < 0.7 else ""
    marks = [rng.choice(("# ", "> ", "- ", "```\n", "| a |", "[a]: b\n", "")) + make_text(rng) for _ in range(3)]
    return (head + "\n".join(marks)).encode("utf-8", "replace")


def make_html(rng: Random) -> bytes:
    tags = ("p", "article", "div", "h1", "nav", "script", "style", "table", "td", "blockquote", "svg", "template", "a")
    body = make_text(rng)
    for _ in range(rng.randint(0, 9)):
        tag = rng.choice(tags)
        body = rng.choice(
            (f"<{tag}>{body}</{tag}>", f"<{tag} x='{make_word(rng)}'>{body}", f"{body}</{tag}>{make_text(rng)}")
        )
    head = f"<title>{make_word(rng)}</title><meta name='date' content='{make_word(rng)}'>"
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode("utf-8", "replace")


def make_lines(rng: Random) -> bytes:
    values: tuple[Callable[[], object], ...] = (
        lambda: make_text(rng), lambda: make_word(rng), lambda: None, lambda: 1e400, lambda: [[]], lambda: -1, dict,
        lambda: "\ud800", lambda: "\0",
    )  # fmt: skip
    keys = ("id", "title", "text", "text", "date", "url", "publisher", "author")
    rows = ({key: rng.choice(values)() for key in rng.sample(keys, 4)} | rng.choice(({}, {"text": make_text(rng)}))
            for _ in range(rng.randint(1, 3)))  # fmt: skip
    return "\n".join(json.dumps(row, ensure_ascii=rng.random() < 0.5) for row in rows).encode("utf-8", "surrogatepass")


def make_xml(rng: Random) -> bytes:
    text, word = make_text(rng), make_word(rng)
    return rng.choice(
        (
            f'<rss version="2.0"><channel><title>{word}</title><item><title>{word}</title><description>{text}'
            f"</description><pubDate>{word}</pubDate><link>{word}</link></item></channel></rss>",
            f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>{word}</id><content type="html">{text}</content></entry></feed>',
            f"<nitf><body><body.head><hedline><hl1>{word}</hl1></hedline></body.head><body.content><p>{text}</p></body.content></body></nitf>",
            f'<newsItem guid="{word}"><contentMeta><headline>{word}</headline></contentMeta><contentSet><inlineXML>'
            f"<p>{text}</p></inlineXML></contentSet></newsItem>",
            f'<!DOCTYPE a [<!ENTITY b "{word}">]><rss>&b;{text}</rss>',
            "<nitf>" + "<p>" * rng.choice((3, 199, 500)) + text,
        )
    ).encode("utf-8", "replace")


def make_docx(rng: Random) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{part}</w:t></w:r></w:p>" for part in make_text(rng).split("\n"))
    core = f"<c><title>{make_word(rng)}</title><created>{make_word(rng)}</created></c>"
    members = {
        "word/document.xml": f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>',
        "docProps/core.xml": core,
    }
    return pack(members | {rng.choice(("../../evil", "/etc/x", "word/../word/document.xml")): make_word(rng)})


def pack(members: dict[str, str]) -> bytes:
    """A ZIP archive, the same bytes at any time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content.encode("utf-8", "replace"))
    return file.getvalue()


def make_pdf(rng: Random) -> bytes:
    shown = make_text(rng)[:400].replace("\\", "").replace("(", "").replace(")", "")
    content = f"BT /F1 12 Tf 72 700 Td ({shown}) Tj ET".encode("latin-1", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )  # fmt: skip
    file, table = b"%PDF-1.7\n", b"0000000000 65535 f \n"
    for number, text in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(file)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    return file + b"xref\n0 6\n%strailer << /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(file))


def make_warc(rng: Random) -> bytes:
    return b"".join(_make_record(make_html(rng), make_word(rng)) for _ in range(rng.randint(1, 3)))


def make_warc_gz(rng: Random) -> bytes:
    return gzip.compress(make_warc(rng), mtime=0)


def _make_record(page: bytes, url: str) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url.splitlines()[0] if url else ''}\r\n"
        "WARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2024-12-03T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode("utf-8", "replace") + http + b"\r\n\r\n"


MAKERS: dict[str, Callable[[Random], bytes]] = {
    ".txt": make_seed,
    ".md": make_markdown,
    ".html": make_html,
    ".jsonl": make_lines,
    ".xml": make_xml,
    "": make_seed,
}
HEAVY: dict[str, Callable[[Random], bytes]] = {  # rarer, as they take longer
    ".docx": make_docx,
    ".pdf": make_pdf,
    ".warc": make_warc,
    ".warc.gz": make_warc_gz,
}


def list_hostile() -> Iterator[Given]:
    """Inputs that are large, deep or wrong in a way of their own."""
    text = " ".join(GERMAN)
    yield Given("empty", ".txt", b"")
    yield Given("nul", ".txt", text.encode() + b"\0" + text.encode())
    yield Given("not-utf-8", ".txt", "Über die Brücke".encode("cp1252"))
    yield Given("utf-16", ".txt", text.encode("utf-16"))
    yield Given("half-surrogate", ".jsonl", b'{"text": "Rutte \\ud800 sagte."}')
    yield Given("a-million-quotation-marks", ".txt", b'"' * 1_000_000)
    yield Given("german-quotation-marks", ".txt", ("„" * 300_000).encode())
    yield Given("a-line-of-ten-megabytes", ".txt", b"Wort " * 1_990_000)
    yield Given("a-word-of-a-million", ".txt", b"a" * 1_000_000)
    yield Given("a-compound-of-200000-parts", ".txt", b"NATO-" * 200_000)
    yield Given("a-sentence-of-100000-words", ".txt", b"Kiew und " * 100_000)
    yield Given("blank-lines", ".txt", b"a.\n" + b"\n" * 900_000 + b"b.")
    yield Given("brackets", ".txt", b"(" * 500_000)
    yield Given("combining-marks", ".txt", ("e" + "\u0301" * 400_000).encode())
    yield Given("decomposed", ".txt", "Ä Ö Ü ß".replace("Ä", "A\u0308").encode() + text.encode())
    yield Given("bidi", ".txt", f"date 2024-12 \u202e{text}\u202c\n{text}\u2066".encode())
    yield Given("title-is-markup", ".txt", f"date 2024-12 </script><b>{TRAPS[5]}\n{text}".encode())
    yield Given("title-is-formula", ".jsonl", json.dumps({"title": '=HYPERLINK("http://a")', "text": text}).encode())
    yield Given("id-climbs-out", ".jsonl", json.dumps({"id": "../../../etc/passwd", "text": text}).encode())
    yield Given("url-is-no-web-address", ".jsonl", json.dumps({"url": "javascript:alert(1)", "text": text}).encode())
    yield Given("json-too-deep", ".jsonl", b'{"text": ' + b"[" * 200_000)
    yield Given("json-large-number", ".jsonl", b'{"text": "a.", "date": ' + b"9" * 100_000 + b"}")
    yield Given("yaml-bomb", ".md", b"---\na: &a [x,x]\nb: &b [*a,*a]\ntitle: [*b,*b]\n---\n" + text.encode())
    yield Given("yaml-too-deep", ".md", b"---\ntitle: " + b"[" * 100_000 + b"\n---\n" + text.encode())
    yield Given("markdown-nests", ".md", b"> " * 200_000 + text.encode())
    yield Given("html-too-deep", ".html", b"<div>" * 100_000 + text.encode())
    yield Given("html-attributes", ".html", b"<p " + b"a=b " * 500_000 + b">" + text.encode())
    yield Given("html-unclosed", ".html", b"<" * 1_000_000)
    yield Given("html-entities", ".html", b"<p>" + b"&#x41;" * 500_000)
    yield Given("xml-entities", ".xml", b'<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss>&c;</rss>')
    yield Given("xml-reaches-out", ".xml", b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>')
    yield Given("xml-too-deep", ".xml", b"<nitf>" + b"<p>" * 1_000_000)
    yield Given("xml-attributes", ".xml", b"<nitf " + b" ".join(b'a%d="b"' % n for n in range(200_000)) + b"/>")
    yield Given("feed-of-100000", ".rss", b"<rss><channel>" + b"<item><title>a b</title></item>" * 20_000)
    yield Given("zip-bomb", ".docx", pack({"word/document.xml": " " * 90_000_000}))
    yield Given("zip-of-depth", ".docx", pack({"word/document.xml": "<w:p>" * 1_000_000}))
    yield Given("pdf-of-nothing", ".pdf", b"%PDF-1.7\n" + b"\0" * 1_000_000)
    yield Given("pdf-loops", ".pdf", make_pdf(Random(1)).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"))
    yield Given("gzip-bomb", ".warc.gz", gzip.compress(b"WARC/1.0\r\n" + b"a: b\r\n" * 5_000_000, mtime=0))
    yield Given(
        "warc-lies-of-its-length", ".warc", make_warc(Random(2)).replace(b"Content-Length: ", b"Content-Length: 99")
    )
