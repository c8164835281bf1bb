"""Separable verbs: `lehnt ... ab`, `abzulehnen` and `abgelehnt` are all of the lemma `ablehnen`.

For whoever makes lemmas: the verb that a particle and a lemma make, and the infinitive behind `zu` and `ge` inside a
word, both only where the lexicon, or the shape of the word, says that there is such a verb.
"""

import re
from collections.abc import Iterator

from kg.nlp.lemmatizer import Lexicon

PARTICLES = tuple(  # longest first, so that `herauf` is not read as `her`
    sorted(
        "ab an auf aus auseinander bei bekannt bereit da dagegen daran darüber davon dazu dazwischen durch "
        "durcheinander ein empor entgegen entlang fehl fern fertig fest fort frei gegenüber gleich groß gut "
        "heim her herab heran herauf heraus herbei herein herum herunter hervor hin hinab hinauf hinaus "
        "hinein hinter hinunter hinweg hinzu hoch inne klar los mit nach nahe nieder not offen raus statt "
        "still teil tot um unter voll vor voran voraus vorbei vorüber vorweg wahr weg weiter wider wieder zu "
        "zurecht zurück zusammen zuvor zwangs über überein".split(),
        key=len,
        reverse=True,
    )
)
INSEPARABLE = re.compile(r"(?:be|emp|ent|er|miss|ver|zer)(?=.{5})")  # beraten, not beten


def join_particle(particle: str, lemma: str, lexicon: Lexicon, *, tagged: bool = True) -> str:
    """The lemma of a verb whose particle stands apart; the lemma as it is where the two make no verb.

    `tagged` says that the word has the tag of a separated particle, not only its relation: then a verb that the
    lexicon lacks is believed, unless the verb has a prefix or particle already (erklärte ... so is not `soerklären`).
    """
    joined = particle.lower() + lemma
    if _is_verb(joined, lexicon):
        return joined
    believed = tagged and particle.lower() in PARTICLES and not INSEPARABLE.match(lemma)
    return joined if believed and not any(_is_verb(rest, lexicon) for _, rest in _divide(lemma)) else lemma


def find_infinitive(form: str, lexicon: Lexicon) -> str | None:
    """The infinitive of a form with `zu` or `ge` inside or in front (anzudrohen, gegründet, zurückgedrängt)."""
    low = form.lower()
    for particle, rest in (("", low), *_divide(low)):
        with_zu = rest.startswith("zu") and particle and f"{particle}zu" not in PARTICLES
        if with_zu and _is_verb(rest[2:], lexicon):
            return particle + rest[2:]
        base = _behind_ge(rest, lexicon) if rest.startswith("ge") else None
        if base:
            return particle + base
    return None


def _behind_ge(participle: str, lexicon: Lexicon) -> str | None:
    """A participle that the lexicon has, else by the form behind ge: gegründet as gründet, genannt as nannte."""
    stem = participle[2:]
    forms = (participle, stem, f"{stem}e") if stem.endswith("t") else (participle, stem)
    found = ((form, lexicon.lookup(form, "VERB")) for form in forms if len(stem) > 3)
    return next((lemma for form, lemma in found if lemma and lemma != form), None)


def _divide(word: str) -> Iterator[tuple[str, str]]:
    return ((p, word.removeprefix(p)) for p in PARTICLES if word.startswith(p) and len(word) > len(p) + 3)


def _is_verb(word: str, lexicon: Lexicon) -> bool:
    return lexicon.lookup(word, "VERB") == word
