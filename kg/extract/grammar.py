"""Reading a UD tree: arguments by slot, negation, mood. Knows labels of the scheme, no words of the domain.

Slots are the names that `ontology/cues.ttl` uses: subject, object, dative, genitive, clause, agent,
prep:X, als, adjective, compound, predicate.
"""

from collections.abc import Iterator

from kg.extract.parse import Token
from kg.extract.perfect import takes_sein

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer")
SUBJECT_CONTROL = frozenset(  # jemandem ankündigen, etwas zu tun: who announces it does it
    "androhen anbieten ankündigen beteuern drohen garantieren geloben schwören signalisieren versichern versprechen "
    "zusagen zusichern".split()
)
CLAUSES = ("ccomp", "xcomp", "csubj", "csubj:pass")
OBLIQUE = (
    "obl",
    "obl:arg",
    "nmod",
    "obl:agent",
    "obl:tmod",
    "obj",
    "iobj",
    "nmod:poss",
    "xcomp",
    "advmod",
    "parataxis",
    "dep",
)
PASSIVE_AUXILIARIES = frozenset(("werden", "bekommen", "kriegen", "erhalten"))
ONLY = frozenset(("nur", "allein", "bloß", "lediglich"))
NEGATING = ("advmod", "det", "mark", "cc", "cc:preconj", "obj", "nsubj", "case")
NOMINATIVE = frozenset("ich du er wir".split())  # pronouns that can only be subjects
NEGATIONS = frozenset("nicht kein nie niemals keineswegs keinesfalls weder nichts niemand ohne".split())


def feature(token: Token, name: str) -> str:
    """A morphological feature as UD writes it ("Dem,Rel"), "" if the word has none."""
    return ",".join(token.morph.get(name, []))


def has_feature(token: Token, name: str, value: str) -> bool:
    """Whether a morphological feature has the value, alone or among others."""
    return value in token.morph.get(name, [])


def gender_of_word(token: Token) -> str:
    """Gender that the form of a noun or pronoun shows: m, f, n; pl in the plural, "" if it shows none."""
    if has_feature(token, "Number", "Plur"):
        return "pl"
    return {"Masc": "m", "Fem": "f", "Neut": "n"}.get(feature(token, "Gender"), "")


def possessor_of(token: Token) -> str | None:
    """Key of the mention of the possessive before a noun (sein Land), as `Mention.key` has it."""
    own = next((c for c in token.children if c.tag_ == "PPOSAT"), None)
    return f"{own.idx}-{own.idx + len(own)}" if own is not None else None


def plural(token: Token) -> str:
    """The nominative of a noun in the plural: Vertretern -> Vertreter."""
    return token.text[:-1] if has_feature(token, "Case", "Dat") and token.text.endswith(("ern", "eln")) else token.text


def children(token: Token, *labels: str) -> Iterator[Token]:
    """Dependents with one of the labels, in text order."""
    return (child for child in token.children if child.dep_ in labels)


def case_of(token: Token) -> str:
    """Lemma of the preposition or of `als` that governs a noun, lower case; "" if there is none."""
    for child in token.children:
        if child.dep_ in ("case", "mark") and child.pos_ in ("ADP", "SCONJ", "CCONJ", "ADV", "PART", "X"):
            return contraction_base(child.lower_)
    return ""


_BASES = {
    "im": "in", "ins": "in", "am": "an", "ans": "an", "zum": "zu", "zur": "zu", "vom": "von", "beim": "bei",
    "aufs": "auf", "fürs": "für", "durchs": "durch", "ums": "um", "übers": "über", "unters": "unter", "vorm": "vor",
    "hinters": "hinter",
}  # fmt: skip


def contraction_base(word: str) -> str:
    """The preposition in a contraction: zum -> zu."""
    return _BASES.get(word, word)


def is_passive(verb: Token) -> bool:
    """Whether the clause is passive: by its labels, or a participle with a form of werden.

    Where the words say that it is active (hat geliefert, ist gesunken, wird liefern), labels do not count.
    """
    if is_active(verb):
        return False
    if any(child.dep_ in ("aux:pass", "nsubj:pass") for child in verb.children):
        return True
    return verb.tag_ == "VVPP" and any(c.dep_ == "aux" and c.lemma_ == "werden" for c in verb.children)


