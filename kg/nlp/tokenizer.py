"""Text -> words, as UD German-GSD cuts them; only contractions and hyphenated compounds stay one token.

Text is cut at white space, each piece by one expression, whose results are remembered. What a full stop
or an apostrophe behind a word means, the words around it tell: that is looked at last, for each place.
No character is lost or changed, so that offsets are those of the text.
"""

import re
from collections.abc import Sequence
from functools import cache

from spacy.attrs import IS_SPACE  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.german import AMBIGUOUS, DETERMINERS, MONTHS, ORDERED, STARTERS, abbreviations, slashed

Cut = tuple[tuple[str, ...], tuple[bool, ...], tuple[int, ...]]  # words, space behind each, places to look at again

MOST_REMEMBERED, LONGEST_REMEMBERED = 65_536, 60  # pieces; characters
PIECES = re.compile(r"\S+ ?|\s+").findall

# Hidden characters: soft hyphen, zero-width marks, marks of direction, byte order mark.
HIDDEN = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
# Combining marks: Latin (NFD umlauts), Cyrillic, Hebrew, Arabic, Devanagari, symbols, variation selectors.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
ENTITIES = (
    r"&(?:quot|amp|lt|gt|apos|nbsp|[lrb]dquo|[lr]squo|sbquo|[lr]aquo|[lr]saquo|[nm]dash|hellip|euro|pound|yen|cent|sect|"
    r"para|deg|copy|reg|trade|bull|middot|times|plusmn|frac\d\d|sup[123]|ensp|emsp|thinsp|zwnj|zwj|shy|lrm|rlm|"
    r"#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"
)
BLANK = re.compile(
    rf"[\s{HIDDEN}]+|"
    r"&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|lrm|rlm|#(?:160|173|8194|8195|8201|8203|8239)|#[xX][aA][0dD]);"
)
HIDE = rf"(?:[{HIDDEN}]|&(?:shy|zwnj|zwj|#173|#[xX][aA][dD]);)"
LETTER_ENTITY = (
    r"&(?:[a-zA-Z]{1,2}(?:uml|acute|grave|circ|cedil|tilde|caron|slash|ring|lig)|"
    r"#(?:19[2-9]|2[0-4]\d|25[0-5])|#[xX][c-fC-F][0-9a-fA-F]);"
)

LETTER = r"[^\W\d_]"
SIGN = r"[^\W_]"  # letter or digit
LOWER = "[a-zäöüß]"
RUN = rf"(?:(?:{SIGN}|{LETTER_ENTITY})[{MARKS}]*)+"
HYPHEN = "[-‐‑]"
APOSTROPHE = "['’‘ʼ´`]"
UNITS = "(?:h|s|min|km|m[²³]?|cm[²³]?|kg|g|l|mol|qkm|ha)"

# What joins two runs of letters and digits into one word.
JOINTS = "|".join((
    HYPHEN,
    rf"(?<={LETTER}){APOSTROPHE}(?={LETTER})",  # geht's, O'Brien
    r"(?<=\d)['’](?=\d{3})",  # 4'200
    rf"[*_·•](?={LETTER})",  # Soldat*innen
    rf"(?<={LETTER}):(?={LOWER})",  # Politiker:innen
    r"(?<=\d)[:,–](?=\d)",  # 14:30, 2,5, 2013–2014
    rf"(?<={SIGN})\.(?={LOWER}|\d)",  # 1.500, tagesschau.de
    rf"(?<=\b{LETTER})\.(?={LETTER})|(?<=[A-ZÄÖÜ][A-ZÄÖÜ])\.(?=[A-ZÄÖÜ]{{2}})",  # U.S, z.B, WEB.DE
    rf"\.[-‐‑–](?={SIGN})",  # Dipl.-Ing, 3-Mrd.-Euro-Paket
    rf"&amp;(?={SIGN})|(?!{ENTITIES}|{LETTER_ENTITY})&(?={SIGN})",  # S&P
    rf"(?<={LETTER})–(?=[A-ZÄÖÜ])",  # Köln–Rhein
    rf"(?<=\d)%{HYPHEN}?(?={LETTER})|!{HYPHEN}(?={LETTER})",  # 50%-Quote
    rf"\+(?={SIGN})|(?<={LETTER})@(?={LETTER})",  # EU+3
    rf"(?<=\d)/(?={LETTER})|(?<={LETTER})/(?=\d)",  # 90/Die
    rf"(?<=\b{LETTER})/(?={LETTER}\b)",  # m/w
    rf"(?<={LETTER})/(?={UNITS}(?!{SIGN}))",  # km/h
    r"/-?(?=[iI]n(?:nen)?\b)",  # Bürger/-innen
))  # fmt: skip
JOINED = rf"(?:{HIDE}+(?:(?:{JOINTS}){HIDE}*)?|(?:{JOINTS}){HIDE}*){RUN}"
BRACKETED = rf"(?<={LOWER})\((?:innen|inn?|e?[nrs]|e)\)(?:{RUN})?"  # Soldat(inn)en, Land(es)
PART = r"(?<![^\s(\[{/„‚])"  # nothing before, or what opens
EMOJI = r"[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff]"
EMOJI_MARKS = r"[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*"

