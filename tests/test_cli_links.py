"""``contentlint links``: what pages refer to."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from click.testing import CliRunner

from contentlint.cli import group

Write = Callable[[Mapping[str, str]], None]

SITE = {
    "hugo.toml": 'baseURL = "https://bakery.example/"\n',
    "content/a.md": "---\nimage: /a.png\n---\n[x](https://other.example/b) [y](/c/) [z](mailto:a@b.example)\n\n"
    "![w](https://cdn.example/p.png) [v](https://bakery.example/c/) [u]({{< param x >}})\n",
    "content/c.md": "[x](https://other.example/b)\n",
    "static/a.png": "",
}


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(group, ["links", *arguments])
    return result.exit_code, result.stdout


def listed(*arguments: str) -> list[dict[str, Any]]:
    code, out = run("--format", "json", *arguments)
    assert code == 0
    data = json.loads(out)
    assert data["schema"] == 1
    links: list[dict[str, Any]] = data["links"]
    return links


def test_external_addresses_are_listed_with_every_place(write: Write) -> None:
    write(SITE)
    other = {"url": "https://other.example/b", "state": "external"}
    places = [
        {"path": "content/a.md", "line": 4, "column": 5, "kind": "link"},
        {"path": "content/c.md", "line": 1, "column": 5, "kind": "link"},
    ]
    found = listed("--external")
    assert [one["url"] for one in found] == ["https://cdn.example/p.png", "https://other.example/b"]
    assert found[1] == {**other, "places": places}


def test_external_addresses_in_text_are_one_a_line(write: Write) -> None:
    write(SITE)
    assert run("--external") == (0, "https://cdn.example/p.png\nhttps://other.example/b\n")


def test_what_is_on_the_site_is_listed_with_where_it_leads(write: Write) -> None:
    write(SITE)
    states = {one["url"]: one["state"] for one in listed()}
    assert states["/c/"] == states["https://bakery.example/c/"] == "page"
    assert states["/a.png"] == "found"
    assert states["mailto:a@b.example"] == "not-checkable"
    assert states["{{< param x >}}"] == "templated"


def test_one_page_is_enough(write: Write) -> None:
    write(SITE)
    assert run("--external", "content/c.md") == (0, "https://other.example/b\n")


def test_what_is_not_there_is_a_failure(write: Write) -> None:
    write(SITE)
    assert run("content/none.md")[0] == 2


def test_an_address_cannot_write_to_the_terminal(write: Write) -> None:
    write({"hugo.toml": "", "content/a.md": "[x](<https://a.example/\x1b[31m>)\n"})
    assert "\x1b" not in run("--external")[1]
