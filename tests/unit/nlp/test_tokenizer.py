"""Words of German news, cut as UD German-GSD cuts them; not a character is lost."""

from functools import cache

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.nlp.tokenizer import GermanTokenizer, cut_piece, is_blank, make_tokenizer


@cache
def tokenizer() -> GermanTokenizer:
    return make_tokenizer(spacy.blank("de"))


def tokenise(text: str) -> Doc:
    doc = tokenizer()(text)
    assert doc.text == text
    return doc


def cut(text: str) -> str:
    """The words with a bar between them; white space left out."""
    return "|".join(token.text for token in tokenise(text) if not token.is_space)


def same(*examples: str) -> pytest.MarkDecorator:
    """Texts as their words with bars between them."""
    return pytest.mark.parametrize("words", examples)


def joined(words: str) -> str:
    return words.replace("|", "")


class TestQuotationMarks:
    @same(
        "„|Nein|“|, |sagte |er|.",
        "»|Ja|«|, «|oui|»|, “|yes|”|.",
        "\"|Doch|\"|, |'|naja|'|, |‚|hm|‘|, |›|so|‹|.",
        "(|„|Das |ist |‚|neu|‘|.|“|)",
        "»|Er |sagte |›|Nein|‹|.|«",
        "„|Offen |bleibt |es",
        "sagte|:|„|Ja|!|“",
        "[|„|Ja|…|“|]",
        'Die |„|Taurus|“|-|Marschflugkörper |und |"|Patriot|"|-|Systeme',
        "``|Ja|''|, |,,|nein|''",
    )
    def test_are_words_of_their_own(self, words: str) -> None:
        assert cut(joined(words)) == words.replace(" |", "|").replace(" ", "|")

    @same("Merkel's", "gibt's", "geht’s", "O'Brien", "Giscard|d'Estaing", "Kim|Jong-un's", "4'200", "'s|ist", "Ku'damm")
    def test_are_not_apostrophes(self, words: str) -> None:
        assert cut(words.replace("|", " ")) == words

    @same("Grass'|Roman", "Hans’|Haus|und|Fritz’|Hund", "Er|las|Grass'|.", "das|Werk|Marx'")
    def test_are_not_apostrophes_of_the_genitive(self, words: str) -> None:
        assert cut(words.replace("|.", ".").replace("|", " ")) == words

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("'Das Haus' steht", "'|Das|Haus|'|steht"),
            ("Er sagte 'großes Haus' dazu", "Er|sagte|'|großes|Haus|'|dazu"),
            ("‚Ein Kreis‘, so", "‚|Ein|Kreis|‘|,|so"),
            ("('Kreis')", "(|'|Kreis|'|)"),
        ],
    )
    def test_close_what_a_single_one_opened(self, text: str, words: str) -> None:
        assert cut(text) == words


