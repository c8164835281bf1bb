"""Bytes to text: what is not UTF-8 text is said to be what it is, never guessed at."""

import codecs
import re

from kg.errors import InputError

_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive (DOCX, ODT and EPUB are such)",
    b"\xd0\xcf\x11\xe0": "an old Microsoft Office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


_KINDS = {b"%PDF-": "pdf", b"PK\x03\x04": "docx", b"WARC/": "warc", b"<?xml": "xml", b"<rss": "xml", b"<feed": "xml"}
_HTML_IN_XML = re.compile(rb"<html\b|<!doctype\s+html", re.IGNORECASE)


def tell_kind(head: bytes) -> str | None:
    """The kind of document (`documents.KINDS`) that the first bytes of a file look like; None if like a text."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if _HTML_IN_XML.search(start):
        return None
    return next((kind for signature, kind in _KINDS.items() if start.startswith(signature)), None)


def check_head(head: bytes) -> None:
    """Looks at the first bytes of a file.

    Raises:
        InputError: they are not those of a text; says what it is.
    """
    if not head:
        raise InputError("is empty (0 bytes); check that it was saved")
    if head.startswith(_UTF16):
        raise InputError("is UTF-16, wants UTF-8; convert it with: iconv -f UTF-16 -t UTF-8 OLD > NEW")
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            raise InputError(f"is {kind}, not text; extract its text and save that as UTF-8")
    if b"\0" in head:
        raise InputError(f"is binary, not text (NUL at byte {head.index(0)}); extract its text and save that as UTF-8")


def decode_text(data: bytes, *, encoding: str = "utf-8", line: int = 1) -> str:
    """The text in `data`, a byte order mark cut off, everything else kept; `line` is the number of its first line.

    Raises:
        InputError: not in this encoding; says where, and how to convert it.
    """
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(_describe(data, error, line)) from error


def _describe(data: bytes, error: UnicodeDecodeError, line: int) -> str:
    line += data.count(b"\n", 0, error.start)
    where = f"byte {error.start} (line {line}) is 0x{data[error.start]:02X}, which is not {error.encoding.upper()}"
    word = _read_word(data, error.start)
    if word is None:
        return f"{where}; save the file as UTF-8"
    return (
        f"{where}; as Latin-1 (Windows-1252) it reads {word!r}; "
        "if that is right, convert it with: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
    )


def _read_word(data: bytes, at: int) -> str | None:
    """The word around a byte, read as Windows-1252; None if that makes no letters."""
    try:
        around = data[max(0, at - 30) : at + 30].decode("cp1252")
        before = data[max(0, at - 30) : at].decode("cp1252")
    except UnicodeDecodeError:
        return None
    start = len(before) - len(before.split()[-1]) if before.strip() and not before[-1].isspace() else len(before)
    return around[start:].split()[0] if around[start:].split() else None
