"""German language data: contractions, abbreviations, and the words that tell what a full stop behind a number means.

spaCy's German exceptions are the base; here stands what they lack. Nothing here is knowledge of a domain.
"""

import re
from functools import cache

from spacy.lang.de.tokenizer_exceptions import TOKENIZER_EXCEPTIONS

# Auxiliaries or copulas where the tree says so, else full verbs (UD German-GSD).
AUXILIARIES = ("haben", "sein", "werden")

# UD splits these; spaCy's Doc keeps them as one token (design, section 4).
CONTRACTIONS = {
    "am": ("an", "dem"), "ans": ("an", "das"), "aufm": ("auf", "dem"), "aufs": ("auf", "das"),
    "außerm": ("außer", "dem"), "beim": ("bei", "dem"), "durchs": ("durch", "das"), "fürs": ("für", "das"),
    "hinterm": ("hinter", "dem"), "hintern": ("hinter", "den"), "hinters": ("hinter", "das"), "im": ("in", "dem"),
    "ins": ("in", "das"), "überm": ("über", "dem"), "übern": ("über", "den"), "übers": ("über", "das"),
    "ums": ("um", "das"), "unterm": ("unter", "dem"), "untern": ("unter", "den"), "unters": ("unter", "das"),
    "vom": ("von", "dem"), "vorm": ("vor", "dem"), "vors": ("vor", "das"), "zum": ("zu", "dem"), "zur": ("zu", "der"),
}  # fmt: skip

# Words before a full stop that is theirs, wherever they stand; added to spaCy's.
MORE_ABBREVIATIONS = frozenset(
    "Abschn Adj Allg Anh Anl Anm Aufl Ausg Az BGBl Bde Bez Brig Bspw Buchst Bzw Ca Corp Drs Drucks Einw Evtl Febr "
    "Ffm Frhr Ggf Hl Hptm Hptst Jg Jgg Jhdt Jhs Jän Kl Lfg Lkr Lt Ltd Maj Mitgl Mrs Ms Mt Nrn Obb Obstlt Olt Pfd "
    "Postf Rdnr Rn Rz Sek Sgt Sr Sta Ste Tz Urt Verf Vgl Vors Ziff amerik amtl anschl arab argent ausschl austral "
    "belg bes bezgl brit bulg chin dt dän ebf einschl estn europ evang ff finn franz gebr geogr gesch gez ggf "
    "grds griech hebr hist hl holl insbes iran ital jap jew jährl kanad kgl kirchl kroat lett monatl mündl nachm "
    "niederl norw nördl od orthod poln rd resp russ schott schriftl schwed schweiz serb slow slowak sogen spez "
    "staatl städt südl techn telef tschech türk ukr ung ungar urspr verh verm vermutl versch verst vollst vorl "
    "vorm westl wg wtl wöchentl zit zt zus zw zzt öffentl östl".split()
)

# Words that are also abbreviations: the full stop is theirs unless a sentence ends with it.
AMBIGUOUS = frozenset(
    "Art Di Do Fr Gen Ges Jan Kap Mag Mi Mill Min Mo Rep Sa So Std Tab Verl Übers "
    "al br ges gest lit max med min port rum sen span vorm wiss übers".split()
)

MONTHS = frozenset(
    "Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember "
    "Jan Jan. Jän. Feb Feb. Febr. Mrz. Mär. Apr. Jun. Jul. Aug. Sep. Sept. Okt. Nov. Dez.".split()
)

# What is counted with ordinals even where no article stands before: Verdienstkreuz 1. Klasse.
ORDERED = frozenset(
    "Jahrhundert Jahrhunderts Jahrhunderte Jahrtausend Jahrtausends Jh. Jhd. Jhdt. Jhs. Klasse Grad Grades Ordnung "
    "Rang Ranges Liga Platz Preis Teil Auflage Quartal Quartals Halbjahr Halbjahres Semester Weltkrieg Weltkriegs "
    "Weltkrieges Jahrestag Geburtstag Todestag Lebensjahr Etage Stock Stockwerk Halbzeit Minute Runde Sitzung "
    "Wahlperiode Legislaturperiode Kapitel Akt Band Obergeschoss Mal".split()
)

