"""What the shipped queries find in three articles coded by hand; checked by reading the articles."""

from functools import cache

import pytest
import rdflib

from kg.model import Entity, Event, Mention, Office, Position, Resolved, Span, Statement
from kg.query import bind_params, named_queries, named_query, run_query, tabulate
from kg.store import GraphStore
from tests.builders import article, filled

FIRST = (
    "Treffen in Genf\n\n"
    'Anna Adler sagte: "Bert Bock lehnt Sanktionen ab." '
    "Bert Bock forderte Verhandlungen, falls die Waffen schweigen. "
    "Alphaland lieferte Betaland den Panzer Biber. "
    "Alphaland droht Gammaland mit dem Panzer Biber."
)
SECOND = (
    "Streit um den Vertrag\n\n"
    "Anna Adler ist für Sanktionen. Bert Bock ist nun für Sanktionen. Carl Czerny ist gegen Sanktionen und Verhandlungen. "
    "Anna Adler ist für Verhandlungen. "
    "Alphaland kündigte den Nordvertrag. Ministerin Anna Adler reist ab. Betaland könnte den Nordvertrag ablehnen."
)
THIRD = "Noch einmal Waffen\n\nAlphaland lieferte Betaland zuvor Panzer vom Typ Biber. Ministerin Anna Adler reist ab."

LABELS = {
    "state-alphaland": ("State", "Alphaland", None),
    "state-betaland": ("State", "Betaland", None),
    "state-gammaland": ("State", "Gammaland", None),
    "person-anna-adler": ("Person", "Anna Adler", "state-alphaland"),
    "person-bert-bock": ("Person", "Bert Bock", "state-betaland"),
    "person-carl-czerny": ("Person", "Carl Czerny", None),
    "weapon-biber": ("WeaponSystem", "Biber", None),
    "treaty-nordvertrag": ("Treaty", "Nordvertrag", None),
}
ADLER, BOCK, CZERNY = "person-anna-adler", "person-bert-bock", "person-carl-czerny"
ALPHA, BETA, GAMMA = "state-alphaland", "state-betaland", "state-gammaland"


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def entities(text: str) -> tuple[Entity, ...]:
    """All whose label stands in the text, with every mention."""
    found = []
    for name, (kind, label, principal) in LABELS.items():
        starts = [n for n in range(len(text)) if text.startswith(label, n)]
        mentions = tuple(
            Mention(span=Span(start=start, end=start + len(label)), text=label, kind="name") for start in starts
        )
        if mentions:
            found.append(Entity(id=name, type=kind, label=label, mentions=mentions, acts_for=principal))
    return tuple(found)


def coded(name: str, text: str, date: str, **facts: object) -> Resolved:
    return Resolved(article=article(name, text, date), entities=entities(text), **facts)  # type: ignore[arg-type]


def position(text: str, words: str, holder: str, issue: str, polarity: str, date: str, **more: object) -> Position:
    return Position(
        id=f"p-{words}-{holder}-{issue}",
        holder=holder,
        issue=issue,
        about=None,
        polarity=polarity,
        modality="asserted",
        evidence=at(text, words),
        date=date,
        rule="positions.stance",
        **more,  # type: ignore[arg-type]
    )


def event(text: str, words: str, kind: str, agent: str, modality: str = "asserted", **more: str) -> Event:
    return Event(
        id=f"e-{words}",
        type=kind,
        evidence=at(text, words),
        modality=modality,
        agent=agent,
        rule="events.trigger",
        **more,
    )


def office(text: str) -> Office:
    words = "Ministerin Anna Adler"
    return Office(
        id="o-1", person=ADLER, role="Ministerin", organisation=ALPHA, evidence=at(text, words), rule="offices.title"
    )


@cache
def store() -> GraphStore:
    return filled(*articles())


