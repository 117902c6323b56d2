"""The example site: every finding at its place, and the screens that a newcomer sees.

``CONTENTLINT_SNAPSHOTS=write`` rewrites what is in ``tests/snapshots``; read the difference before you commit it.
"""

from __future__ import annotations

import json
import os
from itertools import groupby
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import contentlint
from contentlint.cli import group
from contentlint.resources import folder

SITE = Path(__file__).parents[1] / "examples"
SNAPSHOTS = Path(__file__).parent / "snapshots"
PAGE = "content/fr/blog/gagner-du-temps.md"

FINDINGS = """\
content/en/blog/late-invoices.md
   2:21   front-matter/syntax
  20:40   links/localhost
content/en/blog/prepare-the-quiet-season.md
   3:14   metadata/description-length
   7:26   metadata/duplicate-item
   8:8    images/missing-file
  22:1    images/missing-alt
  32:6    suppressions/malformed
content/en/blog/save-time-every-week.md
   2:8    metadata/title-length
   7:18   metadata/empty-item
   8:8    images/lighter-twin
  16:22   claims/unsupported-statistic
  16:140  claims/unsupported-statistic
  18:114  links/vague-text
  20:1    structure/heading-level-skip
  32:48   images/local-path
content/fr/blog/factures-en-retard.md
   7:30   metadata/duplicate-item
   8:8    images/too-small-for-sharing
  10:8    front-matter/ambiguous-value
  13:1    front-matter/second-block
  26:1    structure/multiple-h1
  30:9    claims/unsupported-statistic
  32:44   links/empty-link
content/fr/blog/gagner-du-temps.md
   2:8    metadata/title-length
   3:14   metadata/description-length
   7:1    metadata/empty-field
   8:9    images/local-path
   9:11   reading-time/mismatch
  11:14   metadata/title-length
  12:20   metadata/description-length
  13:3    metadata/empty-field
  22:40   claims/unsupported-statistic
  22:177  claims/unsupported-statistic
  24:206  links/vague-text
  26:45   images/local-path
  32:1    structure/emphasis-as-heading
  36:1    structure/emphasis-as-heading
  40:1    structure/heading-level-skip
content/fr/blog/photographier-ses-creations.md
   8:8    images/wrong-case
   9:11   front-matter/mixed-form
  18:1    images/missing-alt
  18:5    images/missing-file
  22:1    structure/empty-heading
content/fr/blog/preparer-la-rentree.md
  27:26   suppressions/unused
  33:53   images/lighter-twin
"""

SCREENS = {
    "first-screen.fr.txt": [],
    "first-screen.en.txt": ["--lang", "en"],
    "full.fr.txt": ["--full"],
    "full.en.txt": ["--full", "--lang", "en"],
    "concise.txt": ["--format", "concise"],
    "statistics.txt": ["--statistics"],
    "report.json": ["--format", "json"],
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
        lines += [f"{one.range.start.line:>4}:{one.range.start.column:<4} {one.rule}" for one in found]
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


def test_a_page_alone_is_shown_as_in_the_full_report() -> None:
    alone = CliRunner().invoke(group, ["check", PAGE]).stdout
    page, _, summary = alone.rstrip("\n").rpartition("\n")
    assert page in (SNAPSHOTS / "full.fr.txt").read_text(encoding="utf8")
    assert summary.endswith("sur 1 page.")


def test_the_first_screen_is_one_screen() -> None:
    result = CliRunner().invoke(group, ["check"])
    lines = result.stdout.splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines[:-2])) <= 100
    assert result.exit_code == 1, "there are errors"


def test_each_screen_has_every_finding_once() -> None:
    run = CliRunner().invoke
    report = json.loads(run(group, ["check", "--format", "json"]).stdout)
    jsonschema.validate(report, json.loads((folder("schemas") / "report.schema.json").read_text(encoding="utf8")))
    concise = run(group, ["check", "--format", "concise"]).stdout.splitlines()
    assert (
        len(report["diagnostics"])
        == len(concise)
        == sum(report["summary"][str(severity)] for severity in contentlint.Severity)
    )
    places = [f"{one['path']}:{one['range']['start']['line']}:" for one in report["diagnostics"]]
    assert all(line.startswith(place) for line, place in zip(concise, places, strict=True))
