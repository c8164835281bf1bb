"""Scores on cases small enough to be counted by hand, by the rules of the CoNLL 2018 shared task."""

import pytest

from kg.training.evaluate import entity_spans, read_analysis, score_conllu, score_entities

Word = tuple[str, str, str, str, int, str]  # number, form, UPOS, features, head, label

GOLD: list[Word] = [
    ("1", "Rutte", "PROPN", "Case=Nom|Number=Sing", 2, "nsubj"),
    ("2", "redet", "VERB", "Mood=Ind|VerbForm=Fin", 0, "root"),
    ("3-4", "im", "_", "_", 0, "_"),
    ("3", "in", "ADP", "_", 5, "case"),
    ("4", "dem", "DET", "Case=Dat", 5, "det"),
    ("5", "Rat", "NOUN", "Case=Dat", 2, "obl"),
    ("6", ".", "PUNCT", "_", 2, "punct"),
]
WORDS = 6


def conllu(*sentences: list[Word]) -> str:
    return "\n".join(
        "".join(
            "\t".join(
                (number, form, form.lower(), upos, "_", feats, str(head) if upos != "_" else "_", label, "_", "_")
            )
            + "\n"
            for number, form, upos, feats, head, label in rows
        )
        for rows in sentences
    )


def changed(number: str, **values: object) -> str:
    """The gold sentence with one word changed."""
    keys = ("number", "form", "upos", "feats", "head", "label")
    rows = [dict(zip(keys, word, strict=True)) for word in GOLD]
    for row in rows:
        if row["number"] == number:
            row.update(values)
    return conllu([tuple(row.values()) for row in rows])  # type: ignore[misc]


def of(hits: int, words: int = WORDS) -> float:
    """F1 in percent."""
    return 200 * hits / (WORDS + words)


class TestScoreConllu:
    def test_of_the_same_is_full(self) -> None:
        assert set(score_conllu(conllu(GOLD), conllu(GOLD)).values()) == {100.0}

    def test_of_a_wrong_head_falls_once_in_both(self) -> None:
        scores = score_conllu(conllu(GOLD), changed("5", head=1))
        assert (scores["uas"], scores["las"]) == (of(5), of(5))

    def test_of_a_wrong_label_falls_in_las_alone(self) -> None:
        scores = score_conllu(conllu(GOLD), changed("5", label="nmod"))
        assert (scores["uas"], scores["las"]) == (100.0, of(5))

    def test_leaves_subtypes_of_labels_out(self) -> None:
        assert score_conllu(conllu(GOLD), changed("5", label="obl:tmod"))["las"] == 100.0

    def test_counts_universal_features_alone(self) -> None:
        assert score_conllu(conllu(GOLD), changed("4", feats="Case=Dat|Gender[psor]=Masc"))["ufeats"] == 100.0
        assert score_conllu(conllu(GOLD), changed("4", feats="Case=Dat|Gender=Masc"))["ufeats"] == of(5)

    def test_of_another_tag(self) -> None:
        assert score_conllu(conllu(GOLD), changed("1", upos="NOUN"))["upos"] == of(5)

    def test_refuses_another_text(self) -> None:
        with pytest.raises(ValueError, match="16 and 17 characters"):
            score_conllu(conllu(GOLD), changed("1", form="Ruttes"))


class TestMultiwordTokens:
    def test_that_are_not_split_lose_their_words(self) -> None:
        whole: list[Word] = [
            *GOLD[:2],
            ("3", "im", "ADP", "_", 4, "case"),
            ("4", "Rat", "NOUN", "_", 2, "obl"),
            ("5", *GOLD[6][1:]),
        ]
        scores = score_conllu(conllu(GOLD), conllu(whole))
        assert scores["tokens"] == 100.0
        assert scores["words"] == of(4, words=5)
        assert scores["las"] == of(4, words=5)

    def test_are_aligned_by_their_forms(self) -> None:
        scores = score_conllu(conllu(GOLD), changed("3", form="an"))
        assert scores["words"] == of(5)
        assert scores["upos"] == of(5)

    def test_that_gold_has_not_are_aligned_too(self) -> None:
        gold: list[Word] = [("1", "in", "ADP", "_", 0, "root")]
        system: list[Word] = [
            ("1-2", "in", "_", "_", 0, "_"),
            ("1", "in", "ADP", "_", 0, "root"),
            ("2", "x", "X", "_", 1, "dep"),
        ]
        assert score_conllu(conllu(gold), conllu(system))["words"] == pytest.approx(200 / 3)


class TestSentences:
    def test_are_compared_by_their_ends(self) -> None:
        last: list[Word] = [("1", ".", "PUNCT", "_", 0, "root")]
        scores = score_conllu(conllu(GOLD), conllu(GOLD[:-1], last))
        assert scores["sentences"] == 0.0
        assert scores["tokens"] == 100.0
        assert scores["uas"] == of(5)

    def test_begin_where_the_one_before_ended(self) -> None:
        assert read_analysis(conllu(GOLD, GOLD)).sentences == ((0, 16), (16, 32))


class TestEntities:
    @pytest.mark.parametrize(
        ("tags", "spans"),
        [
            ("O B-PER I-PER O", {(1, 3, "PER")}),
            ("B-PER B-PER", {(0, 1, "PER"), (1, 2, "PER")}),
            ("I-LOC I-LOC", {(0, 2, "LOC")}),
            ("B-PER I-LOC", {(0, 1, "PER"), (1, 2, "LOC")}),
            ("O O", set()),
        ],
    )
    def test_are_the_spans_of_their_tags(self, tags: str, spans: set[tuple[int, int, str]]) -> None:
        assert entity_spans(tags.split()) == spans

    def test_count_when_span_and_type_are_right(self) -> None:
        gold = [["B-PER", "I-PER", "O"], ["B-LOC", "O", "B-ORG"]]
        found = [["B-PER", "O", "O"], ["B-LOC", "O", "B-LOC"]]
        assert score_entities(gold, found) == pytest.approx((100 / 3, 100 / 3, 100 / 3))

    def test_that_are_none_score_nothing(self) -> None:
        assert score_entities([["O"]], [["O"]]) == (0, 0, 0)
