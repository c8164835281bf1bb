"""WARC, what web archives are kept in (ISO 28500), by FastWARC: an article a page of HTML that was there.

The address is the one that was crawled; the day of the crawl is not taken for the day of publication.
"""

import codecs
from collections.abc import Iterator
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from kg.articles.draft import LONGEST_ID
from kg.articles.html import find_encoding
from kg.articles.limits import Limits
from kg.articles.pieces import Piece
from kg.articles.web import read_page
from kg.errors import InputError

_HTML = ("text/html", "application/xhtml+xml")


def read_warc(file: BinaryIO, limits: Limits, *, skip: int = 0) -> Iterator[Piece]:
    """The pages of an archive behind number `skip`, in its order, and an empty piece for any other record.

    Raises:
        InputError: no WARC file, or damaged from some byte on.
    """
    number, seen, end = 0, 0, 0
    records = ArchiveIterator(file, record_types=WarcRecordType.any_type, parse_http=True, auto_decode="all")
    try:
        for record in records:
            seen, end = seen + 1, record.stream_pos
            number += _is_page(record)
            if number <= skip or not _is_page(record):
                yield Piece()
                continue
            yield Piece(number=number)  # so that it is known which one did it, should reading end here
            yield _read_record(record, limits, number)
    except (OSError, ValueError) as error:
        raise InputError(f"is damaged after byte {end}: {error}; what stands before it is read") from error
    if not number:
        raise InputError(f"holds no page of HTML among its {seen} whole records; leave it out, or get it again")


def _is_page(record: Any) -> bool:
    if record.record_type != WarcRecordType.response or record.http_headers is None:
        return False
    return record.http_headers.status_code == 200 and (record.http_content_type or "").lower() in _HTML


def _read_record(record: Any, limits: Limits, number: int) -> Piece:
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    data = record.reader.read(limits.max_file_bytes + 1)
    if len(data) > limits.max_file_bytes:
        return Piece(number=number, fault=f"{url!r} has over {limits.max_file_bytes} bytes; raise KG_MAX_FILE_BYTES")
    try:
        draft = read_page(_decode(data, record.http_charset), limits, url=url)
    except InputError as error:
        return Piece(number=number, fault=f"{url[:LONGEST_ID]!r}: {error}")
    return Piece(number=number, draft=draft)


def _decode(data: bytes, charset: str | None) -> str:
    """The page as its server, else as itself says it is encoded; what cannot be decoded shows as U+FFFD."""
    try:
        encoding = codecs.lookup(charset or "").name
    except LookupError:
        encoding = find_encoding(data)
    try:
        return data.decode(encoding, errors="replace")
    except (LookupError, UnicodeError):  # a codec of Python's own, such as base64
        return data.decode(errors="replace")
