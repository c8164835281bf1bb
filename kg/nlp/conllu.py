"""`Doc` -> CoNLL-U and IOB, in the tokenisation of UD German-GSD.

What the `Doc` keeps as one token is split as the treebank has it: contractions become multiword
tokens (im -> in dem), hyphenated compounds become parts joined by `compound` (US-Präsident -> US,
-, Präsident), and the particle that `kg` joins to the lemma of a separable verb leaves it again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.nlp.german import split_contraction
from kg.nlp.segments import SECTIONS

HYPHENS = frozenset("-‐")
ROOT, INSIDE = -1, -2  # heads that are no token: none, another word of the same token


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


def render_conllu(doc: Doc) -> str:
    """All sentences with `# sent_id`, `# text`; an empty line behind each."""
    parts = []
    for number, sent in enumerate(_sentences(doc), 1):
        parts.append(f"# sent_id = {number}\n# text = {_text(sent)}\n" + "".join(_lines(sent)) + "\n")
    return "".join(parts)


def render_iob(doc: Doc) -> str:
    """A token and its entity tag a line, an empty line behind each sentence."""
    return "".join("".join(f"{t.text}\t{_entity_tag(t)}\n" for t in sent) + "\n" for sent in _sentences(doc))


def _entity_tag(token: Token) -> str:
    return f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"


def _sentences(doc: Doc) -> Iterator[list[Token]]:
    """Sentences as lists of words; headers and front matter, which are in no section, are left out."""
    sections = doc.user_data.get(SECTIONS) or ((0, len(doc.text)),)
    for sent in doc.sents:
        tokens = [t for t in sent if not t.is_space and any(start <= t.idx < end for start, end in sections)]
        if tokens:
            yield tokens


def _text(sent: list[Token]) -> str:
    return "".join(t.text + (" " if _spaced(t) else "") for t in sent).strip()


def _spaced(token: Token) -> bool:
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return bool(token.whitespace_) or (following is not None and following.is_space)


def _lines(sent: list[Token]) -> Iterator[str]:
    split = {t.i: _split(t) for t in sent}
    number, numbers, mains = 1, {}, {}
    for token in sent:
        numbers[token.i] = number
        mains[token.i] = number + next(k for k, w in enumerate(split[token.i]) if w.main)
        number += len(split[token.i])
    for token in sent:
        yield from _token_lines(token, split[token.i], numbers[token.i], mains)


def _token_lines(token: Token, words: list[_Word], first: int, mains: dict[int, int]) -> Iterator[str]:
    space = "_" if _spaced(token) else "SpaceAfter=No"
    is_range = len(words) > 1 and not any(w.glued for w in words)
    if is_range:
        yield f"{first}-{first + len(words) - 1}\t{token.text}\t" + "_\t" * 7 + f"{space}\n"
    for k, word in enumerate(words):
        misc = "SpaceAfter=No" if word.glued else "_" if is_range else space
        yield _line(word, first + k, mains, misc)


def _line(word: _Word, number: int, mains: dict[int, int], misc: str) -> str:
    head = number + word.local if word.head == INSIDE else mains.get(word.head, 0)
    columns = (str(number), word.form, word.lemma or "_", word.upos, word.xpos or "_", word.feats or "_")
    return "\t".join((*columns, str(head), word.deprel, "_", misc)) + "\n"


def _split(token: Token) -> list[_Word]:
    parts = split_contraction(token.text, token.tag_)
    if parts:
        return _contraction(token, *parts)
    if any(c in HYPHENS for c in token.text[1:]) and token.pos_ in ("NOUN", "PROPN", "ADJ", "X"):
        return _compound(token)
    return [_whole(token)]


def _whole(token: Token) -> _Word:
    head = _head(token)
    return _Word(
        form=token.text,
        lemma=bare_lemma(token),
        upos=token.pos_ if token.pos_ != "SPACE" else "X",
        xpos=token.tag_,
        feats=str(token.morph),
        head=head,
        deprel="root" if head == ROOT else token.dep_,
        main=True,
    )


def _head(token: Token) -> int:
    """Index of the head; where that is white space, as in other people's pipelines, of the word above it."""
    head = token.head
    while head.is_space and head.head.i != head.i:
        head = head.head
    return ROOT if head.is_space or head.i == token.i else head.i


def bare_lemma(token: Token) -> str:
    """The lemma without the particle of a separable verb that stands apart."""
    for child in token.children:
        if child.dep_ == "compound:prt" and token.lemma_.startswith(child.lower_):
            return token.lemma_[len(child.lower_) :] or token.lemma_
    return token.lemma_


def _contraction(token: Token, preposition: str, article: str) -> list[_Word]:
    whole = _whole(token)
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


def _compound(token: Token) -> list[_Word]:
    """US-Präsident as GSD has it; a hanging hyphen (Rohstoff-) is cut off as well."""
    pieces = _pieces(token.text)
    last = max(k for k, piece in enumerate(pieces) if piece not in HYPHENS)
    whole = _whole(token)
    if len(pieces) == 1:
        return [whole]
    words = []
    for k, piece in enumerate(pieces):
        if piece in HYPHENS:
            word = _hyphen(piece, -1 if k else last)
        elif k == last:
            word = replace(whole, form=piece, lemma=whole.lemma.rstrip("-").rpartition("-")[2] or piece)
        else:
            after = next(n for n in range(k + 1, len(pieces)) if pieces[n] not in HYPHENS)
            word = _modifier(piece, whole, after - k)
        words.append(replace(word, glued=k < len(pieces) - 1))
    return words


def _hyphen(char: str, local: int) -> _Word:
    return _Word(form=char, lemma=char, upos="PUNCT", xpos="$(", feats="_", head=INSIDE, deprel="punct", local=local)


def _modifier(piece: str, whole: _Word, local: int) -> _Word:
    upos = "PROPN" if piece.isupper() or whole.upos == "PROPN" else "NOUN"
    return _Word(
        form=piece, lemma=piece, upos=upos, xpos="NN", feats=whole.feats, head=INSIDE, deprel="compound", local=local
    )


def _pieces(text: str) -> list[str]:
    pieces = [""]
    for char in text:
        if char in HYPHENS:
            pieces += [char, ""]
        else:
            pieces[-1] += char
    kept = [p for p in pieces if p]
    return kept if any(p not in HYPHENS for p in kept) else [text]
