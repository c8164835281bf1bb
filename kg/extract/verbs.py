"""The verbs of a clause, read off a UD tree: which belong together, finite verb, voice, tense, mood, zu-infinitive.

Labels alone do not tell a passive (treebanks of German disagree on `sein` with a participle, and parsers mix them),
so words and tags decide: werden with a participle, bekommen with a participle, sein with a participle of a verb whose
perfect does not take sein, sein with zu and an infinitive.
"""

from dataclasses import dataclass

from kg.extract.grammar import SUBJECTS, children, has_feature
from kg.extract.parse import Token
from kg.extract.perfect import takes_sein

AUXILIARY = ("aux", "aux:pass", "cop")
MODALS = frozenset("dürfen können mögen müssen sollen wollen möchten".split())
RECEIVING = frozenset("bekommen erhalten kriegen".split())
COMPLETIONS = ("xcomp", "ccomp", "advcl")
INFINITIVES = frozenset("VVINF VAINF VMINF VVIZU".split())
PARTICIPLES = frozenset("VVPP VAPP VMPP".split())
PASSIVES = frozenset(("passive", "statal", "recipient", "modal"))


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbGroup:
    """The verbs of one clause: `hat ... nicht geliefert werden können`."""

    main: Token  # the verb that says what happens, or the predicate beside a copula
    finite: Token | None  # which may stand in the clause that this one is coordinated with; None: an infinitive clause
    words: tuple[Token, ...]  # all verbs, `zu` and the separated particle, in text order
    voice: str  # active; passive (werden), statal (sein), recipient (bekommen), modal (ist zu liefern); "" untold
    tense: str  # present, past, perfect, pluperfect, future, future-perfect; "" where nothing is finite
    mood: str  # indicative, subjunctive1, subjunctive2, imperative; "" where nothing is finite or tags do not tell
    form: str  # finite; zu (infinitive with zu), infinitive, participle
    modal: Token | None  # können, müssen ...; haben or sein in `hat zu liefern`, `ist zu liefern`

    @property
    def is_passive(self) -> bool:
        """Whether the subject is what it is done to; in the recipient passive, to whom."""
        return self.voice in PASSIVES

    @property
    def is_future(self) -> bool:
        """Werden with an infinitive; `würde` with one is no future."""
        return self.tense.startswith("future")

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Character offsets of the words, end exclusive."""
        return tuple((word.idx, word.idx + len(word)) for word in self.words)


def verb_group(clause: Token) -> VerbGroup:
    """The verbs of the clause with this predicate; of sein or bekommen with an infinitive or participle, of both."""
    main = _main(clause)
    own = sorted([*children(main, *AUXILIARY), *([main.head] if _is_completion(main) else [])], key=lambda t: t.i)
    verbs = [*own, *_shared(main, own)]
    finite = next((t for t in (*verbs, main) if is_finite(t)), None)
    zu = _zu(main, own)
    with_zu = zu is not None or main.tag_ == "VVIZU"
    voice = voice_of(main, verbs, zu=with_zu)
    particles = [p for verb in (main, *own) for p in children(verb, "compound:prt")]
    words = {t.i: t for t in (main, *own, *particles, *([zu] if zu else []))}
    return VerbGroup(
        main=main,
        finite=finite,
        words=tuple(words[i] for i in sorted(words)),
        voice=voice,
        tense=_tense(main, verbs, finite, voice),
        mood=_mood(finite),
        form=_form(main, finite, zu=with_zu),
        modal=_modal(main, verbs, finite, zu=with_zu),
    )


def is_finite(token: Token) -> bool:
    """By tag or, where a pipeline has no STTS tags, by feature."""
    return token.tag_.endswith(("FIN", "IMP")) or has_feature(token, "VerbForm", "Fin")


def is_participle(token: Token) -> bool:
    """A past participle, by tag or by feature."""
    if token.tag_ in PARTICIPLES:
        return True
    return token.pos_ in ("VERB", "AUX") and has_feature(token, "VerbForm", "Part") and token.tag_ not in INFINITIVES


def is_bare_infinitive(token: Token) -> bool:
    """An infinitive, by tag or by feature; whether it has `zu` is another question."""
    return token.tag_ in INFINITIVES or (token.tag_ not in PARTICIPLES and has_feature(token, "VerbForm", "Inf"))


def has_zu(verb: Token) -> bool:
    """Zu liefern, abzulehnen, geliefert zu werden."""
    return verb.tag_ == "VVIZU" or _zu(verb, list(children(verb, *AUXILIARY))) is not None


def introducer_of(clause: Token) -> Token | None:
    """What opens a subordinate clause: dass, weil; um, ohne, statt before an infinitive with zu."""
    marks = (c for c in children(clause, "mark", "case") if c.tag_ in ("KOUS", "KOUI") or c.pos_ == "SCONJ")
    others = (c for c in children(clause, "mark") if c.lower_ != "zu")
    return next(marks, None) or next(others, None)


def voice_of(main: Token, verbs: list[Token], *, zu: bool) -> str:
    """The voice of a verb with these auxiliaries; "" for a participle alone, of which nothing tells."""
    lemmas = {t.lemma_ for t in verbs}
    infinitive = is_bare_infinitive(main) or (zu and main.lower_ == main.lemma_)  # taggers take zu begrüßen for either
    if infinitive and zu and "sein" in lemmas and "werden" not in lemmas:
        return "modal"
    if not is_participle(main):
        return "active"
    if "werden" in lemmas and not _is_future_perfect(verbs):
        return "passive"
    if lemmas & RECEIVING:
        return "recipient"
    statal = "sein" in lemmas and not takes_sein(main.lemma_, main.text) and not any(children(main, "obj"))
    return "statal" if statal else "active" if verbs else ""


def _is_future_perfect(verbs: list[Token]) -> bool:
    """Wird geliefert haben, wird gekommen sein: the only werden is finite and beside an infinitive of have or be."""
    werden = [t for t in verbs if t.lemma_ == "werden"]
    return len(werden) == 1 and is_finite(werden[0]) and any(_is_helper(t) and not is_finite(t) for t in verbs)


def _is_helper(token: Token) -> bool:
    return token.lemma_ in ("haben", "sein")


def _main(clause: Token) -> Token:
    """Down from sein or bekommen to the infinitive or participle that completes it."""
    return next((c for c in children(clause, *COMPLETIONS) if _is_completion(c)), clause)


def _is_completion(main: Token) -> bool:
    """Whether the head of a verb is in truth its auxiliary: ist | zu liefern, bekommt | geliefert."""
    head = main.head
    if main.dep_ not in COMPLETIONS or any(c.lower_ != "zu" for c in children(main, "mark", *SUBJECTS, *AUXILIARY)):
        return False
    if head.lemma_ in RECEIVING:
        return main.tag_ == "VVPP"
    apart = any(t.tag_ == "$," for t in main.doc[min(head.i, main.i) : max(head.i, main.i)])  # das Ziel ist, zu ...
    return head.lemma_ == "sein" and main.dep_ == "xcomp" and has_zu(main) and not apart


def _zu(main: Token, auxiliaries: list[Token]) -> Token | None:
    """The word `zu` before the infinitive, wherever it hangs."""
    for verb in (main, *auxiliaries):
        for child in verb.children:
            if child.tag_ == "PTKZU" or (child.lower_ == "zu" and child.pos_ == "PART" and child.dep_ == "mark"):
                return child
    return None


def _shared(main: Token, own: list[Token]) -> list[Token]:
    """Auxiliaries of another conjunct: hat geliefert und gezahlt; dass sie liefern und zahlen muss."""
    lacks_finite = not any(is_finite(t) for t in (*own, main))
    lacks_other = is_participle(main) and all(t.lemma_ in MODALS for t in own)  # muss geliefert und bezahlt | werden
    if not (lacks_finite or lacks_other) or not (is_participle(main) or is_bare_infinitive(main)) or has_zu(main):
        return []
    for other in (*([main.head] if main.dep_ == "conj" else []), *children(main, "conj")):
        alike = is_participle(other) == is_participle(main) or _is_infinitival(other) == _is_infinitival(main)
        if alike and not is_finite(other) and not has_zu(other):
            found = [t for t in children(other, *AUXILIARY) if lacks_finite or not is_finite(t)]
            if found:
                return found
    return []


def _is_infinitival(verb: Token) -> bool:
    """Liefern, geliefert werden, geliefert haben: what goes with a modal verb."""
    return is_bare_infinitive(verb) or any(is_bare_infinitive(t) for t in children(verb, *AUXILIARY))


def _form(main: Token, finite: Token | None, *, zu: bool) -> str:
    if finite is not None:
        return "finite"
    if zu:
        return "zu"
    return "infinitive" if is_bare_infinitive(main) else "participle"


def _modal(main: Token, verbs: list[Token], finite: Token | None, *, zu: bool) -> Token | None:
    if zu and finite is not None and finite.i != main.i and _is_helper(finite) and is_bare_infinitive(main):
        return finite
    return next((t for t in verbs if t.lemma_ in MODALS), None)


def _tense(main: Token, verbs: list[Token], finite: Token | None, voice: str) -> str:
    if finite is None:
        return ""
    others = [t for t in verbs if t.i != finite.i]
    subjunctive, past = has_feature(finite, "Mood", "Sub"), has_feature(finite, "Tense", "Past")
    over = _has_past_infinitive(main, others, voice)
    if finite.lemma_ == "werden" and finite.i != main.i and _is_future(main, others):
        if subjunctive and past:  # würde liefern: the Konjunktiv II of the present
            return "perfect" if over else "present"
        return "future-perfect" if over else "future"
    if _is_perfect(main, finite, others, voice):
        return "pluperfect" if past and not subjunctive else "perfect"
    if over and finite.lemma_ in MODALS:
        return "perfect"
    return "past" if past and not subjunctive else "present"


def _is_future(main: Token, others: list[Token]) -> bool:
    """An infinitive beside the finite form of werden: liefern, geliefert werden, geliefert haben."""
    return is_bare_infinitive(main) or any(not is_finite(t) and not is_participle(t) for t in others)


def _is_perfect(main: Token, finite: Token, others: list[Token], voice: str) -> bool:
    """Hat geliefert, ist gekommen, ist geliefert worden, hat liefern wollen."""
    if not _is_helper(finite) or finite.i == main.i or voice == "modal":
        return False
    if any(is_participle(t) for t in others):  # worden, gewesen, bekommen
        return True
    if is_bare_infinitive(main):
        return any(t.lemma_ in (*MODALS, "lassen") for t in others)
    return is_participle(main) and (voice == "active" or finite.lemma_ == "haben")


def _has_past_infinitive(main: Token, others: list[Token], voice: str) -> bool:
    """... geliefert haben, gekommen sein, geliefert worden sein: but not `abgelehnt sein`."""
    if any(_is_worden(t) for t in others):
        return True
    helpers = [t for t in others if _is_helper(t) and not is_finite(t)]
    return is_participle(main) and any(t.lemma_ == "haben" or voice == "active" for t in helpers)


def _is_worden(token: Token) -> bool:
    return token.lower_ in ("worden", "geworden")


def _mood(finite: Token | None) -> str:
    if finite is None:
        return ""
    if has_feature(finite, "Mood", "Sub"):
        return "subjunctive2" if has_feature(finite, "Tense", "Past") else "subjunctive1"
    if has_feature(finite, "Mood", "Imp") or finite.tag_.endswith("IMP"):
        return "imperative"
    return "indicative" if has_feature(finite, "Mood", "Ind") else ""
