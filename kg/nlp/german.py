"""German language data: the tokenizer and the contractions of preposition and article.

spaCy's German rules are the base. Added is what German news needs: gender forms stay one word
(Politiker:innen, Soldat*innen, Kolleg_innen), so do hyphenated compounds (NATO-Außenministertreffen).
"""

import re

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]

GENDERED = re.compile(r"\w+[:*_/·]-?[iI]n(?:nen)?\b")

# Auxiliaries or copulas where the tree says so, else full verbs (UD German-GSD).
AUXILIARIES = ("haben", "sein", "werden")

# UD splits these; spaCy's Doc keeps them as one token (design, section 4).
CONTRACTIONS = {
    "am": ("an", "dem"), "ans": ("an", "das"), "aufs": ("auf", "das"), "beim": ("bei", "dem"),
    "durchs": ("durch", "das"), "fürs": ("für", "das"), "hinterm": ("hinter", "dem"),
    "hinters": ("hinter", "das"), "im": ("in", "dem"), "ins": ("in", "das"), "überm": ("über", "dem"),
    "übers": ("über", "das"), "ums": ("um", "das"), "unterm": ("unter", "dem"), "unters": ("unter", "das"),
    "vom": ("von", "dem"), "vorm": ("vor", "dem"), "vors": ("vor", "das"), "zum": ("zu", "dem"),
    "zur": ("zu", "der"),
}  # fmt: skip


def make_tokenizer(nlp: Language) -> Tokenizer:
    """SpaCy's German tokenizer that leaves gender forms whole."""
    base: Tokenizer = nlp.tokenizer
    plain = base.token_match

    def whole(text: str) -> re.Match[str] | None:
        return GENDERED.fullmatch(text) or (plain(text) if plain else None)

    return Tokenizer(
        nlp.vocab,
        rules=base.rules,
        prefix_search=base.prefix_search,
        suffix_search=base.suffix_search,
        infix_finditer=base.infix_finditer,
        token_match=whole,
        url_match=base.url_match,
    )


def split_contraction(word: str, xpos: str) -> tuple[str, str] | None:
    """The two syntactic words of a contraction, casing kept: `Im` -> `In`, `dem`."""
    parts = CONTRACTIONS.get(word.lower()) if xpos == "APPRART" else None
    if parts is None:
        return None
    first = parts[0].capitalize() if word[0].isupper() else parts[0]
    return first, parts[1]
