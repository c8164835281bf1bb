"""Words that make something a statement: which lexicon entry a word is, and all the words of its cue."""

from collections.abc import Iterator

from kg.extract.grammar import children, has_feature, slot
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.stance import is_reflexive
from kg.knowledge import Cue

AUXILIARIES = ("aux", "aux:pass", "cop", "compound:prt", "expl:pv")
UNREAL = ("können", "dürfen", "müssen", "werden", "mögen")
KIND = "SpeechCue"


def speech_cue(reading: Reading, word: Token, pos: str = "VERB") -> Cue | None:
    """The entry that makes a word one of speaking, writing or thinking; of several the most special.

    None for what is not said but could be, or is to be expected (könnte drohen, ist zu befürchten).
    """
    found = [c for c in entries_of(reading, word, pos) if _fits(c, word) and not _is_other_verb(word, c)]
    if not found or not _has_particle(word) or _is_supposed(word):
        return None
    return max(found, key=_speciality)


def _fits(cue: Cue, word: Token) -> bool:
    """Whether what stands around a word is what the entry asks for: its pronoun, its fixed complement."""
    if cue.flag("reflexive") and not is_reflexive(word):
        return False
    return not cue.get("with") or any(has_phrase(word, words) for words in cue.get("with"))


def has_phrase(word: Token, words: str) -> bool:
    """Whether all fixed words stand among the dependents of a word and theirs."""
    wanted = set(words.casefold().split())
    if not wanted <= word.sent.forms:
        return False
    return wanted <= {form for t in fixed_words(word, words) for form in (t.lower_, t.lemma_.lower())}


def _is_supposed(verb: Token) -> bool:
    """Könnte, dürfte, würde sagen: hypothetical; ist zu befürchten: nobody's."""
    for child in children(verb, "aux", "cop"):
        unreal = has_feature(child, "Mood", "Sub") and not has_feature(child, "Tense", "Pres")
        if unreal and child.lemma_ in UNREAL and not has_feature(child, "Number", "Plur"):
            return True
    with_zu = any(c.tag_ == "PTKZU" for c in verb.children) or verb.tag_ == "VVIZU"
    return with_zu and any(c.lemma_ == "sein" for c in children(verb, "aux", "cop"))


def _has_particle(verb: Token) -> bool:
    """Whether a verb with `zu` has it as particle: not in es gab etwas zu feiern, zu Gesprächen gebe es ..."""
    if not verb.lemma_.startswith("zu") or "zu" in verb.lower_:
        return True
    particles = (t for t in verb.sent if t.lower_ == "zu" and t.i > verb.i)
    return any(
        p.i + 1 == verb.sent.end or p.doc[p.i + 1].is_punct or p.doc[p.i + 1].pos_ in ("CCONJ", "SPACE")
        for p in particles
    )


def _is_other_verb(word: Token, cue: Cue) -> bool:
    """Sich zeigen, sich sehen: with a reflexive a doubtful verb is another one."""
    return cue.first("certainty") != "high" and not cue.flag("reflexive") and not cue.get("with") and is_reflexive(word)


def entries_of(reading: Reading, word: Token, pos: str) -> Iterator[Cue]:
    """All entries of a word, whatever they ask for."""
    for lemma in lemmas_of(word):
        yield from (c for c in reading.knowledge.find_cues(KIND, lemma) if c.first("pos", "VERB") == pos)


def lemmas_of(word: Token) -> list[str]:
    """The lemma; of a verb also that with its particle (gab bekannt), of a compound its last part; Swiss ss as ß."""
    behind = (c for c in children(word, "compound:prt", "xcomp", "advmod") if c.tag_ in ("PTKVZ", "ADJD"))
    particles = [c.lower_ for c in behind if c.i > word.i or not word.tag_.endswith("FIN") or c.tag_ == "ADJD"]
    joined = [p + word.lemma_ for p in particles if not word.lemma_.startswith(p)]
    found = [*joined, word.lemma_, *([word.lemma_.rpartition("-")[2]] if "-" in word.lemma_ else [])]
    return [*found, *(lemma.replace("ss", "ß") for lemma in found if "ss" in lemma)]


def _speciality(cue: Cue) -> tuple[int, bool]:
    return max((len(words.split()) for words in cue.get("with")), default=0), cue.flag("reflexive")


def cue_words(verb: Token, entry: Cue | None) -> tuple[Token, ...]:
    """The verb with its auxiliaries, particle, reflexive and the fixed words of its entry, in text order."""
    found = {verb.i: verb}
    for child in verb.children:
        if child.dep_ in AUXILIARIES or child.tag_ in ("PTKVZ", "PTKZU", "PRF") or _belongs(verb, child, entry):
            found[child.i] = child
    for words in entry.get("with") if entry is not None else ():
        if has_phrase(verb, words):
            found |= {t.i: t for t in fixed_words(verb, words)}
    return tuple(found[i] for i in sorted(found))


def _belongs(verb: Token, child: Token, entry: Cue | None) -> bool:
    """Es heißt; verwies darauf, dass ...; gab bekannt."""
    if child.lower_ == "es":
        return child.dep_.startswith(("expl", "nsubj"))
    if child.tag_ == "PROAV" and child.lower_.startswith("da"):
        return announces(verb, child)
    return entry is not None and child.lower_ + verb.lemma_ == entry.first("lemma")


def announces(verb: Token, adverb: Token) -> bool:
    """Whether a pronominal adverb stands for a clause behind it: darauf, dass ..."""
    clauses = (c for c in (*verb.children, *adverb.children) if c.i > adverb.i)
    return any(c.dep_ in ("ccomp", "advcl", "acl", "xcomp", "csubj") for c in clauses)


def has_other_adverb(verb: Token, entry: Cue) -> bool:
    """Whether a clause is announced by a pronominal adverb that the entry does not know (bestand darin, ... zu)."""
    slots = [name.partition(":")[2] for name in entry.get("contentSlot") if name.startswith("prep:")]
    known = {f"da{p}" for p in slots} | {f"dar{p}" for p in slots}
    found = {c.lower_ for c in verb.children if c.tag_ == "PROAV" and c.lower_.startswith("da") and announces(verb, c)}
    return bool(known and found and not found & known)


def fixed_words(verb: Token, words: str) -> Iterator[Token]:
    """Where the fixed words of an entry stand: among the dependents of the verb and theirs."""
    wanted = set(words.casefold().split())
    for child in verb.children:
        for token in (child, *child.children):
            if token.lower_ in wanted or token.lemma_.lower() in wanted:
                yield token


def content_slots(entry: Cue) -> tuple[str, ...]:
    """The slots whose filler is content as a noun: object, als, prep:X."""
    return tuple(name for name in entry.get("contentSlot") if name not in ("clause", "quote"))


def addressee_of(verb: Token, entry: Cue | None) -> Token | None:
    """Who is told or asked, where the entry says in which slot."""
    for name in entry.get("addresseeSlot") if entry is not None else ():
        found = next(iter(slot(verb, name)), None)
        if found is not None:
            return found
    return None
