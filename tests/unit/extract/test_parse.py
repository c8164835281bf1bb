"""The parse as plain objects: it says what the `Doc` says."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.parse import Parse, read_parse
from tests.docs import parse, token, tree

SENTENCES = (
    "Der ART | Staat NN nsubj fordert Number=Sing | fordert VVFIN | Panzer NN obj fordert | von APPR | Berlin NE obl "
    "fordert LOC | . $.",
    "Kiew NE nsubj zögert PronType=Dem,Rel LOC | zögert VVFIN | . $.",
)


@pytest.fixture
def words() -> Parse:
    return tree(*SENTENCES)


def test_says_what_the_doc_says() -> None:
    doc = parse(*SENTENCES)
    words = read_parse(doc)
    for mine, theirs in zip(words, doc, strict=True):
        assert (mine.text, mine.idx, mine.lemma_, mine.pos_, mine.tag_, mine.dep_, mine.ent_iob_, mine.is_punct) == (
            theirs.text, theirs.idx, theirs.lemma_, theirs.pos_, theirs.tag_, theirs.dep_, theirs.ent_iob_,
            theirs.is_punct,
        )  # fmt: skip
        assert (mine.head.i, mine.sent.start, mine.sent.end) == (theirs.head.i, theirs.sent.start, theirs.sent.end)
        assert [c.i for c in mine.children] == [c.i for c in theirs.children]
        assert [t.i for t in mine.subtree] == [t.i for t in theirs.subtree]
        assert [t.i for t in mine.ancestors] == [t.i for t in theirs.ancestors]
    assert [(s.start, s.end_char, s.root.i) for s in words.sents] == [
        (s.start, s.end_char, s.root.i) for s in doc.sents
    ]
    assert [(e.start, e.end, e.label_) for e in words.ents] == [(e.start, e.end, e.label_) for e in doc.ents]


def test_features_have_all_their_values(words: Parse) -> None:
    assert token(words, "Kiew").morph.get("PronType") == ["Dem", "Rel"]
    assert token(words, "Staat").morph.get("Case", []) == []


def test_characters_lead_to_tokens(words: Parse) -> None:
    assert [t.text for t in words.char_span(0, 9) or ()] == ["Der", "Staat"]
    assert words.char_span(0, 7) is None
    assert [t.text for t in words.char_span(3, 7, expand=True) or ()] == ["Staat"]
    assert words.char_span(0, 900, expand=True) is None


def test_edges_reach_over_all_below(words: Parse) -> None:
    assert words.edges[token(words, "Staat").i] == (0, 1)
    assert words.edges[token(words, "fordert").i] == (0, 6)


def test_without_tokens_has_no_sentences() -> None:
    assert read_parse(Doc(Vocab())).sents == []