def articles() -> tuple[Resolved, ...]:
    quote = '"Bert Bock lehnt Sanktionen ab."'
    said = Statement(
        id="s-1",
        form="direct",
        medium="speech",
        content=(at(FIRST, quote),),
        cue=(at(FIRST, "sagte"),),
        speaker=ADLER,
        rule="quotes.direct",
    )
    first = coded(
        "first",
        FIRST,
        "2024-01-10",
        statements=(said,),
        positions=(
            position(FIRST, quote, BOCK, "sanctions", "oppose", "2024-01-10", according_to=ADLER, statement="s-1"),
            position(
                FIRST,
                "forderte Verhandlungen",
                BOCK,
                "peace-negotiations",
                "support",
                "2024-01-10",
                condition=at(FIRST, "falls die Waffen schweigen"),
            ),
        ),
        events=(
            event(FIRST, "lieferte", "deliver-weapons", ALPHA, recipient=BETA, object="weapon-biber"),
            event(FIRST, "droht", "threaten", ALPHA, recipient=GAMMA, instrument="weapon-biber"),
        ),
    )
    second = coded(
        "second",
        SECOND,
        "2024-02-20",
        positions=(
            position(SECOND, "Anna Adler ist für Sanktionen", ADLER, "sanctions", "support", "2024-02-20"),
            position(SECOND, "Bert Bock ist nun für Sanktionen", BOCK, "sanctions", "support", "2024-02-20"),
            position(SECOND, "Carl Czerny ist gegen Sanktionen", CZERNY, "sanctions", "oppose", "2024-02-20"),
            position(SECOND, "und Verhandlungen", CZERNY, "peace-negotiations", "oppose", "2024-02-20"),
            position(SECOND, "Anna Adler ist für Verhandlungen", ADLER, "peace-negotiations", "support", "2024-02-20"),
        ),
        events=(
            event(SECOND, "kündigte", "withdraw-from-treaty", ALPHA, object="treaty-nordvertrag", time="2024-02"),
            event(SECOND, "ablehnen", "reject", BETA, "possible", object="treaty-nordvertrag"),
        ),
        offices=(office(SECOND),),
    )
    third = coded(
        "third",
        THIRD,
        "2024-03-05",
        events=(
            event(THIRD, "lieferte", "deliver-weapons", ALPHA, recipient=BETA, object="weapon-biber", time="2023-12"),
        ),
        offices=(office(THIRD),),
    )
    return first, second, third


def ask(name: str, *columns: str, **params: str | int) -> list[tuple[str, ...]]:
    """The rows that a query finds, as labels; of the columns named alone."""
    table = tabulate(store(), run_query(store(), bind_params(named_query(name), params, store())))
    places = [table.columns.index(column.replace("_", " ")) for column in columns] or range(len(table.columns))
    return [tuple(row[place] for place in places) for row in table.rows]


class TestPositions:
    def test_over_time(self) -> None:
        columns = ("issue", "date", "polarity", "according_to", "article")
        assert ask("positions-over-time", *columns, actor="Bert Bock") == [
            ("peace-negotiations", "2024-01-10", "support", "", "first"),
            ("sanctions", "2024-01-10", "oppose", "Anna Adler", "first"),
            ("sanctions", "2024-02-20", "support", "", "second"),
        ]

    def test_of_a_topic_by_month(self) -> None:
        assert ask("topic-over-time", topic="sanctions") == [
            ("sanctions", "", "2024-01", "", "Bert Bock", "0"),
            ("sanctions", "", "2024-02", "Anna Adler, Bert Bock", "Carl Czerny", "0"),
        ]

    def test_by_topic(self) -> None:
        assert ask("topics") == [
            ("sanctions", "", "2", "2", "4", "2"),
            ("peace-negotiations", "", "2", "1", "3", "2"),
        ]
        assert ask("topics", until="2024-01") == [
            ("peace-negotiations", "", "1", "0", "1", "1"),
            ("sanctions", "", "0", "1", "1", "1"),
        ]

    def test_that_changed(self) -> None:
        columns = ("holder", "issue", "polarity", "date")
        assert ask("position-changes", *columns) == [
            ("Bert Bock", "sanctions", "oppose", "2024-01-10"),
            ("Bert Bock", "sanctions", "support", "2024-02-20"),
        ]
        assert ask("position-changes", camp="Betaland") == ask("position-changes")
        assert ask("position-changes", topic="peace-negotiations") == []

    def test_that_contradict_each_other(self) -> None:
        columns = ("holder", "issue", "for_date", "for", "against_according_to", "against")
        assert ask("contradictions", *columns) == [
            (
                "Bert Bock",
                "sanctions",
                "2024-02-20",
                "Bert Bock ist nun für Sanktionen.",
                "Anna Adler",
                'Anna Adler sagte: "Bert Bock lehnt Sanktionen ab."',
            )
        ]

    def test_on_a_condition(self) -> None:
        columns = ("holder", "issue", "polarity", "condition")
        assert ask("conditions", *columns) == [
            ("Bert Bock", "peace-negotiations", "support", "falls die Waffen schweigen")
        ]

    def test_and_who_says_so(self) -> None:
        columns = ("outlet", "outer_speaker", "speaker", "according_to", "holder", "polarity", "issue")
        chain = ("Testzeitung", "", "Anna Adler", "Anna Adler", "Bert Bock", "oppose", "sanctions")
        assert ask("attribution-chains", *columns) == [chain]
        assert ask("attribution-chains", *columns, speaker="Adler") == [chain]
        assert ask("attribution-chains", speaker="Bock") == []

    def test_asserted_or_not(self) -> None:
        assert ask("modalities") == []


