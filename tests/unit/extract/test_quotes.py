"""Who said what in which words: frames before, behind and around; what is reported and what goes on."""

import pytest

from kg.extract.quotes import find_quotations, speaker_at
from kg.extract.quotes.nesting import nest, within_quotes
from kg.model import Extraction, Span, Statement
from tests.docs import extract, read, resolve, words_of

DASS = """
    Maruk NE nsubj sagte PER | sagte/sagen VVFIN | , $, | dass KOUS mark fordere | Kiew NE nsubj fordere
    den ART | Beitritt NN obj fordere | fordere/fordern VVFIN ccomp sagte Mood=Sub Tense=Pres | . $.
"""
COLON = """
    Maruk NE nsubj sagte PER | sagte/sagen VVFIN | : $. | „ $( | Wir PPER nsubj brauchen
    brauchen VVFIN ccomp sagte | Hilfe NN obj brauchen | . $. | “ $(
"""
BEHIND = """
    „ $( | Wir PPER nsubj brauchen | brauchen VVFIN | Hilfe NN obj brauchen | “ $( | , $,
    sagte/sagen VVFIN parataxis brauchen | Maruk NE nsubj sagte PER | . $.
"""
UNKNOWN_VERB = BEHIND.replace("sagte/sagen", "murrte/murren").replace("nsubj sagte", "nsubj murrte")
SO = """
    „ $( | Wir PPER nsubj brauchen | brauchen VVFIN | Hilfe NN obj brauchen | “ $( | , $, | so ADV | Maruk NE dep so PER
    . $.
"""
SAID_BEHIND = """
    Die ART | Hilfe NN nsubj reiche | reiche/reichen VVFIN _ _ Mood=Sub Tense=Pres | nicht PTKNEG | , $,
    sagte/sagen VVFIN parataxis reiche | Maruk NE nsubj sagte PER | . $.
""".replace(" _ _", "")
GOES_ON = "Die ART | Lage NN nsubj ernst | sei/sein VAFIN cop Mood=Sub Tense=Pres | ernst ADJD | . $."
PLAIN = "Die ART | Lage NN nsubj ernst | ist/sein VAFIN cop Mood=Ind Tense=Pres | ernst ADJD | . $."
FRAGMENT = """
    Maruk NE nsubj nannte PER | nannte/nennen VVFIN | den ART | Plan NN obj nannte | eine ART det Provokation | „ $(
    Provokation NN xcomp nannte | “ $( | . $.
"""
NESTED = """
    Maruk NE nsubj sagte PER | sagte/sagen VVFIN | , $, | Sorin NE nsubj glaube PER
    glaube/glauben VVFIN ccomp sagte Mood=Sub Tense=Pres | , $, | dass KOUS mark zögere | Kiew NE nsubj zögere
    zögere/zögern VVFIN ccomp glaube Mood=Sub Tense=Pres | . $.
"""
HEARD = "Kiew NE nsubj zögere | zögere VVFIN Mood=Sub Tense=Pres | noch ADV | . $."


def content(found: Extraction, statement: Statement) -> list[str]:
    return [span.slice(found.article.text) for span in statement.content]


def said(*sentences: str) -> list[tuple[str, str | None, str]]:
    """(form, speaker, words) of each statement, in text order."""
    found = extract(*sentences)
    return [(s.form, words_of(found, s.speaker), " … ".join(content(found, s))) for s in found.statements]


def parts(*sentences: str) -> tuple[str, list[str], list[str], list[str]]:
    """Speaker, cue, frame and addressee of the only statement, as they stand in the text."""
    found = extract(*sentences)
    [s] = found.statements
    speaker, *others = (
        [span.slice(found.article.text) for span in spans]
        for spans in (s.speaker_spans, s.cue, s.frame_spans, s.addressee_spans)
    )
    return speaker[0], others[0], others[1], others[2]


