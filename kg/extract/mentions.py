"""Who and what an article names.

Names of the knowledge base, names from the network, roles, bodies, adjectives of states, first parts of
compounds, pronouns.
"""

from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Token

from kg.extract.grammar import case_of, children, feature, has_feature
from kg.extract.reading import Reading
from kg.knowledge import Known
from kg.model import Mention, Span

TYPES = {"PER": "Person", "ORG": "Organisation", "LOC": "Place"}
LOCATIVE = frozenset("in nach aus bei um durch über".split())
NAME_TAGS = frozenset(("NOUN", "PROPN", "X", "ADJ", "NUM"))


def find_mentions(reading: Reading) -> None:
    """Add all mentions to the reading, surest first; a word is named once."""
    taken: set[int] = set()
    _add_names(reading, taken)
    _add_entities(reading, taken)
    _add_bodies(reading, taken)
    for token in reading.doc:
        if token.i in reading.prose:
            _add_part(reading, token, taken)
            if token.i not in taken:
                _add_word(reading, token)


def _add_names(reading: Reading, taken: set[int]) -> None:
    doc, names = reading.doc, reading.knowledge.names
    i = 0
    while i < len(doc):
        length = 1
        if i in reading.prose and doc[i].text in names:
            match = _longest(reading, i)
            if match:
                length, ids = match
                _add_known(reading, i, length, ids)
                taken.update(range(i, i + length))
        i += length


def _longest(reading: Reading, i: int) -> tuple[int, list[str]] | None:
    """Number of tokens of the longest name that begins here, and the entities of that name."""
    names = reading.knowledge.names[reading.doc[i].text]
    words, ends = _following(reading, i, names.lengths[0])
    for length in names.lengths:
        ids = names.entities.get(words[:length]) if len(words) >= length else None
        if ids and _is_name(reading, reading.doc[i], ends[length] - i, list(ids)):
            return ends[length] - i, list(ids)
    return None


def _following(reading: Reading, i: int, count: int) -> tuple[tuple[str, ...], list[int]]:
    """Up to `count` words behind token i that white space separates, and where the name would end with each."""
    doc, at = reading.doc, i + 1
    words: list[str] = []
    ends = [at]
    while len(words) < count and at < len(doc) and doc[at - 1].whitespace_:
        words.append(doc[at].text)
        at += 1
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
    return not (token.ent_type_ == "PER" and all(k.type in ("Place", "WeaponSystem", "Treaty") for k in known))


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
    token = reading.doc[i]
    metonyms = reading.knowledge.metonyms.get(token.text, ()) if length == 1 else ()
    kind = "name"
    plain = [x for x in ids if x not in metonyms]
    if metonyms and (not _is_locative(token) or not plain):
        ids, kind = [*metonyms, *plain], "metonym"
    elif metonyms:
        ids = [*plain, *metonyms]
    known = reading.knowledge.entities[ids[0]]
    reading.add(_mention(reading, i, i + length, kind, known, ids), range(i, i + length))


def _is_locative(token: Token) -> bool:
    """Whether a city is meant as a place: behind `in`, `nach`, `aus` ..., or as the name of a body's seat."""
    preposition = case_of(token)
    return preposition in LOCATIVE


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


def _add_entities(reading: Reading, taken: set[int]) -> None:
    for ent in reading.doc.ents:
        if ent.label_ not in TYPES or ent.start not in reading.prose:
            continue
        start, end = _trim(reading, ent.start, ent.end)
        if start >= end or (end - start == 1 and role_of(reading, reading.doc[start])):
            continue
        overlap = taken & set(range(start, end))
        if overlap and not (ent.label_ == "PER" and _only_surnames(reading, overlap) and end - start > len(overlap)):
            continue
        surname = end - start == 1 and reading.doc[start].text in reading.knowledge.surnames
        if ent.label_ == "PER" or surname:
            _add_person(reading, start, end)
        else:
            _add_unknown(reading, start, end, TYPES[ent.label_])
        taken.update(range(start, end))


