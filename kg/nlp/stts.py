"""STTS tags from Universal Dependencies: for pipelines that tag with other sets, or not at all.

The extraction reads German verbs by their STTS tags (VVPP, VVIZU, VMFIN). What UD says in part of speech, features
and relations is enough to tell them (conversion as in the STTS guidelines, Schiller et al. 1999, read backwards).
"""

from spacy.tokens import Doc, Token

from kg.nlp.german import CONTRACTIONS
from kg.nlp.lemmatizer import Lexicon
from kg.nlp.particles import find_infinitive

TAGS = frozenset(
    "$( $, $. ADJA ADJD ADV APPO APPR APPRART APZR ART CARD FM ITJ KOKOM KON KOUI KOUS NE NN PAV PDAT PDS PIAT PIDAT "
    "PIS PPER PPOSAT PPOSS PRELAT PRELS PRF PROAV PTKA PTKANT PTKNEG PTKVZ PTKZU PWAT PWAV PWS TRUNC VAFIN VAIMP "
    "VAINF VAPP VMFIN VMINF VMPP VVFIN VVIMP VVINF VVIZU VVPP XY _SP".split()
)
MODALS = frozenset("dürfen können mögen müssen sollen wollen".split())
OPENERS_OF_INFINITIVES = frozenset("anstatt ohne statt um".split())
SIMPLE = {
    "NOUN": "NN", "PROPN": "NE", "NUM": "CARD", "CCONJ": "KON", "INTJ": "ITJ", "SYM": "XY", "X": "XY", "SPACE": "_SP",
}  # fmt: skip
DETERMINERS = {"Art": "ART", "Dem": "PDAT", "Rel": "PRELAT", "Int": "PWAT"}
PRONOUNS = {"Prs": "PPER", "Rel": "PRELS", "Dem": "PDS", "Int": "PWS"}


def has_stts(doc: Doc) -> bool:
    """Whether all words carry tags of the set."""
    return all(token.tag_ in TAGS for token in doc if not token.is_space)


def set_stts(doc: Doc, lexicon: Lexicon) -> None:
    """Give every token its tag; parts of speech, features and relations have to be there."""
    for token in doc:
        token.tag_ = stts_of(token, lexicon)


def stts_of(token: Token, lexicon: Lexicon) -> str:
    """The tag of one token."""
    pos = token.pos_
    if pos in SIMPLE:
        return SIMPLE[pos]
    if pos in ("VERB", "AUX"):
        return _verb(token, lexicon)
    if pos in ("DET", "PRON"):
        return _pronoun(token)
    if pos == "ADJ":
        return "ADJA" if token.dep_ == "amod" or token.morph.get("Case", []) else "ADJD"
    if pos == "ADP":
        return "PTKVZ" if token.dep_ == "compound:prt" else "APPRART" if token.lower_ in CONTRACTIONS else "APPR"
    if pos == "ADV":
        return "PTKNEG" if token.lower_ == "nicht" else "PTKVZ" if token.dep_ == "compound:prt" else "ADV"
    if pos == "PART":
        return {"zu": "PTKZU", "nicht": "PTKNEG"}.get(token.lower_, "PTKANT")
    if pos == "SCONJ":
        return "KOUI" if token.lower_ in OPENERS_OF_INFINITIVES else "KOUS"
    return "$," if token.text == "," else "$." if token.text in tuple(".!?:;…") else "$("


def _verb(token: Token, lexicon: Lexicon) -> str:
    kind = "VV" if token.pos_ == "VERB" else "VM" if token.lemma_ in MODALS else "VA"
    if "Imp" in token.morph.get("Mood", []):
        return f"{kind}IMP"
    form = next(iter(token.morph.get("VerbForm", [])), "") or _guess_form(token, lexicon)
    if form == "Inf" and kind == "VV" and _has_zu_inside(token, lexicon):
        return "VVIZU"
    return kind + {"Fin": "FIN", "Part": "PP"}.get(form, "INF")


def _has_zu_inside(token: Token, lexicon: Lexicon) -> bool:
    low = token.lower_
    return "zu" in low[1:] and lexicon.lookup(low, "VERB") != low and find_infinitive(low, lexicon) is not None


def _guess_form(token: Token, lexicon: Lexicon) -> str:
    """Without features: what has an auxiliary is no finite verb, what is its own lemma an infinitive."""
    marked = any(c.dep_ in ("aux", "aux:pass") or c.lower_ == "zu" for c in token.children)
    if not marked and token.pos_ == "VERB":
        return "Fin"
    if token.pos_ == "AUX":
        return "Part" if token.lower_ in ("worden", "gewesen", "geworden", "gehabt") else "Fin"
    return (
        "Inf" if lexicon.lookup(token.lower_, "VERB") == token.lower_ and not token.lower_.startswith("ge") else "Part"
    )


def _pronoun(token: Token) -> str:
    kind = next(iter(token.morph.get("PronType", [])), "")
    attributive = token.pos_ == "DET" or token.dep_ in ("det", "det:poss")
    if "Yes" in token.morph.get("Poss", []) or token.dep_ == "det:poss":
        return "PPOSAT" if attributive else "PPOSS"
    if attributive:
        return DETERMINERS.get(kind, "ART" if token.lemma_ in ("der", "ein", "die", "das") else "PIAT")
    if "Yes" in token.morph.get("Reflex", []) or token.lower_ == "sich":
        return "PRF"
    return PRONOUNS.get(kind, "PIS")
