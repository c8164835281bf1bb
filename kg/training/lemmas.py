"""Lemma scripts: how a form becomes its lemma, as a class that a network can choose.

A script is `casing|cut|add`: make the first letter lower or upper or leave it, cut so many letters
off the end, add these. What no script of the training data covers, the lexicon does.
"""

from itertools import takewhile

from kg.nlp.lemmatizer import recase


def lemma_script(form: str, lemma: str) -> str:
    """The script that turns `form` into `lemma`."""
    if not lemma or lemma == "_":
        return ""
    casing, base = "=", form
    if form[:1] != lemma[:1] and form[:1].lower() == lemma[:1].lower():
        casing = "l" if lemma[:1].islower() else "u"
        base = recase(form, casing)
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(base, lemma, strict=False)))
    return f"{casing}|{len(base) - common}|{lemma[common:]}"