class TestQuotationMarks:
    def find(self, *sentences: str) -> list[str]:
        reading = read(*sentences)
        return [reading.doc.source[q.start : q.end].text for q in find_quotations(reading)]

    @pytest.mark.parametrize(("opening", "closing"), ["„“", "„”", "“”", "»«", "«»", '""'])
    def test_come_in_pairs(self, opening: str, closing: str) -> None:
        assert self.find(f"Das PDS nsubj hilft | {opening} $( | hilft VVFIN | sehr ADV | {closing} $(") == [
            "hilft sehr"
        ]

    def test_inside_others_belong_to_the_outer_ones(self) -> None:
        assert self.find("„ $( | Das PDS nsubj hilft | ‚ $( | hilft VVFIN | ‘ $( | sehr ADV | “ $(") == [
            "Das ‚ hilft ‘ sehr"
        ]

    def test_left_open_end_with_the_paragraph(self) -> None:
        assert self.find("„ $( | Das PDS nsubj hilft | hilft VVFIN", "¶", PLAIN) == ["Das hilft"]
        assert self.find('" $( | Das PDS nsubj hilft | hilft VVFIN', "¶", PLAIN) == []

    def test_around_nothing_quote_nothing(self) -> None:
        assert self.find("Das PDS nsubj hilft | „ $( | “ $( | hilft VVFIN") == []


class TestDirect:
    @pytest.mark.parametrize("sentence", [COLON, BEHIND, UNKNOWN_VERB, SO], ids=["colon", "behind", "inverted", "so"])
    def test_speech_has_the_speaker_of_its_frame(self, sentence: str) -> None:
        [(form, speaker, words)] = said(sentence)
        assert (form, speaker, words.replace(".", "")) == ("direct", "Maruk", "„Wir brauchen Hilfe“")

    def test_speech_is_introduced_by_the_sentence_before_that_ends_with_a_colon(self) -> None:
        before = "Maruk NE nsubj sagte PER | sagte/sagen VVFIN | gestern ADV | : $."
        quoted = "„ $( | Das PDS nsubj hilft | hilft VVFIN | uns PPER iobj hilft | . $. | “ $("
        assert said(before, quoted) == [("direct", "Maruk", "„Das hilft uns.“")]

    def test_cue_and_frame_are_kept(self) -> None:
        found = extract(BEHIND)
        [statement] = found.statements
        assert [c.slice(found.article.text) for c in statement.cue] == ["sagte"]
        assert [c.slice(found.article.text) for c in statement.speaker_spans] == ["Maruk"]
        assert statement.medium == "speech"

    def test_speech_goes_on_in_the_same_paragraph(self) -> None:
        more = "„ $( | Die ART | Zeit NN nsubj drängt | drängt VVFIN | . $. | “ $("
        assert said(COLON, more)[1] == ("direct", "Maruk", "„Die Zeit drängt.“")
        assert said(COLON, "¶", more)[1] == ("direct", None, "„Die Zeit drängt.“")

    def test_words_in_marks_are_a_title_where_nobody_says_them(self) -> None:
        assert said("Der ART | Film NN nsubj läuft | „ $( | Panzer NN appos Film | “ $( | läuft VVFIN") == []

    def test_fragment_hangs_on_the_verb_that_names_it(self) -> None:
        assert said(FRAGMENT) == [("direct", "Maruk", "„Provokation“")]

    def test_speech_that_its_frame_splits_is_one(self) -> None:
        sentence = """
            „ $( | Ich PPER nsubj hoffe | hoffe VVFIN | “ $( | , $, | sagte/sagen VVFIN parataxis hoffe
            Maruk NE nsubj sagte PER | , $, | „ $( | dass KOUS mark zögert | Kiew NE nsubj zögert
            zögert VVFIN ccomp hoffe | . $. | “ $(
        """
        assert said(sentence) == [("direct", "Maruk", "„Ich hoffe“ … „dass Kiew zögert.“")]

    def test_fragment_inside_reported_speech_is_the_speakers(self) -> None:
        sentence = DASS.replace("Beitritt NN obj fordere", "„ $( | Beitritt NN obj fordere | “ $(")
        assert said(sentence)[1] == ("direct", "Maruk", "„Beitritt“")


