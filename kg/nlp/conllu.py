"""`Doc` -> CoNLL-U and IOB, in the tokenisation of UD German-GSD.

What the `Doc` keeps as one token is split as the treebank has it: contractions become multiword
tokens (im -> in dem), hyphenated compounds become parts joined by `compound` (US-Präsident -> US,
-, Präsident), and the particle that `kg` joins to the lemma of a separable verb leaves it again.
Of each sentence comes one tree, whatever part of it the sections of the article hold.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from kg.nlp.german import split_contraction
from kg.nlp.segments import CLOSING, SECTIONS
from kg.nlp.tokenizer import HIDDEN, ROMAN

ROOT, INSIDE = -1, -2  # heads that are no token: none, another word of the same token
HYPHEN_SIGNS = frozenset("-‐‑")
HYPHEN = re.compile(rf"(?<=[\w.!%)])[-‐‑](?=[\w{HIDDEN}]|$)(?!(?<=\d.)\d)")  # not between digits: 2013-2014
ADDRESS = re.compile(r"www\.|\w+://|[^@]+@[^@]+\.")


@dataclass(slots=True, kw_only=True)
class _Place:
    """A word of a sentence, with what stands around it that is no word."""

    token: Token
    before: str = ""  # hidden characters, which belong to some word in CoNLL-U
    after: str = ""
    spaced: bool = False  # white space follows
    head: int = ROOT  # index in the Doc
    last: bool = False  # the last word of its sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int  # index in the Doc of the token whose main word is the head; or ROOT, or INSIDE: see `local`
    deprel: str
    local: int = 0  # offset to the head among the words of the same token
    main: bool = False  # carries the token's own place in the tree
    glued: bool = False  # no space behind, inside a token


@dataclass(slots=True)
class _Sentence:
    places: list[_Place] = field(default_factory=list)
    hidden: str = ""  # characters before its first word


def render_conllu(doc: Doc) -> str:
    """All sentences with `# sent_id`, `# text`; an empty line behind each."""
    parts = []
    for number, places in enumerate(_sentences(doc), 1):
        parts.append(f"# sent_id = {number}\n# text = {_text(places)}\n" + "".join(_lines(places)) + "\n")
    return "".join(parts)


def render_iob(doc: Doc) -> str:
    """A token and its entity tag a line, an empty line behind each sentence."""
    sentences = ([place.token for place in places] for places in _sentences(doc))
    return "".join("".join(f"{t.text}\t{_entity_tag(t)}\n" for t in sent) + "\n" for sent in sentences)


def _entity_tag(token: Token) -> str:
    return f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"


def _sentences(doc: Doc) -> list[list[_Place]]:
    """Sentences as their words; headers and front matter, which are in no section, are left out."""
    inside = _prose(doc)
    found: list[list[_Place]] = []
    sentence = _Sentence()
    for sent in doc.sents:
        for token in sent:
            if inside[token.i]:
                _add(sentence, token)
        if sentence.places:
            _plant(sentence.places)
            found.append(sentence.places)
            sentence = _Sentence(hidden=sentence.hidden)
    if found:
        found[-1][-1].after += sentence.hidden
    return found


def _prose(doc: Doc) -> list[bool]:
    """Whether each token is in a section."""
    sections = doc.user_data.get(SECTIONS) or ((0, len(doc.text)),)
    return [any(start <= token.idx < end for start, end in sections) for token in doc]


def _add(sentence: _Sentence, token: Token) -> None:
    """Add a word, or what is none: hidden characters stick to the word that they touch."""
    places, blank = sentence.places, token.text.isspace()
    if token.is_space and blank:
        _set_spaced(places)
    elif not token.is_space:
        places.append(_Place(token=token, before=sentence.hidden, spaced=bool(token.whitespace_)))
        sentence.hidden = ""
    elif places and (token.whitespace_ or not _touches_word(token)):
        places[-1].after += token.text
        places[-1].spaced = bool(token.whitespace_)
    else:
        sentence.hidden += token.text


def _set_spaced(places: list[_Place]) -> None:
    if places:
        places[-1].spaced = True


def _touches_word(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and not token.nbor().is_space


def _plant(places: Sequence[_Place]) -> None:
    """Give every word its head: one of the sentence's own words, and a single root."""
    own = {place.token.i for place in places}
    root = ROOT
    for place in places:
        place.head = _head(place.token, own)
        root = place.token.i if root == ROOT and place.head == ROOT else root
    for place in places:
        if place.head == ROOT and place.token.i != root:
            place.head = root
    words = [place for place in places if place.token.text not in CLOSING]
    (words or places)[-1].last = True


def _head(token: Token, own: set[int]) -> int:
    """Index of the nearest word above that is one of the sentence's; white space governs in other pipelines."""
    above = token.head
    while above.i != above.head.i and above.i not in own:
        above = above.head
    return above.i if above.i in own and above.i != token.i else ROOT


def _text(places: Sequence[_Place]) -> str:
    return "".join(_form(place) + (" " if place.spaced else "") for place in places).strip()


def _form(place: _Place) -> str:
    return place.before + _clean(place.token.text) + place.after


def _clean(text: str) -> str:
    """White space inside a token, as pipelines that merge tokens have it, is a blank; CoNLL-U takes no other."""
    return " ".join(text.split()) or "_"


def _lines(places: Sequence[_Place]) -> Iterator[str]:
    split = [_attach_marks(place, _split(place)) for place in places]
    number, numbers, mains = 1, [], {}
    for place, words in zip(places, split, strict=True):
        numbers.append(number)
        mains[place.token.i] = number + next(k for k, w in enumerate(words) if w.main)
        number += len(words)
    for place, words, first in zip(places, split, numbers, strict=True):
        yield from _token_lines(place, words, first, mains)


