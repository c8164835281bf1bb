"""German is told from its neighbours; short texts pass."""

import pytest

from kg.articles.language import FEWEST_WORDS, describe_foreign

GERMAN = (
    "Der Präsident hat am Dienstag in Brüssel erklärt, dass die Allianz ihre Unterstützung für die Ukraine "
    "ausbauen werde. Das sei notwendig, um die Lage an der Front zu verbessern, sagte er vor Journalisten."
)
FOREIGN = {
    "English": "The president said on Tuesday in Brussels that the alliance would extend its support for Ukraine. "
    "This was necessary, he told reporters, in order to improve the situation at the front before the winter.",
    "French": "Le président a déclaré mardi à Bruxelles que l'alliance allait renforcer son soutien à l'Ukraine. "
    "C'est nécessaire, a-t-il dit aux journalistes, pour améliorer la situation sur le front avant l'hiver.",
    "Dutch": "De president heeft dinsdag in Brussel verklaard dat het bondgenootschap zijn steun voor Oekraïne zal "
    "uitbreiden. Dat is nodig om de situatie aan het front te verbeteren, zei hij tegen de journalisten.",
    "Spanish": "El presidente declaró el martes en Bruselas que la alianza ampliará su apoyo a Ucrania. Es necesario "
    "para mejorar la situación en el frente antes del invierno, dijo a los periodistas de la capital.",
    "Italian": "Il presidente ha dichiarato martedì a Bruxelles che l'alleanza amplierà il suo sostegno all'Ucraina. "
    "È necessario per migliorare la situazione al fronte prima dell'inverno, ha detto ai giornalisti della stampa.",
    "Polish": "Prezydent powiedział we wtorek w Brukseli, że sojusz zwiększy swoje wsparcie dla Ukrainy. Jest to "
    "konieczne, aby poprawić sytuację na froncie przed zimą, a nie po niej, dodał w rozmowie z dziennikarzami.",
    "Swedish": "Presidenten sade på tisdagen i Bryssel att alliansen ska öka sitt stöd till Ukraina. Det är nödvändigt "
    "för att förbättra läget vid fronten före vintern, sade han till journalister och diplomater.",
}
OTHER = {
    "Russian": "Президент заявил во вторник в Брюсселе, что альянс расширит свою поддержку Украины. " * 8,
    "Hungarian": "Az elnök kedden Brüsszelben kijelentette, hogy a szövetség bővíti Ukrajna támogatását. " * 8,
}


def test_german_passes() -> None:
    assert describe_foreign(GERMAN) is None


def test_german_with_an_english_quotation_passes() -> None:
    assert describe_foreign(GERMAN + ' "The time is now and we have to act on it", sagte er den Journalisten.') is None


@pytest.mark.parametrize("language", FOREIGN)
def test_foreign_is_named(language: str) -> None:
    reason = describe_foreign(FOREIGN[language])
    assert reason is not None
    assert reason.startswith(f"reads as {language} (")
    assert "kg reads German articles" in reason


@pytest.mark.parametrize("language", OTHER)
def test_unknown_languages_are_not_german(language: str) -> None:
    assert "does not read as German" in (describe_foreign(OTHER[language]) or "")


def test_short_text_passes() -> None:
    assert describe_foreign("the " * (FEWEST_WORDS - 1)) is None
