"""HTML pages, with the standard library alone: title, paragraphs and metadata; menus and scripts go.

The text kept, title first and a blank line between blocks, becomes `Article.text`, and offsets refer to
it. Blocks are taken from `<article>`, else `<main>`, else from the whole page; where paragraphs and
headings hold most of the words, the rest (share buttons, captions) is left out.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from kg.articles.dates import read_date
from kg.articles.draft import Draft, is_web_address, join_text

_LEFT_OUT = frozenset(
    "script style noscript template nav aside footer button svg figure iframe select textarea dialog menu object audio"
    " video math".split()
)
_BREAKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote div section article main td th tr header ul ol dl dt dd table body head title"
    " br hr pre address".split()
)
_PROSE = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote".split())
_ROOMS = ("article", "main", "header")
_FEWEST_WORDS = 20
_META = {
    "og:title": "title",
    "article:published_time": "date",
    "datepublished": "date",
    "dc.date": "date",
    "date": "date",
    "og:site_name": "publisher",
    "publisher": "publisher",
    "author": "author",
    "article:author": "author",
    "og:url": "url",
}
_BEGIN = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_CODECS = {b"iso-8859-1": "cp1252", b"latin1": "cp1252", b"windows-1252": "cp1252", b"iso-8859-15": "iso-8859-15"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    text: str
    tag: str
    rooms: frozenset[str]


def read_html(page: str) -> Draft:
    """The draft of an HTML page; its text is what the module's first lines say."""
    parser = _Page()
    parser.feed(_close_markup(page))
    parser.close()
    parser.end_block()
    chosen = _choose_blocks(parser.blocks)
    title = _choose_title(chosen, parser)
    text, sections = join_text(title, (block.text for block in chosen))
    return Draft(
        text=text,
        sections=sections,
        title=title,
        date=next((date for value in parser.dates if (date := read_date(value))), None),
        url=next((url for key in ("canonical", "url") if is_web_address(url := parser.metadata.get(key, ""))), None),
        publisher=parser.metadata.get("publisher"),
        author=parser.metadata.get("author"),
        language=parser.metadata.get("language") or None,
    )


def looks_like_html(text: str) -> bool:
    """Whether a text begins as an HTML page does."""
    return _BEGIN.match(text) is not None


def find_encoding(data: bytes) -> str:
    """The encoding a page declares in its first 2,048 bytes, if it is one of the few in use; else UTF-8."""
    declared = _CHARSET.search(data[:2048])
    return _CODECS.get(declared[1].lower(), "utf-8") if declared else "utf-8"


def _close_markup(page: str) -> str:
    """The page without comments, marked sections and a tag left open at its end.

    The standard library's parser reads such a page again from every `<` that is not closed, which takes
    hours for a hostile one; an open comment or tag hides the rest of the page in a browser as well.
    """
    parts, at = [], 0
    while (start := page.find("<!--", at)) >= 0:
        parts.append(page[at:start])
        end = page.find("-->", start + 4)
        at = end + 3 if end >= 0 else len(page)
    page = ("".join(parts) + page[at:]).replace("<![", "<")
    tail = page.find("<", page.rfind(">") + 1)
    return page[:tail] if tail >= 0 else page


class _Page(HTMLParser):
    """Collects blocks of text and metadata while the standard library's parser walks the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.metadata: dict[str, str] = {}
        self.dates: list[str] = []
        self._open = dict.fromkeys((*_LEFT_OUT, *_ROOMS), 0)
        self._parts: list[str] = []
        self._tag = "body"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.metadata.setdefault("language", next((value or "" for key, value in attrs if key == "lang"), ""))
        if tag in ("meta", "link", "time"):
            self._read_metadata(tag, {key: value or "" for key, value in attrs})
        if tag in _BREAKS:
            self.end_block()
            self._tag = tag if tag != "br" else self._tag
        if tag in self._open:
            self._open[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.end_block()
            self._tag = "div"
        if self._open.get(tag):
            self._open[tag] -= 1

    def handle_data(self, data: str) -> None:
        if self._open["script"]:
            self.dates.extend(_LINKED_DATE.findall(data))
        elif not any(self._open[tag] for tag in _LEFT_OUT):
            self._parts.append(data)

    def end_block(self) -> None:
        """Closes the block that is being read."""
        text = " ".join("".join(self._parts).split())
        self._parts.clear()
        if text and self._tag == "title":
            self.metadata.setdefault("head", text)
        elif text:
            rooms = frozenset(room for room in _ROOMS if self._open[room])
            self.blocks.append(_Block(text=text, tag=self._tag, rooms=rooms))

    def _read_metadata(self, tag: str, attrs: dict[str, str]) -> None:
        name = (attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or "").casefold()
        key = _META.get(name)
        if tag == "time" or key == "date":
            self.dates.append(attrs.get("datetime") or attrs.get("content") or "")
        elif key:
            self.metadata.setdefault(key, attrs.get("content", ""))
        elif tag == "link" and attrs.get("rel", "").casefold() == "canonical":
            self.metadata.setdefault("canonical", attrs.get("href", ""))


def _choose_blocks(blocks: list[_Block]) -> list[_Block]:
    rest = [block for block in blocks if block.rooms != {"header"}]
    for room in ("article", "main"):
        inside = [block for block in rest if room in block.rooms]
        if _count_words(inside) >= _FEWEST_WORDS:
            return _keep_prose(inside)
    return _keep_prose(rest)


def _keep_prose(blocks: list[_Block]) -> list[_Block]:
    prose = [block for block in blocks if block.tag in _PROSE]
    return prose if 2 * _count_words(prose) >= _count_words(blocks) else blocks


def _choose_title(blocks: list[_Block], page: _Page) -> str | None:
    heading = next((block.text for block in blocks if block.tag == "h1"), None)
    return heading or " ".join(page.metadata.get("title", "").split()) or page.metadata.get("head")


def _count_words(blocks: list[_Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)