def _trim(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Leave out quotation marks, roles and adjectives that a name was tagged with."""
    doc = reading.doc
    while start < end and (not doc[start].text[0].isalnum() or (end - start > 1 and role_of(reading, doc[start]))):
        start += 1
    while end > start and not doc[end - 1].text[-1].isalnum():
        end -= 1
    return start, end


def _only_surnames(reading: Reading, tokens: set[int]) -> bool:
    return all(reading.mentions[k].type == "Person" for i in tokens for k in reading.at.get(i, ()))


def _add_person(reading: Reading, start: int, end: int) -> None:
    span = reading.span(start, end)
    text = span.slice(reading.article.text)
    label = base_name(text, genitive=has_feature(reading.doc[end - 1], "Case", "Gen"))
    surnames = reading.knowledge.surnames
    ids = surnames.get(text, ()) or surnames.get(label, ()) if end - start == 1 else ()
    reading.add(
        Mention(span=span, text=text, kind="name", type="Person", label=label, candidates=tuple(ids)), range(start, end)
    )


def base_name(text: str, *, genitive: bool) -> str:
    """A name without its genitive ending, where the tags say that it has one."""
    text = " ".join(text.split())
    if text.endswith(("'", "’")):
        return text[:-1]
    return text[:-1] if genitive and text.endswith("s") and len(text) > 4 else text


def _add_unknown(reading: Reading, start: int, end: int, kind: str) -> None:
    span = reading.span(start, end)
    text = span.slice(reading.article.text)
    last = reading.doc[end - 1]
    label = base_name(text, genitive=has_feature(last, "Case", "Gen") and last.pos_ == "PROPN")
    if len(label) < 2 or not any(c.isupper() for c in label):
        return
    reading.add(Mention(span=span, text=text, kind="name", type=kind, label=label), range(start, end))


def _add_bodies(reading: Reading, taken: set[int]) -> None:
    """Außenministerium in Kiew, ukrainische Truppen: a kind of body with the state it belongs to."""
    for token in reading.doc:
        if token.i in taken or token.i not in reading.prose or token.pos_ not in ("NOUN", "PROPN"):
            continue
        head = token.text.rpartition("-")[2]
        kind = _body_kind(reading, token.lemma_.rpartition("-")[2]) or _body_kind(reading, head)
        if kind:
            _add_body(reading, token, kind)
            taken.add(token.i)


def _body_kind(reading: Reading, noun: str) -> str | None:
    return reading.knowledge.bodies.get(noun)


def _add_body(reading: Reading, token: Token, kind: str) -> None:
    state = state_of(reading, token)
    start, end = _body_extent(reading, token, state)
    span = reading.span(start, end)
    noun = kind.removeprefix("bodykind-")
    composed = f"body-{(state or '').removeprefix('state-')}-{noun}"
    candidates = (reading.knowledge.state_bodies.get((state, kind), composed),) if state else ()
    properties = reading.knowledge.body_kinds[kind]
    reading.add(
        Mention(
            span=span,
            text=span.slice(reading.article.text),
            kind="name" if state else "nominal",
            type=next(iter(properties.get("entityType", ())), "GovernmentBody"),
            label=_body_label(reading, properties, state),
            candidates=candidates,
            gender=_gender(token),
            acts_for=state,
        ),
        [token.i],
    )


def _body_extent(reading: Reading, token: Token, state: str | None) -> tuple[int, int]:
    """The noun with the adjective before it or the seat behind it, where they name the state."""
    doc, start, end = reading.doc, token.i, token.i + 1
    before = doc[token.i - 1] if token.i else None
    if state and before is not None and reading.knowledge.adjectives.get(before.lower_) == state:
        start = before.i
    if state and end + 1 < len(doc) and doc[end].lower_ == "in":
        place = reading.whole(doc[end + 1])
        if place is not None and state in {_as_state(reading, c) for c in place.candidates}:
            end += 2
    return start, end


def _body_label(reading: Reading, properties: Mapping[str, tuple[str, ...]], state: str | None) -> str:
    noun = next(iter(properties.get("labelNoun", ())), properties["label"][0])
    if not state:
        return noun
    known = reading.knowledge.entities[state]
    adjective = known.first("adjective")
    if not adjective:
        return f"{noun} ({known.label})"
    gender = next(iter(properties.get("gender", ())), "")
    ending = {"m": "er", "f": "e", "n": "es", "pl": "e"}.get(gender, "e")
    return f"{(adjective[:1].upper() + adjective[1:]).removesuffix('e')}{ending} {noun}"


def state_of(reading: Reading, token: Token) -> str | None:
    """The state that a noun belongs to by adjective, genitive, compound or `in` with its capital."""
    entities = reading.knowledge.entities
    for child in token.children:
        if child.dep_ in ("amod", "compound") or child.pos_ == "ADJ":
            found = reading.knowledge.adjectives.get(child.lower_)
            if found and entities[found].type == "State":
                return found
    before = token.doc[token.i - 1].lower_ if token.i else ""
    if before in reading.knowledge.adjectives and entities[reading.knowledge.adjectives[before]].type == "State":
        return reading.knowledge.adjectives[before]
    first, hyphen, _ = token.text.partition("-")
    if hyphen and first in reading.knowledge.compounds:
        return _as_state(reading, reading.knowledge.compounds[first])
    for child in children(token, "nmod", "nmod:poss", "obl", "appos", "flat"):
        for mention in reading.covering(child):
            if case_of(child) in ("", "in", "von", "der"):
                for candidate in mention.candidates:
                    state = _as_state(reading, candidate)
                    if state:
                        return state
    return None


def _as_state(reading: Reading, entity: str) -> str | None:
    known = reading.knowledge.entities.get(entity)
    if known is None:
        return None
    if known.type == "State":
        return entity
    return known.first("capitalOf")


def _gender(token: Token) -> str:
    if has_feature(token, "Number", "Plur"):
        return "pl"
    return {"Masc": "m", "Fem": "f", "Neut": "n"}.get(feature(token, "Gender"), "")


def _add_part(reading: Reading, token: Token, taken: set[int]) -> None:
    """The entity in the first part of a compound."""
    first, hyphen, rest = token.text.partition("-")
    while hyphen and rest:
        entity = reading.knowledge.compounds.get(first)
        if entity and reading.whole(token) is None:
            _add_subspan(reading, token, len(first), entity)
            return
        more, hyphen, rest = rest.partition("-")
        first = f"{first}-{more}"
    if "-" not in token.text and token.pos_ == "NOUN" and token.i not in taken:
        _add_solid_part(reading, token)


def _add_solid_part(reading: Reading, token: Token) -> None:
    cut = solid_cut(reading, token.text, lambda tail: _is_tail(reading, tail))
    if cut:
        _add_subspan(reading, token, cut, reading.knowledge.compounds[token.text[:cut]])


def _is_tail(reading: Reading, noun: str) -> bool:
    knowledge = reading.knowledge
    return noun in knowledge.role_tails or noun in knowledge.bodies or bool(knowledge.find_cues("TopicTrigger", noun))


def _add_subspan(reading: Reading, token: Token, length: int, entity: str) -> None:
    known = reading.knowledge.entities[entity]
    span = Span(start=token.idx, end=token.idx + length)
    text = span.slice(reading.article.text)
    kind = "metonym" if text in reading.knowledge.metonyms else "name"
    reading.add(
        Mention(
            span=span, text=text, kind=kind, type=known.type, label=known.label, candidates=(entity,),
            gender=known.first("gender") or "",
        ),
        [token.i],
    )  # fmt: skip


def _add_word(reading: Reading, token: Token) -> None:
    for mention in _word_mentions(reading, token):
        reading.add(mention, [token.i])


def _word_mentions(reading: Reading, token: Token) -> Iterator[Mention]:
    knowledge = reading.knowledge
    span = Span(start=token.idx, end=token.idx + len(token))
    if token.pos_ in ("ADJ", "NOUN", "PROPN") and token.lower_ in knowledge.adjectives and token.pos_ == "ADJ":
        known = knowledge.entities[knowledge.adjectives[token.lower_]]
        yield Mention(
            span=span, text=token.text, kind="adjective", type=known.type, label=known.label, candidates=(known.id,)
        )
        return
    if token.pos_ == "PRON" and has_feature(token, "PronType", "Prs") and not has_feature(token, "Reflex", "Yes"):
        yield Mention(span=span, text=token.text, kind="pronoun", gender=_gender(token))
        return
    if token.tag_ == "PPOSAT":
        yield Mention(span=span, text=token.text, kind="pronoun", gender=_possessor(token))
        return
    if token.pos_ not in ("NOUN", "PROPN"):
        return
    surnames = knowledge.surnames.get(token.text, ())
    if surnames and token.pos_ == "PROPN":
        yield Mention(span=span, text=token.text, kind="name", type="Person", label=token.lemma_, candidates=surnames)
        return
    role = role_of(reading, token)
    if role:
        gender = _gender(token)
        kind = "Group" if gender == "pl" else "Person"
        label = token.text if gender == "pl" else token.lemma_
        yield Mention(span=span, text=token.text, kind="nominal", type=kind, label=label, gender=gender)
        return
    generic = _generic_weapon(reading, token)
    if generic:
        known = knowledge.entities[generic]
        yield Mention(
            span=span, text=token.text, kind="name", type=known.type, label=known.label, candidates=(generic,)
        )
        return
    if token.lemma_ in knowledge.demonyms:
        known = knowledge.entities[knowledge.demonyms[token.lemma_]]
        yield Mention(
            span=span,
            text=token.text,
            kind="nominal",
            type=known.type,
            label=known.label,
            candidates=(known.id,),
            gender=_gender(token),
        )
        return
    if token.lemma_ in knowledge.nominals and any(c.tag_ in ("ART", "PDAT", "APPRART") for c in token.children):
        ids = knowledge.nominals[token.lemma_]
        yield Mention(span=span, text=token.text, kind="nominal", candidates=ids, gender=_gender(token))


def _possessor(token: Token) -> str:
    return "m" if token.lower_.startswith("sein") else ""


def role_of(reading: Reading, token: Token) -> str | None:
    """The role that a noun names, alone or as the last part of a compound (NATO-Chef, Kremlsprecher)."""
    knowledge = reading.knowledge
    for word in (token.text, token.lemma_):
        if word in knowledge.roles:
            return knowledge.roles[word]
        _, hyphen, tail = word.rpartition("-")
        if hyphen and tail in knowledge.role_tails:
            return knowledge.role_tails[tail][0]
    for word in (token.lemma_, token.text):
        tail = word[solid_cut(reading, word, knowledge.role_tails.__contains__) :].capitalize()
        if tail != word and tail in knowledge.role_tails:
            return knowledge.role_tails[tail][0]
    return None


def solid_cut(reading: Reading, word: str, is_tail: Callable[[str], bool]) -> int:
    """Where a compound written as one (Kremlsprecher) is cut: behind the longest known first part; 0 if nowhere."""
    if "-" in word or not word[:1].isupper():
        return 0
    cuts = range(len(word) - 4, 2, -1)
    return next((c for c in cuts if word[:c] in reading.knowledge.compounds and is_tail(word[c:].capitalize())), 0)


def _generic_weapon(reading: Reading, token: Token) -> str | None:
    """A class of weapons (Marschflugkörper, Kampfjets), by lemma or as the last part of a compound."""
    for word in (token.lemma_, token.lemma_.rpartition("-")[2]):
        for entity in single_names(reading, word):
            if reading.knowledge.entities[entity].first("generic") == "true":
                return entity
    return None