def is_active(verb: Token) -> bool:
    """Whether auxiliaries say that a verb is active: a perfect with haben, or with sein where the verb takes it.

    So does werden with an infinitive, unless there is a passive subject too (some participles look like infinitives).
    """
    auxiliaries = list(children(verb, "aux", "aux:pass", "cop"))
    lemmas = {c.lemma_ for c in auxiliaries}
    if verb.tag_ == "VVPP":
        perfect = "haben" in lemmas or ("sein" in lemmas and takes_sein(verb.lemma_, verb.text))
        return perfect and not lemmas & PASSIVE_AUXILIARIES
    future = [c for c in auxiliaries if c.lemma_ == "werden" and c.tag_ == "VAFIN"]
    return verb.tag_ == "VVINF" and len(future) == len(auxiliaries) == 1 and not any(children(verb, "nsubj:pass"))


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """Who does it: the subject, in the passive the `von` phrase; inherited in infinitives and coordination."""
    if is_passive(verb):
        return passive_agent(verb)
    mislabelled = ("nsubj:pass",) if is_active(verb) else ()
    own = list(children(verb, "nsubj", "nsubj:outer", "csubj", *mislabelled))
    if own:
        pronoun = next((s for s in own if s.tag_ == "PPER" and s.lower_ in NOMINATIVE), None)
        # Frau Ott, Nordkorea hat ...: she is spoken to
        addressed = len(own) > 1 and own[1].pos_ in ("NOUN", "PROPN") and _before_comma(own[0])
        return antecedent(pronoun or own[1 if addressed else 0])
    if depth > 6 or verb.head.i == verb.i:
        return None
    return inherited_subject(verb, depth)


def _before_comma(token: Token) -> bool:
    end = subtree_span(token)[1]
    return token.i <= token.sent.start + 3 and end < len(token.doc) and token.doc[end].text == ","


def inherited_subject(verb: Token, depth: int) -> Token | None:
    """Control: the object of the governor in `jemanden drängen, etwas zu tun`, else its subject."""
    governor = verb.head
    if verb.dep_ == "conj":
        return subject_of(governor, depth + 1) if governor.pos_ in ("VERB", "AUX", "ADJ", "NOUN") else None
    if verb.dep_ in ("xcomp", "ccomp", "advcl") and governor.pos_ in ("VERB", "AUX", "ADJ") and is_infinitive(verb):
        controlled = verb.dep_ == "xcomp" and governor.lemma_ not in SUBJECT_CONTROL
        controller = next(children(governor, "obj", "iobj", "obl:arg"), None) if controlled else None
        if controller is not None and not case_of(controller) and controller.tag_ != "PRF":  # erklärt sich bereit, zu
            return controller
        return subject_of(governor, depth + 1)
    if verb.dep_ in ("acl", "amod", "acl:relcl") and verb.tag_ in ("VVPP", "ADJA", "ADJD"):
        return None
    return None


