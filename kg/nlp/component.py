"""The spaCy component that fills a `Doc`: pos_, tag_, morph, lemma_, head, dep_, sents, ents."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.decode import decode_entities, decode_tree, transitions
from kg.nlp.encoder import Encoder, Pending, Scores, Window
from kg.nlp.german import AUXILIARIES
from kg.nlp.lemmatizer import REMEMBERED, Lexicon
from kg.nlp.morphology import Morphology
from kg.nlp.normalise import normalise_word
from kg.nlp.particles import find_infinitive, join_particle
from kg.nlp.segments import windows
from kg.nlp.sessions import Array
from kg.nlp.stances import FILES, KEY, StanceNetwork

MODEL = Path(__file__).parent / "model"
ENTITY_TYPES = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "OTH": "MISC"}
SPACE, NO_RELATION, ROOT = "SPACE", "dep", "ROOT"
PARTICLE, SEPARATED = "compound:prt", "PTKVZ"  # relation and tag of the particle of a separable verb
VERBAL = ("VERB", "AUX")
NEVER = -1e9
NOMINATIVE = 1e3  # what makes a subject of a word before all scores
LABELLED = 256  # words whose relations are scored at once, so that the product stays in the cache
AHEAD = 4  # documents that the network may read before the first of them is asked for

COLUMNS = ("POS", "TAG", "LEMMA", "HEAD", "DEP", "MORPH", "ENT_IOB", "ENT_TYPE")
POS, TAG, LEMMA, HEAD, DEP, MORPH, ENT_IOB, ENT_TYPE = range(8)
INSIDE, OUTSIDE, BEGIN = 1, 2, 3  # values of ENT_IOB

Rows = NDArray[np.uint64]  # a row a token, `COLUMNS` as `Doc.from_array` takes them
Ints = NDArray[np.int64]


@Language.factory(
    "kg_german",
    default_config={"folder": None, "stances": True},
    assigns=[f"token.{name}" for name in "pos tag morph lemma head dep ent_iob ent_type".split()],
)
def make_component(nlp: Language, name: str, folder: str | None, stances: bool) -> "GermanModel":
    """The component over the model files in `folder`, or over those that the package ships.

    `stances` says whether it also reads positions, if the folder holds the network for that.
    """
    place = Path(folder) if folder else MODEL
    reads = stances and all((place / name).is_file() for name in FILES)
    network = StanceNetwork(place) if reads else None
    return GermanModel(nlp.vocab, Encoder(place), Lexicon(place / "lexicon.marisa"), network)


@dataclass(slots=True)
class Plan:
    """A `Doc` on its way through the network."""

    doc: Doc
    index: Ints  # token of each word, window by window
    bounds: list[int]  # where in `index` the windows begin, and the end of the last
    forms: tuple[str, ...]  # the words as the network reads them
    pending: Pending
    stances: Pending  # of the network for positions; empty without it


class GermanModel:
    """Annotates documents; what is found in one depends on it alone."""

    def __init__(self, vocab: Vocab, encoder: Encoder, lexicon: Lexicon, stances: StanceNetwork | None = None) -> None:
        self.vocab = vocab
        self.stances = stances
        self.encoder = encoder
        self.lexicon = lexicon
        labels = encoder.labels
        self.upos, self.deprel, self.ner = labels["upos"], labels["deprel"], labels["ner"]
        self.xpos, self.scripts = labels["xpos"], labels["lemma"]
        self.morphology = Morphology(vocab, labels["feats"], lexicon)
        self.allowed = transitions(tuple(self.ner))
        self.upos_ids, self.xpos_ids, self.deprel_ids = map(self._ids, (self.upos, self.xpos, self.deprel))
        self.relation, self.root, self.space, self.unknown, self.particle, self.separated = (
            vocab.strings.add(name) for name in (NO_RELATION, ROOT, SPACE, "X", PARTICLE, SEPARATED)
        )
        self.subjects = [n for n, name in enumerate(self.deprel) if name.startswith("nsubj")]
        self.verbal, self.auxiliaries = self._ids(VERBAL), self._ids(AUXILIARIES)
        self.lemmas: dict[tuple[str, int, int], str] = {}  # not their numbers, which memory zones of spaCy outdate

    def _ids(self, names: Sequence[str]) -> Rows:
        return np.array([self.vocab.strings.add(name) for name in names], np.uint64)

    def __call__(self, doc: Doc) -> Doc:
        """The same `Doc`, filled."""
        return self.finish(self.begin(doc))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 1) -> Iterator[Doc]:
        """One `Doc` after the other; the network reads the next ones while the last is filled and used."""
        waiting: deque[Plan] = deque()
        for doc in stream:
            waiting.append(self.begin(doc))
            if len(waiting) > AHEAD:
                yield self.finish(waiting.popleft())
        while waiting:
            yield self.finish(waiting.popleft())

    def begin(self, doc: Doc) -> Plan:
        """Let the network read the `Doc` while the caller does other things."""
        groups = list(windows(doc))
        index = np.array([i for group in groups for i in group], np.int64)
        bounds = [0, *np.cumsum([len(group) for group in groups], dtype=np.int64).tolist()]
        cut = [read_window(doc, group, self.lexicon) for group in groups]
        forms = tuple(word for window in cut for word in window.words)
        inputs = [self.encoder.inputs(window) for window in cut]
        pending = self.encoder.submit(inputs, lower=self.stances is not None)
        stances = self.stances.submit(self.encoder.workers, inputs, pending) if self.stances and inputs else []
        return Plan(doc, index, bounds, forms, pending, stances)

    def finish(self, plan: Plan) -> Doc:
        """The `Doc`, filled with what the network says."""
        if len(plan.doc):
            plan.doc.from_array([*COLUMNS], self._rows(plan))
        if self.stances is not None and plan.stances:
            plan.doc.user_data[KEY] = self.stances.collect(plan.stances, plan.index)
        return plan.doc

    def _rows(self, plan: Plan) -> Any:
        doc, index = plan.doc, plan.index
        rows = np.zeros((len(doc), len(COLUMNS)), np.uint64)
        rows[:, DEP] = self.relation
        rows[:, ENT_IOB] = OUTSIDE
        heads = np.zeros(len(doc), np.int64)  # relative
        if len(index):
            out = self.encoder.collect(plan.pending)
            names = self._fill_tree(plan, out, rows, heads)
            self._fill_tags(plan, out, names, rows)
            self._fill_entities(plan, out, rows)
        self._fill_rest(doc, rows, heads)
        self._join_particles(doc, rows, heads)
        rows[:, HEAD] = heads.view(np.uint64)
        return rows

    def _fill_tags(self, plan: Plan, out: Scores, relations: Sequence[str], rows: Rows) -> None:
        upos, xpos, scripts = (out[name].argmax(1) for name in ("upos", "xpos", "lemma"))
        rows[plan.index, POS] = self.upos_ids[upos]
        rows[plan.index, TAG] = self.xpos_ids[xpos]
        keys = zip(plan.forms, upos.tolist(), scripts.tolist(), strict=True)
        number = self.vocab.strings.add
        rows[plan.index, LEMMA] = [number(self.lemmas.get(key) or self._lemma(key)) for key in keys]
        self._tell_auxiliaries(plan.index, relations, rows)
        tags = [self.xpos[k] for k in xpos]
        rows[plan.index, MORPH] = self.morphology.read(out["feats"], plan.forms, tags, relations)
        for i in plan.index[upos == self.upos.index("PUNCT")].tolist():
            rows[i, LEMMA] = plan.doc[i].orth

    def _tell_auxiliaries(self, index: Ints, relations: Sequence[str], rows: Rows) -> None:
        """Haben, sein and werden are verbs or auxiliaries by the tree; HDT, trained on too, tags all as auxiliaries."""
        verbs = np.isin(rows[index, POS], self.verbal) & np.isin(rows[index, LEMMA], self.auxiliaries)
        for place in np.flatnonzero(verbs).tolist():
            helps = relations[place].startswith("aux") or relations[place] == "cop"
            rows[index[place], POS] = self.verbal[int(helps)]

    def _lemma(self, key: tuple[str, int, int]) -> str:
        form, upos, script = key
        name = self.upos[upos]
        known = find_infinitive(form, self.lexicon) if name in VERBAL and not self.lexicon.lookup(form, name) else None
        lemma = known or self.lexicon.lemmatise(form, name, self.scripts[script])
        if len(self.lemmas) >= REMEMBERED:
            self.lemmas.clear()
        self.lemmas[key] = lemma
        return lemma

    def _fill_tree(self, plan: Plan, out: Scores, rows: Rows, heads: Ints) -> list[str]:
        """Heads and relations; returns the relation of each word."""
        starts = out["start"].argmax(1)
        chosen = np.zeros(len(plan.index), np.int64)  # 1 + place among all words; 0 is the root
        for low, high in pairwise(plan.bounds):
            own = np.flatnonzero(starts[low:high]) + low
            for begin, end in pairwise(_join_marks(plan, sorted({low, *own.tolist(), high}))):
                chosen[begin:end] = self._sentence(out, begin, end)
        labels, _ = self.relate(out, chosen)
        target = np.where(chosen == 0, np.arange(len(chosen)), chosen - 1)
        heads[plan.index] = plan.index[target] - plan.index
        rows[plan.index, DEP] = np.where(chosen == 0, np.uint64(self.root), self.deprel_ids[labels])
        return [ROOT if head == 0 else self.deprel[k] for head, k in zip(chosen.tolist(), labels.tolist(), strict=True)]

    def _sentence(self, out: Scores, low: int, high: int) -> Ints:
        """Heads of the words low..high, as 1 + place among all words; 0 is the root."""
        heads = np.concatenate([self.encoder.heads["root_arc"][None], out["arc_head"][low:high]])
        tree = decode_tree(out["arc_dep"][low:high] @ heads.T)
        return np.where(tree == 0, 0, tree + low)

    def relate(self, out: Scores, chosen: Ints) -> tuple[Ints, Array]:
        """The best relation of each word to its chosen head, and how probable it is.

        `root` is none of them, and a head has one subject: of several words a nominative, the one that is it most
        clearly.
        """
        weights = self.encoder.heads
        below, above = out["label_dep"], np.concatenate([weights["root_label"][None], out["label_head"]])
        width = below.shape[1]
        product = weights["label"].reshape(width + 1, -1)
        best, sure = np.zeros(len(chosen), np.int64), np.zeros(len(chosen), np.float32)
        other, margin = np.zeros(len(chosen), np.int64), np.zeros(len(chosen), np.float32)
        for at in range(0, len(chosen), LABELLED):
            part = slice(at, at + LABELLED)
            both = (_with_one(below[part]) @ product).reshape(len(chosen[part]), -1, width + 1)
            scores = (both @ _with_one(above[chosen[part]])[:, :, None])[:, :, 0]
            scores[:, self.deprel.index("root")] = NEVER
            best[part] = scores.argmax(1)
            top = scores.max(1)
            sure[part] = 1 / np.exp(scores - top[:, None]).sum(1)
            scores[:, self.subjects] = NEVER
            other[part] = scores.argmax(1)
            margin[part] = top - scores.max(1)
        self._leave_one_subject(
            chosen, best, other, margin + NOMINATIVE * self.morphology.has(out["feats"], "Case", "Nom")
        )
        return best, sure

    def _leave_one_subject(self, chosen: Ints, best: Ints, other: Ints, margin: Array) -> None:
        places = np.flatnonzero(np.isin(best, self.subjects) & (chosen > 0))
        clearest = places[np.lexsort((-margin[places], chosen[places]))]
        again = np.flatnonzero(np.diff(chosen[clearest], prepend=0) == 0)
        best[clearest[again]] = other[clearest[again]]

    def _fill_entities(self, plan: Plan, out: Scores, rows: Rows) -> None:
        lengths = np.diff(plan.bounds)
        padded = np.zeros((len(lengths), int(lengths.max()), len(self.ner)), np.float32)
        for row, (low, high) in zip(padded, pairwise(plan.bounds), strict=True):
            row[: high - low] = out["ner"][low:high]
        paths = decode_entities(padded, lengths, self.allowed)
        for path, (low, high) in zip(paths, pairwise(plan.bounds), strict=True):
            for place in np.flatnonzero(path[: high - low]).tolist():
                iob, _, kind = self.ner[path[place]].partition("-")
                if kind in ENTITY_TYPES:
                    self._mark(rows, plan.index, low + place, iob, ENTITY_TYPES[kind])

    def _mark(self, rows: Rows, index: Ints, place: int, iob: str, kind: str) -> None:
        """Tag a word, and the white space between it and the one before, if the entity goes on."""
        begin = index[place] if iob == "B" else index[place - 1] + 1
        rows[begin : index[place] + 1, ENT_IOB] = BEGIN if iob == "B" else INSIDE
        rows[begin : index[place] + 1, ENT_TYPE] = self.vocab.strings.add(kind)

    def _fill_rest(self, doc: Doc, rows: Rows, heads: Ints) -> None:
        """White space hangs on the token before it; words in no section stand alone."""
        for i in np.flatnonzero(rows[:, POS] == 0).tolist():
            token = doc[i]
            attached = token.is_space and i > 0
            heads[i] = -1 if attached else 0
            rows[i, POS] = self.space if token.is_space else self.unknown
            rows[i, TAG] = self.space
            rows[i, LEMMA] = token.orth if token.is_space else token.lower
            rows[i, DEP] = self.relation if attached else self.root

    def _join_particles(self, doc: Doc, rows: Rows, heads: Ints) -> None:
        """Lehnt ... ab: the lemma of the verb is `ablehnen`."""
        strings = self.vocab.strings
        for i in np.flatnonzero((rows[:, DEP] == self.particle) | (rows[:, TAG] == self.separated)).tolist():
            verb, tagged = i + int(heads[i]), bool(rows[i, TAG] == self.separated)
            if rows[verb, POS] in self.verbal:
                lemma = strings[int(rows[verb, LEMMA])]
                rows[verb, LEMMA] = strings.add(join_particle(doc[i].text, lemma, self.lexicon, tagged=tagged))


def read_window(doc: Doc, group: Sequence[int], lexicon: Lexicon) -> Window:
    """The words of the `Doc` at the indices of a window, as the network reads them."""
    words = tuple(normalise_word(doc[i].text) for i in group)
    spaced = tuple(i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].is_space for i in group)
    return Window(words=words, spaced=spaced, readings=tuple(map(lexicon.reading, words)))


def _join_marks(plan: Plan, bounds: Sequence[int]) -> list[int]:
    """Bounds of sentences without those of punctuation alone: it goes to the side that it touches."""
    worded = [any(map(str.isalnum, "".join(plan.forms[low:high]))) for low, high in pairwise(bounds)]
    kept = [bounds[0]]
    for high, has_word in zip(bounds[1:], worded, strict=True):
        opens = not plan.doc[int(plan.index[high - 1])].whitespace_
        if has_word or high == bounds[-1]:
            kept.append(high)
        elif not opens and len(kept) > 1:
            kept[-1] = high
    if len(kept) > 2 and not any(map(str.isalnum, "".join(plan.forms[kept[-2] : kept[-1]]))):
        del kept[-2]
    return kept


def _with_one(x: Array) -> Array:
    return np.concatenate([x, np.ones_like(x[..., :1])], -1)
