"""``contentlint preview``: how a page will look in search results and when it is shared."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from click.testing import CliRunner

from contentlint.cli import group

Write = Callable[[Mapping[str, str]], None]

LONG = "How a small bakery in Lyon halved its energy bill in one winter without a loan"
PAGE = f"""---
title: {LONG}
seo:
  metaDescription: What each change cost us and what it saved in one winter.
  ogTitle: A bakery and its bill
image: /oven.png
imageAlt: An oven
---

The oven is new, and it is the only one that we have in the bakery.
"""
SITE = {"hugo.toml": 'baseURL = "https://bakery.example/"\n', "content/blog/oven.md": PAGE, "static/oven.png": ""}


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(group, ["preview", *arguments])
    return result.exit_code, result.stdout


def data(page: str = "content/blog/oven.md") -> dict[str, Any]:
    code, out = run("--format", "json", page)
    assert code == 0
    seen: dict[str, Any] = json.loads(out)
    assert seen["schema"] == 1
    return seen


def test_a_long_title_is_shown_as_it_will_be_cut(write: Write) -> None:
    write(SITE)
    title = data()["search"]["title"]
    assert (title["key"], title["characters"]) == ("title", 78)
    assert title["desktop"] == {
        "shown": "How a small bakery in Lyon halved its energy bill in one winter…",
        "cut": True,
        "pixels": 679,
        "limit": 600,
    }
    assert not title["mobile"]["cut"]


def test_the_limits_of_the_desktop_are_those_of_the_rules(write: Write) -> None:
    write({**SITE, "contentlint.toml": '[rules]\n"metadata/title-length" = { max_pixels = 700 }\n'})
    assert data()["search"]["title"]["desktop"]["limit"] == 700
    assert not data()["search"]["title"]["desktop"]["cut"]


def test_search_engines_and_networks_get_the_texts_that_are_written_for_them(write: Write) -> None:
    write(SITE)
    seen = data()
    assert seen["search"]["address"] == "bakery.example › blog › oven"
    assert seen["search"]["description"]["key"] == "seo.metaDescription"
    assert seen["card"]["title"] == {
        "key": "seo.ogTitle",
        "text": "A bakery and its bill",
        "shown": "A bakery and its bill",
    }
    assert seen["card"]["image"]["state"] == "found"
    assert seen["card"]["image"]["alt"] == "An oven"


def test_labels_are_in_the_language_of_the_page_or_in_that_asked_for(write: Write) -> None:
    page = "Le four est neuf, et nous avons attendu pendant des mois pour le voir dans notre fournil.\n"
    write({**SITE, "content/fr.md": f"---\ntitle: Le four\n---\n\n{page}"})
    assert "Résultat de recherche sur ordinateur" in run("content/fr.md")[1]
    assert "Search result on a desktop" in run("content/fr.md", "--lang", "en")[1]
    assert "Pas de description" in run("content/fr.md")[1]


def test_a_picture_that_is_missing_is_told(write: Write) -> None:
    write({**SITE, "content/lost.md": "---\ntitle: Lost\nimage: /no.png\n---\n"})
    assert "the site has no such file" in run("content/lost.md", "--lang", "en")[1]


def test_a_page_that_nobody_will_see_says_so(write: Write) -> None:
    write({**SITE, "content/d.md": "---\ndraft: true\n---\n", "content/n.md": "---\nrobots: noindex, follow\n---\n"})
    assert data("content/d.md")["search"]["hidden"] == "draft"
    assert data("content/n.md")["search"]["hidden"] == "noindex"
    assert "is a draft" in run("content/d.md", "--lang", "en")[1]


def test_what_a_page_says_cannot_write_to_the_terminal(write: Write) -> None:
    told = '"\\e[31mred \\u202e"'
    keys = ("title", "description", "imageAlt", "slug")
    front_matter = "".join(f"{key}: {told}\n" for key in keys) + f'image: {told[:-1]}.png"\n'
    write({**SITE, "content/a.md": f"---\n{front_matter}---\n"})
    code, out = run("content/a.md", "--no-color")
    assert code == 0
    assert "red" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_page_that_is_not_there_cannot_be_shown(write: Write) -> None:
    write(SITE)
    assert run("content/none.md")[0] == 2
