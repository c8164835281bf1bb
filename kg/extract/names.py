"""Names of the knowledge base in the text, and whether a capital means the city or its government."""

from kg.extract.grammar import case_of, children, is_passive, passive_agent
from kg.extract.parse import Parse, Token
from kg.extract.reading import Reading
from kg.knowledge import Known
from kg.model import Mention

LOCATIVE = frozenset("in nach bei um durch über vor nahe nördlich südlich östlich westlich unweit".split())
NAME_TAGS = frozenset(("NOUN", "PROPN", "X", "ADJ", "NUM"))
ADDRESS = frozenset(("Herr", "Herrn", "Frau"))


def add_names(reading: Reading, taken: set[int]) -> None:
    """Add the names of the knowledge base, the longest at each place."""
    doc, names = reading.doc, reading.knowledge.names
    i = 0
    while i < len(doc):
        length = 1
        word, end = word_at(doc, i)
        joined = end > i + 1
        if joined and _is_first_part(reading, word):
            taken.add(i)
            i += 1
            continue
        readings = [(word, end), *([(doc[i].text, i + 1)] if joined else [])] if i in reading.prose else []
        match = next((m for word, end in readings if word in names and (m := _longest(reading, i, word, end))), None)
        if match:
            length, ids = match
            _add_known(reading, i, length, ids)
            taken.update(range(i, i + length))
        i += length


def _is_first_part(reading: Reading, word: str) -> bool:
    """Whether a word with a stroke is a compound whose first part both sides are: CDU/CSU-Fraktionsvize."""
    return word not in reading.knowledge.names and word.rpartition("-")[0] in reading.knowledge.compounds


def word_at(doc: Parse, i: int) -> tuple[str, int]:
    """The word that begins at token i and where it ends; a stroke is part of it (CDU/CSU)."""
    text, end = doc[i].text, i + 1
    while end + 1 < len(doc) and doc[end].text == "/" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        text += f"/{doc[end + 1].text}"
        end += 2
    return text, end


def _longest(reading: Reading, i: int, word: str, end: int) -> tuple[int, list[str]] | None:
    """Number of tokens of the longest name that begins with a word, and the entities of that name."""
    names = reading.knowledge.names[word]
    words, ends = _following(reading, end, names.lengths[0])
    for length in names.lengths:
        ids = names.entities.get(words[:length]) if len(words) >= length else None
        if ids and _is_name(reading, reading.doc[i], ends[length] - i, list(ids)):
            return ends[length] - i, list(ids)
    return None


def _following(reading: Reading, at: int, count: int) -> tuple[tuple[str, ...], list[int]]:
    """Up to `count` words from token `at` on that white space separates, and where the name would end with each."""
    doc = reading.doc
    words: list[str] = []
    ends = [at]
    while len(words) < count and at < len(doc) and doc[at - 1].whitespace_:
        word, at = word_at(doc, at)
        words.append(word)
        ends.append(at)
    return tuple(words), ends


def _is_name(reading: Reading, token: Token, size: int, ids: list[str]) -> bool:
    known = [reading.knowledge.entities[i] for i in ids]
    if size > 1:
        return True
    if token.pos_ not in NAME_TAGS or (not token.text[:1].isupper() and not token.text[:1].isdigit()):
        return False
    if all(k.first("ambiguous") == "true" for k in known):
        return _weapon_context(reading, token)
    if token.ent_type_ != "PER" or any(k.type not in ("Place", "WeaponSystem", "Treaty") for k in known):
        return True
    return all(k.type == "WeaponSystem" for k in known) and not _may_be_surname(reading, token)


def _may_be_surname(reading: Reading, token: Token) -> bool:
    """Whether a word that the network takes for a person and that names a weapon can be a surname.

    It can with a first name or title beside it, here or elsewhere in the article, and where a known person bears it.
    """
    if token.text in reading.knowledge.surnames:
        return True
    same = [t for t in reading.doc if t.text.rstrip("s") == token.text.rstrip("s")]
    return any(_is_named(reading, t) for t in same)


def _is_named(reading: Reading, token: Token) -> bool:
    """Whether a first name, a role or a form of address stands before a word, or the name of a person goes on."""
    beside = [t for t in token.doc[max(0, token.i - 1) : token.i + 2] if t.i != token.i]
    if token.ent_type_ == "PER" and any(t.ent_type_ == "PER" for t in beside):
        return True
    before = token.doc[token.i - 1] if token.i else None
    if before is None:
        return False
    titled = before.lemma_ in reading.knowledge.role_nominals or reading.knowledge.find_role(before.lemma_) is not None
    return titled or before.text in ADDRESS or before.text in reading.knowledge.given_names


