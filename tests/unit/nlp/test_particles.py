"""A separated particle and its verb make a lemma only where there is such a verb."""

from pathlib import Path

import marisa_trie
import pytest

from kg.nlp.lemmatizer import Lexicon
from kg.nlp.particles import find_infinitive, join_particle

VERBS = {  # form -> lemma
    "lehnen": "lehnen", "ablehnen": "ablehnen", "drohen": "drohen", "erklären": "erklären", "gründet": "gründen",
    "nannte": "nennen", "flohen": "fliehen", "führen": "führen", "ausführen": "ausführen", "drängt": "drängen",
    "erobern": "erobern", "kaufen": "kaufen", "gehörte": "gehören", "hören": "hören", "hörte": "hören",
    "geflogen": "fliegen",
}  # fmt: skip


@pytest.fixture(name="lexicon", scope="module")
def write_lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    scripts = [f"=|{len(form)}|{lemma}" for form, lemma in VERBS.items()]
    items = [("\t", "\n".join(scripts).encode())]
    items += [(f"{form}\tV", n.to_bytes(2, "big")) for n, form in enumerate(VERBS)]
    path: Path = tmp_path_factory.mktemp("lexicon") / "lexicon.marisa"
    marisa_trie.BytesTrie(items).save(str(path))
    return Lexicon(path)


@pytest.mark.parametrize(
    ("particle", "lemma", "tagged", "joined"),
    [
        ("ab", "lehnen", True, "ablehnen"),
        ("Ab", "lehnen", False, "ablehnen"),  # the lexicon has it
        ("hinzu", "kommen", True, "hinzukommen"),  # it has not, but it may be
        ("hinzu", "kommen", False, "kommen"),
        ("so", "erklären", True, "erklären"),  # no particle
        ("an", "erklären", True, "erklären"),  # a prefix before which none stands unless the lexicon says so
        ("ab", "ausführen", True, "ausführen"),  # a particle already
        ("ab", "ablehnen", True, "ablehnen"),
    ],
)
def test_particle_and_verb(lexicon: Lexicon, particle: str, lemma: str, tagged: bool, joined: str) -> None:
    assert join_particle(particle, lemma, lexicon, tagged=tagged) == joined


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [
        ("anzudrohen", "androhen"), ("zurückzuerobern", "zurückerobern"), ("gegründet", "gründen"),
        ("genannt", "nennen"), ("geflohen", "fliehen"), ("zurückgedrängt", "zurückdrängen"),
        ("Zurückgedrängt", "zurückdrängen"), ("losgeflogen", "losfliegen"), ("dazugehörte", "dazugehören"),
        ("hinzukaufen", None), ("verboten", None), ("zu", None), ("", None),
    ],
)  # fmt: skip
def test_infinitive_behind_zu_and_ge(lexicon: Lexicon, form: str, infinitive: str | None) -> None:
    assert find_infinitive(form, lexicon) == infinitive
