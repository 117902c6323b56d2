"""``contentlint claims``: the ledger of figures."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from conftest import Write
from contentlint import resources
from contentlint.cli import group

SCHEMA = json.loads((resources.folder("schemas") / "ledger.schema.json").read_text(encoding="utf8"))

BAKERY = """---
title: Bread
description: Bakers who bake twice sell 40% more bread on average.
---

On average, 61% of bakers work at night. More than 300 companies trust us.

In most towns, 12% of the flour is wasted ([report](https://mills.example/waste-2024)). Studies show that 80% of
customers come back.

On average, 48% of bakers work at night. Our survey shows that 35% of bakers sing.
"""

FRENCH = """---
title: Le pain
lang: fr
---

En moyenne, 61,5 % des boulangers travaillent la nuit. Plus de 300 entreprises nous font confiance, et c’est heureux.
"""

HOSTILE = """---
title: Bread
---

</script><script>alert(1)</script> On average, 61% of "bakers" &lt;img src=x onerror=alert(1)> work \x1b[31m at night.

=HYPERLINK("https://evil.example";"61% of bakers") On average, 61% of bakers work.

@SUM(1) of 30% of bakers. In most towns, 61% of bakers [work](javascript:alert(1)) at night.
"""


def run(*arguments: str) -> str:
    result = CliRunner().invoke(group, ["claims", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout_bytes.decode("utf8")


def figures(*arguments: str) -> list[dict[str, Any]]:
    data = json.loads(run("--format", "json", *arguments))
    jsonschema.validate(data, SCHEMA, cls=jsonschema.Draft202012Validator)
    found: list[dict[str, Any]] = data["figures"]
    return found


def table(text: str, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


class Page(HTMLParser):
    """The tags and the text of a page, as a browser tells them apart."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.read: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.read.append(data)

    def count(self, name: str) -> int:
        return sum(tag == name for tag, _ in self.tags)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_figure_is_listed_with_its_source_and_what_contradicts_it(write: Write) -> None:
    write({"page.md": BAKERY})
    found = figures("page.md")
    assert [(one["quantity"], one["state"]) for one in found] == [
        ("40%", "unsupported"),
        ("61%", "unsupported"),
        ("300 companies", "own"),
        ("12%", "sourced"),
        ("80%", "vague"),
        ("48%", "unsupported"),
        ("35%", "self-reported"),
    ]
    by_quantity = {one["quantity"]: one for one in found}
    assert by_quantity["40%"]["field"] == "description"
    assert by_quantity["12%"]["source"] == {
        "kind": "link",
        "text": "https://mills.example/waste-2024",
        "url": "https://mills.example/waste-2024",
    }
    assert by_quantity["300 companies"]["value"] == {"low": 300, "high": 300, "bound": "at-least"}
    assert [one["ours"] for one in found] == [False, False, True, False, False, False, True]
    assert by_quantity["48%"]["subject"] == "bakers work at night"
    assert by_quantity["48%"]["contradictions"] == [{"path": "page.md", "line": 6, "column": 13, "quantity": "61%"}]
    assert by_quantity["61%"]["contradictions"] == [{"path": "page.md", "line": 11, "column": 13, "quantity": "48%"}]
    assert (by_quantity["61%"]["line"], by_quantity["61%"]["column"]) == (6, 13)


def test_contradictions_reach_across_pages(write: Write) -> None:
    write(
        {
            "a.md": "More than 300 companies trust us, and the others are on their way to us.\n",
            "b.md": "The 200 companies that we have helped are all happy about it, and so are their bakers.\n",
        }
    )
    first, second = figures("a.md", "b.md")
    assert [one["path"] for one in first["contradictions"]] == ["b.md"]
    assert [one["path"] for one in second["contradictions"]] == ["a.md"]


def test_a_line_of_text_says_what_a_figure_is_of(write: Write) -> None:
    write({"page.md": BAKERY})
    assert "page.md:11:13  no source       48% · bakers work at night  ≠ 61% (page.md:6)\n" in run("page.md")


def test_headings_speak_the_language_of_the_pages_and_of_who_asks(write: Write) -> None:
    write({"pain.md": FRENCH})
    assert run("--format", "csv", "pain.md").startswith("\ufeffchiffre;valeur basse;")
    assert run("--format", "csv", "--lang", "en", "pain.md").startswith("\ufefffigure,lowest value,")
    assert "<h1>Registre des chiffres</h1>" in run("--format", "html", "pain.md")


def test_french_numbers_are_numbers_to_a_french_spreadsheet(write: Write) -> None:
    write({"pain.md": FRENCH})
    text = run("--format", "csv", "pain.md")
    assert text.count("\r\n") == 3
    row, own = table(text, ";")
    assert (row["valeur basse"], row["unité"], row["état"]) == ("61,5", "%", "sans source")
    assert (own["borne"], own["chiffre maison"], own["source à fournir"]) == ("au moins", "oui", "")


@pytest.mark.parametrize(("name", "sign"), [("comma", ","), ("semicolon", ";"), ("tab", "\t")])
def test_the_delimiter_can_be_chosen(write: Write, name: str, sign: str) -> None:
    write({"page.md": BAKERY})
    rows = table(run("--format", "csv", "--delimiter", name, "page.md"), sign)
    assert [row["figure"] for row in rows][:2] == ["40%", "61%"]


def test_a_delimiter_without_a_table_is_a_mistake() -> None:
    assert CliRunner().invoke(group, ["claims", "--delimiter", "tab"]).exit_code == 2


def test_no_cell_is_a_formula(write: Write) -> None:
    write(
        {
            "page.md": HOSTILE,
            "-cmd.md": "---\nlang: en\n---\nOn average, -61% of bakers work at night. +40% of bakers on average do.\n",
        }
    )
    rows = table(run("--format", "csv", "page.md", "./-cmd.md"), ",")
    cells = [cell for row in rows for cell in row.values()]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert any(cell.startswith("'@SUM") for cell in cells)
    assert any(cell.startswith("'-cmd.md") for cell in cells)
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@]", cell)]


def test_a_page_cannot_write_into_the_ledger(write: Write) -> None:
    write({"page.md": HOSTILE})
    shown = run("--format", "html", "page.md")
    page = Page(shown)
    assert (page.count("script"), page.count("img")) == (1, 0)
    assert shown.count("</script>") == 1
    assert not [tag for tag, attributes in page.tags if any(name.startswith("on") for name in attributes)]
    assert not [url for _, attributes in page.tags if (url := attributes.get("href")) and not url.startswith("http")]


@pytest.mark.parametrize("form", ["text", "csv", "html", "json"])
def test_a_page_cannot_write_to_the_terminal(write: Write, form: str) -> None:
    write({"page.md": HOSTILE})
    assert "\x1b" not in run("--format", form, "page.md")


def test_the_page_needs_nothing_else_and_can_be_filtered(write: Write) -> None:
    write({"page.md": BAKERY})
    page = Page(run("--format", "html", "page.md"))
    assert not [tag for tag, attributes in page.tags if "src" in attributes or tag == "link"]
    rows = [attributes for tag, attributes in page.tags if tag == "tr"][1:]
    for name, expected in (("all", 7), ("unsupported", 5), ("contradictory", 2), ("ours", 2)):
        assert sum(f"data-{name}" in row for row in rows) == expected
        assert any(attributes.get("data-filter") == name for tag, attributes in page.tags if tag == "button")


def test_what_is_not_there_is_a_failure(write: Write) -> None:
    write({"page.md": BAKERY})
    result = CliRunner().invoke(group, ["claims", "none.md"])
    assert result.exit_code == 2
    assert "none.md" in result.stderr