def is_infinitive(verb: Token) -> bool:
    """An infinitive clause: an infinitive without a finite auxiliary."""
    if verb.tag_ not in ("VVINF", "VVIZU", "VAINF", "VMINF", "VVPP", "VAPP"):
        return False
    return not any(c.dep_ in ("aux", "aux:pass", "cop") and c.tag_.endswith("FIN") for c in verb.children)


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token itself."""
    if token.tag_ in ("PRELS", "PRELAT") or (token.pos_ == "PRON" and has_feature(token, "PronType", "Rel")):
        node = token
        for _ in range(4):
            if node.dep_ in ("acl", "acl:relcl"):
                return node.head
            if node.head.i == node.i:
                break
            node = node.head
    return token


def passive_agent(verb: Token) -> Token | None:
    """The `von` or `durch` phrase of a passive."""
    for child in children(verb, "obl:agent", "obl", "nmod"):
        if case_of(child) in ("von", "durch") and (
            child.dep_ == "obl:agent" or child.pos_ in ("PROPN", "NOUN", "PRON")
        ):
            return child
    return None


def object_of(verb: Token) -> Iterator[Token]:
    """What it is done to: objects without preposition, in the passive the subject."""
    if is_passive(verb):
        yield from (antecedent(t) for t in children(verb, "nsubj:pass", "nsubj"))
    yield from (antecedent(t) for t in children(verb, "obj") if not case_of(t))


def dative_of(verb: Token) -> Iterator[Token]:
    """Dative arguments."""
    for child in children(verb, "iobj", "obl:arg", "obj", "obl"):
        if not case_of(child) and (child.dep_ == "iobj" or has_feature(child, "Case", "Dat")):
            yield antecedent(child)


def slot(token: Token, name: str) -> Iterator[Token]:
    """Tokens that fill a slot of a cue or trigger, as the tree has it."""
    for filler in _slot(token, name):
        yield filler
        yield from (c for c in filler.children if c.dep_ == "conj")


def _slot(token: Token, name: str) -> Iterator[Token]:
    kind, _, value = name.partition(":")
    if kind == "subject":
        found = subject_of(token)
        if found is not None:
            yield found
    elif kind == "predicate":
        yield from (c for c in children(token, *SUBJECTS))
    elif kind == "object":
        yield from object_of(token)
    elif kind == "dative":
        yield from dative_of(token)
    elif kind == "agent":
        agent = passive_agent(token)
        if agent is not None:
            yield agent
    elif kind == "genitive":
        yield from (c for c in children(token, "nmod", "nmod:poss", "det:poss", "det", "obj") if _is_genitive(c))
    elif kind == "adjective":
        yield from children(token, "amod")
    elif kind == "clause":
        yield from children(token, *CLAUSES, "acl")
    elif kind in ("prep", "als"):
        yield from prepositional(token, value or "als")


def _is_genitive(token: Token) -> bool:
    if token.dep_ in ("det:poss", "nmod:poss") or token.tag_ == "PPOSAT":
        return True
    if token.dep_ == "det" or case_of(token):
        return False
    return token.dep_ == "nmod" and token.pos_ in ("NOUN", "PROPN", "PRON")


def prepositional(token: Token, preposition: str) -> Iterator[Token]:
    """Nouns with the preposition; a clause announced by its pronominal adverb (dafür ..., dass)."""
    for child in children(token, *OBLIQUE):
        if case_of(child) == preposition and child.pos_ != "ADV":
            yield antecedent(child)
    correlates = {f"da{preposition}", f"dar{preposition}"}
    if any(c.lower_ in correlates for c in token.children):
        yield from children(token, *CLAUSES, "advcl", "acl")


def negation_of(token: Token) -> Token | None:
    """The word that negates a predicate or noun, if one does; `nicht nur` is none, `weder` reaches its `noch`."""
    while True:
        for child in token.children:
            if child.dep_ in NEGATING and is_negation(child) and not _only(child):
                return child
        joined = token.dep_ == "conj" and any(c.lower_ == "noch" for c in token.children)
        if not joined or token.head.i == token.i:
            return None
        token = token.head


def is_negation(token: Token) -> bool:
    """Whether a word negates; keiner and keinem are no other word than kein."""
    return token.lemma_.lower() in NEGATIONS or (token.tag_ == "PIAT" and token.lower_.startswith("kein"))


def _only(token: Token) -> bool:
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.lower_ == "nicht" and following is not None and following.lower_ in ONLY


def finite_of(verb: Token) -> Token:
    """The finite verb of a clause: an auxiliary if there is one, else the verb."""
    for child in children(verb, "aux", "aux:pass", "cop"):
        if child.tag_.endswith("FIN"):
            return child
    return verb


def is_clause(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or a predicate with a copula."""
    return token.pos_ in ("VERB", "AUX") or any(c.dep_ == "cop" for c in token.children)


def clause_head(token: Token) -> Token:
    """The predicate of the clause that a token stands in."""
    node = token
    while not is_clause(node) and node.head.i != node.i:
        node = node.head
    return node


def subtree_span(token: Token, *, skip: tuple[str, ...] = ()) -> tuple[int, int]:
    """Token indices (start, end exclusive) from the first to the last word below a token.

    Dependents with a label in `skip` are left out with all below them.
    """
    edges = token.doc.edges
    if not skip:
        low, high = edges[token.i]
        return low, high + 1
    within = [(token.i, token.i), *(edges[c.i] for c in token.children if c.dep_ not in skip)]
    return min(low for low, _ in within), max(high for _, high in within) + 1