class TestActors:
    def test_in_coalitions(self) -> None:
        topics = "for Friedensverhandlungen; for Sanktionen"
        assert ask("coalitions") == [("Anna Adler", "Bert Bock", "2", "0", topics)]
        assert ask("coalitions", actor="Bock") == [("Bert Bock", "Anna Adler", "2", "0", topics)]
        assert ask("coalitions", least=3) == []
        assert ask("coalitions", topic="sanctions", least=1) == [
            ("Anna Adler", "Bert Bock", "1", "0", "for Sanktionen")
        ]

    def test_that_disagree_too(self) -> None:
        """The topics listed are those that count, whatever else the two hold."""
        text = "Zwei\n\nAnna Adler ist gegen Sanktionen."
        more = coded(
            "fourth",
            text,
            "2024-04-01",
            positions=(position(text, "gegen Sanktionen", ADLER, "sanctions", "oppose", "2024-04-01"),),
        )
        both = filled(*articles(), more)
        query = bind_params(named_query("coalitions"), {"least": 1, "actor": "Czerny"}, both)
        assert tabulate(both, run_query(both, query)).rows == (
            ("Carl Czerny", "Anna Adler", "1", "2", "against Sanktionen"),
        )

    def test_as_opponents(self) -> None:
        topics = "for Friedensverhandlungen; for Sanktionen"
        assert ask("opponents") == [
            ("Anna Adler", "Carl Czerny", "2", "0", topics),
            ("Bert Bock", "Carl Czerny", "2", "0", topics),
        ]
        against = "against Friedensverhandlungen; against Sanktionen"
        assert ask("opponents", actor="Carl Czerny") == [
            ("Carl Czerny", "Anna Adler", "2", "0", against),
            ("Carl Czerny", "Bert Bock", "2", "0", against),
        ]

    def test_who_quotes_whom(self) -> None:
        assert ask("who-quotes-whom") == [
            ("Testzeitung", "Anna Adler", "outlet quotes speaker", "1", "1"),
            ("Anna Adler", "Bert Bock", "speaker ascribes position", "1", "1"),
        ]
        assert ask("who-quotes-whom", "how", quoted="Bock") == [("speaker ascribes position",)]
        assert ask("who-quotes-whom", "how", speaker="Adler") == [("speaker ascribes position",)]
        assert ask("who-quotes-whom", **{"from": "2024-02"}) == []

    def test_by_mentions(self) -> None:
        assert ask("actors", "actor", "type", "articles", "mentions", least=4) == [
            ("Anna Adler", "Person", "3", "5"),
            ("Alphaland", "State", "3", "4"),
        ]
        assert ask("actors", "actor", "acts_for", camp="Alphaland") == [("Anna Adler", "Alphaland"), ("Alphaland", "")]

    def test_mentioned_together(self) -> None:
        assert ask("co-mentions", least=2) == [
            ("Alphaland", "Biber", "3", "2"),
            ("Alphaland", "Betaland", "2", "2"),
            ("Betaland", "Biber", "2", "2"),
        ]
        assert ask("co-mentions", entity="Gammaland") == [
            ("Gammaland", "Alphaland", "1", "1"),
            ("Gammaland", "Biber", "1", "1"),
        ]
        assert ask("co-mentions", entity="Biber", **{"with": "Gammaland"}) == [("Biber", "Gammaland", "1", "1")]

    def test_in_offices(self) -> None:
        words = "Ministerin Anna Adler"
        assert ask("offices") == [
            ("Anna Adler", "Ministerin", "Alphaland", words, "second"),
            ("Anna Adler", "Ministerin", "Alphaland", words, "third"),
        ]
        assert ask("offices", "article", role="minister", until="2024-02") == [("second",)]

    def test_in_offices_at_a_date(self) -> None:
        assert ask("offices-at", "person", "source", date="2024-03") == [("Anna Adler", "third")]
        assert ask("offices-at", date="2021") == []


