"""Verbs and nouns of speaking with a clause: sagte, dass ...; ..., sagte X; der Vorwurf, dass ..."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.extract.grammar import children, finite_of, has_feature, is_clause, is_passive, subtree_span
from kg.extract.modality import in_condition
from kg.extract.parse import Token
from kg.extract.quotes.cues import cue_words, fixed_words, has_other_adverb, speech_cue
from kg.extract.quotes.marks import Marks
from kg.extract.quotes.nesting import AGENTLESS
from kg.extract.quotes.phrases import (
    Range,
    clause_region,
    frame_ranges,
    make_statement,
    without_stop,
)
from kg.extract.quotes.sources import phrase_entry
from kg.extract.quotes.speakers import actor_near, source_entry, speaker_of, stands_first
from kg.extract.reading import Reading
from kg.knowledge import Cue
from kg.model import Statement

CONTENT = ("ccomp", "xcomp", "csubj", "csubj:pass")
LONG = 600  # tokens; no quotation is longer
SHORTEST = 3  # words of a clause that says something
REASONS = frozenset("da weil obwohl falls sofern nachdem bevor während indem sodass damit denn".split())
NOT_SAID = frozenset("ohne um statt anstatt".split())
THIS = frozenset("das dies dieses".split())
THAT = frozenset("dass daß ob".split())


def extract_indirect(reading: Reading, marks: Marks) -> Iterator[Statement]:
    """Indirect speech: what verbs of speaking say, then nouns whose clause no verb has (der Vorwurf, dass ...)."""
    taken: set[int] = set()
    for pos in (("VERB", "AUX"), ("NOUN",)):
        words = (t for t in reading.doc if t.pos_ in pos and t.i in reading.prose)
        for word in words:
            for entry, content in _contents(reading, word):
                statement = _read(reading, word, entry, content, marks) if content[0][0] not in taken else None
                if statement is not None:
                    taken.add(content[0][0])
                    yield statement


def _contents(reading: Reading, word: Token) -> Iterator[tuple[Cue, list[Range]]]:
    verbal = word.pos_ != "NOUN"
    entry = speech_cue(reading, word) if verbal else _noun_entry(reading, word)
    if entry is None or (verbal and has_other_adverb(word, entry)):
        return
    clauses = _clauses_of_verb(word, entry) if verbal else _clauses_of_noun(word)
    found = [content_ranges(word, clause) for clause in clauses]
    if verbal and not found:
        found = [[clause] for clause in _clause_beside(word, entry)] or list(_sentence_before(word, entry))
    for content in _separate(found):
        yield entry, content


def _noun_entry(reading: Reading, noun: Token) -> Cue | None:
    if not any(c.dep_ in ("acl", "ccomp") for c in noun.children):
        return None
    named = any(phrase_entry(reading, c, noun) is not None for c in children(noun, "case"))
    return None if named else source_entry(reading, noun)  # nach Ansicht X: a source


def _separate(found: Iterable[list[Range]]) -> Iterator[list[Range]]:
    """Clauses of one verb that do not lie in one before: several behind each other are one content."""
    kept: list[Range] = []
    for content in sorted(found, key=lambda ranges: (ranges[0][0], -ranges[-1][1])):
        low, high = content[0][0], content[-1][1]
        if low < high and not any(a <= low < b for a, b in kept):
            kept.append((low, high))
            yield content


def _clauses_of_verb(verb: Token, entry: Cue) -> Iterator[Token]:
    certain = entry.first("certainty", "mid") != "low"
    for child in children(verb, *CONTENT, "advcl"):
        if _may_be_content(verb, child) and (certain or is_subjunctive(child)):
            yield child
    for child in children(verb, "parataxis"):
        if certain and is_clause(child) and is_subjunctive(child) and not _follows(child):
            yield child
    for word in (w for words in entry.get("with") for w in fixed_words(verb, words) if w.pos_ == "NOUN"):
        yield from _clauses_of_noun(word)
    if verb.dep_ == "parataxis" and certain and is_clause(verb.head) and _follows(verb):
        yield verb.head


def _may_be_content(verb: Token, clause: Token) -> bool:
    if _is_manner(clause):
        return False
    if any(c.lower_ in REASONS for c in children(clause, "mark", "advmod")):
        return is_reported(clause)  # weil er nichts davon wisse
    if in_condition(clause):
        return False
    if clause.dep_ == "advcl":
        return _announced(verb, clause)
    return clause.dep_ != "xcomp" or _is_zu_clause(clause)


def _announced(verb: Token, clause: Token) -> bool:
    """Darauf, dass ...; damit, dass ...: the pronominal adverb announces the clause."""
    return any(c.tag_ == "PROAV" and c.lower_.startswith("da") and c.i < clause.i for c in verb.children) and any(
        c.lower_ in ("dass", "daß") for c in children(clause, "mark")
    )


def _is_manner(clause: Token) -> bool:
    """Ohne ... zu, um ... zu, statt ... zu; and what is quoted by `wie`."""
    first = next(iter(clause.subtree), clause)
    marks = [first, *children(clause, "mark", "case")]
    return any(t.lower_ in NOT_SAID or (t.tag_ == "KOKOM" and not is_subjunctive(clause)) for t in marks)


def _is_zu_clause(clause: Token) -> bool:
    """An infinitive with zu, whatever its tag (voranzutreiben)."""
    with_zu = any(c.tag_ in ("PTKZU", "VVIZU") for c in (*clause.children, clause))
    return with_zu or (clause.tag_ == "VVINF" and "zu" in clause.text[2:-3])


def _clauses_of_noun(noun: Token) -> Iterator[Token]:
    for child in children(noun, "acl", "ccomp"):
        marked = any(c.lower_ in ("dass", "daß", "ob") for c in children(child, "mark"))
        relative = any("Rel" in c.morph.get("PronType", []) for c in child.subtree)
        if child.i > noun.i and (marked or _is_zu_clause(child) or (is_subjunctive(child) and not relative)):
            yield child


def _follows(verb: Token) -> bool:
    """..., sagte X: the verb stands first behind a comma or a closing mark."""
    return verb.i > verb.head.i and stands_first(finite_of(verb))


def _clause_beside(verb: Token, entry: Cue) -> Iterator[Range]:
    """What stands behind the comma after a main clause of speaking, or before the one that ends a sentence.

    Whatever the tree says: a clause with dass or ob, or in Konjunktiv.
    """
    if "clause" not in entry.get("contentSlot") or entry.first("certainty") == "low" or in_condition(verb):
        return
    found = _clause_behind(verb, entry) or _clause_before(verb)
    if found is not None:
        yield found


def _sentence_before(verb: Token, entry: Cue) -> Iterator[list[Range]]:
    """Das teilte die Polizei mit: what the sentence before says, and the pronoun that stands for it."""
    doc, sent = verb.doc, verb.sent
    first = doc[sent.start]
    if first.tag_ != "PDS" or first.lower_ not in THIS or entry.first("certainty") != "high" or sent.root.i != verb.i:
        return
    before = first.doc[first.i - 1].sent if first.i and not first.doc[first.i - 1].is_space else None
    if "clause" in entry.get("contentSlot") and before is not None:
        yield [without_stop(doc, before.start, before.end), (first.i, first.i + 1)]


def _clause_behind(verb: Token, entry: Cue) -> Range | None:
    doc, end = verb.doc, verb.sent.end
    commas = [i for i in range(max(t.i for t in cue_words(verb, entry)) + 1, end) if doc[i].text in (",", ":")]
    for comma, stop in pairwise([*commas[:4], end]):
        finite = _first_finite(verb, comma + 1, stop)
        opening = doc[comma + 1 : comma + 3]
        doubtful = any(t.lower_ in ("wenn", "falls") or has_feature(t, "PronType", "Rel") for t in opening)
        if opening and opening[0].lower_ in THAT:
            return without_stop(doc, comma + 1, end)
        if finite is not None and has_feature(finite, "Mood", "Sub") and not doubtful:
            return without_stop(doc, comma + 1, end)
        if finite is not None and comma != commas[0]:
            return None
    return None


def _clause_before(verb: Token) -> Range | None:
    """..., hatte X am Montag erklärt."""
    finite, doc, sent = finite_of(verb), verb.doc, verb.sent
    last = max(verb.i, *(c.i for c in verb.children if c.tag_ == "PTKVZ"), verb.i)
    if finite.i == sent.start or doc[finite.i - 1].text != "," or not finite.tag_.endswith("FIN"):
        return None
    said = _first_finite(verb, sent.start, finite.i)
    goes_on = any(t.tag_.endswith("FIN") for t in doc[last + 1 : sent.end])
    if said is None or not has_feature(said, "Mood", "Sub") or goes_on:
        return None
    return without_stop(doc, sent.start, finite.i)


def _first_finite(verb: Token, low: int, high: int) -> Token | None:
    return next((t for t in verb.doc[low:high] if t.tag_.endswith("FIN")), None)


def is_subjunctive(clause: Token) -> bool:
    """Whether the finite verb of a clause is in the Konjunktiv."""
    return has_feature(finite_of(clause), "Mood", "Sub")


def is_reported(clause: Token) -> bool:
    """Whether it is in Konjunktiv I, which only reported speech is."""
    return is_subjunctive(clause) and has_feature(finite_of(clause), "Tense", "Pres")


def _read(reading: Reading, word: Token, entry: Cue, content: list[Range], marks: Marks) -> Statement | None:
    low, high = content[0][0], content[-1][1]
    if sum(b - a for a, b in content) < SHORTEST or _is_quotation(word, low, high, marks):
        return None
    speaker = _speaker(reading, word, entry, low, high)
    frame = frame_ranges(word.doc, clause_region(word), content)
    verbal = word.pos_ in ("VERB", "AUX")
    agentless = speaker is None and verbal and entry.flag("demands") and is_passive(word)
    return make_statement(
        reading, content, form="indirect", rule=AGENTLESS if agentless else entry.id, verb=word if verbal else None,
        cue=cue_words(word, entry) if verbal else (word,), entry=entry, speaker=speaker, frame=frame,
    )  # fmt: skip


def _is_quotation(word: Token, low: int, high: int, marks: Marks) -> bool:
    """Whether all of the content stands between quotation marks and its cue does not: that is direct speech.

    So is what stands before the cue if what is quoted at its end is a whole clause (Er „hat versagt“, sagte X).
    """
    for quote in marks.among(low - LONG, high):
        if quote.low <= word.i < quote.high:
            continue
        if quote.low <= low and high <= quote.high:
            return True
        if (
            high <= word.i
            and quote.high >= high - 1
            and any(t.tag_.endswith("FIN") for t in word.doc[quote.start : quote.end])
        ):
            return not any(t.tag_.endswith("FIN") for t in word.doc[low : quote.start])
    return False


def _speaker(reading: Reading, word: Token, entry: Cue, low: int, high: int) -> Token | None:
    if word.pos_ not in ("VERB", "AUX"):
        return next(children(word, "nmod", "nmod:poss", "det:poss"), None)
    speaker = speaker_of(reading, word, entry)
    behind = low < word.i  # ..., sagte X
    if speaker is not None and low <= speaker.i < high:
        speaker = None
    if behind and speaker is None:
        return actor_near(reading, word, lambda i: low <= i < high)
    return speaker


def content_ranges(word: Token, clause: Token) -> list[Range]:
    """The words of what is said, without the cue's own.

    Where the cue hangs on it or follows it (..., sagte X) that is the sentence before the cue from the last colon on;
    else the clause from its comma to the end of its sentence, unless the frame goes on behind it.
    """
    doc, sent = word.doc, word.sent
    first = min(word.i, finite_of(word).i) if word.pos_ in ("VERB", "AUX") else word.i
    if word.head.i == clause.i:
        colon = next((i for i in range(word.i - 1, sent.start, -1) if doc[i].text == ":"), sent.start - 1)
        return [without_stop(doc, colon + 1, first)]
    low, high = subtree_span(clause)
    low, high = max(low, sent.start), min(high, sent.end)
    if clause.i < first:
        return [without_stop(doc, low, min(high, first))]
    if low <= word.i:  # a part of the frame that hangs on the clause
        low = next((i + 1 for i in range(word.i, clause.i) if doc[i].text in (",", ":")), word.i + 1)
    low = _start_of_clause(word, low)
    return [without_stop(doc, low, max(high, _end_of_speech(word, high)))]


def _start_of_clause(word: Token, low: int) -> int:
    """Back to the comma before a clause if nothing but its own words stands between."""
    doc = word.doc
    for i in range(low - 1, word.i, -1):
        if doc[i].text in (",", ":"):
            return i + 1
        if doc[i].tag_.endswith("FIN") or doc[i].tag_ in ("PTKVZ", "VVPP"):
            break
    return low


def _end_of_speech(word: Token, high: int) -> int:
    """The end of the sentence, unless the frame goes on with a verb that is coordinated with the cue."""
    doc, end = word.doc, word.sent.end
    outside = {word.i, *(t.i for t in word.ancestors)}
    for i in range(high, end):
        if doc[i].head.i in outside and doc[i].dep_ in ("conj", "cc") and not is_subjunctive(doc[i]):
            return high
        if doc[i].head.i in outside and doc[i].dep_.startswith(("nsubj", "obl", "obj")) and word.i > high:
            return high
    return end
