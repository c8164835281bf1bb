"""Is it asserted, possible, hypothetical, planned or denied: mood, modal verbs, adverbs, conditional clauses."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.grammar import (
    case_of,
    children,
    finite_of,
    has_feature,
    is_clause,
    is_infinitive,
    is_negation,
    negation_of,
    subtree_span,
)
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.verbs import verb_group

IF = frozenset(("wenn", "falls", "sofern", "sobald", "solange"))
RESTRICTED = frozenset(("nur", "erst", "allein", "ausschließlich"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What the auxiliaries and adverbs of one clause say."""

    negated: bool = False
    deontic: bool = False  # müssen, sollen
    volition: bool = False  # wollen
    possible: bool = False  # könnte, dürfte, vielleicht
    hypothetical: bool = False  # würde, falls
    hearsay: bool = False  # soll, angeblich
    future: bool = False  # werden with infinitive
    question: bool = False
    command: bool = False  # liefern Sie endlich

    @property
    def modality(self) -> str:
        """The word for it in the scheme of the graph, negation left out."""
        if self.hypothetical:
            return "hypothetical"
        return "possible" if self.possible or self.hearsay or self.question else "asserted"


def mood_of(reading: Reading, clause: Token, *, via: Token | None = None) -> Mood:
    """Mood of the clause with this predicate; `kein` before the dependent `via` is not counted, its reader does."""
    effects = set(_effects(reading, clause))
    finite = finite_of(clause)
    modals = [c for c in children(clause, "aux") if _is_modal(reading, c)]
    subjunctive = has_feature(finite, "Mood", "Sub")
    past_form = has_feature(finite, "Tense", "Past")
    would = finite.lemma_ == "werden" and subjunctive and past_form
    for modal in modals:
        effects |= _modal_effects(reading, modal, subjunctive and past_form)
    parts = (clause, *children(clause, "aux", "cop"))
    negated = any(negation_of(part) is not None for part in parts) or _lacks(clause, via)
    if not negated and [m.lemma_ for m in modals if m.lemma_ != "werden"] == ["dürfen"]:
        effects.discard("deontic")  # what may be is not what shall be
    if _is_to_be(clause):
        effects.add("deontic")
    return Mood(
        negated=negated,
        deontic="deontic" in effects,
        volition="volition" in effects,
        possible="epistemic" in effects,
        hypothetical=would or in_condition(clause) or "hypothetical" in effects,
        hearsay="hearsay" in effects,
        future=verb_group(clause).is_future,
        question=_is_question(clause),
        command=_is_command(clause, finite),
    )


def chain_modality(reading: Reading, clause: Token) -> str:
    """The weakest modality of the clauses that an infinitive depends on (könnte versuchen, ... zu drängen)."""
    found, node = "asserted", clause
    for _ in range(4):
        if node.dep_ not in ("xcomp", "ccomp", "acl") or node.head.i == node.i or not is_infinitive(node):
            break
        node = node.head
        if is_clause(node):
            found = weaker(found, mood_of(reading, node).modality)
    return found


def weaker(a: str, b: str) -> str:
    """Of two modalities the one that claims less."""
    order = ("asserted", "possible", "hypothetical")
    return a if order.index(a) >= order.index(b) else b


def _lacks(clause: Token, via: Token | None) -> bool:
    """Keine Rolle spielen, sich an keinem Einsatz beteiligen, in keinem Fall: negation on an argument or adverbial."""
    return any(
        is_negation(grandchild) and grandchild.lower_ not in ("nicht", "nichts")
        for child in children(clause, "obj", "nsubj", "nsubj:pass", "obl", "obl:arg")
        if via is None or child.i != via.i
        for grandchild in children(
            child, *(("det",) if child.dep_.startswith("obl") else ("det", "advmod", "cc", "cc:preconj"))
        )
    )