class TestEvents:
    @pytest.mark.parametrize(
        ("params", "found"),
        [
            ({"agent": "Betaland"}, [("reject", "second")]),
            ({"recipient": "Gammaland"}, [("threaten", "first")]),
            ({"object": "Nordvertrag"}, [("withdraw-from-treaty", "second"), ("reject", "second")]),
            ({"actor": "Betaland"}, [("deliver-weapons", "first"), ("reject", "second"), ("deliver-weapons", "third")]),
            ({"until": "2023"}, [("deliver-weapons", "third")]),
            ({"type": "reject", "modality": "possible"}, [("reject", "second")]),
            ({"type": "reject", "modality": "asserted"}, []),
        ],
    )
    def test_by_what_takes_part(self, params: dict[str, str], found: list[tuple[str, ...]]) -> None:
        assert ask("events", "type", "article", **params) == found

    def test_between_two(self) -> None:
        assert ask("event-dyads") == [
            ("Alphaland", "Betaland", "deliver-weapons", "2", "2"),
            ("Alphaland", "Gammaland", "threaten", "1", "1"),
        ]

    def test_of_threat(self) -> None:
        columns = ("agent", "recipient", "instrument", "evidence", "article")
        assert ask("threats", *columns) == [("Alphaland", "Gammaland", "Biber", "droht", "first")]
        assert ask("threats", agent="Betaland") == []

    def test_of_delivery(self) -> None:
        columns = ("giver", "receiver", "weapon_system", "modality", "date", "article")
        assert ask("deliveries", *columns) == [
            ("Alphaland", "Betaland", "Biber", "asserted", "2023-12", "third"),
            ("Alphaland", "Betaland", "Biber", "asserted", "2024-01-10", "first"),
        ]
        assert ask("deliveries", "article", **{"from": "2024"}) == [("first",)]
        assert ask("deliveries", giver="Betaland") == ask("deliveries", origin="Alphaland") == []
        assert ask("weapon-flows") == [("Alphaland", "Betaland", "Biber", "", "2", "2")]

    def test_to_treaties(self) -> None:
        assert ask("treaty-events", "treaty", "date", "kind", "who", "what", "modality") == [
            ("Nordvertrag", "2024-02", "event", "Alphaland", "withdraw-from-treaty", "asserted"),
            ("Nordvertrag", "2024-02-20", "event", "Betaland", "reject", "possible"),
        ]
        assert ask("treaty-events", "what", actor="Alphaland") == [("withdraw-from-treaty",)]


class TestSources:
    def test_single(self) -> None:
        assert ask("single-source", "kind", "who", "what", "whom", "article", actor="Alphaland") == [
            ("event", "Alphaland", "threaten", "Gammaland", "first"),
            ("event", "Alphaland", "withdraw-from-treaty", "Nordvertrag", "second"),
        ]
        assert len(ask("single-source", actor="Alphaland", most=2)) == 4

    def test_several(self) -> None:
        assert ask("corroborated", "kind", "who", "what", "whom", "articles", "outlets") == [
            ("event", "Alphaland", "deliver-weapons", "Betaland", "2", "1"),
            ("office", "Anna Adler", "Ministerin", "Alphaland", "2", "1"),
        ]

    def test_articles(self) -> None:
        assert ask("articles") == [
            ("first", "2024-01-10", "Testzeitung", "Treffen in Genf", "6", "1", "2", "2"),
            ("second", "2024-02-20", "Testzeitung", "Streit um den Vertrag", "6", "0", "5", "2"),
            ("third", "2024-03-05", "Testzeitung", "Noch einmal Waffen", "4", "0", "0", "1"),
        ]
        assert (
            ask("articles", "article", actor="Gammaland") == ask("articles", "article", until="2024-01") == [("first",)]
        )
        assert ask("articles", "article", topic="sanctions") == [("first",), ("second",)]
        assert ask("articles", outlet="Tagblatt") == []

    def test_sentences(self) -> None:
        assert ask("sentences", "article", "sentence", "mentions", entity="Gammaland") == [
            ("first", "Alphaland droht Gammaland mit dem Panzer Biber.", "Alphaland, Biber, Gammaland")
        ]
        assert ask("sentences", "article", words="TYP BIBER") == [("third",)]

    def test_evidence(self) -> None:
        assert ask("evidence", "kind", "who", "what", "words", "rule", article="third") == [
            ("event", "Alphaland", "deliver-weapons", "lieferte", "events.trigger"),
            ("office", "Anna Adler", "Ministerin", "Ministerin Anna Adler", "offices.title"),
        ]
        assert {row[0] for row in ask("evidence", "kind", rule="quotes")} == {"statement"}


@pytest.mark.parametrize("name", named_queries())
class TestEach:
    def test_has_a_fixed_order(self, name: str) -> None:
        text = bind_params(named_query(name), {}, store())
        other = filled(*reversed(articles()))
        assert tabulate(other, run_query(other, text)) == tabulate(store(), run_query(store(), text))

    def test_finds_the_same_on_another_engine(self, name: str) -> None:
        rows = list(dataset().query(named_query(name).text))
        if name != "actors":  # asks for subclasses, which a graph does not carry along
            assert len(rows) == len(ask(name))


@cache
def dataset() -> rdflib.Dataset:
    return store().to_dataset()
