"""The pipeline that ships with `kg`, or any other with UD labels in its place."""

from functools import cache
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.model import Span
from kg.nlp import annotate_articles, load_pipeline
from kg.nlp.conllu import render_conllu
from tests.builders import TEXT, article
from tests.conllu import find_faults

HARD = (
    "EILMELDUNG\nMinister tritt zurück\nVon Erika Mustermann, Berlin\n\nBERLIN/KIEW (dpa) - Im Streit um ...",
    "- Abzug aller Truppen\n- Waffenruhe ab 3. Mai\n- usw.\n\n(Beifall bei der SPD – Zuruf von der AfD: Unsinn!)",
    "\ufeffDie &quot;NATO&quot; ber\u00e4t&nbsp;… \u00ad \u200b„Bu\u0308nd\u00adnis“ \u2028 Wladimir\u00a0Putin",
    "@Bundeskanzler: #Ukraine 🇺🇦 braucht F-16! https://example.org/a?b=1 Politiker:innen/Bürger/-innen (m/w/d) :-)",
    "„Er sagte: ‚Nein, »nie«‘ und",
    "\u00ad",
    "...",
    " \n\n \t",
)


@Language.component("test_flat_tree")
def hang_on_the_first(doc: Doc) -> Doc:
    """A tagger and parser of UD labels that knows one tree: all on the first word, a sentence a text."""
    for token in doc:
        token.pos_ = "NOUN"
    doc[0].dep_ = "ROOT"
    for token in doc[1:]:
        token.head, token.dep_ = doc[0], "obl:arg"
    return doc


@Language.component("test_tiger_tree")
def hang_as_in_tiger(doc: Doc) -> Doc:
    hang_on_the_first(doc)
    doc[1].dep_, doc[2].dep_ = "sb", "oa"
    return doc


@Language.component("test_tree_without_tags")
def hang_without_tags(doc: Doc) -> Doc:
    hang_on_the_first(doc)
    for token in doc:
        token.pos_ = ""
    return doc


@Language.component("test_broken")
def break_down(doc: Doc) -> Doc:
    raise RuntimeError("no weights\nof its own")


@Language.component("test_splitting_contractions")
def split_contractions(doc: Doc) -> Doc:
    """What a pipeline does that expands multiword tokens: the words are no longer those of the text."""
    words = [part for token in doc for part in {"Am": ("An", "dem")}.get(token.text, (token.text,))]
    other = Doc(doc.vocab, words=words)
    hang_on_the_first(other)
    return other


def save(folder: Path, *components: str, language: str = "de") -> str:
    nlp = spacy.blank(language)
    for component in components:
        nlp.add_pipe(component)
    nlp.to_disk(folder)
    return str(folder)


class TestLoadPipeline:
    def test_takes_another_one_with_ud_labels(self, tmp_path: Path) -> None:
        nlp = load_pipeline(save(tmp_path, "test_flat_tree"))
        assert {token.dep_ for token in nlp("Kiew hofft auf Hilfe.")} == {"ROOT", "obl:arg"}
        assert nlp.max_length > 10**7

    @pytest.mark.parametrize(
        ("component", "message"),
        [
            ("sentencizer", "does not parse; components: sentencizer; wants one such as parser that sets Token.dep_"),
            ("test_tree_without_tags", "does not tag; .* wants one such as morphologizer that sets Token.pos_"),
            (
                "test_tiger_tree",
                "labels relations oa, sb, .* wants nsubj, obj, obl .*: take a pipeline trained on a UD",
            ),
            ("test_broken", r"fails at a German sentence \(RuntimeError: no weights\)"),
            ("test_splitting_contractions", "changes the text: at character 1 'm Montag .* became 'n dem Montag"),
        ],
    )
    def test_refuses_what_cannot_be_made_alike(self, tmp_path: Path, component: str, message: str) -> None:
        with pytest.raises(ModelError, match=message) as refused:
            load_pipeline(save(tmp_path, component))
        assert str(tmp_path) in str(refused.value)
        assert "leave --pipeline out" in str(refused.value)

    def test_refuses_one_for_another_language(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="is for language 'en'; wants 'de'"):
            load_pipeline(save(tmp_path, "test_flat_tree", language="en"))

    @pytest.mark.parametrize("name", ["de_nichts", "/nowhere", "seeds", ""])
    def test_says_what_is_not_installed(self, name: str) -> None:
        with pytest.raises(ModelError, match=f"pipeline '{name}': spaCy cannot load it .* installed pipeline or its"):
            load_pipeline(name)

    def test_gives_noun_chunks_over_ud_labels(self, tmp_path: Path) -> None:
        nlp = load_pipeline(save(tmp_path, "test_flat_tree"))
        assert [chunk.text for chunk in nlp("Kiew hofft").noun_chunks] == ["Kiew", "hofft"]

    def test_says_which_model_files_are_missing(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match=r"no encoder\.onnx"):
            load_pipeline(model=tmp_path)


