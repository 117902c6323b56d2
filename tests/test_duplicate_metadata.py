"""Titles and descriptions that several pages have: which pages are copies, and which are twins."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from contentlint.linter import Request, lint
from contentlint.registry import Selection

Write = Callable[[Mapping[str, str]], None]

EN = "We have had this oven in the bakery for a year, and it has been worth its price in every week of the year. " * 3
FR = "Nous avons ce four dans notre fournil depuis un an, et il vaut son prix pour chaque semaine de cette année. " * 3


def page(body: str = EN, title: str = "A year with our oven", more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n{body}\n"


def copies(write: Write, files: Mapping[str, str]) -> list[str]:
    """The pages where a title is reported, each with how many have it."""
    write({"hugo.toml": "", **files})
    report = lint(Request(selection=Selection(("metadata/duplicate-title",)), language="en"))
    assert not report.failures
    return [f"{one.path} {one.data['count']}" for one in report.diagnostics]


def test_pages_with_one_title_are_reported_once(write: Write) -> None:
    files = {f"content/{name}.md": page() for name in "abc"}
    assert copies(write, files) == ["content/a.md 3"]


def test_capitals_make_no_other_title(write: Write) -> None:
    files = {"content/a.md": page(), "content/b.md": page(title="A Year with Our Oven")}
    assert copies(write, files) == ["content/a.md 2"]


TWIN = "translationKey: oven\n"


@pytest.mark.parametrize(
    "files",
    [
        {"content/en/a.md": page(), "content/fr/a.md": page()},
        {"content/b.md": page(), "content/b.fr.md": page()},
        {"content/c.md": page(), "content/d.md": page(FR)},
        {"content/x.md": page(more=TWIN), "content/y.md": page(more=TWIN)},
        {"content/v1/a.md": page(), "content/v2.x/a.md": page(), "content/latest/a.md": page()},
    ],
)
def test_translations_and_versions_are_no_copies(write: Write, files: Mapping[str, str]) -> None:
    assert copies(write, files) == []


def test_what_is_not_found_in_search_is_no_copy(write: Write) -> None:
    for more in ("draft: true\n", "robots: noindex\n", "canonical: https://a.example/\n"):
        assert copies(write, {"content/a.md": page(), "content/b.md": page(more=more)}) == []


def test_the_title_for_search_engines_tells_pages_apart(write: Write) -> None:
    own = "metaTitle: What our oven cost in a year\n"
    assert copies(write, {"content/a.md": page(), "content/b.md": page(more=own)}) == []


def test_a_page_with_few_words_is_data(write: Write) -> None:
    assert copies(write, {"content/a.md": page("A card."), "content/b.md": page("A card.")}) == []
