"""Reading times: the conventions, the forms that authors use, and what the check says of them."""

from __future__ import annotations

from typing import Any

import pytest

from contentlint.check import Match
from contentlint.checks import reading_time as check
from contentlint.checks.reading_time import Options
from contentlint.diagnostic import Applicability
from contentlint.fixer import apply
from contentlint.source import reading_time as times
from contentlint.source.document import Conventions, Document
from contentlint.source.reading_time import Counts

SENTENCE = "Le pain lève dans le four et les enfants regardent. "  # ten words, as the spaces count


def page(declared: str, words: int, extra: str = "") -> str:
    return f"---\nlang: fr\n{declared}\n---\n\n{SENTENCE * (words // 10)}\n{extra}"


def found(pages: dict[str, str], options: Options | None = None) -> list[Match]:
    options = options or Options()
    facts: dict[str, Any] = {path: check.facts(Document(path, text), options) for path, text in pages.items()}
    return list(check.reading_time(None, facts, options))  # type: ignore[arg-type]


def one(text: str, options: Options | None = None) -> Match | None:
    matches = found({"a.md": text}, options)
    assert len(matches) <= 1
    return matches[0] if matches else None


def fixed(text: str, options: Options | None = None) -> str:
    match = one(text, options)
    assert match is not None
    assert match.fix is not None
    return apply(text, [match.fix])


# Conventions


@pytest.mark.parametrize(
    ("name", "words", "pictures", "language", "minutes"),
    [
        ("reading-time", 200, 0, "fr", 1),
        ("reading-time", 201, 0, "fr", 2),
        ("reading-time", 2539, 7, "fr", 13),
        ("hugo", 213, 0, "en", 1),
        ("hugo", 214, 0, "en", 2),
        ("medium", 2650, 0, "en", 10),
        ("medium", 2650, 1, "en", 11),
        ("ghost", 412, 0, "en", 1),
        ("ghost", 413, 0, "en", 2),
        ("ghost", 275, 3, "en", 2),  # 60 + 12 + 11 + 10 seconds are 1.55 minutes
        ("ghost", 10, 0, "en", 1),
        ("yoast", 228, 0, "en", 1),
        ("yoast", 228, 0, "fr", 2),
        ("yoast", 195, 5, "fr", 2),
        ("yoast", 184, 0, "de", 1),
        ("jekyll-200", 199, 0, "en", 1),
        ("jekyll-200", 200, 0, "en", 2),
        ("jekyll-180", 360, 0, "en", 3),
    ],
)
def test_what_a_convention_gives(name: str, words: int, pictures: int, language: str, minutes: int) -> None:
    assert times.minutes(times.conventions()[name], Counts(words, words, words, pictures), language) == minutes


def test_a_speed_of_ones_own() -> None:
    assert times.minutes(times.at_speed(250), Counts(501, 501, 501, 0), "fr") == 3


def test_pictures_take_12_seconds_then_one_less_down_to_3() -> None:
    pictures = times.Pictures(12, 1, 3)
    assert [pictures.seconds(count) for count in (0, 1, 2, 10, 11, 1_000_000)] == [0, 12, 23, 75, 78, 3_000_045]
    assert times.Pictures(12, 0, 12).seconds(3) == 36


@pytest.mark.parametrize("words", [50, 300, 1000, 2539, 6000, 20000])
def test_no_honest_convention_is_ever_unbelievable(words: int) -> None:
    for pictures in (0, 3, 20):
        counts = Counts(words, words + 40, words + 150, pictures)
        for convention in times.conventions().values():
            for language in ("fr", "en", "pl", None):
                assert times.believable(counts, language, times.minutes(convention, counts, language))


def test_what_is_counted() -> None:
    text = "# A title\n\nOne *two* [three](https://example.org/a-b).\n\n![Alt text](a.png)\n\n```sh\nls -l here\n```\n"
    counts = times.counts(Document("a.md", "---\ntitle: None of this\n---\n" + text))
    assert counts == Counts(prose=5, text=8, source=13, pictures=1)


def test_scripts_without_spaces_and_empty_pages_are_not_counted() -> None:
    assert times.counts(Document("a.md", "私は本を読むのが好きです。" * 5)) is None
    assert times.counts(Document("a.md", "![A picture](a.png)\n")) is None


# The forms of declared times


@pytest.mark.parametrize(
    ("value", "minutes", "twelve"),
    [
        (5, 5, "12"),
        (4.6, 4.6, "12"),
        ("5", 5, "12"),
        ("5 min", 5, "12 min"),
        ("5 min read", 5, "12 min read"),
        ("5 minutes de lecture", 5, "12 minutes de lecture"),
        ("1 minute", 1, "12 minutes"),
        ("≈ 5 mn", 5, "≈ 12 mn"),
        ("Temps de lecture : 5 min", 5, "Temps de lecture : 12 min"),
        ("5'", 5, "12'"),
        ("5m", 5, "12m"),
        ("4,5 min", 4.5, "12 min"),
        ("PT5M", 5, "PT12M"),
        ("PT1H5M", 65, "PT12M"),
        ("pt5m", 5, "pt12m"),
        ("1 h 05", 65, "12 min"),
        ("1h05", 65, "12 min"),
        ("1 hour 5 minutes", 65, "12 min"),
        ("2 heures", 120, "12 min"),
    ],
)
def test_a_declared_time_is_read_and_written_in_its_form(value: object, minutes: float, twelve: str) -> None:
    declared = times.parse(value)
    assert declared is not None
    assert declared.minutes == minutes
    assert declared.rewritten(12) == twelve


