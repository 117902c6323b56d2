"""The example site: every finding at its place, and the screens that a newcomer sees.

``CONTENTLINT_SNAPSHOTS=write`` rewrites what is in ``tests/snapshots``; read the difference before you commit it.
"""

from __future__ import annotations

import json
import os
from itertools import groupby
from pathlib import Path

import pytest
from click.testing import CliRunner

import contentlint
from contentlint.cli import group

SITE = Path(__file__).parents[1] / "examples"
SNAPSHOTS = Path(__file__).parent / "snapshots"
PAGE = "content/fr/blog/gagner-du-temps.md"

FINDINGS = """\
"""

SCREENS = {
    "first-screen.fr.txt": [],
    "first-screen.en.txt": ["--lang", "en"],
    "full.fr.txt": ["--full"],
    "full.en.txt": ["--full", "--lang", "en"],
    "page.fr.txt": [PAGE],
    "page.en.txt": [PAGE, "--lang", "en"],
    "concise.txt": ["--format", "concise"],
    "statistics.txt": ["--statistics"],
    "report.json": ["--format", "json"],
    "report.jsonl": ["--format", "jsonl", PAGE],
}


@pytest.fixture(autouse=True)
def _in_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SITE)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def test_every_finding_is_where_it_should_be() -> None:
    lines = []
    for path, found in groupby(contentlint.lint().diagnostics, key=lambda one: one.path):
        lines.append(path)
        lines += [f"  {one.range.start!s:<8} {one.rule}" for one in found]
    assert "\n".join(lines) == FINDINGS.rstrip("\n")


def test_a_good_page_in_each_language_has_no_findings() -> None:
    pages = ["content/fr/blog/choisir-un-fournisseur.md", "content/en/blog/photograph-your-work.md"]
    report = contentlint.lint(pages)
    assert report.pages == 2
    assert report.diagnostics == ()


def test_what_the_site_says_to_its_developers_is_no_page() -> None:
    assert contentlint.lint().sites[0].left_out == 1
    assert contentlint.lint(["README.md"]).diagnostics, "or it would prove nothing that it is left out"


@pytest.mark.parametrize("name", SCREENS)
def test_the_screens(name: str) -> None:
    result = CliRunner().invoke(group, ["check", "--fail-on", "never", *SCREENS[name]])
    assert result.exit_code == 0, result.output
    shown = result.stdout.replace(contentlint.__version__, "VERSION")
    place = SNAPSHOTS / name
    if os.environ.get("CONTENTLINT_SNAPSHOTS") == "write":
        place.write_text(shown, encoding="utf8")
    assert shown == place.read_text(encoding="utf8")


def test_the_first_screen_is_one_screen() -> None:
    result = CliRunner().invoke(group, ["check"])
    lines = result.stdout.splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines[:-2])) <= 100
    assert result.exit_code == 1, "there are errors"


def test_each_screen_has_every_finding_once() -> None:
    run = CliRunner().invoke
    report = json.loads(run(group, ["check", "--format", "json"]).stdout)
    concise = run(group, ["check", "--format", "concise"]).stdout.splitlines()
    assert (
        len(report["diagnostics"])
        == len(concise)
        == sum(report["summary"][str(severity)] for severity in contentlint.Severity)
    )
    places = [f"{one['path']}:{one['range']['start']['line']}:" for one in report["diagnostics"]]
    assert all(line.startswith(place) for line, place in zip(concise, places, strict=True))
