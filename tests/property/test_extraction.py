"""What holds of extraction whatever the parser says: offsets slice, references exist, nothing crashes."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from random import Random

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract import extract_facts
from kg.model import Extraction, Resolved, Span
from kg.rdf import render_quads
from kg.resolve import resolve_entities
from tests.builders import article
from tests.docs import PARTS, parse, world

ROOTS = ("ROOT", "ROOT", "root", "conj", "nmod", "flat", "appos", "acl:relcl", "dep")  # parsers err there too
UNHURRIED = settings(deadline=None, max_examples=100)  # time is never a test
WORDS = (
    *tuple(
        """\n    Kiew Moskau Kreml Ukraine Russlands NATO Polen Mark Rutte Brandt Jens Präsident Außenministerin Kremlsprecher\n    NATO-Chef NATO-Beitritt Beitritt Waffenlieferung Taurus-Lieferung Taurus Puma Marschflugkörper Waffenruhe Budapester\n    Memorandum Außenministerium Regierung ukrainisch deutsche Bündnis Plan Ende Forderung Provokation Angabe Angriff er\n    sie ich wir seine sich der das die kein nicht nur wenn dass so laut zufolge nach von gegen für mit zu auf in davor\n    fordern ablehnen drohen auffordern einstellen liefern angreifen sagen nennen glauben heißen müssen wollen können\n    könnte werden würde sollte inakzeptabel gestern Montag 1994 März - und , . : ? „ “ " ; 😀
    ( ) » « / dies diese beide man zufolge wie demnach noch weder ohne Seiten Minister Berichten Abkommen Truppen
    63-Jährige Typ ihr\n    """.split()
    ),
    "\n\n",
    " ",
    "\n",
)
LABELS = tuple(
    """
    nsubj nsubj:pass obj iobj obl obl:agent obl:arg nmod nmod:poss amod det case mark advmod aux aux:pass cop ccomp xcomp
    csubj advcl acl acl:relcl conj cc appos flat compound compound:prt parataxis punct expl:pv dep
    """.split()
)
TAGS = tuple(PARTS)
MORPHS = ("", "Mood=Sub|Tense=Pres", "Mood=Sub|Tense=Past", "Case=Dat", "Case=Gen", "Number=Plur", "PronType=Rel",
          "PronType=Prs", "Gender=Masc")  # fmt: skip
ENTS = ("", "", "", "PER", "LOC", "ORG", "MISC")
DATES = (None, "2024", "2024-10", "2024-12-03")


@cache
def vocab() -> Vocab:
    return spacy.blank("de").vocab


@st.composite
def docs(draw: st.DrawFn) -> Doc:
    """Words of the lexicon and others, each sentence any tree with any labels."""
    words: list[str] = []
    heads: list[int] = []
    for size in draw(st.lists(st.integers(1, 9), max_size=4)):
        first, order = len(words), draw(st.permutations(range(size)))
        words += draw(st.lists(st.sampled_from(WORDS) | st.text(min_size=1, max_size=4), min_size=size, max_size=size))
        above = {order[0]: order[0]} | {
            node: order[draw(st.integers(0, rank - 1))] for rank, node in enumerate(order) if rank
        }
        heads += [first + above[node] for node in range(size)]
    count = len(words)

    def each(values: tuple[str, ...]) -> list[str]:
        return draw(st.lists(st.sampled_from(values), min_size=count, max_size=count))

    tags, ents = each(TAGS), each(ENTS)
    return Doc(
        vocab(),
        words=words,
        spaces=draw(st.lists(st.booleans(), min_size=count, max_size=count)),
        tags=tags,
        pos=["SPACE" if w.isspace() else PARTS[t][0] for w, t in zip(words, tags, strict=True)],
        lemmas=words,
        morphs=each(MORPHS),
        heads=heads,
        deps=[
            root if head == i else label
            for i, (head, root, label) in enumerate(zip(heads, each(ROOTS), each(LABELS), strict=True))
        ],
        ents=[f"B-{e}" if e else "O" for e in ents],
    )


SENTENCES = (
    "Kiew NE nsubj fordert | und KON cc Polen | Polen NE conj Kiew | fordert/fordern VVFIN | den ART "
    "| NATO-Beitritt NN obj fordert | der ART | Ukraine NE nmod NATO-Beitritt | . $.",
    "Moskau NE nsubj droht | droht/drohen VVFIN | Polen NE iobj droht | , $, | die ART "
    "| Waffenlieferung NN obj einzustellen | an APPR | Kiew NE nmod Waffenlieferung "
    "| einzustellen/einstellen VVIZU xcomp droht | . $.",
    "NATO-Chef NN nsubj sagte | Mark NE flat NATO-Chef PER | Rutte NE flat Mark PER | sagte/sagen VVFIN | , $, "
    "| dass KOUS mark liefern | Berlin NE nsubj liefern | den ART | Taurus NN obj liefern | liefern VVINF ccomp sagte "
    "| müsse/müssen VMFIN aux liefern Mood=Sub Tense=Pres | . $.",
    "„ $( | Wir PPER nsubj lehnen | lehnen/ablehnen VVFIN | eine ART | Waffenruhe NN obj lehnen | ab PTKVZ | “ $( | , $, "
    "| sagte/sagen VVFIN parataxis lehnen | Maruk NE nsubj sagte PER | . $.",
    "„ $( | Er PPER nsubj liefert | liefert/liefern VVFIN | Marschflugkörper NN obj liefert | “ $( | , $, | so ADV "
    "| Brandt NE dep so PER | . $.",
    "Laut APPR | dem ART | Marschflugkörper NN obl zögert | zögert VVFIN | die ART | NATO NE nsubj zögert | . $.",
    "Nach/nach APPR | Angaben/Angabe NN obl angegriffen | des ART | Kremlsprechers/Kremlsprecher NN nmod Angaben "
    "| Sorin NE flat Kremlsprechers PER | wurde/werden VAFIN aux:pass | Odessa NE nsubj:pass angegriffen "
    "| am/an APPRART | Montag NN obl angegriffen | angegriffen/angreifen VVPP | . $.",
    "Das ART | Bündnis NN nsubj unterstützt | unterstützt/unterstützen VVFIN | seinen PPOSAT | Vorschlag NN obj unterstützt "
    "| nur ADV advmod endet | wenn KOUS mark endet | der ART | russische/russisch ADJA | Angriff NN nsubj endet "
    "| auf APPR | Polen NE nmod Angriff | endet VVFIN advcl unterstützt | . $.",
    "Die ART | deutsche/deutsch ADJA | Außenministerin NN nsubj nennt | nennt/nennen VVFIN | das ART "
    "| Budapester NN compound Memorandum | Memorandum NN obj nennt | eine ART | Provokation NN xcomp nennt | . $.",
    "Das ART | Außenministerium NN nsubj warnt | in APPR | Kiew NE nmod Außenministerium | warnt/warnen VVFIN | vor APPR "
    "| dem ART | Beitritt NN obl warnt | von APPR | Russland NE nmod Beitritt | zur/zu APPRART | NATO NE nmod Beitritt "
    "| . $.",
    "Das ART | Außenministerium NN nsubj glaubt | glaubt/glauben VVFIN | , $, | sie PPER nsubj Beitritt Number=Sing "
    "| sei/sein VAFIN cop Beitritt Mood=Sub Tense=Pres | gegen APPR case Beitritt | den ART | Beitritt NN ccomp glaubt "
    "| . $.",
    "Die ART | Lage NN nsubj ernst | sei/sein VAFIN cop Mood=Sub Tense=Pres | ernst ADJD | . $.",
    "Der ART | russische/russisch ADJA | Taurus NN nsubj trifft | trifft/treffen VVFIN | sich PRF | mit APPR "
    "| Stoltenberg NE obl trifft PER | . $.",
    "¶",
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn) -> Doc:
    """Sentences with a sense, and a few words, tags, labels and heads that the parser got wrong."""
    doc = parse(*draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5)))
    words, lemmas = [t.text for t in doc], [t.lemma_ for t in doc]
    pos, tags, labels = [t.pos_ for t in doc], [t.tag_ for t in doc], [t.dep_ for t in doc]
    heads, morphs = [t.head.i for t in doc], [str(t.morph) for t in doc]
    ents = [f"{t.ent_iob_}-{t.ent_type_}".rstrip("-") for t in doc]
    for i in draw(st.lists(st.integers(0, len(doc) - 1), max_size=5)):
        fault = draw(st.sampled_from(("word", "tag", "label", "head", "morph")))
        if fault == "word":
            words[i] = lemmas[i] = draw(st.sampled_from(WORDS))
        elif fault == "tag" and pos[i] != "SPACE":
            tags[i] = draw(st.sampled_from(TAGS))
            pos[i] = PARTS[tags[i]][0]
        elif fault == "label" and heads[i] != i:
            labels[i] = draw(st.sampled_from(LABELS))
        elif fault == "head" and heads[i] != i:
            heads[i] = draw(st.sampled_from([t.i for t in doc[i].sent if not _above(heads, i, t.i)]))
        else:
            morphs[i] = draw(st.sampled_from(MORPHS))
    spaces = [bool(t.whitespace_) for t in doc]
    return Doc(
        vocab(), words=words, spaces=spaces, tags=tags, pos=pos, lemmas=lemmas, morphs=morphs, heads=heads, deps=labels,
        ents=ents,
    )  # fmt: skip


def _above(heads: list[int], node: int, other: int) -> bool:
    """Whether `node` is `other` or governs it, at any distance."""
    while other != node and heads[other] != other:
        other = heads[other]
    return other == node


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    doc = draw(spoilt() | docs())
    return extract_facts(doc, article("x", doc.text, draw(st.sampled_from(DATES))), world())


def spans(value: object) -> Iterator[Span]:
    """All spans in a fact, at any depth."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "article":
                yield from spans(getattr(value, field.name))