def _is_to_be(clause: Token) -> bool:
    """Ist einzuhalten: what must be done."""
    infinitive = clause.tag_ == "VVIZU" or any(c.tag_ == "PTKZU" for c in clause.children)
    return infinitive and any(c.lemma_ == "sein" and c.tag_.endswith("FIN") for c in children(clause, "aux", "cop"))


def _is_modal(reading: Reading, token: Token) -> bool:
    """Whether the lexicon has the word as a modal verb (tags are less sure)."""
    return any(
        c.first("pos") == "AUX" and not c.get("with") for c in reading.knowledge.find_cues("ModalCue", token.lemma_)
    )


def _modal_effects(reading: Reading, modal: Token, conjunctive2: bool) -> set[str]:
    """Effects of a modal verb; forms such as könnte have entries of their own."""
    found: set[str] = set()
    cues = reading.knowledge.find_cues("ModalCue", modal.lemma_)
    exact = [c for c in cues if modal.lower_ in c.get("form")]
    for cue in exact or [c for c in cues if not (c.get("form") or c.get("with"))]:
        found.update(cue.get("effect"))
    if modal.lemma_ == "können":
        found.discard("deontic")
        if conjunctive2:
            found.add("epistemic")
    return found


def _effects(reading: Reading, clause: Token) -> Iterator[str]:
    for child in children(clause, "advmod", "mark", "amod"):
        for cue in reading.knowledge.find_cues("ModalCue", child.lemma_):
            if cue.first("pos") in ("ADV", "ADJ", "PART") and "negation" not in cue.get("effect"):
                yield from cue.get("effect")


def in_condition(clause: Token) -> bool:
    """Whether the clause is the condition of another: wenn, falls, or verb first (sollte er kommen, ...)."""
    marks = {c.lower_ for c in children(clause, "mark", "advmod")}
    if marks & IF:
        return True
    finite = finite_of(clause)
    return (
        clause.dep_ in ("advcl", "ccomp", "parataxis")
        and finite.lower_ in ("sollte", "sollten", "würde", "hätte", "wäre")
        and finite.i <= subtree_span(clause)[0] + 1
    )


def is_condition_phrase(token: Token) -> bool:
    """Im Fall eines Angriffs, für den Fall: a condition in the shape of a noun."""
    return token.lemma_ == "Fall" and case_of(token) in ("in", "für")


def _is_question(clause: Token) -> bool:
    if any(c.lower_ == "ob" for c in children(clause, "mark")):
        return True
    end = next((t for t in clause.doc[clause.i : clause.sent.end] if t.text in (".", "!", "?")), None)
    last = next((t for t in reversed(clause.sent) if not t.is_space and not t.is_quote), None)
    return "?" in {t.text for t in (end, last) if t is not None}


def _is_command(clause: Token, finite: Token) -> bool:
    """Whether somebody is told to do it: an imperative, or the verb first with the polite Sie behind it."""
    if has_feature(finite, "Mood", "Imp") or finite.tag_ in ("VVIMP", "VAIMP"):
        return True
    after = clause.doc[finite.i + 1] if finite.i + 1 < clause.sent.end else None
    polite = after is not None and after.text == "Sie" and after.tag_ == "PPER"
    before = clause.doc[finite.i - 1] if finite.i > clause.sent.start else None
    opens = before is None or before.is_quote or before.text in ("!", ":", "–", ",") or before.tag_ == "KON"
    return polite and opens and not _is_question(clause) and clause.dep_ not in ("advcl", "ccomp", "acl", "acl:relcl")


def condition_of(clause: Token) -> tuple[Token, bool] | None:
    """The conditional clause below a predicate, and whether it is exclusive (nur wenn, erst wenn)."""
    for child in children(clause, "advcl", "ccomp", "parataxis"):
        if in_condition(child):
            before = {c.lower_ for c in child.children} | {c.lower_ for c in children(clause, "advmod")}
            return child, bool(before & RESTRICTED)
    return None