class TestAnnotateArticles:
    def test_gives_each_article_its_doc(self, tmp_path: Path) -> None:
        nlp = load_pipeline(save(tmp_path, "test_flat_tree"))
        articles = [article("a"), article("b", "Titel\n\nText.")]
        pairs = list(annotate_articles(nlp, articles))
        assert [found.id for found, _ in pairs] == ["a", "b"]
        assert [doc.text for _, doc in pairs] == [TEXT, "Titel\n\nText."]

    def test_refuses_a_tokenizer_that_changes_the_text(self, tmp_path: Path) -> None:
        nlp = load_pipeline(save(tmp_path, "test_flat_tree"))
        nlp.tokenizer = lambda text: Doc(nlp.vocab, words=text.split())
        with pytest.raises(ModelError, match=r"a\.txt: the tokenizer .* at character 6 ' Text' became 'Text '"):
            list(annotate_articles(nlp, [article("a", "Titel  Text")]))

    def test_hands_the_sections_on(self, tmp_path: Path) -> None:
        seen: list[Span] = []

        @Language.component("test_sections")
        def look(doc: Doc) -> Doc:
            seen.extend(Span(start=start, end=end) for start, end in doc.user_data["kg_sections"])
            return doc

        nlp = load_pipeline(save(tmp_path, "test_flat_tree"))
        nlp.add_pipe("test_sections")
        given = article("a")
        assert [found for found, _ in annotate_articles(nlp, [given])] == [given]
        assert tuple(seen) == given.sections


@cache
def own_pipeline() -> Language:
    return load_pipeline()


@pytest.mark.model
class TestOwnPipeline:
    def test_fills_every_attribute(self) -> None:
        doc = load_pipeline()("Rutte lehnt die Lieferung ab.\n\nKiew hofft auf Hilfe.")
        assert all(doc.has_annotation(name) for name in ("POS", "TAG", "LEMMA", "DEP", "HEAD", "MORPH", "ENT_IOB"))
        assert len(list(doc.sents)) == 2

    def test_depends_on_the_article_alone(self) -> None:
        nlp, text = load_pipeline(), "Rutte lehnt die Lieferung ab."
        alone = nlp(text).to_json()
        list(nlp.pipe(["Ein anderer Artikel über die Ukraine.", text]))
        assert nlp(text).to_json() == alone

    @pytest.mark.parametrize("text", HARD)
    def test_takes_whatever_stands_in_the_news(self, text: str) -> None:
        doc = own_pipeline()(text)
        assert doc.text == text
        assert find_faults(render_conllu(doc)) == []

    @pytest.mark.parametrize(
        "sentences",
        [
            ["„Das geht nicht!“, sagte der Präsident am Montag.", "Die Ministerin widersprach ihm in Berlin."],
            ["Minister kündigt Lieferung an", "Von Erika Mustermann", "Der Minister hat neue Waffen zugesagt."],
            ["Der Krieg begann am 24. Februar 2022.", "Er kostete viele Menschen das Leben."],
            ["Prof. Dr. Meier sprach mit ca. 2,5 Mio. Menschen.", "Danach reiste er z. B. nach St. Petersburg."],
        ],
    )
    @pytest.mark.parametrize("between", ["\n", "\n\n"])
    def test_ends_sentences_where_a_reader_does(self, sentences: list[str], between: str) -> None:
        doc = own_pipeline()(between.join(sentences))
        assert [sent.text.strip() for sent in doc.sents] == sentences

    def test_splits_every_contraction_in_conllu(self) -> None:
        conllu = render_conllu(own_pipeline()("Im Mai reiste er zum Gipfel. IM KREML lief es vom Anfang an am besten."))
        assert [line.split("\t")[1] for line in conllu.split("\n") if "-" in line.split("\t")[0]] == [
            "Im",
            "zum",
            "IM",
            "vom",
            "am",
        ]