def references(facts: Extraction | Resolved) -> set[str]:
    """Everything that facts refer to."""
    found = [r for s in facts.statements for r in (s.speaker, s.addressee)]
    found += [r for p in facts.positions for r in (p.holder, p.about, p.according_to)]
    found += [
        r for e in facts.events for r in (e.agent, e.recipient, e.instrument, e.object, e.place, e.according_to)
    ]  # fmt: skip
    found += [r for o in facts.offices for r in (o.person, o.organisation)]
    found += [r for n in facts.relations for r in (n.subject, n.object)]
    return {r for r in found if r is not None}


@UNHURRIED
@given(extractions())
def test_every_span_slices_inside_the_text(found: Extraction) -> None:
    for span in spans(found):
        assert 0 <= span.start < span.end <= len(found.article.text)
    for mention in found.mentions:
        assert mention.text == mention.span.slice(found.article.text)


@UNHURRIED
@given(extractions())
def test_facts_refer_to_mentions(found: Extraction) -> None:
    assert references(found) <= {mention.key for mention in found.mentions} | set(world().entities)


@UNHURRIED
@given(extractions())
def test_statements_are_told_apart_and_nest_in_others(found: Extraction) -> None:
    ids = [s.id for s in found.statements]
    assert len(ids) == len(set(ids))
    assert {s.nested_in for s in found.statements} <= {None, *ids}
    assert {p.statement for p in found.positions} <= {None, *ids}


