"""Whatever the characters: words that slice, sentences that are trees, CoNLL-U that a validator takes."""

from functools import cache

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.nlp.conllu import render_conllu, render_iob
from kg.nlp.segments import SECTIONS, windows
from kg.nlp.tokenizer import GermanTokenizer, make_tokenizer
from tests.conllu import find_faults

NASTY = st.lists(
    st.one_of(
        st.sampled_from(
            "im Im ZUM am US-Präsident Luft- -sicherheit F-16 2013-2014 XXIII. II. 3. usw. z. B. „ “ ‚ ’ ' \" » « ( ) [ ] "
            "... … . , : ; ! ? / - -- – — § % € & &amp; &quot; &nbsp; &shy; Politiker:innen *innen _ # @x a@b.de "
            "http://a-b.de/ 👍🏽 🇺🇦 Grass' 's Bünd\u00adnis Bu\u0308ndnis".split()
        ),
        st.sampled_from(
            ["\u00ad", "\u200b", "\ufeff", "\u0308", "\u00a0", "\u2009", "\t", "\n", "\n\n", "\r\n", "\u2028", "\x1f"]
        ),
        st.text(max_size=3),
        st.just(" "),
    ),
    max_size=25,
).map("".join)
TAGS = ("APPRART", "PTKA", "NN", "NE", "CARD", "$.", "VVFIN", "")
CLASSES = ("ADP", "NOUN", "PROPN", "NUM", "PUNCT", "VERB", "X", "SPACE", "")


@cache
def tokenizer() -> GermanTokenizer:
    return make_tokenizer(spacy.blank("de"))


def parse(text: str, data: st.DataObject) -> Doc:
    """A `Doc` of the text with any tree, any tags, any sections."""
    words = tokenizer()(text)
    size, heads = len(words), []
    begin = 0
    for i in range(size):
        begin = i if data.draw(st.integers(0, 4)) == 0 else begin
        heads.append(data.draw(st.integers(begin, i)) if i > begin else i)
    draw = [data.draw(st.integers(0, 7)) for _ in range(size)]
    doc = Doc(
        tokenizer().vocab,
        words=[token.text for token in words],
        spaces=[bool(token.whitespace_) for token in words],
        tags=[TAGS[n] for n in draw],
        pos=[CLASSES[n] for n in draw],
        lemmas=[token.text.lower() if n else "" for token, n in zip(words, draw, strict=True)],
        heads=heads,
        deps=[
            "ROOT" if head == i else "compound:prt" if n == 1 else "obj"
            for i, (head, n) in enumerate(zip(heads, draw, strict=True))
        ],
    )
    if data.draw(st.booleans()):
        start = data.draw(st.integers(0, len(text)))
        doc.user_data[SECTIONS] = ((start, data.draw(st.integers(start, len(text)))),)
    return doc


@settings(deadline=None)  # the first call builds the tokenizer
@given(NASTY, st.data())
def test_conllu_is_valid(text: str, data: st.DataObject) -> None:
    doc = parse(text, data)
    conllu = render_conllu(doc)
    assert find_faults(conllu) == []
    assert render_iob(doc).count("\n\n") == conllu.count("# text")


@settings(deadline=None)  # the first call builds the tokenizer
@given(NASTY, st.data())
def test_conllu_keeps_every_character(text: str, data: st.DataObject) -> None:
    doc = parse(text, data)
    doc.user_data.clear()
    shown = [line.removeprefix("# text = ") for line in render_conllu(doc).split("\n") if line.startswith("# text")]
    if any(not token.is_space for token in doc):
        assert "".join("".join(shown).split()) == "".join(text.split())


@settings(deadline=None)  # the first call builds the tokenizer
@given(NASTY)
def test_windows_hold_every_word_once(text: str) -> None:
    doc = tokenizer()(text)
    assert doc.text == text
    assert [i for window in windows(doc) for i in window] == [token.i for token in doc if not token.is_space]
