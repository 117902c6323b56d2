from __future__ import annotations

import re

import pytest

from contentlint import locale as locales
from contentlint.locale import Locale

EN, FR = locales.load("en"), locales.load("fr")


def test_english_and_french_are_known() -> None:
    assert locales.known()[:2] == ("en", "fr")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("fr_FR.UTF-8", "fr"),
        ("FR", "fr"),
        ("en_GB", "en"),
        ("de", "en"),
        ("C", "en"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        ("", "en"),
        ("../fr", "en"),
    ],
)
def test_region_is_ignored_and_an_unknown_language_is_english(asked: str, given: str) -> None:
    assert locales.load(asked).code == given


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1078, "1,078", "1\u202f078"),
        (1234567, "1,234,567", "1\u202f234\u202f567"),
        (1.5, "1.5", "1,5"),
        (2.0, "2", "2"),
        (2.04, "2", "2"),
        (0.55, "0.6", "0,6"),
        (-3, "-3", "-3"),
        (1234.56, "1,234.6", "1\u202f234,6"),
        (float("inf"), "inf", "inf"),
    ],
)
def test_numbers(number: float, english: str, french: str) -> None:
    assert (EN.number(number), FR.number(number)) == (english, french)


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [(0, "pages", "page"), (1, "page", "page"), (1.5, "pages", "page"), (2, "pages", "pages"), (-1, "pages", "page")],
)
def test_plural(number: float, english: str, french: str) -> None:
    template = "{n:page|pages}"
    assert (EN.format(template, {"n": number}), FR.format(template, {"n": number})) == (english, french)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{name}", "x{y}"),
        ("{missing}", "{missing}"),
        ("{{name}}", "{name}"),
        ("{{{name}}}", "{x{y}}"),
        ("{count:n} of {list}", "1,200 of a, 2.5"),
        ("{name:n} {name:one|many}", "x{y} x{y}"),
        ("{none}", "None"),
        ("{", "{"),
        ("{name", "{name"),
        ("{a b} {} {0}", "{a b} {} {0}"),
    ],
)
def test_template(template: str, text: str) -> None:
    values = {"name": "x{y}", "count": 1200, "list": ["a", 2.5], "none": None}
    assert EN.format(template, values) == text


@pytest.mark.parametrize(
    ("size", "english", "french"),
    [
        (0, "0 bytes", "0\u00a0octet"),
        (1, "1 byte", "1\u00a0octet"),
        (999, "999 bytes", "999\u00a0octets"),
        (1000, "1 kB", "1\u00a0ko"),
        (412_600, "413 kB", "413\u00a0ko"),
        (999_400, "999 kB", "999\u00a0ko"),
        (999_600, "1 MB", "1\u00a0Mo"),
        (1_400_000, "1.4 MB", "1,4\u00a0Mo"),
        (13_020_000, "13 MB", "13\u00a0Mo"),
        (2_345_678_901, "2,345.7 MB", "2\u202f345,7\u00a0Mo"),
    ],
)
def test_sizes(size: int, english: str, french: str) -> None:
    assert (EN.format("{n:size}", {"n": size}), FR.format("{n:size}", {"n": size})) == (english, french)


def test_values_are_not_templates() -> None:
    assert EN.format("{a} {b}", {"a": "{b}", "b": "{a}"}) == "{b} {a}"


def test_all_locales_have_the_same_sentences_with_the_same_values() -> None:
    def values(locale: Locale) -> dict[str, set[str]]:
        shown = re.compile(r"\{(\w+)(?::[^|{}]*)?\}")
        return {name: set(shown.findall(template)) for name, template in locale.sentences.items()}

    for code in locales.known():
        assert values(locales.load(code)) == values(EN)


def test_every_sentence_is_used() -> None:
    from contentlint import resources

    source = "".join(file.read_text(encoding="utf8") for file in resources.package_file().rglob("*.py"))
    literal = set(re.findall(r"[\"']([a-z-]+)[\"']", source))
    built = tuple(re.findall(r"f[\"']([a-z]+-)\{", source))
    severities = {"error", "warning", "info"}
    unused = {name for name in EN.sentences if name not in literal | severities and not name.startswith(built)}
    assert unused == set()
