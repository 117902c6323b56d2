"""The files of the languages, and which language a page is in."""

from __future__ import annotations

import json
import re
import tomllib

import jsonschema
import pytest

from contentlint.resources import folder, package_file
from contentlint.source import language
from contentlint.source.document import Conventions, Document

FRENCH = "Le boulanger prépare la pâte avec de la farine, et les enfants regardent dans le four pour voir le pain. "
ENGLISH = "The baker makes the dough with flour, and the children look into the oven because they want their bread. "
SPANISH = "El panadero prepara la masa con harina y los niños miran el horno porque quieren ver cómo sube el pan. "


def of(text: str, path: str = "page.md", configured: str | None = None) -> str | None:
    return Document(path, text, Conventions(language=configured)).language


# The files


@pytest.mark.parametrize("code", language.known())
def test_a_language_file_keeps_to_its_schema(code: str) -> None:
    schema = json.loads((folder("schemas") / "language.schema.json").read_text(encoding="utf8"))
    data = tomllib.loads(package_file("languages", f"{code}.toml").read_text(encoding="utf8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)] == []
    assert data["code"] == code


def test_the_schema_is_a_schema_and_refuses_what_it_does_not_know() -> None:
    schema = json.loads((folder("schemas") / "language.schema.json").read_text(encoding="utf8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    data = tomllib.loads(package_file("languages", "fr.toml").read_text(encoding="utf8"))
    assert not jsonschema.Draft202012Validator(schema).is_valid(data | {"surprise": 1})


@pytest.mark.parametrize("code", language.known())
def test_the_patterns_of_a_language_compile(code: str) -> None:
    for pattern in (language.load(code).readability or {}).values():
        re.compile(pattern)


def test_english_and_french_have_the_same_vocabularies() -> None:
    assert set(language.load("fr").vocabularies) == set(language.load("en").vocabularies)
    assert "cliquez ici" in language.load("fr").vocabulary("vague-link-text")
    assert "click here" in language.load("en").vocabulary("vague-link-text")
    assert language.load("fr").vocabulary("no-such-list") == frozenset()


def test_a_language_is_loaded_by_tag_and_by_name() -> None:
    assert language.load("fr-CA") is language.load("fr-CA")
    assert language.load("fr_FR.UTF-8").code == "fr"
    assert language.load("Français").code == "fr"
    assert language.load("de").code == "de"
    assert language.load("de").function_words == frozenset()
    assert language.load(None).code == language.UNDETERMINED


# The language of a page


@pytest.mark.parametrize("value", ["fr", "fr-CA", "FR", "French", "[fr]", "fr_FR"])
@pytest.mark.parametrize("key", ["lang", "language", "locale"])
def test_front_matter_comes_first(key: str, value: str) -> None:
    assert of(f"---\n{key}: {value}\n---\n{ENGLISH}", "en/page.en.md", "en") == "fr"


@pytest.mark.parametrize("value", ["python", "xx", "12", "null", "[fr, en]", "{a: fr}"])
def test_front_matter_that_names_no_language_says_nothing(value: str) -> None:
    assert of(f"---\nlanguage: {value}\n---\n", "page.md", "en") == "en"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/about.fr.md", "fr"),
        ("content/fr/about.md", "fr"),
        ("i18n/fr-FR/about.mdx", "fr"),
        ("docs/pt-br/about.md", "pt"),
        ("content/en/about.fr.md", "fr"),
        ("content/blog/fr.md", None),
        ("content/ia/page.md", None),
        ("content/france/page.md", None),
        ("FR/page.md", None),
        ("content/v1.2/page.min.md", None),
    ],
)
def test_the_path_comes_next(path: str, code: str | None) -> None:
    assert language.of_path(path) == code
    assert of("", path, "en") == (code or "en")


def test_a_folder_that_could_be_a_language_gives_way_to_a_page_wholly_in_another() -> None:
    assert of(ENGLISH * 3, "content/it/assets.md") == "en"
    assert of("Il panettiere impasta.", "content/it/assets.md") == "it"
    assert of(ENGLISH * 3, "content/fr/assets.md") == "fr"


def test_the_config_comes_before_the_text() -> None:
    assert of(FRENCH * 3, "page.md", "en-GB") == "en"


@pytest.mark.parametrize(("text", "code"), [(FRENCH, "fr"), (ENGLISH, "en"), (SPANISH, None)])
def test_the_text_comes_last(text: str, code: str | None) -> None:
    assert of(text * 3) == code


def test_too_little_text_tells_nothing() -> None:
    assert of("Le pain.\n") is None
    assert of("") is None


def test_text_in_two_languages_tells_nothing() -> None:
    assert of((FRENCH + ENGLISH) * 4) is None


def test_code_and_typographic_apostrophes_do_not_mislead() -> None:
    page = "`the and for with from this that have been` L’eau qu’il n’a pas, l’air d’ici, s’il l’avait, c’est l’été.\n"
    assert of(page) == "fr"
