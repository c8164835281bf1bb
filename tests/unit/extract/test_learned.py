"""Positions that only the network reads: what is made of its stances with the mentions of the article."""

from kg.extract import extract_facts
from kg.extract.learned import RULE
from kg.model import Extraction
from kg.nlp.stances import KEY
from tests.builders import article
from tests.docs import parse, words_of, world

SPOKEN = (
    "Moskau NE nsubj dreht | dreht/drehen VVFIN | sich PRF | bei APPR | einer ART | Waffenruhe NN obl dreht "
    "| in APPR | Polen NE nmod Waffenruhe | im APPRART | Kreis NN obl dreht | . $."
)
SURE = ("asserted", 0, -1, 0.9, 0.9)  # modality, holder, about, confidence, certainty


def read(*stances: tuple, sentences: tuple[str, ...] = (SPOKEN,)) -> Extraction:
    """What is extracted where the network reads these stances."""
    doc = parse(*sentences)
    doc.user_data[KEY] = list(stances)
    return extract_facts(doc, article("test", doc.text, "2024-12-03"), world())


def learned(*stances: tuple, sentences: tuple[str, ...] = (SPOKEN,)) -> list[tuple]:
    found = read(*stances, sentences=sentences)
    return [
        (words_of(found, p.holder), p.polarity, p.issue, words_of(found, p.about))
        for p in found.positions
        if p.rule == RULE
    ]


def test_the_holder_that_it_points_to_and_the_place_that_the_issue_names() -> None:
    stance = (1, 1, 5, {"ceasefire": 0.6, "treaty": 0.4}, "oppose", *SURE)
    assert learned(stance) == [("Moskau", "oppose", "ceasefire", "Polen")]


def test_its_evidence_and_confidence_are_told() -> None:
    [position] = read((1, 1, 5, {"ceasefire": 0.9}, "oppose", *SURE)).positions
    assert (position.evidence.start, position.evidence.end) == (7, 38)
    assert position.confidence == 0.648
    assert position.rule == "network"


def test_what_it_is_not_sure_of_is_left_out() -> None:
    faint = (1, 1, 5, {"ceasefire": 0.9}, "oppose", "asserted", 0, -1, 0.4, 0.9)
    uncertain = (1, 1, 5, {"ceasefire": 0.9}, "oppose", "asserted", 0, -1, 0.9, 0.5)
    assert learned(faint, uncertain) == []


def test_an_issue_that_nothing_names_and_that_it_doubts_is_left_out() -> None:
    stance = (1, 1, 5, {"nato-membership": 0.3, "treaty": 0.3}, "oppose", *SURE)
    bare = "Moskau NE nsubj dreht | dreht/drehen VVFIN | sich PRF | im APPRART | Kreis NN obl dreht | . $."
    assert learned(stance, sentences=(bare,)) == []


def test_no_holder_no_position() -> None:
    assert learned((1, 1, 5, {"ceasefire": 0.9}, "oppose", "asserted", -1, -1, 0.9, 0.9)) == []


def test_a_treaty_must_be_named() -> None:
    assert learned((1, 1, 5, {"treaty": 0.99}, "oppose", "asserted", 0, 9, 0.9, 0.9)) == []


def test_where_rules_have_read_the_issue_it_is_not_asked() -> None:
    ruled = (
        "Moskau NE nsubj fordert | fordert/fordern VVFIN | eine ART | Waffenruhe NN obj fordert "
        "| in APPR | Polen NE nmod Waffenruhe | . $."
    )
    assert learned((1, 1, 3, {"ceasefire": 0.9}, "oppose", *SURE), sentences=(ruled,)) == []
