"""Whether a text is German, told by its function words.

In running German text 35 to 50 of 100 words are among the list below; in any other language under 15.
The lists hold the commonest determiners, pronouns, prepositions, conjunctions and auxiliaries.
"""

import re
from itertools import islice

FEWEST_WORDS = 20  # fewer tell nothing; such a text passes as German
_MOST_WORDS = 2_000
_CERTAIN_WORDS = 60  # from here on a text without German function words is not German, whatever it is
_FEWEST_GERMAN = 0.06
_WORD = re.compile(r"[^\W\d_]+")

_LISTS = {
    "German": "der die das den dem des ein eine einen einem einer eines und oder aber nicht auch sich ist sind war"
    " waren hat haben hatte wird werden wurde würde im in zu zum zur von vom mit auf für bei bis nach aus an am um"
    " als wie dass daß wenn er sie es wir ihr ich man sein seine seinen seiner ihre ihren ihrer dies diese dieser"
    " diesem kein keine noch nur so über unter vor durch gegen ohne soll sollen kann können müssen muss will",
    "English": "the a an of to and in is are was were be been has have had that this these it its he she they his her"
    " their we our you i for on with as at by from not but or which who will would can could should said after"
    " about into than there what when if no more",
    "French": "le la les l un une des du de d et ou à au aux en dans sur pour par avec est sont était a ont été qui que"
    " qu il elle ils nous vous ce cette ces son sa ses leur ne pas plus mais se s n",
    "Spanish": "el la los las un una unos de del y a al en con por para es son fue era ha han que se no su sus lo"
    " como más pero este esta entre sobre también",
    "Italian": "il lo la i gli le un una di del della dei delle e a al alla in nel nella con per da dal è sono era ha"
    " hanno che si non su sul come più ma questo questa anche",
    "Dutch": "de het een en of van in op te is zijn was waren werd worden wordt heeft hebben had dat die dit deze niet"
    " maar ook voor met aan bij naar uit om als door over er hij zij ze we wij hun ik tegen",
    "Polish": "i w z na do nie się że to jest są był była po od dla jak ale za oraz jego jej ich przez przed który"
    " która które",
    "Danish or Norwegian": "og i at er en et den det de til på som med for af av ikke har var blev ble fra om men der"
    " han hun vi skal kan efter etter også",
    "Swedish": "och i att är en ett den det de till på som med för av inte har var blev från om men han hon vi ska kan"
    " efter också",
    "Turkish": "ve bir bu da de için ile olarak olan daha çok gibi en ne ama kadar sonra göre",
}
FUNCTION_WORDS = {name: frozenset(words.split()) for name, words in _LISTS.items()}


def describe_foreign(text: str) -> str | None:
    """Why `text` is not read as German, in words; None if it is German or too short to tell."""
    words = [match[0].casefold() for match in islice(_WORD.finditer(text), _MOST_WORDS)]
    if len(words) < FEWEST_WORDS:
        return None
    counts = {name: sum(word in known for word in words) for name, known in FUNCTION_WORDS.items()}
    german = counts.pop("German")
    name, most = max(counts.items(), key=lambda item: item[1])
    if most > 1.5 * german and most > 0.15 * len(words):
        return _word_reason(f"reads as {name}", f"{most} of {len(words)} words are {name} function words", german)
    if len(words) >= _CERTAIN_WORDS and german < _FEWEST_GERMAN * len(words):
        return _word_reason("does not read as German", f"of {len(words)} words", german)
    return None


def _word_reason(verdict: str, count: str, german: int) -> str:
    return (
        f"{verdict} ({count}, {german} German); kg reads German articles: leave it out, or switch this check off "
        "with KG_CHECK_LANGUAGE=no"
    )
