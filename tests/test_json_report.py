from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from conftest import Write
from contentlint import lint, resources
from contentlint.config import Config
from contentlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Range, Related, Severity
from contentlint.linter import Request
from contentlint.linter import lint as lint_request
from contentlint.locale import load
from contentlint.report import Failure, Report
from contentlint.reporters import Context, render
from contentlint.span import Position, Span

SCHEMA = json.loads((resources.folder("schemas") / "report.schema.json").read_text(encoding="utf8"))


def rendered(report: Report) -> dict[str, Any]:
    """The report as another program reads it; invalid is an error."""
    data: dict[str, Any] = json.loads(render("json", report, Context(load("en"))))
    jsonschema.validate(data, SCHEMA, cls=jsonschema.Draft202012Validator)
    return data


def place(line: int, start: int, end: int) -> Range:
    return Range(Position(line, start), Position(line, end))


COMPLETE = Diagnostic(
    rule="metadata/reading-time",
    severity=Severity.WARNING,
    message="6 minutes are declared",
    advice="Write 13.",
    path="content/a.md",
    span=Span(10, 11),
    range=place(2, 11, 12),
    confidence=0.75,
    data={"declared": 6, "computed": 13, "fields": ["readTime"], "nothing": None},
    fix=Fix((Edit(Span(10, 11), "13"), Edit(Span(20, 20), "!")), Applicability.UNSAFE),
    edit_ranges=(place(2, 11, 12), place(3, 1, 1)),
    related=(Related("content/b.md", place(7, 1, 4), "declared here too"),),
)


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_everything_that_a_diagnostic_can_hold() -> None:
    report = Report(
        (COMPLETE,), pages=3, suppressed=2, failures=(Failure("died", "content/c.md", "images/wrong-case"),)
    )
    data = rendered(report)
    assert data["diagnostics"] == [
        {
            "rule": "metadata/reading-time",
            "severity": "warning",
            "message": "6 minutes are declared",
            "advice": "Write 13.",
            "path": "content/a.md",
            "range": {"start": {"line": 2, "column": 11}, "end": {"line": 2, "column": 12}},
            "help_uri": None,
            "confidence": 0.75,
            "data": {"declared": 6, "computed": 13, "fields": ["readTime"], "nothing": None},
            "fix": {
                "applicability": "unsafe",
                "edits": [
                    {
                        "range": {"start": {"line": 2, "column": 11}, "end": {"line": 2, "column": 12}},
                        "replacement": "13",
                    },
                    {"range": {"start": {"line": 3, "column": 1}, "end": {"line": 3, "column": 1}}, "replacement": "!"},
                ],
            },
            "related": [
                {
                    "path": "content/b.md",
                    "range": {"start": {"line": 7, "column": 1}, "end": {"line": 7, "column": 4}},
                    "message": "declared here too",
                }
            ],
        }
    ]
    assert data["pages"] == 3
    assert data["summary"] == {"error": 0, "warning": 1, "info": 0, "suppressed": 2}
    assert data["failures"] == [{"message": "died", "path": "content/c.md", "rule": "images/wrong-case"}]


def test_real_report_is_valid_and_sorted(write: Write) -> None:
    write(
        {
            "b.md": "## \n## \n# T\n# T\n![](file:///home/martha/a.png) [](x) [here](x)\n",
            "a.md": "---\ntags:\ntitle: A\ntitle: A\ndate: 2025-13-45\n---\n\nText [](http://localhost:3000).\n",
            "é.md": b"\xff\n",
        }
    )
    data = rendered(lint(["."], select=["*"]))
    found = data["diagnostics"]
    keys = [(one["path"], one["range"]["start"]["line"], one["range"]["start"]["column"]) for one in found]
    assert keys == sorted(keys)
    assert {one["path"] for one in found} == {"a.md", "b.md", "é.md"}
    assert data["summary"]["error"] + data["summary"]["warning"] + data["summary"]["info"] == len(found)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_columns_count_code_points_and_ends_are_exclusive(write: Write, ending: str) -> None:
    write({"a.md": f"\ufeffOne{ending}{ending}🥖 é e\u0301 ![x](/home/martha/é.png){ending}"})
    [one] = rendered(lint(["a.md"], select=["images/local-path"]))["diagnostics"]
    line = "🥖 é e\u0301 ![x](/home/martha/é.png)"
    start = line.index("/home") + 1
    assert one["range"] == {
        "start": {"line": 3, "column": start},
        "end": {"line": 3, "column": start + len("/home/martha/é.png")},
    }


def test_paths_are_relative_to_the_working_directory(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write({"content/blog/a.md": "##\n", "other/x": ""})
    monkeypatch.chdir(root / "other")
    [one] = rendered(lint([str(root / "content")], select=["structure/empty-heading"]))["diagnostics"]
    assert one["path"] == "../content/blog/a.md"


def test_text_that_no_encoding_can_hold_is_still_json(write: Write) -> None:
    write({"a.md": b"## \n\n![caf\xe9 \x1b[31m](/home/martha/caf\xe9.png)\n"})
    text = render("json", lint(["a.md"]), Context(load("en")))
    assert text.isascii()
    jsonschema.validate(json.loads(text), SCHEMA, cls=jsonschema.Draft202012Validator)


def test_values_that_json_does_not_know_are_not_written(write: Write) -> None:
    page = (
        "---\ntitle: .inf\ndescription: .nan\ndate: 2025-01-01\nreadTime: .inf\nimage: 12:30\ntags: [.nan, .nan]\n---\n"
    )
    write({"a.md": page})
    text = render("json", lint(["a.md"], select=["*"]), Context(load("en")))
    json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


def test_nothing_is_found() -> None:
    assert rendered(lint_request(Request(texts={"": b""}, config=Config())))["diagnostics"] == []