class TestFullStop:
    """Words before a bar are followed by white space where none of the marks .,;:!?)“ follows."""

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("am 3. Dezember und am 24. Februar 2022", "am|3.|Dezember|und|am|24.|Februar|2022"),
            ("am 3.12.2024, im 19. Jahrhundert", "am|3.12.2024|,|im|19.|Jahrhundert"),
            ("der 3. große Krieg", "der|3.|große|Krieg"),
            ("Die 62. Sicherheitskonferenz", "Die|62.|Sicherheitskonferenz"),
            ("Putins 4. Amtszeit", "Putins|4.|Amtszeit"),
            ("das Verdienstkreuz 1. Klasse", "das|Verdienstkreuz|1.|Klasse"),
            ("das 3. und 4. Geschwader", "das|3.|und|4.|Geschwader"),
            ("vom 1.–6. Mai", "vom|1.–6.|Mai"),
            ("ein neues 3. Kapitel", "ein|neues|3.|Kapitel"),
            ("des diesjährigen 12. Treffens", "des|diesjährigen|12.|Treffens"),
            ("Tor durch Meier (40.)", "Tor|durch|Meier|(|40.|)"),
            ("1. Der Abzug\n2. Die Waffenruhe", "1.|Der|Abzug|2.|Die|Waffenruhe"),
            ("am\n3. Dezember", "am|3.|Dezember"),
            ("3.Dezember", "3.|Dezember"),
        ],
    )
    def test_belongs_to_an_ordinal(self, text: str, words: str) -> None:
        assert cut(text) == words

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Der Krieg begann 2022. Kiew hofft", "Der|Krieg|begann|2022|.|Kiew|hofft"),
            ("Es waren 16.500. Tote", "Es|waren|16.500|.|Tote"),
            ("um 3,5. Auch", "um|3,5|.|Auch"),
            ("um 14.30. Danach", "um|14.30|.|Danach"),
            ("Er starb am 3. Die Truppen", "Er|starb|am|3|.|Die|Truppen"),
            ("Die Zahl stieg auf 20. Russland meldete 30.", "Die|Zahl|stieg|auf|20|.|Russland|meldete|30|."),
            ("„Wir sind 40.“ Danach", "„|Wir|sind|40|.|“|Danach"),
            ("Tote waren es 20. Kiew", "Tote|waren|es|20|.|Kiew"),
            ("nach Artikel 5. „Das", "nach|Artikel|5|.|„|Das"),
            ("auf Platz 2.\n\nMehr dazu", "auf|Platz|2|.|Mehr|dazu"),
        ],
    )
    def test_behind_a_number_ends_a_sentence(self, text: str, words: str) -> None:
        assert cut(text) == words

    @same("Johannes|XXIII.|sagte", "Karl|III.|Der|König", "im|II.|Weltkrieg", "Ludwig|XIV.|,|König", "Heinrich|I.|Er")
    def test_belongs_to_a_roman_number(self, words: str) -> None:
        assert cut(words.replace("|,", ",").replace("|", " ")) == words

    @same(
        "z.|B.|und|z.B.|und|d.|h.|und|u.|a.",
        "Abs.|3|und|2,5|Mio.|Euro|und|3|Mrd.|Dollar",
        "Prof.|Dr.|Müller|bzw.|ca.|drei|Leute|usw.|Die|Lage",
        "Nr.|5|in|St.|Petersburg|mit|Gen.|Smith",
        "General|a.|D.|und|Oberst|i.|R.|und|Oberst|i.|G.",
        "Die|U.S.|Army|und|die|k.u.k.|Marine|v.Chr.|i.d.R.",
        "George|W.|Bush|und|Thomas|M.|wurden",
        "Dipl.-Ing.|Meier|zum|3-Mrd.-Euro-Paket",
        "3.|Dez.|2024|und|Art.|5",
        "§|5|ff.|im|Kap.|2",
        "Frankfurt|a.|M.",
    )
    def test_belongs_to_an_abbreviation(self, words: str) -> None:
        assert cut(words.replace("|", " ")) == words

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("eine F-16. Ein T-72. Eine Su-35S.", "eine|F-16|.|Ein|T-72|.|Eine|Su-35S|."),
            ("Die NATO. Die AfD. Eine GmbH. Die G7.", "Die|NATO|.|Die|AfD|.|Eine|GmbH|.|Die|G7|."),
            ("Der Leopard 2A6. Die 9M729. Das 5G.", "Der|Leopard|2A6|.|Die|9M729|.|Das|5G|."),
            ("nach Iran. Die Schweiz. Ein Bayer.", "nach|Iran|.|Die|Schweiz|.|Ein|Bayer|."),
            ("dieser Art. Die", "dieser|Art|.|Die"),
            ("Gruppe C. Der Sieger", "Gruppe|C|.|Der|Sieger"),
            ("Das Ende.Der Anfang", "Das|Ende|.|Der|Anfang"),
            ("Prof.Dr. Müller", "Prof.|Dr.|Müller"),
            ("Es endete... Dann … und.", "Es|endete|...|Dann|…|und|."),
        ],
    )
    def test_behind_other_words_is_a_word(self, text: str, words: str) -> None:
        assert cut(text) == words