def _weapon_context(reading: Reading, token: Token) -> bool:
    """Whether a word of weapons stands in the same sentence (Puma the tank, not the animal)."""
    for other in token.sent:
        if other.i == token.i or other.pos_ not in ("NOUN", "PROPN"):
            continue
        for text in (other.text, other.lemma_, other.text.rpartition("-")[2]):
            for entity in single_names(reading, text):
                known = reading.knowledge.entities[entity]
                if known.type == "WeaponSystem" and known.first("ambiguous") != "true":
                    return True
    return False


def single_names(reading: Reading, word: str) -> tuple[str, ...]:
    """Entities that the word alone is a name of."""
    names = reading.knowledge.names.get(word)
    return names.entities.get((), ()) if names else ()


def _add_known(reading: Reading, i: int, length: int, ids: list[str]) -> None:
    kind = "name"
    metonyms = reading.knowledge.metonyms.get(" ".join(t.text for t in reading.doc[i : i + length]), ())
    plain = [x for x in ids if x not in metonyms]
    if metonyms and (not plain or not _is_locative(reading, reading.doc.stretch(i, i + length).root)):
        ids, kind = [*metonyms, *plain], "metonym"
    elif metonyms:
        ids = plain
    known = reading.knowledge.entities[ids[0]]
    reading.add(_mention(reading, i, i + length, kind, known, ids), range(i, i + length))


def _is_locative(reading: Reading, token: Token) -> bool:
    """Whether a city is meant as a place rather than the government that has its seat there.

    By its preposition, by a noun like Stadt before it, or as what is attacked. What is said or refused `in Kiew`
    is the government's, and so is a noun `aus Kiew` (Kritik aus Kiew).
    """
    preposition = case_of(token)
    if preposition in LOCATIVE:
        return not (preposition == "in" and _is_said(reading, token.head))
    if preposition == "aus" or (preposition == "von" and token.dep_ == "nmod"):
        return not any(_is_expressed(reading, noun) for noun in (token.head, *children(token.head, "nsubj")))
    return _is_of_a_place(reading, token) or _is_attacked(reading, token, preposition)


def _is_said(reading: Reading, verb: Token) -> bool:
    """Whether a clause tells what is said somewhere: in Kiew heißt es, in Kiew wird bestritten."""
    cues = reading.knowledge.find_cues("SpeechCue", verb.lemma_)
    if any("prep:in" in cue.get("holderSlot") for cue in cues):
        return True
    said = cues or reading.knowledge.find_cues("StanceCue", verb.lemma_)
    clause = any(c.dep_ in ("ccomp", "csubj", "csubj:pass") for c in verb.children)
    return bool(said) and clause and is_passive(verb) and passive_agent(verb) is None


def _is_expressed(reading: Reading, noun: Token) -> bool:
    """Whether a noun is something said, wanted or done: Kritik aus Kiew, eine Zusage aus Kiew."""
    kinds = ("SpeechCue", "StanceCue", "EventTrigger", "TopicTrigger")
    return noun.pos_ == "NOUN" and any(reading.knowledge.find_cues(kind, noun.lemma_) for kind in kinds)


def _is_of_a_place(reading: Reading, token: Token) -> bool:
    """Whether a noun directly before says that the name is one of a place (die Hauptstadt Kiew)."""
    before = token.doc[token.i - 1] if token.i else None
    return before is not None and reading.knowledge.kind_nouns.get(before.lemma_) == "Place"


def _is_attacked(reading: Reading, token: Token, preposition: str) -> bool:
    """Whether the name is the target of an attack: der Angriff auf Kiew, Drohnen trafen Kiew."""
    direct = not preposition and token.dep_ in ("obj", "nsubj:pass")
    if not direct and preposition not in ("auf", "gegen"):
        return False
    triggers = reading.knowledge.find_cues("EventTrigger", token.head.lemma_)
    return any("event-assault" in trigger.get("eventType") for trigger in triggers)


def _mention(reading: Reading, start: int, end: int, kind: str, known: Known, ids: list[str]) -> Mention:
    span = reading.span(start, end)
    return Mention(
        span=span,
        text=span.slice(reading.article.text),
        kind=kind,
        type=known.type,
        label=known.label,
        candidates=tuple(ids),
        gender=known.first("gender") or "",
    )
