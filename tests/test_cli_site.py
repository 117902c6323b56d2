from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import Write
from contentlint.cli import group


def shown(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(group, ["site", "show", "--format", "json", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def test_it_says_what_was_detected_and_what_told(write: Write) -> None:
    write({"next.config.mjs": "", "package.json": '{"dependencies": {"next": "15"}}', "content/a.md": "A\n"})
    site = shown()
    assert site["root"]["value"] == str(Path.cwd())
    assert site["root"]["origin"] == ".git; next.config.mjs (Next.js); next in package.json (Next.js)"
    assert site["generator"]["value"] == "nextjs"
    assert site["generator"]["origin"] == "next.config.mjs; next in package.json"
    assert site["static"] == {"value": ["public"], "origin": "profile nextjs"}
    assert "/content/" in site["content"]["value"]
    assert site["dialects"]["origin"] == "profile plain"
    assert site["dialects"] == {"value": [], "origin": "profile plain"}
    assert site["theme-prints-title"] == {"value": None, "origin": "profile plain"}
    assert "title" in site["keys"]["value"]["title"]
    assert site["language"]["origin"] == "each page is read for its own"


def test_what_the_config_says_comes_from_the_config(write: Write) -> None:
    write(
        {
            "hugo.toml": "",
            "contentlint.toml": 'language = "fr"\n[site]\ngenerator = "zola"\nstatic = ["files"]\n'
            'base_url = "https://example.org"\ntheme_prints_title = true\n',
        }
    )
    site = shown()
    assert site["generator"]["value"] == "zola"
    for name, value, line in (
        ("generator", "zola", 3),
        ("static", ["files"], 4),
        ("base-url", "https://example.org", 5),
        ("theme-prints-title", True, 6),
        ("language", "fr", 1),
    ):
        assert site[name]["value"] == value
        assert site[name]["origin"] == f"contentlint.toml:{line}"
    assert site["content"]["origin"] == "profile zola"


def test_what_the_generators_config_says_counts_for_a_generator_that_is_configured(write: Write) -> None:
    write({"mkdocs.yml": "docs_dir: texts\n", "contentlint.toml": '[site]\ngenerator = "mkdocs"\n'})
    assert shown()["content"] == {"value": ["/texts"], "origin": "docs_dir in mkdocs.yml"}


def test_a_page_is_of_the_nearest_site(write: Write) -> None:
    write({"next.config.js": "", "docs/.vitepress/config.ts": "", "docs/guide/a.md": "A\n"})
    assert shown("docs/guide/a.md")["generator"]["value"] == "vitepress"
    assert shown("docs")["root"]["value"] == str(Path.cwd() / "docs")
    assert shown()["generator"]["value"] == "nextjs"


def test_a_folder_of_no_generator_says_so(write: Write) -> None:
    write({".git/HEAD": "", "a.md": "A\n"})
    site = shown()
    assert site["generator"]["value"] == "plain"
    assert site["generator"]["origin"] == "no generator was recognised"
    assert site["root"]["origin"] == ".git"


def test_the_text_has_a_line_for_every_value(write: Write) -> None:
    write({"_quarto.yml": "", "a.qmd": "A\n"})
    result = CliRunner().invoke(group, ["site", "show"], catch_exceptions=False)
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(shown())
    assert "generator           Quarto  (_quarto.yml)" in lines
    assert 'static              ""  (profile quarto)' in lines
    assert "relative            none  (profile quarto)" in lines
    assert "theme-prints-title  yes  (profile quarto)" in lines


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["missing"], "missing: no such file or folder"), (["."], "no profile 'hugoo'")],
)
def test_what_cannot_be_shown_is_a_wrong_usage(write: Write, arguments: list[str], message: str) -> None:
    write({"contentlint.toml": '[site]\ngenerator = "hugoo"\n'})
    result = CliRunner().invoke(group, ["site", "show", *arguments], catch_exceptions=False)
    assert result.exit_code == 2
    assert message in result.output


def test_it_says_how_the_ids_of_headings_are_made_and_the_config_may_say_it(write: Write) -> None:
    write({"docusaurus.config.js": ""})
    assert shown()["heading-ids"] == {"value": ["docusaurus", "docusaurus-cased"], "origin": "profile docusaurus"}
    write({"contentlint.toml": '[site]\nheading-ids = "github"\n'})
    assert shown()["heading-ids"] == {"value": ["github"], "origin": "contentlint.toml:2"}


def test_an_unknown_algorithm_for_heading_ids_is_an_error_that_names_the_nearest(write: Write) -> None:
    write({"contentlint.toml": '[site]\nheading-ids = ["githib"]\n'})
    result = CliRunner().invoke(group, ["site", "show"])
    assert result.exit_code == 2
    assert "contentlint.toml:2" in result.output
    assert "no algorithm 'githib'" in result.output
    assert "'github'" in result.output
