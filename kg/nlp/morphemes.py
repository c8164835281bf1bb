"""What words are made of, for `kg.nlp.compounds`: prefixes, linking elements, nouns that only look like heads."""

import re

SHORT_HEADS = frozenset(  # nouns of three letters that compounds end in
    "akt amt art bau bus ehe fan gas hof jet job kur not ort pkw rad rat ruf see tag tal tat tod ton tor tür typ "
    "uhr weg zar zug öle".split()
)
NO_HEADS = frozenset(  # nouns that look like endings of derived words: Politiker+innen, Psycho+logen
    "ahme anten bare baren barer bares enten inne innen ionen ismen ist isten ite iten loge logen lose losen "
    "loser loses rinne rinnen schaften scher schers".split()
)
PREFIXES = frozenset(
    "alt anti außen binnen bio chef cyber doppel drei eigen eil einzel eis elektro end erd erst extra fehl fern "
    "früh gegen gesamt groß halb haupt hinter hoch höchst innen jung klein kontra kurz lang mega mehr mikro "
    "mindest mini mit mittel multi nach nah neben neu nicht nieder nord ober öl online ost rück selbst semi "
    "sonder spezial spitzen süd super teil tief über ultra unter vier vize vor weiter welt west wieder zwangs "
    "zwei zwischen".split()
)
LEADING = frozenset("alt bio einzel eis erst extra mehr neu nicht öl ost tief ultra".split())  # nowhere but in front
PARTICLES = frozenset("gegen hinter mehr mit nach nieder rück über unter vor weiter wider wieder".split())
NO_MODIFIERS = frozenset("gen verb vers".split())  # Verb+rauch, Vers+endung
NO_LEXICAL_HEADS = frozenset(  # the same in words that the lexicon has: Vorsitz+ende, Zivi+listen, Parlament+arier
    "alien amen arier ariern ende enden erien erin lichen list liste listen login netten ration rationen teller "
    "tellern tellers".split()
)
NEED_S = ("ung", "heit", "keit", "schaft", "ion", "tät", "ling", "tum", "sal")  # suffixes that -s- has to follow
TAKE_S = re.compile(r"[aeiouyäöü]+[^aeiouyäöü]+[aeiouyäöü]+.*t$", re.IGNORECASE)  # Arbeit-s, Zukunft-s, not Schrift-
LINKS = ("", "s", "es", "n", "en", "ens", "er", "e", "ns")