OWN, OPEN = "own", "open"  # a full stop belongs to the word before it; the words around it say whether it does
SMALL_NUMBER = re.compile(r"(?:\d{1,3}\.?[-–/])?\d{1,3}|(?:[0-2]?\d|3[01])\.(?:0?\d|1[0-2])")  # 3, 1.–6, 24.2
ROMAN = re.compile(r"(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})")
INITIALS = re.compile(rf"(?:{LETTER}\.)+{LETTER}{{1,3}}")  # U.S, z.B, v.Chr
CLOSING = frozenset("\"'“”’‘»«›‹)]}")
OPENING = frozenset("\"'„“‚‘»«›‹([{")
SINGLE_OPENING = frozenset("'‚‘‹›")
APOSTROPHES = frozenset("'’‘´`")
HISSING = frozenset("sßxzSXZ")
BRACKETS = frozenset(")]")
QUOTED = 60  # words; a quotation mark further back has nothing to do with this one
REACH = 6  # words; how many marks and blanks may stand before the word that is looked for


@cache
def token_expression() -> re.Pattern[str]:
    """One token from where it begins; group `word` is what a full stop may belong to."""
    whole = "|".join(re.escape(word) for word in slashed())
    sign = rf"(?:{PART}(?:[-+−–±‐‑](?=\d)|[-‐‑](?={LETTER})|\.(?=[a-z]|[A-Z]{{2}})))?"
    core = rf"{sign}(?:(?:{whole})(?!{LETTER})|{RUN})(?:{JOINED}|{BRACKETED})*"
    tail = rf"(?:(?<=\d)[.,](?:--?|[–—])(?![\w-])|{HYPHEN}(?![-\w])|\+(?!{SIGN}))?"
    return re.compile(
        "|".join((
            r"(?:https?://|www\.)[^\s<>\"„“”»«]*[\w/#=&%+~-]",
            r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+",
            r"@\w+",
            rf"(?P<word>{core}{tail})",
            ENTITIES,
            r"(?<!\w)['’](?:nen|nem|ner|nes|ne|n|s|m)(?!\w)",
            r"[:;]-[()D|/](?!\w)|(?<!\S)[:;=][()](?!\S)",
            rf"[\U0001f1e6-\U0001f1ff]{{2}}|{EMOJI}{EMOJI_MARKS}(?:\u200d{EMOJI}{EMOJI_MARKS})*",
            r"\.{2,}|…+|§+(?:\d\w*)?|``|''|-{2,}|(?<!\S),,(?=\w)",
            r"(?P<same>[=_*~#])(?P=same){2,}",
            rf"[{HIDDEN}]+|[{MARKS}]+",
            r"\S",
        ))
    )  # fmt: skip


def make_tokenizer(nlp: Language) -> "GermanTokenizer":
    """A tokenizer over the vocabulary of `nlp`, which learns from it that hidden characters are as good as space."""
    nlp.vocab.lex_attr_getters[IS_SPACE] = is_blank  # type: ignore[attr-defined]
    return GermanTokenizer(nlp.vocab)


def is_blank(text: str) -> bool:
    """Whether nothing is to be seen: white space, hidden characters alone, an entity that stands for such."""
    if text[:1].isalnum():
        return False
    return bool(BLANK.fullmatch(text))


class GermanTokenizer:
    """From a text to a `Doc` of its words; what pieces between spaces are cut into is remembered."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._remembered: dict[str, Cut] = {}

    def __call__(self, text: str) -> Doc:
        """The words of a text; `doc.text == text`."""
        words: list[str] = []
        spaces: list[bool] = []
        places: list[int] = []
        remembered = self._remembered
        for piece in PIECES(text):
            cut = remembered.get(piece) or self._remember(piece)
            if cut[2]:
                places.extend(len(words) + k for k in cut[2])
            words += cut[0]
            spaces += cut[1]
        if places:
            words, spaces = settle(words, spaces, places)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _remember(self, piece: str) -> Cut:
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        cut = cut_piece(piece)
        if len(piece) <= LONGEST_REMEMBERED:
            self._remembered[piece] = cut
        return cut


def cut_piece(piece: str) -> Cut:
    """The words of what stands between white space, or white space itself."""
    if piece.isspace():
        return (piece,), (False,), ()
    text = piece[:-1] if piece[-1] == " " else piece
    match, at = token_expression().match, 0
    words: list[str] = []
    places: list[int] = []
    while at < len(text):
        found = match(text, at)
        end = found.end() if found else at + 1
        if found and found.lastgroup == "word" and text[end : end + 1] == "." != text[end + 1 : end + 2]:
            owner = full_stop(found.group())
            end += bool(owner)
            if owner == OPEN:
                places.append(len(words))
        elif at and text[at:end] in APOSTROPHES and text[at - 1] in HISSING:
            places.append(len(words))
        words.append(text[at:end])
        at = end
    return tuple(words), (False,) * (len(words) - 1) + (text != piece,), tuple(places)


def full_stop(word: str) -> str:
    """Whether a full stop behind it is the word's own: `OWN`, `OPEN`, or "" for no."""
    if word in abbreviations() or word.rpartition("-")[2] in abbreviations() or INITIALS.fullmatch(word):
        return OWN
    if len(word) == 1 and word.isalpha():
        return OPEN if word.isupper() else OWN
    return OPEN if word in AMBIGUOUS or SMALL_NUMBER.fullmatch(word) or ROMAN.fullmatch(word) else ""