class TestIndirect:
    def test_clause_belongs_to_the_subject_of_the_verb(self) -> None:
        assert said(DASS) == [("indirect", "Maruk", "dass Kiew den Beitritt fordere")]

    def test_speech_may_stand_before_its_verb(self) -> None:
        assert said(SAID_BEHIND) == [("indirect", "Maruk", "Die Hilfe reiche nicht")]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Laut/laut APPR | Maruk NE obl zögert PER | zögert VVFIN | Kiew NE nsubj zögert | noch ADV | . $.",
            "Maruk NE obl zögert PER | zufolge APPO case Maruk | zögert VVFIN | Kiew NE nsubj zögert | noch ADV | . $.",
            "Nach/nach APPR | Angaben/Angabe NN obl zögert | von APPR | Maruk NE nmod Angaben PER | zögert VVFIN "
            "| Kiew NE nsubj zögert | noch ADV | . $.",
        ],
        ids=["laut", "zufolge", "nach-angaben"],
    )
    def test_source_says_the_rest_of_its_sentence(self, sentence: str) -> None:
        assert said(sentence) == [("indirect", "Maruk", "zögert Kiew noch")]

    def test_source_may_stand_in_the_middle(self) -> None:
        sentence = """
            Die ART | Hilfe NN nsubj reicht | reicht VVFIN | laut APPR | Maruk NE obl reicht PER | nicht PTKNEG
            ganz ADV | . $.
        """
        assert said(sentence) == [("indirect", "Maruk", "Die Hilfe reicht … nicht ganz")]

    def test_speaker_may_stand_in_the_slot_that_the_lexicon_names(self) -> None:
        sentence = """
            Kiew NE nsubj zögere | zögere VVFIN Mood=Sub Tense=Pres | noch ADV | , $,
            hieß/heißen VVFIN parataxis zögere | es PPER expl hieß | in APPR | Moskau NE obl hieß | . $.
        """
        [(_, speaker, words)] = said(sentence)
        assert (speaker, words) == ("Moskau", "Kiew zögere noch")

    def test_reflexive_verb_needs_its_pronoun(self) -> None:
        sentence = """
            Maruk NE nsubj äußerte PER | äußerte/äußern VVFIN | {}, $, | dass KOUS mark zögere | Kiew NE nsubj zögere
            zögere VVFIN ccomp äußerte Mood=Sub Tense=Pres
        """
        assert said(sentence.format("")) == []
        assert [s for _, s, _ in said(sentence.format("sich PRF | "))] == ["Maruk"]

    @pytest.mark.parametrize(
        ("verb", "medium"), [("sagte/sagen", "speech"), ("schrieb/schreiben", "writing"), ("glaubt/glauben", "thought")]
    )
    def test_medium_is_that_of_the_verb(self, verb: str, medium: str) -> None:
        form = verb.partition("/")[0]
        [statement] = extract(DASS.replace("sagte/sagen", verb).replace(" sagte", f" {form}")).statements
        assert statement.medium == medium

    def test_condition_of_speaking_is_not_what_is_said(self) -> None:
        sentence = """
            Maruk NE nsubj sagt PER | sagt/sagen VVFIN | es PPER obj sagt | , $, | wenn KOUS mark fragt
            Kiew NE nsubj fragt | fragt VVFIN ccomp sagt | . $.
        """
        assert said(sentence) == []

    def test_frame_is_the_rest_of_the_sentence(self) -> None:
        assert parts(DASS) == ("Maruk", ["sagte"], ["Maruk sagte,"], [])
        assert parts(SAID_BEHIND) == ("Maruk", ["sagte"], [", sagte Maruk"], [])

    def test_cue_has_auxiliary_and_addressee_its_slot(self) -> None:
        sentence = """
            Maruk NE nsubj gesagt PER | hat/haben VAFIN aux | ihm PPER iobj gesagt | gesagt/sagen VVPP | , $,
            dass KOUS mark zögert | Kiew NE nsubj zögert | zögert VVFIN ccomp gesagt | . $.
        """
        assert parts(sentence) == ("Maruk", ["hat", "gesagt"], ["Maruk hat ihm gesagt,"], ["ihm"])

    def test_clause_is_found_behind_its_comma_where_the_tree_errs(self) -> None:
        sentence = DASS.replace("ccomp sagte", "conj sagte")
        assert said(sentence) == [("indirect", "Maruk", "dass Kiew den Beitritt fordere")]

    def test_clause_before_the_verb_is_found_where_the_tree_errs(self) -> None:
        sentence = SAID_BEHIND.replace("parataxis reiche", "conj reiche")
        assert said(sentence) == [("indirect", "Maruk", "Die Hilfe reiche nicht")]

    @pytest.mark.parametrize("modal", ["könnte/können", "würde/werden"])
    def test_what_could_be_said_is_not_said(self, modal: str) -> None:
        sentence = f"""
            Maruk NE nsubj sagen PER | {modal} VMFIN aux sagen Mood=Sub Tense=Past Number=Sing | sagen VVINF | , $,
            dass KOUS mark zögert | Kiew NE nsubj zögert | zögert VVFIN ccomp sagen | . $.
        """
        assert said(sentence) == []

    def test_clause_of_manner_is_not_what_is_said(self) -> None:
        sentence = """
            Maruk NE nsubj schrieb PER | schrieb/schreiben VVFIN | , $, | ohne KOUS mark nennen | Kiew NE obj nennen
            zu PTKZU | nennen VVINF xcomp schrieb | . $.
        """
        assert said(sentence) == []

    def test_wie_clause_names_the_source(self) -> None:
        sentence = """
            Kiew NE nsubj zögert | zögert VVFIN | noch ADV | , $, | wie KOKOM mark schrieb | Maruk NE nsubj schrieb PER
            schrieb/schreiben VVFIN advcl zögert | . $.
        """
        assert said(sentence) == [("indirect", "Maruk", "Kiew zögert noch")]
        assert parts(sentence)[1:3] == (["wie", "schrieb"], [", wie Maruk schrieb"])

    def test_demnach_is_the_source_before(self) -> None:
        sentence = "Kiew NE nsubj zögert | zögert VVFIN | demnach ADV | noch ADV | . $."
        assert said(DASS, sentence)[1:] == [("indirect", "Maruk", "Kiew zögert … noch")]

    def test_pronoun_stands_for_the_sentence_before(self) -> None:
        told = "Das PDS obj sagte | sagte/sagen VVFIN | Maruk NE nsubj sagte PER | . $."
        assert said("Kiew NE nsubj zögert | zögert VVFIN | noch ADV | . $.", told) == [
            ("indirect", "Maruk", "Kiew zögert noch … Das")
        ]

    def test_speaker_may_only_be_described(self) -> None:
        sentence = DASS.replace(
            "Maruk NE nsubj sagte PER", "Chinesische/chinesisch ADJA | Medien/Medium NN nsubj sagte Number=Plur"
        )
        found = extract(sentence)
        [statement] = found.statements
        [mention] = [m for m in found.mentions if m.key == statement.speaker]
        assert (mention.kind, mention.type, mention.label) == ("nominal", "Group", "Chinesische Medien")
        assert [e.label for e in resolve(sentence).entities if mention in e.mentions] == ["Chinesische Medien"]