def _attach_marks(place: _Place, words: list[_Word]) -> list[_Word]:
    """The words with the hidden characters before and behind; a multiword token has them itself."""
    if not (place.before or place.after) or _is_range(words):
        return words
    words = [*words[:-1], replace(words[-1], form=words[-1].form + place.after)]
    return [replace(words[0], form=place.before + words[0].form), *words[1:]]


def _is_range(words: Sequence[_Word]) -> bool:
    return len(words) > 1 and not any(w.glued for w in words)


def _token_lines(place: _Place, words: list[_Word], first: int, mains: Mapping[int, int]) -> Iterator[str]:
    space = "_" if place.spaced else "SpaceAfter=No"
    is_range = _is_range(words)
    if is_range:
        yield f"{first}-{first + len(words) - 1}\t{_form(place)}\t" + "_\t" * 7 + f"{space}\n"
    for k, word in enumerate(words):
        misc = "SpaceAfter=No" if word.glued else "_" if is_range else space
        yield _line(word, first + k, mains, misc)


def _line(word: _Word, number: int, mains: Mapping[int, int], misc: str) -> str:
    head = number + word.local if word.head == INSIDE else mains.get(word.head, 0)
    columns = (str(number), word.form, word.lemma or "_", word.upos, word.xpos or "_", word.feats or "_")
    return "\t".join((*columns, str(head), word.deprel, "_", misc)) + "\n"


def _split(place: _Place) -> list[_Word]:
    token = place.token
    parts = split_contraction(token.text, token.tag_, token.pos_)
    if parts:
        return _contraction(place, *parts)
    if place.last and token.text[-1] == "." and ROMAN.fullmatch(token.text[:-1]):
        return _roman(place)
    pieces = _pieces(token.text)
    return _compound(place, pieces) if len(pieces) > 1 else [_whole(place)]


def _whole(place: _Place) -> _Word:
    token, head = place.token, place.head
    deprel = "root" if head == ROOT else token.dep_ if token.dep_ not in ("", "ROOT", "root") else "dep"
    return _Word(
        form=_clean(token.text),
        lemma=_clean(bare_lemma(token)),
        upos=token.pos_ if token.pos_ not in ("", "SPACE") else "X",
        xpos=token.tag_,
        feats=str(token.morph),
        head=head,
        deprel=deprel,
        main=True,
    )


def bare_lemma(token: Token) -> str:
    """The lemma without the particle of a separable verb that stands apart."""
    for child in token.children:
        apart = child.dep_ == "compound:prt" or child.tag_ == "PTKVZ"
        if apart and token.lemma_.startswith(child.lower_):
            return token.lemma_[len(child.lower_) :] or token.lemma_
    return token.lemma_


def _contraction(place: _Place, preposition: str, article: str) -> list[_Word]:
    whole = _whole(place)
    first = replace(whole, form=preposition, lemma=preposition.lower(), upos="ADP", xpos="APPR", feats="_")
    second = _Word(
        form=article,
        lemma="der",
        upos="DET",
        xpos="ART",
        feats=whole.feats,
        head=INSIDE if whole.head == ROOT else whole.head,
        deprel="det",
        local=-1,
    )
    return [first, second]


def _roman(place: _Place) -> list[_Word]:
    """A ruler's number at the end of a sentence, where the full stop is two in one."""
    whole = _whole(place)
    number = whole.form[:-1]
    end = _Word(form=".", lemma=".", upos="PUNCT", xpos="$.", feats="_", head=INSIDE, deprel="punct", local=-1)
    return [replace(whole, form=number, lemma=whole.lemma.removesuffix("."), glued=True), end]


def _compound(place: _Place, pieces: Sequence[str]) -> list[_Word]:
    """US-Präsident as GSD has it; a hanging hyphen (Rohstoff-) is cut off as well."""
    whole = _whole(place)
    last = len(pieces) - 1 - (pieces[-1] in HYPHEN_SIGNS)
    words = []
    for k, piece in enumerate(pieces):
        if piece in HYPHEN_SIGNS:
            word = _hyphen(piece)
        elif k == last:
            word = replace(whole, form=piece, lemma=whole.lemma.rstrip("-‐‑").rpartition("-")[2] or piece)
        else:
            word = _modifier(piece, whole)
        words.append(replace(word, glued=k < len(pieces) - 1))
    return words


def _hyphen(char: str) -> _Word:
    return _Word(form=char, lemma=char, upos="PUNCT", xpos="$(", feats="_", head=INSIDE, deprel="punct", local=-1)


def _modifier(piece: str, whole: _Word) -> _Word:
    upos, xpos, feats = "NOUN", "NN", whole.feats
    if piece.isdigit():
        upos, xpos, feats = "NUM", "CARD", "NumType=Card"
    elif piece.isupper() or whole.upos == "PROPN":
        upos = "PROPN"
    return _Word(form=piece, lemma=piece, upos=upos, xpos=xpos, feats=feats, head=INSIDE, deprel="compound", local=2)


def _pieces(text: str) -> list[str]:
    """The parts of a word between its hyphens and the hyphens; no part where it is an address."""
    if text.isalnum() or ADDRESS.match(text):
        return [text]
    pieces, at = [], 0
    for found in HYPHEN.finditer(text):
        pieces += [text[at : found.start()], found.group()]
        at = found.end()
    return [*pieces, text[at:]] if text[at:] else pieces