def settle(words: list[str], spaces: list[bool], places: Sequence[int]) -> tuple[list[str], list[bool]]:
    """The words with every open place decided: full stops cut off or not, apostrophes joined to their word or not."""
    new_words: list[str] = []
    new_spaces: list[bool] = []
    done = 0
    for i in places:
        if words[i] in APOSTROPHES:
            if is_quoted(words, spaces, i):
                continue
            parts, space, start = [words[i - 1] + words[i]], [spaces[i]], i - 1
        elif ends_sentence(words, spaces, i):
            parts, space, start = [words[i][:-1], "."], [False, spaces[i]], i
        else:
            continue
        new_words += words[done:start]
        new_spaces += spaces[done:start]
        new_words += parts
        new_spaces += space
        done = i + 1
    return new_words + words[done:], new_spaces + spaces[done:]


def is_quoted(words: Sequence[str], spaces: Sequence[bool], i: int) -> bool:
    """Whether the mark at i closes a quotation: a single mark before it opens one."""
    for k in range(i - 1, max(-1, i - QUOTED), -1):
        opens = words[k] in SINGLE_OPENING and not spaces[k]
        if opens and (k == 0 or spaces[k - 1] or words[k - 1].isspace() or words[k - 1] in OPENING):
            return True
    return False


def ends_sentence(words: Sequence[str], spaces: Sequence[bool], i: int) -> bool:
    """Whether the full stop of an ordinal, an initial or an abbreviation that is also a word ends a sentence."""
    before, after = _previous(words, i), _next(words, spaces, i)
    word, at_end = words[i][:-1], not after or after in CLOSING
    if word[0].isdigit():
        return _ends_behind_number(words, i, before, after)
    if (ROMAN.fullmatch(word) or word in "IVX") and before[:1].isupper():
        return False  # Johannes XXIII.
    if len(word) == 1 and (after in BRACKETS or (before[-1:] == "." and len(before) < 4)):
        return False  # (Thomas M.), a. D.
    return at_end or after in STARTERS


def _ends_behind_number(words: Sequence[str], i: int, before: str, after: str) -> bool:
    if not before or (before == "(" and after in BRACKETS):
        return False  # 1. begins a line of a list; (40.)
    if not after or after in CLOSING:
        return True
    if not after[0].isupper() or after in MONTHS or after in ORDERED:
        return False
    if after in STARTERS:
        return before[0].isalnum()
    return before not in DETERMINERS and before.lower() not in DETERMINERS and not _precedes_ordinal(words, i, before)


def _precedes_ordinal(words: Sequence[str], i: int, before: str) -> bool:
    """3. und 4.; Putins 4. Amtszeit; ein neues 3. Kapitel; der kommende 2. Gipfel; (2. Auflage."""
    return (
        (before.islower() and before.endswith(("e", "en")) and _is_attribute(words, i - 1))
        or not before[0].isalnum()
        or (before[-1] == "." and before[0].isdigit())
        or (before[0].isupper() and before[-1] == "s")
        or (before[0].islower() and len(before) > 4 and before.endswith("es"))
        or (before in ("und", "oder", "bis", "sowie") and _previous(words, i - 1)[-1:] == ".")
    )


def _is_attribute(words: Sequence[str], i: int) -> bool:
    """Whether an article stands before the word at i, with words in small letters alone between."""
    for k in range(i - 1, max(-1, i - 4), -1):
        if words[k].lower() in DETERMINERS:
            return True
        if not words[k].islower():
            break
    return False


def _previous(words: Sequence[str], i: int) -> str:
    """The word before on the same line, "" if there is none."""
    for k in range(i - 1, max(-1, i - REACH), -1):
        if "\n" in words[k]:
            return ""
        if not is_blank(words[k]):
            return words[k]
    return ""


def _next(words: Sequence[str], spaces: Sequence[bool], i: int) -> str:
    """The next word of the same paragraph behind marks that open, "" if there is none."""
    for k in range(i + 1, min(i + REACH, len(words))):
        if words[k].count("\n") > 1:
            return ""
        closes = words[k] in CLOSING and not spaces[k - 1] and not words[k - 1].isspace()
        if not is_blank(words[k]) and (closes or words[k] not in OPENING):
            return words[k]
    return ""