class TestReported:
    SENTENCE = "Maruk NE nsubj rügte PER | rügte/rügen VVFIN | den ART | Beitritt NN obj rügte | . $."

    def test_sentence_sums_up_speech(self) -> None:
        assert said(self.SENTENCE) == [("reported", "Maruk", "Maruk rügte den Beitritt.")]
        assert parts(self.SENTENCE) == ("Maruk", [], [], [])

    def test_only_with_words_that_the_lexicon_marks(self) -> None:
        assert said(self.SENTENCE.replace("rügte/rügen", "nannte/nennen").replace(" rügte", " nannte")) == []

    def test_is_followed_up(self) -> None:
        assert said(self.SENTENCE, GOES_ON)[1] == ("indirect-free-indirect", "Maruk", "Die Lage sei ernst.")


class TestContinuation:
    def test_in_konjunktiv_is_the_last_speakers(self) -> None:
        assert said(DASS, GOES_ON)[1:] == [("indirect-free-indirect", "Maruk", "Die Lage sei ernst.")]

    def test_over_several_sentences_is_one_statement(self) -> None:
        [(_, _, words)] = said(DASS, GOES_ON, GOES_ON)[1:]
        assert words == "Die Lage sei ernst. Die Lage sei ernst."

    def test_of_konjunktiv_i_is_taken_up_after_a_sentence_of_the_outlet(self) -> None:
        assert said(DASS, PLAIN, GOES_ON)[1:] == [("indirect-free-indirect", "Maruk", "Die Lage sei ernst.")]

    def test_of_konjunktiv_i_is_speech_where_nobody_is_named(self) -> None:
        assert said(GOES_ON) == [("indirect-free-indirect", None, "Die Lage sei ernst.")]
        assert said(HEARD, PLAIN) == [("indirect-free-indirect", None, "Kiew zögere noch.")]

    def test_ends_with_the_paragraph(self) -> None:
        assert said(DASS, "¶", GOES_ON)[1][1] is None

    @pytest.mark.parametrize(("number", "count"), [("Plur", 2), ("Sing", 1)])
    def test_of_konjunktiv_ii_stands_for_konjunktiv_i_in_the_plural(self, number: str, count: int) -> None:
        sentence = f"""
            Die ART | Staaten NN nsubj gezögert | hätten/haben VAFIN aux Mood=Sub Tense=Past Number={number}
            gezögert/zögern VVPP | . $.
        """
        assert len(said(DASS, sentence)) == count

    def test_with_sollen_is_free_indirect(self) -> None:
        sentence = "Kiew NE nsubj zögern | soll/sollen VMFIN Mood=Ind | zögern VVINF | . $."
        assert said(DASS, sentence)[1:] == [("free-indirect", "Maruk", "Kiew soll zögern.")]
        assert said(DASS, PLAIN, sentence)[1:] == []