@pytest.mark.parametrize(
    ("value", "minutes", "expected"),
    [
        ("1 h 05", 72, "1 h 12"),
        ("1h30", 65, "1h05"),
        ("2 heures", 65, "1 heures 05"),
        ("PT5M", 65, "PT1H5M"),
        ("5 minutes", 1, "1 minute"),
    ],
)
def test_long_and_short_times(value: str, minutes: int, expected: str) -> None:
    declared = times.parse(value)
    assert declared is not None
    assert declared.rewritten(minutes) == expected
    assert times.parse(expected) == times.Declared(expected, minutes)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "",
        "soon",
        "12:30",
        "5 pages",
        "5-7 min",
        "30 seconds",
        -3,
        float("nan"),
        float("inf"),
        ["5"],
        "9" * 200,
    ],
)
def test_what_declares_no_time(value: object) -> None:
    assert times.parse(value) is None


# What is reported


def test_the_right_time_and_the_times_of_all_conventions_are_silent() -> None:
    for minutes in (10, 12, 13, 14, 15):
        assert one(page(f"readTime: {minutes}", 2540)) is None


@pytest.mark.parametrize("minutes", [1, 6, 19, 30])
def test_an_impossible_time_is_reported_at_its_value_and_fixed(minutes: int) -> None:
    text = page(f"readTime: {minutes}", 2540)
    match = one(text)
    assert match is not None
    assert match.message == "impossible"
    assert match.span.of(text) == str(minutes)
    assert match.values["words"] == 2540
    assert match.values["computed"] == 13
    assert match.values["speed"] == 200
    assert match.fix is not None
    assert match.fix.applicability is Applicability.UNSAFE
    assert fixed(text) == page("readTime: 13", 2540)


def test_the_range_shown_is_the_one_that_conventions_give() -> None:
    match = one(page("readTime: 40", 1000))
    assert match is not None
    assert (match.values["low"], match.values["high"]) == (4, 6)
    short = one(page("readTime: 40", 20))
    assert short is not None
    assert short.message == "impossible-single"


def test_a_fix_stays_inside_the_quotes_and_keeps_the_form() -> None:
    text = page("readingTime: '30 min read' # by hand", 2540)
    assert fixed(text) == page("readingTime: '13 min read' # by hand", 2540)
    match = one(text)
    assert match is not None
    assert match.span.of(text) == "'30 min read'"


@pytest.mark.parametrize(
    "field", ["readTime", "readingTime", "read_time", "reading_time", "readtime", "temps_lecture", "timeToRead"]
)
def test_the_fields_that_are_read(field: str) -> None:
    assert one(page(f"{field}: 40", 500)) is not None
    assert one(page(f"{field}_of: 40", 500)) is None


def test_other_fields_by_option_and_nested() -> None:
    text = page("meta:\n  minutes: 40", 500)
    assert one(text) is None
    match = one(text, Options(fields=("meta.minutes",)))
    assert match is not None
    assert match.values["field"] == "meta.minutes"


def test_the_object_of_the_reading_time_package() -> None:
    text = page("readingTime: {text: 40 min read, minutes: 40, words: 500}", 500)
    match = one(text)
    assert match is not None
    assert match.span.of(text) == "40"


def test_code_and_pictures_may_be_counted_or_not() -> None:
    code = "\n```\n" + "word " * 1000 + "\n```\n"
    assert one(page("readTime: 5", 1000, code)) is None
    assert one(page("readTime: 10", 1000, code)) is None
    assert one(page("readTime: 10", 1000)) is not None


def test_a_configured_convention_is_exact_and_its_fix_safe() -> None:
    text = page("readTime: 5", 1000)
    assert one(text, Options(convention="reading-time")) is None
    match = one(text, Options(convention="ghost"))
    assert match is not None
    assert match.message == "other"
    assert match.values["convention"] == "ghost"
    assert match.fix is not None
    assert match.fix.applicability is Applicability.SAFE
    assert fixed(text, Options(convention="ghost")) == page("readTime: 4", 1000)
    assert fixed(text, Options(convention="words-per-minute", words_per_minute=100)) == page("readTime: 10", 1000)


def test_without_a_convention_the_fix_follows_most_of_the_pages() -> None:
    ghost = {f"{count}.md": page(f"readTime: {minutes}", count) for count, minutes in ((1100, 4), (1650, 6), (2200, 8))}
    (match,) = found({**ghost, "wrong.md": page("readTime: 40", 2750)})
    assert match.path == "wrong.md"
    assert match.values["computed"] == 10
    assert match.values["convention"] in ("ghost", "medium")


def test_two_pages_make_no_habit() -> None:
    pages = {"a.md": page("readTime: 4", 1100), "b.md": page("readTime: 6", 1650)}
    (match,) = found({**pages, "wrong.md": page("readTime: 40", 2750)})
    assert match.values["convention"] == "reading-time"


def test_the_facts_are_plain_data() -> None:
    import json

    facts = check.facts(Document("a.md", page("readTime: 5", 1000), Conventions(language="fr")), Options())
    assert json.loads(json.dumps(facts)) == facts
    assert check.facts(Document("a.md", page("title: none", 1000)), Options()) is None
