"""Make the annotation of any pipeline with UD labels what the later stages read.

Pipelines differ where Universal Dependencies leaves it open or where spaCy has habits of its own: the label of the
root, the names of entity types, tags beside UPOS, lemmas and features that are not there. What can be made alike is
made so here; what cannot be is refused by `kg.nlp.pipeline`.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.nlp.compounds import read_lexicon
from kg.nlp.particles import find_infinitive, join_particle
from kg.nlp.segments import paragraphs
from kg.nlp.stts import has_stts, set_stts

RELATIONS = frozenset(  # of Universal Dependencies 2; "root" is "ROOT" in spaCy, "dep" stands for none of them
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl "
    "fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative "
    "xcomp".split()
)
ENTITY_TYPES = {  # of CoNLL-2003, GermEval and OntoNotes -> ours; types of dates and figures are left out
    "PER": "PER", "PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC", "ORG": "ORG", "MISC": "MISC",
    "OTH": "MISC", "NORP": "MISC", "EVENT": "MISC", "LAW": "MISC", "PRODUCT": "MISC", "WORK_OF_ART": "MISC",
}  # fmt: skip
STEM = re.compile(r"(?:d(?:er|ie|as|en|em|es)|(ein|kein|mein|dein|sein|unser)(?:e[mnrs]?)?)")


@Language.component("kg_paragraphs")
def start_paragraphs(doc: Doc) -> Doc:
    """No sentence runs over the end of a title or paragraph; for the parser that follows."""
    for words in paragraphs(doc):
        doc[words[0]].is_sent_start = True
    return doc


@Language.component("kg_universal")
def make_alike(doc: Doc) -> Doc:
    """The same `Doc` with our labels of root and entities, and with the tags and lemmas it lacks."""
    for token in doc:
        if token.dep_.lower() == "root":
            token.dep_ = "ROOT"
        elif token.dep_ != token.dep_.lower():
            token.dep_ = token.dep_.lower()
    _set_lemmas(doc)
    if not has_stts(doc):
        set_stts(doc, read_lexicon())
    _join_particles(doc)
    doc.set_ents([*_ents(doc)], default="outside")
    return doc


def foreign_relations(doc: Doc) -> list[str]:
    """Labels that Universal Dependencies does not know; subtypes (nsubj:pass) are free."""
    return sorted({t.dep_ or "(none)" for t in doc if t.dep_.partition(":")[0].lower() not in RELATIONS})


def _set_lemmas(doc: Doc) -> None:
    lexicon = read_lexicon()
    for token in doc:
        if not token.lemma_:
            verb = find_infinitive(token.text, lexicon) if token.pos_ in ("VERB", "AUX") else None
            token.lemma_ = lexicon.lookup(token.text, token.pos_) or verb or _plain_lemma(token)


def _plain_lemma(token: Token) -> str:
    """Of a word that is not in the lexicon: articles and the like by their stem, others as they stand."""
    if token.pos_ in ("NOUN", "PROPN", "X", "PUNCT", "SPACE"):
        return token.text
    if token.pos_ in ("DET", "PRON") and (stem := STEM.fullmatch(token.lower_)):
        return stem[1] or "der"
    return token.lower_


def _join_particles(doc: Doc) -> None:
    """Lehnt ... ab: most treebanks have `lehnen` as its lemma, the cues have `ablehnen`."""
    for token in doc:
        if token.dep_ == "compound:prt" and token.head.i != token.i:
            tagged = token.tag_ == "PTKVZ"
            token.head.lemma_ = join_particle(token.text, token.head.lemma_, read_lexicon(), tagged=tagged)


def _ents(doc: Doc) -> list[Span]:
    named = ((ent, ENTITY_TYPES.get(ent.label_.upper())) for ent in doc.ents)
    return [Span(doc, ent.start, ent.end, label=label) for ent, label in named if label]