class TestNesting:
    def test_ties_a_statement_to_the_one_around_it(self) -> None:
        found = extract(NESTED)
        outer, inner = found.statements
        assert (words_of(found, outer.speaker), words_of(found, inner.speaker)) == ("Maruk", "Sorin")
        assert (outer.nested_in, inner.nested_in) == (None, outer.id)

    def test_what_is_thought_inside_of_quotation_marks_ends_with_them(self) -> None:
        outer = Statement(id="s-0-20", form="direct", medium="speech", content=(Span(start=0, end=20),))
        inner = Statement(id="s-9-30", form="indirect", medium="thought", content=(Span(start=9, end=30),))
        after = Statement(id="s-25-30", form="indirect", medium="speech", content=(Span(start=25, end=30),))
        cut = within_quotes([outer, inner, after])
        assert [s.content[0] for s in cut] == [outer.content[0], Span(start=9, end=19), after.content[0]]
        assert nest(cut)[1].nested_in == outer.id

    def test_the_innermost_speaker_counts(self) -> None:
        found = extract(NESTED)
        offset = found.article.text.index("zögere")
        statement = speaker_at(found.statements, offset)
        assert statement is not None
        assert words_of(found, statement.speaker) == "Sorin"
        assert speaker_at(found.statements, 0) is None


class TestHeadlines:
    def test_with_a_name_and_a_colon_say_what_that_person_says(self) -> None:
        headline = (
            "Rutte NE nsubj hilft | : $. | Kiew NE nsubj hilft | hilft VVFIN | der ART det Nato | Nato NE obj hilft"
        )
        assert said(headline) == [("indirect", "Rutte", "Kiew hilft der Nato")]

    def test_are_no_sentences_of_text(self) -> None:
        sentence = "Rutte NE nsubj hilft | : $. | Kiew NE nsubj hilft | hilft VVFIN | der ART det Nato | Nato NE obj hilft | . $."
        assert said(sentence) == []
