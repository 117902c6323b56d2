"""``contentlint check --site``: what deleted and renamed files break on pages that nobody changed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from contentlint.cli import group

Write = Callable[[Mapping[str, str]], Path]

SITE = {
    "zola.toml": "",
    "content/a.md": "[b](b.md) [c](/c/) [none](none.md) ![p](/p.png)\n",
    "content/b.md": "Text.\n",
    "content/c.md": "[slugged](/own-name/) [a](/a/) [c](/c/#top) [e](/e/)\n",
    "content/d.md": '+++\nslug = "own-name"\n+++\nText.\n',
    "static/p.png": "",
}


@pytest.fixture
def site(write: Write) -> Path:
    root = write(SITE)
    shutil.rmtree(root / ".git")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "x")
    return root


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)


def reported(*arguments: str) -> list[tuple[str, str]]:
    result = CliRunner().invoke(group, ["check", "--format", "json", *arguments])
    assert result.exit_code in (0, 1), result.output
    found = json.loads(result.stdout)["diagnostics"]
    return [(one["path"], one["data"]["reference"]) for one in found if "reference" in one["data"]]


def test_what_is_gone_is_reported_where_it_is_missed(site: Path) -> None:
    (site / "content/b.md").unlink()
    git(site, "mv", "static/p.png", "static/q.png")
    (site / "content/d.md").rename(site / "content/e.md")
    (site / "content/e.md").write_text("Text.\n", encoding="utf8")
    assert reported("--site", "content/e.md") == [
        ("content/a.md", "b.md"), ("content/a.md", "/p.png"), ("content/c.md", "/own-name/"),
    ]  # fmt: skip
    assert reported("content/e.md") == []


def test_what_was_broken_before_is_nobodys_news(site: Path) -> None:
    assert reported("--site", "content/b.md") == []
    (site / "content/b.md").unlink()
    assert ("content/a.md", "none.md") not in reported("--site", "content/c.md")


def test_a_page_of_the_run_is_reported_once(site: Path) -> None:
    (site / "content/b.md").unlink()
    assert reported("--site", "content/a.md") == [("content/a.md", "b.md"), ("content/a.md", "none.md")]


def test_a_rule_that_is_off_stays_off(site: Path) -> None:
    (site / "content/b.md").unlink()
    assert reported("--site", "--ignore", "links/broken-page", "content/c.md") == []


def test_without_a_commit_the_question_has_no_answer(write: Write) -> None:
    root = write({"content/a.md": "A\n"})
    shutil.rmtree(root / ".git")
    git(root, "init", "--quiet")
    result = CliRunner().invoke(group, ["check", "--site", "content/a.md"])
    assert result.exit_code == 2
    assert "--site: " in result.stderr
