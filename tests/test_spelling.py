"""Spelling: what is looked up, what counts as known, and where an unknown word is reported."""

from __future__ import annotations

import pytest

from contentlint.check import Match
from contentlint.checks.spelling import Options, spelling
from contentlint.diagnostic import Applicability
from contentlint.source.document import Conventions, Document


def found(text: str, code: str | None = "fr", *vocabulary: str) -> list[Match]:
    document = Document("a.md", text, Conventions(language=code))
    return list(spelling(document, Options(vocabulary=vocabulary)))


def words(text: str, code: str | None = "fr", *vocabulary: str) -> list[str]:
    return [match.values["word"] for match in found(text, code, *vocabulary)]


@pytest.mark.parametrize(
    "text",
    [
        "l'été, d'analyse, qu'il, n'est, s'appelle, jusqu'à",
        "l’été, d’analyse, qu’il",
        "cœur, œuvre, coeur",
        "aujourd'hui, rendez-vous, peut-être, c'est-à-dire, dit-il",
        "connaitre, connaître, aout, août",
        "e\u0301te\u0301",
        "un blog, des emails, le référencement",
    ],
)
def test_what_french_writes(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize("text", ["don't, we've, it's, baker's", "colour, organise, travelling", "well-known, email"])
def test_what_english_writes(text: str) -> None:
    assert words(text, "en") == []


@pytest.mark.parametrize(
    "text",
    [
        "Recieve, RECIEVE, reCieve",
        "`recieve` and <code>recieve</code>",
        "recieve.js, recieve_it, recieve2, recieve@example.org, https://example.org/recieve",
        "![recieve](recieve.png) and {{ recieve }}",
    ],
)
def test_what_is_not_looked_up(text: str) -> None:
    assert words(text, "en") == []


def test_an_unknown_word_is_reported_once_at_its_first_place_with_its_count() -> None:
    text = "A *seperate* bowl, a seperate oven, a seperate page.\n"
    (match,) = found(text, "en")
    assert match.span == (3, 11)
    assert match.message == "suggested"
    assert match.values == {"word": "seperate", "count": 3, "suggestions": ["separate"]}
    assert match.fix is not None
    assert match.fix.applicability is Applicability.DISPLAY


def test_a_word_without_a_near_one() -> None:
    (match,) = found("A zzxqvzzk bowl.\n", "en")
    assert match.message == "unknown"
    assert match.fix is None


def test_the_part_after_an_elision_is_looked_up() -> None:
    assert words("l'entrepprise et l’entrepprise") == ["l'entrepprise"]


def test_a_vocabulary_of_ones_own() -> None:
    assert words("le poolish et les poolishs") == ["poolish", "poolishs"]
    assert words("le poolish et les poolishs", "fr", "poolish") == []


def test_languages_without_a_dictionary_or_a_file_are_not_judged() -> None:
    assert words("zzxqvzzk", "de") == []
    assert words("zzxqvzzk", "xx") == []
    assert words("zzxqvzzk", None) == []


def test_many_unknown_words_get_no_more_than_some_suggestions() -> None:
    text = " ".join("qwrt" + chr(97 + index // 26) + chr(97 + index % 26) + "zx" for index in range(60))
    matches = found(text, "en")
    assert len(matches) == 60
    assert all(match.message == "unknown" for match in matches[30:])
