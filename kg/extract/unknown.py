"""Names that only the network knows: which of its spans are names, of what class, and in their nominative."""

from kg.extract.compounds import role_of
from kg.extract.grammar import gender_of_word, has_feature, plural
from kg.extract.names import single_names
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.knowledge.forms import sound
from kg.model import Mention

TYPES = {"PER": "Person", "ORG": "Organisation", "LOC": "Place"}
ADDRESS = {"Herr": "m", "Herrn": "m", "Frau": "f"}  # forms of address
WORD_TAGS = frozenset(("ADJ", "ADV", "VERB", "AUX", "PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "NUM"))
TRAILING = frozenset(("ADP", "CCONJ", "SCONJ", "DET", "PUNCT", "AUX"))
ENDINGS = {"m": "er", "f": "e", "n": "es", "pl": "e"}  # of an adjective without article
WEAK = ("e", "en", "em")  # endings that change; Schweriner and Neues stay


def add_entities(reading: Reading, taken: set[int]) -> None:
    """Add the spans of the network that name nothing known."""
    for ent in reading.doc.ents:
        if ent.label_ not in TYPES or ent.start not in reading.prose:
            continue
        start, end = _trim(reading, ent.start, ent.end)
        if start >= end or _is_word(reading, start, end, ent.label_):
            continue
        overlap = taken & set(range(start, end))
        if overlap and not (end - start > len(overlap) and _may_cover(reading, start, overlap, ent.label_)):
            continue
        surname = end - start == 1 and reading.doc[start].text in reading.knowledge.surnames
        kind = _kind_before(reading, start, taken)
        if kind not in ("Place", "State") and (ent.label_ == "PER" or surname):
            _add_person(reading, start, end)
        else:
            _add_unknown(reading, start, end, TYPES[ent.label_] if kind in (None, "State") else kind)
        taken.update(range(start, end))


def _trim(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Leave out quotation marks, roles, forms of address, and the words that a span must not end with."""
    doc = reading.doc
    while start < end and (not doc[start].text[0].isalnum() or (end - start > 1 and _is_title(reading, doc[start]))):
        start += 1
    while end > start and (not doc[end - 1].text[-1].isalnum() or (end - start > 1 and doc[end - 1].pos_ in TRAILING)):
        end -= 1
    return start, end


def _is_title(reading: Reading, token: Token) -> bool:
    nominal = token.lemma_ in reading.knowledge.role_nominals or token.text in ADDRESS
    return nominal or role_of(reading, token) is not None


def _is_word(reading: Reading, start: int, end: int, label: str) -> bool:
    """Whether a span is no name: an adjective alone, a role, a common noun with an article."""
    token = reading.doc[start]
    if all(t.pos_ in WORD_TAGS for t in reading.doc[start:end]):
        return True
    if end - start > 1:
        return False
    if role_of(reading, token) or token.lemma_ in reading.knowledge.kind_nouns or _is_known_part(reading, token):
        return True
    letters = sum(c.isupper() for c in token.text)
    many = label != "ORG" and has_feature(token, "Number", "Plur")
    return token.tag_ == "NN" and letters == 1 and (many or _has_article(token))


def _is_known_part(reading: Reading, token: Token) -> bool:
    """Whether the first part of a compound names something known (US-Großbank): it is found as that."""
    first, hyphen, _ = token.text.partition("-")
    return bool(hyphen) and token.tag_ == "NN" and first in reading.knowledge.compounds


def _has_article(token: Token) -> bool:
    """Whether an article stands before the word, over adjectives only; a wrong tree shall not give a name one."""
    at = token.i - 1
    while at > 0 and token.doc[at].tag_ == "ADJA":
        at -= 1
    return at >= 0 and token.doc[at].tag_ in ("ART", "APPRART", "PPOSAT")


def _may_cover(reading: Reading, start: int, overlap: set[int], label: str) -> bool:
    """Whether a span may cover known names: a full name a surname, an organisation the place where it is."""
    if label == "PER":
        return _only_surnames(reading, overlap)
    found = [reading.mentions[k] for i in overlap for k in reading.at.get(i, ())]
    return label == "ORG" and start not in overlap and all(m.type in ("Place", "State") for m in found)


def _only_surnames(reading: Reading, tokens: set[int]) -> bool:
    found = [reading.mentions[k] for i in tokens for k in reading.at.get(i, ())]
    return all(mention.type == "Person" and " " not in mention.text for mention in found)


def _kind_before(reading: Reading, start: int, taken: set[int]) -> str | None:
    """The class that a noun directly before the name says it is of: die Stadt X, der Konzern X."""
    before = reading.doc[start - 1] if start else None
    if before is None or before.pos_ != "NOUN" or before.i in taken:
        return None
    return reading.knowledge.kind_nouns.get(before.lemma_) or reading.knowledge.kind_nouns.get(before.text)


def _add_person(reading: Reading, start: int, end: int) -> None:
    span = reading.span(start, end)
    text = span.slice(reading.article.text)
    label = base_name(text, genitive=_is_genitive(reading, start, reading.doc[end - 1]))
    ids = _bearers(reading, text) or _bearers(reading, label)
    reading.add(
        Mention(
            span=span,
            text=text,
            kind="name",
            type="Person",
            label=label,
            candidates=ids,
            gender=_gender(reading, start, label),
        ),
        range(start, end),
    )


def _bearers(reading: Reading, name: str) -> tuple[str, ...]:
    """Known persons of that name: by surname, by full name in whatever transliteration."""
    knowledge = reading.knowledge
    known = knowledge.surnames.get(name, ())
    if known or " " not in name:
        return known
    words = name.split()
    without = " ".join(w for w in words if len(w.rstrip(".")) > 1)  # George W. Bush
    heard = knowledge.sounds.get(sound(name)) or knowledge.sounds.get(sound(without))
    return (heard,) if heard else ()


def _gender(reading: Reading, start: int, label: str) -> str:
    """M or f by a form of address or the given name, "" if neither says."""
    before = reading.doc[start - 1].text if start else ""
    given = reading.knowledge.given_names.get(label.partition(" ")[0], "") if " " in label else ""
    return ADDRESS.get(before, given)


def base_name(text: str, *, genitive: bool) -> str:
    """A name without its genitive ending, where the tags say that it has one."""
    text = " ".join(text.split())
    if text.endswith(("'", "’")):
        return text[:-1]
    return text[:-1] if genitive and text.endswith("s") and len(text) > 4 else text


def _add_unknown(reading: Reading, start: int, end: int, kind: str) -> None:
    span = reading.span(start, end)
    text = span.slice(reading.article.text)
    label = nominative(reading, start, end)
    weapon = _weapon_name(reading, start, end)
    if weapon:
        kind, label = "WeaponSystem", weapon
    if len(label) < 2 or not any(c.isupper() for c in label):
        return
    reading.add(Mention(span=span, text=text, kind="name", type=kind, label=label), range(start, end))


def nominative(reading: Reading, start: int, end: int) -> str:
    """The name as it stands alone: Deutschen Roten Kreuzes -> Deutsches Rotes Kreuz."""
    words = list(reading.doc[start:end])
    at = next((n for n, w in enumerate(words) if w.pos_ in ("NOUN", "PROPN")), len(words) - 1)
    head = words[at]
    gender = gender_of_word(head)
    genitive = _is_genitive(reading, start, head) and gender != "f"
    last = at == len(words) - 1 or head.pos_ == "NOUN"
    ending = ENDINGS.get(gender, "")
    inflected = [n for n, w in enumerate(words) if n < at and w.tag_ == "ADJA" and w.text.endswith(WEAK)]
    texts = [_strong(w.text, ending) if ending and n in inflected else w.text for n, w in enumerate(words)]
    if last and genitive:
        texts[at] = _without_genitive(head)
    elif last:
        texts[at] = plural(head) if gender == "pl" and inflected else base_name(head.text, genitive=False)
    return "".join(t + (" " if w.whitespace_ else "") for t, w in zip(texts, words, strict=True)).strip()


def _is_genitive(reading: Reading, start: int, noun: Token) -> bool:
    """Whether the name is in the genitive: by its tags, or by `des` before it."""
    return has_feature(noun, "Case", "Gen") or (start > 0 and reading.doc[start - 1].lower_ == "des")


def _strong(adjective: str, ending: str) -> str:
    """The adjective with the ending that it has without an article."""
    return adjective.removesuffix("n").removesuffix("m").removesuffix("e") + ending


def _without_genitive(noun: Token) -> str:
    """The noun without its ending; a common noun as its lemma has it, if that is the beginning of the form."""
    if noun.pos_ == "NOUN" and len(noun.lemma_) > 2 and noun.text.startswith(noun.lemma_):
        return noun.lemma_
    return base_name(noun.text, genitive=True)


def _weapon_name(reading: Reading, start: int, end: int) -> str | None:
    """What a compound with a class of weapons names: Katjuscha-Rakete -> Katjuscha."""
    token = reading.doc[end - 1]
    first, hyphen, _ = token.text.rpartition("-")
    if not hyphen or end - start > 1:
        return None
    entities = reading.knowledge.entities
    tail = token.lemma_.rpartition("-")[2]
    generic = any(entities[e].first("generic") == "true" for e in single_names(reading, tail))
    return first if generic and not single_names(reading, first) else None
