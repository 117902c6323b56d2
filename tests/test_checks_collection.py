"""The front matter of many pages seen together: what the examples of the rules do not show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from contentlint.checks import _variants
from contentlint.diagnostic import Diagnostic
from contentlint.linter import Request, lint
from contentlint.registry import Selection
from contentlint.source import language

Write = Callable[[Mapping[str, str]], Path]
ENDINGS = language.load("en").vocabulary("plural-endings")


def found(rule: str) -> list[Diagnostic]:
    report = lint(Request(selection=Selection(select=(rule,)), language="en"))
    assert report.failures == ()
    return list(report.diagnostics)


def posts(*front_matters: str, generator: str = "hugo.toml") -> dict[str, str]:
    pages = {f"content/blog/p{n}.md": f"---\ntitle: Loaf {n}\n{text}\n---\n" for n, text in enumerate(front_matters)}
    return {generator: "", **pages}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("API", "APIs"),
        ("Référencement", "referencement"),
        ("open data", "open-data"),
        ("agent IA", "agents IA"),
        ("stories", "Story"),
    ],
)
def test_forms_of_one_value_are_alike(one: str, other: str) -> None:
    assert _variants.fold(one, ENDINGS) == _variants.fold(other, ENDINGS)


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C++"), ("C#", "C++"), ("iOS", "io"), ("press", "pres"), (".net", "net")]
)
def test_what_is_called_nearly_the_same_is_not_one_value(one: str, other: str) -> None:
    assert _variants.fold(one, ENDINGS) != _variants.fold(other, ENDINGS)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("permalink", "permaling", True),
        ("description", "descripton", True),
        ("auteur", "autuer", True),
        ("bcd", "abc", False),
        ("abcd", "badc", False),
        ("same", "same", False),
    ],
)
def test_one_letter_apart(one: str, other: str, near: bool) -> None:
    assert _variants.one_letter_apart(one, other) is near
    assert _variants.one_letter_apart(other, one) is near


def test_a_value_variant_is_reported_once_with_how_often_each_form_is_used(write: Write) -> None:
    write(posts("tags: [E-mail]", "tags: [email]", "tags: [email]", "tags: [E-mail]", "tags: [email]"))
    (one,) = found("metadata/value-variant")
    assert (one.path, one.message) == ("content/blog/p0.md", "“E-mail” (2 pages) is written “email” on 3 pages")
    assert [(place.path, place.message) for place in one.related] == [
        ("content/blog/p3.md", "has this form too"),
        ("content/blog/p1.md", "has the other form"),
    ]


def test_two_kinds_of_space_are_no_two_forms(write: Write) -> None:
    write(posts('author: "Ada\\_Lovelace"', "author: Ada Lovelace"))
    assert found("metadata/value-variant") == []


def test_plurals_are_those_of_the_language_of_the_page(write: Write) -> None:
    write(posts("lang: fr\ntags: [fournil et niveaux]", "lang: fr\ntags: [fournil et niveau]"))
    assert [one.data["other"] for one in found("metadata/value-variant")] == ["fournil et niveau"]


def test_a_page_with_both_forms_is_left_to_the_rule_about_one_page(write: Write) -> None:
    write(posts("tags: [E-mail, email]", "tags: [email]"))
    assert found("metadata/value-variant") == []


def test_case_of_keys_counts_unless_the_generator_ignores_it(write: Write) -> None:
    texts = ("Topic: a", "topic: b", "topic: c", "topic: d", "topic: e")
    root = write(posts(*texts))
    assert found("front-matter/key-variant") == []
    (root / "hugo.toml").unlink()
    write({"next.config.js": ""})
    (one,) = found("front-matter/key-variant")
    assert one.message == "In content/blog, 1 page has `Topic` where 4 have `topic`"


def test_a_picture_of_the_sites_repository_has_the_form_of_an_address(write: Write) -> None:
    remote = "image: https://raw.githubusercontent.com/ada/bakery/main/static/img/a.png"
    write({**posts(remote, remote, remote, "image: /img/a.png", "image: /img/a.png"), "static/img/a.png": ""})
    (one,) = found("front-matter/mixed-form")
    assert (one.path, one.data["address"], one.data["path"]) == ("content/blog/p3.md", 3, 2)


def test_few_pages_tell_no_form(write: Write) -> None:
    write(posts("tags: [a]", "tags: b", "tags: [c]"))
    assert found("front-matter/mixed-form") == []


def test_templates_that_were_emptied_say_nothing_of_unread_keys(write: Write) -> None:
    texts = ["badge: x\nlevel: 1\nmood: calm"] * 5
    root = write({**posts(*texts), "layouts/post.html": "{{ .Params.badge }} {{ .Params.level }} {{ .Title }}"})
    (one,) = found("front-matter/unread-key")
    assert one.message == "No template or code of the site mentions `mood`, which 5 pages have"
    (root / "layouts/post.html").write_text("", encoding="utf8")
    assert found("front-matter/unread-key") == []
