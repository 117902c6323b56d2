"""Findings about files that are no pages, and what counts as a mention of a picture."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from click.testing import CliRunner

from conftest import Write
from contentlint import lint
from contentlint.cli import group

RULE = "images/unused"
SITE: Mapping[str, str] = {
    "next.config.mjs": "export default {}\n",
    "package.json": '{"dependencies": {"next": "15.0.0"}}',
    "content/oven.md": "![The oven](/oven.png)\n",
    "public/oven.png": "",
    "public/old.png": "",
}


def unused(write: Write, files: Mapping[str, str] = SITE, paths: tuple[str, ...] = ()) -> list[str]:
    write(files)
    return [one.path for one in lint(paths, select=[RULE]).diagnostics]


def run(*arguments: str) -> str:
    return CliRunner().invoke(group, ["check", "--lang", "en", *arguments]).output


def test_finding_is_about_the_file(write: Write) -> None:
    write(SITE)
    [finding] = lint(select=[RULE]).diagnostics
    assert (finding.path, finding.range.start, finding.whole) == ("public/old.png", (1, 1), True)


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ((), ["public/old.png"]),
        ((".",), ["public/old.png"]),
        (("content", "public"), ["public/old.png"]),
        (("content",), []),
        (("content/oven.md",), []),
    ],
)
def test_file_is_reported_where_the_run_is_about_its_folder(
    write: Write, paths: tuple[str, ...], found: list[str]
) -> None:
    assert unused(write, paths=paths) == found


@pytest.mark.parametrize(
    "config",
    [
        'exclude = ["public/old.png"]',
        '[[overrides]]\nfiles = ["public/**"]\nrules = {"images/unused" = "off"}',
    ],
)
def test_config_holds_for_files_as_for_pages(write: Write, config: str) -> None:
    write({**SITE, "contentlint.toml": f'[rules]\n"{RULE}" = "on"\n'})
    assert RULE in {one.rule for one in lint().diagnostics}
    # What --select turns on, no override turns off.
    table = f'[rules]\n"{RULE}" = "on"\n'
    text = f"{config}\n{table}" if config.startswith("exclude") else f"{table}{config}\n"
    write({"contentlint.toml": text})
    assert RULE not in {one.rule for one in lint().diagnostics}


def test_file_that_git_ignores_is_none_of_the_run(write: Write) -> None:
    assert unused(write, {**SITE, ".gitignore": "/public/old.png\n"}) == []


def test_each_file_once_though_pages_have_different_options(write: Write) -> None:
    override = f'[[overrides]]\nfiles = ["content/a.md"]\nrules = {{"{RULE}" = {{keep = ["x.png"]}}}}\n'
    config = f'[rules]\n"{RULE}" = "on"\n{override}'
    write({**SITE, "content/a.md": "Words.\n", "contentlint.toml": config})
    assert [one.path for one in lint().diagnostics if one.rule == RULE] == ["public/old.png"]


@pytest.mark.parametrize(
    "text",
    [
        "components/a.tsx:<img src='/old.png'>",
        "components/a.tsx:<img src={`/${name}.png`}>; const names = ['old']",
        "styles/a.css:a { background: url(../public/old.png) }",
        "data/a.json:{\"photo\": \"old.png\"}",
        "data/a.json:{\"photo\": \"OLD.PNG\"}",
        "components/a.tsx:const all = import.meta.glob('../public/*.png')",
        "components/a.tsx:fs.readdirSync(path.join(cwd, 'public'))",
        "components/a.tsx:<img src='/old.webp'>",
        "content/b.md:![x](/old.png)",
    ],
)  # fmt: skip
def test_text_that_may_mean_a_picture(write: Write, text: str) -> None:
    path, _, content = text.partition(":")
    assert unused(write, {**SITE, path: content}) == []


@pytest.mark.parametrize(
    "text",
    [
        "components/a.tsx:<img src='/older.png'>",
        "components/a.tsx:const names = ['old']",
        "components/a.tsx:<img src={`/team/${name}.png`}>",
        "content/b.md:The old oven.",
    ],
)
def test_text_that_means_another(write: Write, text: str) -> None:
    path, _, content = text.partition(":")
    assert unused(write, {**SITE, path: content}) == ["public/old.png"]


@pytest.mark.parametrize("name", ["favicon-16x16.png", "og-default.png", "apple-touch-icon.png", "opengraph-image.png"])
def test_well_known_names_are_used(write: Write, name: str) -> None:
    assert unused(write, {**SITE, f"public/{name}": ""}) == ["public/old.png"]


def test_long_runs_of_one_character_take_no_time(write: Write) -> None:
    text = "a" * 300_000 + "/" * 300_000 + "a/" * 150_000 + "-" * 300_000 + " " * 300_000
    assert unused(write, {**SITE, "data/a.json": text}) == ["public/old.png"]


def test_reports_name_the_file_and_show_no_line_of_it(write: Write) -> None:
    write({**SITE, "public/old.png": "a line of a picture\n"})
    select = ("--select", RULE)
    assert run(*select, "--format", "concise") == (
        f"public/old.png:1:1: info {RULE} Nothing on the site names “old.png”\n"
    )
    shown = run(*select)
    assert "public/old.png" in shown
    assert "a line" not in shown
    assert "1:1" not in shown
    [one] = json.loads(run(*select, "--format", "json"))["diagnostics"]
    assert (one["path"], one["range"]["start"]) == ("public/old.png", {"line": 1, "column": 1})
    assert run(*select, "--statistics").splitlines()[1].split() == ["1", "0", RULE]


def test_first_screen_names_files_with_their_endings_and_proposes_pages_only(write: Write) -> None:
    write({**SITE, "content/b.md": "Words.\n"})
    shown = run("--select", RULE)
    assert "old.png" in shown
    assert "public/old.png" not in shown