@UNHURRIED
@given(extractions())
def test_resolved_facts_refer_to_entities_that_exist(found: Extraction) -> None:
    resolved = resolve_entities(found, world())
    entities = {entity.id for entity in resolved.entities}
    assert references(resolved) <= entities
    assert {entity.acts_for for entity in resolved.entities} <= {None, *entities, *world().entities}
    assert all(isinstance(quad, Quad) for quad in render_quads(resolved))


@UNHURRIED
@given(extractions())
def test_a_mention_refers_to_one_entity(found: Extraction) -> None:
    keys = [m.key for entity in resolve_entities(found, world()).entities for m in entity.mentions]
    assert len(keys) == len(set(keys))


@UNHURRIED
@given(extractions(), st.randoms(use_true_random=False))
def test_order_of_mentions_does_not_matter(found: Extraction, random: Random) -> None:
    mentions = list(found.mentions)
    random.shuffle(mentions)
    assert resolve_entities(replace(found, mentions=tuple(mentions)), world()) == resolve_entities(found, world())


@UNHURRIED
@given(spoilt() | docs(), st.sampled_from(DATES))
def test_the_same_doc_gives_the_same_facts(doc: Doc, date: str | None) -> None:
    told = article("x", doc.text, date)
    assert extract_facts(doc, told, world()) == extract_facts(doc, told, world())