class TestWords:
    @same(
        "NATO-Außenministertreffen",
        "Luft-|und|Raumfahrt|und|-sicherheit",
        "155-mm-Granaten",
        "27-Jährige",
        "2,0-Prozent-Ziel",
        "G7-Staaten|F-16-Jets|50%-Quote",
        "Politiker:innen|Soldat*innen|Kolleg_innen|PolitikerInnen|Minister:innenkonferenz|jede:r|Kolleg·innen",
        "Bürger/-innen|Bürger/innen|Soldat(inn)en|Mitarbeiter(innen)|Land(es)",
        "CDU/CSU|CDU/CSU-Fraktion|90/Die|80|km/h|m/w/d|10|m/s",
        "1.500|2,5|14:30|10.30|2013-2014|2013–2014|1990er|250g|+29|-1,8|1.000.000,50",
        "tagesschau.de|Köln–Bonn|R&D|EU+3",
    )
    def test_are_whole(self, words: str) -> None:
        assert cut(words.replace("|", " ")) == words

    @same(
        "SPD|/|Grüne",
        "Israel|/|Gaza",
        "und|/|oder",
        "2024|/|25",
        "2|%",
        "2.500|€",
        "€|500",
        "$|3",
        "20|°|C",
        "kam|–|ging",
        "dann|--|so",
        "[|...|]",
        "[|sic|]",
        "(|Beifall|)",
        "(|SPD|)|:",
        "(|8|)",
        "Nein|!|!",
        "(|Wieder-|)|Aufbau",
        "Frage|:|Warum|?",
    )
    def test_end_at_marks(self, words: str) -> None:
        assert cut(joined(words)) == words

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Berlin (dpa) - Der Minister", "Berlin|(|dpa|)|-|Der|Minister"),
            ("Berlin(dpa)", "Berlin|(|dpa|)"),
            ("BRÜSSEL/KIEW, 3. Dez. – Die", "BRÜSSEL|/|KIEW|,|3.|Dez.|–|Die"),
            ("(Zuruf von der AfD: Unsinn!)", "(|Zuruf|von|der|AfD|:|Unsinn|!|)"),
            ("nach § 129a und §§ 5 ff.", "nach|§|129a|und|§§|5|ff."),
            ("• Punkt\n- Strich\n* Stern", "•|Punkt|-|Strich|*|Stern"),
        ],
    )
    def test_of_the_shapes_of_news(self, text: str, words: str) -> None:
        assert cut(text) == words

    @same(
        "https://www.tagesschau.de/a/b.html?c=1",
        "www.example.org",
        "max.mueller@bund.example.de",
        "@Bundeskanzler",
        "🇺🇦",
        "👍🏽",
        "👨‍👩‍👧",
        ":-)",
    )
    def test_of_the_web_are_whole(self, words: str) -> None:
        assert cut(f"Mehr {words}, sagt er.") == f"Mehr|{words}|,|sagt|er|."

    def test_of_the_web_end_before_the_marks_behind_them(self) -> None:
        assert cut("(siehe http://a.example/x/). #Ukraine") == "(|siehe|http://a.example/x/|)|.|#|Ukraine"


class TestStrayCharacters:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("&quot;Wir wollen&quot;, sagte er", "&quot;|Wir|wollen|&quot;|,|sagte|er"),
            ("M&uuml;ller in K&#246;ln", "M&uuml;ller|in|K&#246;ln"),
            ("&#8222;Nein&#8220; &amp; Ja", "&#8222;|Nein|&#8220;|&amp;|Ja"),
            ("S&amp;P senkt", "S&amp;P|senkt"),
            ("Berlin&ndash;Kiew", "Berlin|&ndash;|Kiew"),
            ("die&nbsp;NATO", "die|NATO"),
        ],
    )
    def test_of_html_are_read(self, text: str, words: str) -> None:
        assert cut(text) == words

    def test_within_a_word_are_part_of_it(self) -> None:
        for word in ("Bünd\u00adnis", "Wort\u200bwort", "Bu\u0308ndnis", "NATO-\u00adGipfel", "Zu\u00ad&shy;ruf"):
            assert cut(f"Das {word}.") == f"Das|{word}|."

    @pytest.mark.parametrize(
        "mark", ["\u00ad", "\u200b", "\ufeff", "\u2060\u200d", "&shy;", "&nbsp;", "\u00a0", "\u2009"]
    )
    def test_alone_are_as_good_as_space(self, mark: str) -> None:
        assert is_blank(mark)
        assert [token.is_space for token in tokenise(f"Die {mark} NATO")] == [False, True, False]
        assert cut(f"{mark}„Die NATO{mark}“{mark}") == "„|Die|NATO|“"

    def test_between_words_do_not_hide_what_follows(self) -> None:
        assert cut("am 3.\u00a0Dezember mit 5\u202fMio.\u00a0Euro") == "am|3.|Dezember|mit|5|Mio.|Euro"

    def test_of_words_are_not_blank(self) -> None:
        assert not any(map(is_blank, ("a", ".", "&amp;", "Bünd\u00adnis", "\u0308", "")))


class TestTokenizer:
    @given(st.text())
    def test_loses_no_character(self, text: str) -> None:
        doc = tokenise(text)
        assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)

    @given(st.text("aB3.,:-'’\"„“»«(/*_&;% \n\u00ad\u200b\u0308", max_size=60))
    def test_cuts_the_same_again(self, text: str) -> None:
        first = [token.text for token in tokenise(text)]
        assert [token.text for token in tokenise(text)] == first
        assert all(first)

    def test_keeps_white_space_as_spacy_does(self) -> None:
        text = " a  b\n\n c\t\u00a0d "
        assert [(t.text, t.whitespace_) for t in tokenise(text)] == [
            (t.text, t.whitespace_) for t in spacy.blank("de")(text)
        ]

    @pytest.mark.parametrize(
        "piece", ["a" * 50_000, "a-" * 20_000, "." * 50_000, "a.B" * 20_000, "&" * 20_000, "(a" * 9_999, "1." * 20_000]
    )
    def test_takes_long_pieces(self, piece: str) -> None:
        words, spaces, _ = cut_piece(piece)
        assert "".join(words) == piece
        assert len(words) == len(spaces)
