"""A language model that knows nothing: it says of every word what a number says, and is never the same twice."""

from functools import cache
from random import Random

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.tokenizer import make_tokenizer
from tests.docs import PARTS

TAGS = tuple(PARTS)
LABELS = tuple(
    """nsubj nsubj:pass obj iobj obl obl:agent obl:arg nmod nmod:poss amod det case mark advmod aux aux:pass cop ccomp
    xcomp csubj advcl acl acl:relcl conj cc appos flat compound compound:prt parataxis punct expl:pv dep""".split()
)
MORPHS = ("", "Mood=Sub|Tense=Pres", "Mood=Sub|Tense=Past", "Case=Dat", "Case=Gen", "Number=Plur", "PronType=Rel")
ENTS = ("", "", "", "PER", "LOC", "ORG", "MISC")
LONGEST = 60  # words of a sentence, unless a number says that it is all of the text


@cache
def load_tokenizer() -> Language:
    """The tokenizer of `kg` alone."""
    nlp = spacy.blank("de")
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp


def guess_parse(text: str, seed: int | str) -> Doc:
    """The words of the text, each sentence any tree with any labels; the same for the same seed."""
    rng, tokens = Random(f"{seed}"), load_tokenizer().make_doc(text)
    count = len(tokens)
    tags = ["_SP" if token.is_space else rng.choice(TAGS) for token in tokens]
    heads = list(range(count))
    start = 0
    while start < count:
        end = min(count, start + rng.randint(1, LONGEST if count < 5000 or rng.random() < 0.9 else count))
        order = rng.sample(range(start, end), end - start)
        chain = rng.random() < 0.1
        for rank, node in enumerate(order[1:], start=1):
            heads[node] = order[rank - 1 if chain else rng.randint(max(0, rank - 5), rank - 1)]
        start = end
    return Doc(
        tokens.vocab,
        words=[token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
        tags=tags,
        pos=["SPACE" if tag == "_SP" else PARTS[tag][0] for tag in tags],
        lemmas=[token.text for token in tokens],
        morphs=[rng.choice(MORPHS) for _ in tags],
        heads=heads,
        deps=["ROOT" if head == i else rng.choice(LABELS) for i, head in enumerate(heads)],
        ents=[f"B-{ent}" if (ent := rng.choice(ENTS)) else "O" for _ in tags],
    )