# Before an ordinal: am 3., der 2., seine 4. (Amtszeit).
_ENDINGS = ("", "e", "er", "es", "em", "en")
DETERMINERS = frozenset(
    (
        *"der die das des dem den am im zum zur vom beim ins ans aufs fürs ums deren dessen".split(),
        *(stem + ending for stem in "ein kein mein dein sein ihr unser euer".split() for ending in _ENDINGS),
        *(stem + ending for stem in "dies jen jed welch unsr eur".split() for ending in _ENDINGS[1:]),
    )
)  # fmt: skip

# Written with a capital they begin a sentence; none of them is a noun.
STARTERS = frozenset(
    word.capitalize()
    for word in (
        *DETERMINERS,
        *"ich du er sie es wir man ihnen ihm ihn uns wer was wen wem wessen dies alle alles allen aller viele vieles "
        "vielen einige einigen mehrere manche beide beiden jeder niemand jemand etwas nichts "
        "in an auf aus bei bis durch für gegen gemäß hinter laut mit nach neben ohne seit statt trotz über um unter "
        "von vor während wegen zu zwischen angesichts anhand aufgrund außer außerdem binnen dank "
        "und aber oder denn sondern doch sowie weder entweder wenn weil da dass daß ob obwohl als bevor nachdem sobald "
        "solange indem falls sofern damit wie wo wohin woher warum weshalb wieso wann "
        "auch nur noch schon so sogar dann danach davor dabei dafür dagegen daher darum deshalb deswegen dennoch "
        "trotzdem zudem ferner allerdings jedoch bisher bislang nun jetzt heute gestern hier dort dorthin dadurch "
        "darauf daraufhin daraus darin darüber davon dazu somit zuvor zuletzt zunächst später inzwischen "
        "mittlerweile unterdessen währenddessen derzeit zurzeit zugleich gleichzeitig hingegen vielmehr immerhin "
        "insgesamt insbesondere besonders vielleicht wahrscheinlich möglicherweise offenbar angeblich natürlich "
        "nicht nie niemals immer oft manchmal wieder erst erneut ebenso ebenfalls zwar kaum fast rund etwa ist sind "
        "war waren wird werden wurde wurden hat haben hatte hatten kann können konnte soll sollen sollte muss müssen "
        "will wollen wollte".split(),
    )
)

_ABBREVIATED = re.compile(r"[^\W\d_]{2,}\.")


@cache
def abbreviations() -> frozenset[str]:
    """Words, without their full stop, that it belongs to wherever they stand."""
    known = {word[:-1] for word in TOKENIZER_EXCEPTIONS if _ABBREVIATED.fullmatch(word)}
    return frozenset((known | MORE_ABBREVIATIONS) - AMBIGUOUS)


@cache
def slashed() -> tuple[str, ...]:
    """What spaCy's German keeps whole over a slash, such as c/o."""
    return tuple(sorted(word for word in TOKENIZER_EXCEPTIONS if re.fullmatch(r"\w+/\w+", word)))


def split_contraction(word: str, xpos: str, upos: str = "") -> tuple[str, str] | None:
    """The two syntactic words of a contraction, casing kept: `Im` -> `In`, `dem`; `IM` -> `IN`, `DEM`.

    A pipeline without STTS tags says by the class alone that it is a preposition. GSD splits the `am` of a
    superlative (am besten) as well, which by its STTS tag is a particle.
    """
    parts = CONTRACTIONS.get(word.lower())
    if parts is None or not (xpos == "APPRART" or upos == "ADP" or (xpos == "PTKA" and word.lower() == "am")):
        return None
    if word.isupper():
        return parts[0].upper(), parts[1].upper()
    return parts[0].capitalize() if word[0].isupper() else parts[0], parts[1]
