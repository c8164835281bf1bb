"""Settings come from arguments, then from the environment; errors name key and value."""

from pathlib import Path

import pytest

from kg.config import Settings, find_ontology, read_settings
from kg.errors import InputError


def test_nothing_given() -> None:
    assert read_settings({}) == Settings()


def test_environment() -> None:
    environ = {"KG_BASE": "https://example.org/r/", "KG_CHECK_LANGUAGE": "No", "KG_MAX_FILE_BYTES": "5", "OTHER": "x"}
    expected = Settings(base="https://example.org/r/", check_language=False, max_file_bytes=5)
    assert read_settings(environ) == expected


def test_arguments_override_the_environment_unless_none() -> None:
    environ = {"KG_BASE": "https://example.org/r/", "KG_PIPELINE": "de_x"}
    assert read_settings(environ, base="urn:x:", pipeline=None) == Settings(base="urn:x:", pipeline="de_x")


def test_empty_in_the_environment_is_not_set() -> None:
    assert read_settings({"KG_ONTOLOGY": ""}) == Settings()


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("base", "example", "an absolute http, https or urn IRI"),
        ("base", "https://example.org/r", "that ends in"),
        ("base", "https://example.org/a b/", "an absolute http"),
        ("base", "", "an absolute http"),
        ("max_file_bytes", "viel", "a whole number above 0"),
        ("max_article_chars", "0", "a whole number above 0"),
        ("check_language", "maybe", "one of 1, true"),
        ("ontology", "/nowhere", "an existing folder"),
        ("colour", "red", "one of the settings base, ontology"),
    ],
)
def test_bad_value_is_named_with_its_key(key: str, value: str, wanted: str) -> None:
    with pytest.raises(InputError) as error:
        read_settings({}, **{key: value})
    assert str(error.value).startswith(f"{key}={value!r}: wants ")
    assert wanted in str(error.value)


def test_all_faults_at_once_and_the_key_of_the_environment() -> None:
    with pytest.raises(InputError, match=r"KG_BASE='x'.*; KG_MAX_FILE_BYTES='y'"):
        read_settings({"KG_BASE": "x", "KG_MAX_FILE_BYTES": "y"})


def test_every_setting_has_a_reader() -> None:
    given = {"base": "urn:x:", "ontology": Path(), "pipeline": "a", "max_file_bytes": 1, "max_article_chars": 1}
    assert read_settings({}, **given, check_language=True).pipeline == "a"


def test_ontology_of_ones_own(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no core\.ttl"):
        find_ontology(tmp_path)
    (tmp_path / "core.ttl").touch()
    assert find_ontology(tmp_path) == tmp_path
