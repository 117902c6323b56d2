from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Write
from contentlint import ConfigError, api, config
from contentlint.project import Planner
from contentlint.registry import Selection, Setting

ALT = "images/missing-alt"


def setting(path: str, rule: str = ALT, *, selection: Selection | None = None, isolated: bool = False) -> Setting:
    """What applies to a rule on the page at a path of the working directory."""
    project = Planner(None, isolated, selection or Selection()).project(Path(path).absolute())
    return project.setting(rule, Path(path).absolute().relative_to(project.root).as_posix())


def severity(path: str, rule: str = ALT) -> str:
    found = setting(path, rule)
    return str(found.severity) if found.enabled else "off"


# What is wrong is said with file, line and the nearest known name

WRONG = {
    "unknown key": ('\nexclud = ["drafts"]\n', 2, ["exclud", "exclude"]),
    "unknown key of the site": ('[site]\ngenerater = "hugo"\n', 2, ["site.generater", "generator"]),
    "unknown key of an override": (
        '[[overrides]]\nfiles = ["a.md"]\nrule = {}\n',
        3,
        ["rule", "rules"],
    ),
    "unknown rule": ('[rules]\n"images/missing-atl" = "off"\n', 2, ["images/missing-atl", "images/missing-alt"]),
    "rule without its pack": ('[rules]\nmissing-alt = "off"\n', 2, ["missing-alt", "images/missing-alt"]),
    "unknown pack": ('[rules]\n"imags/*" = "off"\n', 2, ["imags/*", "images/*"]),
    "unknown rule in an override": (
        '[[overrides]]\nfiles = ["a.md"]\n\n[overrides.rules]\n"images/missing-atl" = "off"\n',
        5,
        ["images/missing-alt"],
    ),
    "unknown option": (
        '[rules."metadata/title-length"]\nseverity = "error"\nmax_pixel = 500\n',
        3,
        ["metadata/title-length", "max_pixel", "max_pixels"],
    ),
    "option of the wrong type": (
        '[rules."metadata/title-length"]\nmax_pixels = "wide"\n',
        2,
        ["metadata/title-length", "max_pixels", "int", "str"],
    ),
    "option of a rule of the engine": ('[rules]\n"file/nul" = {limit = 1}\n', 2, ["file/nul"]),
    "options on a glob": ('[rules]\n"images/*" = {max_pixels = 1}\n', 2, ["exact id", "images/*"]),
    "severity that does not exist": ('[rules]\n"images/*" = "warn"\n', 2, ["images/*", "warning"]),
    "severity of the wrong type": ('[rules]\n"images/*" = 2\n', 2, ["images/*", "warning"]),
    "severity in a table": ('[rules]\n"images/missing-alt" = {severity = "fatal"}\n', 2, ["severity", "error"]),
    "rules that are no table": ('rules = "off"\n', 1, ["rules", "table"]),
    "list of the wrong type": ("exclude = 3\n", 1, ["exclude", "list of strings"]),
    "list with a wrong item": ('exclude = ["a", 3]\n', 1, ["exclude", "list of strings"]),
    "word of the wrong type": ('[site]\ntheme-prints-title = "yes"\n', 2, ["theme-prints-title", "true or false"]),
    "level that does not exist": ('fail-on = "warn"\n', 1, ["fail-on", "warning"]),
    "language that we do not speak": ('lang = "de"\n', 1, ["lang", "en", "fr"]),
    "overrides that are one table": ("[overrides]\nfiles = []\n", 1, ["overrides", "[[overrides]]"]),
    "override without files": ("\n[[overrides]]\nrules = {}\n", 2, ["files"]),
    "override without rules": ('\n[[overrides]]\nfiles = ["a.md"]\n', 2, ["rules"]),
    "glob with a range upside down": ('exclude = ["[z-a]*"]\n', 1, ["exclude", "glob"]),
    "glob that is none": ('exclude = ["drafts/", "\\\\"]\n', 1, ["exclude", "glob"]),
    "glob of an override": ('[[overrides]]\nfiles = ["\\\\"]\nrules = {}\n', 2, ["files", "glob"]),
    "key of a concept": ("[site.keys]\ntitle = 3\n", 2, ["title", "list of strings"]),
    "unknown concept": ('[site.keys]\ntitel = ["headline"]\n', 1, ["titel", "title"]),
    "unknown dialect": ('[site]\ndialects = ["math", "liqiud"]\n', 2, ["liqiud", "'liquid'"]),
    "no TOML": ('[rules]\n"images/*" = off\n', 2, ["TOML"]),
    "TOML that ends too early": ('[site]\nstatic = ["a"\n', None, ["TOML"]),
    "extends that is not there": ('\nextends = ["base.toml"]\n', None, ["base.toml"]),
}


@pytest.mark.parametrize(("text", "line", "words"), WRONG.values(), ids=WRONG)
def test_config_error_names_file_line_and_what_was_meant(
    write: Write, text: str, line: int | None, words: list[str]
) -> None:
    write({"contentlint.toml": text, "a.md": "# Hello\n"})
    with pytest.raises(ConfigError) as error:
        api.lint(["a.md"])
    message = str(error.value)
    assert message.startswith("contentlint.toml:" if line is None else f"contentlint.toml:{line}: ")
    for word in words:
        assert word in message


def test_error_of_an_extended_config_names_that_file(write: Write) -> None:
    write({"contentlint.toml": 'extends = "shared/base.toml"\n', "shared/base.toml": "\nexclud = []\n", "a.md": ""})
    with pytest.raises(ConfigError, match=r"^shared/base\.toml:2: .*did you mean 'exclude'"):
        api.lint(["a.md"])


def test_configs_that_extend_each_other(write: Write) -> None:
    write({"contentlint.toml": 'extends = "b.toml"\n', "b.toml": 'extends = "contentlint.toml"\n', "a.md": ""})
    with pytest.raises(ConfigError, match=r"contentlint\.toml → b\.toml → contentlint\.toml"):
        api.lint(["a.md"])


def test_unknown_generator(write: Write) -> None:
    write({"contentlint.toml": '[site]\ngenerator = "higo"\n', "a.md": ""})
    with pytest.raises(ConfigError, match=r"contentlint\.toml:2: .*'higo'.*'hugo'"):
        api.lint(["a.md"])


def test_pack_that_is_not_there(write: Write) -> None:
    write({"contentlint.toml": 'packs = ["our-rules"]\n', "a.md": ""})
    with pytest.raises(ConfigError, match="our-rules"):
        api.lint(["a.md"])


def test_named_config_that_is_not_there(write: Write) -> None:
    write({"a.md": ""})
    with pytest.raises(ConfigError, match=r"other\.toml.*No such file"):
        api.lint(["a.md"], config="other.toml")


def test_config_that_is_no_utf8(write: Write) -> None:
    write({"contentlint.toml": b"language = 'fr\xe9'\n", "a.md": ""})
    with pytest.raises(ConfigError, match=r"contentlint\.toml.*UTF-8"):
        api.lint(["a.md"])


# Which config is found


def test_config_is_found_upwards_and_the_nearest_wins(write: Write) -> None:
    write(
        {
            "contentlint.toml": f'[rules]\n"{ALT}" = "error"\n',
            "blog/contentlint.toml": f'[rules]\n"{ALT}" = "info"\n',
        }
    )
    assert severity("content/deep/a.md") == "error"
    assert severity("blog/deep/a.md") == "info"


def test_pyproject_counts_only_with_our_table(write: Write) -> None:
    write(
        {
            "pyproject.toml": f'[project]\nname = "x"\n[tool.contentlint.rules]\n"{ALT}" = "error"\n',
            "docs/pyproject.toml": '[tool.other]\nuses = "contentlint"\n',
            "broken/pyproject.toml": "[tool.other\n",
        }
    )
    for path in ("a.md", "docs/a.md", "broken/a.md"):
        assert severity(path) == "error"


def test_error_in_pyproject_names_its_line(write: Write) -> None:
    write({"pyproject.toml": '[project]\nname = "x"\n\n[tool.contentlint]\nexclud = []\n', "a.md": ""})
    with pytest.raises(ConfigError, match=r"^pyproject\.toml:5: .*exclud.*did you mean 'exclude'"):
        api.lint(["a.md"])


def test_search_ends_at_the_repository(write: Write, tmp_path: Path) -> None:
    (tmp_path / "contentlint.toml").write_text(f'[rules]\n"{ALT}" = "error"\n', encoding="utf8")
    write({"content/a.md": ""})
    assert severity("content/a.md") == "warning"


def test_search_ends_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    folder = home / "texts"
    folder.mkdir(parents=True)
    (tmp_path / "contentlint.toml").touch()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    assert config.find(folder) is None
    (home / "contentlint.toml").touch()
    assert config.find(folder) == home / "contentlint.toml"


def test_isolated_knows_no_config(write: Write) -> None:
    write({"contentlint.toml": "exclud = 1\n", "a.md": "![](x:y)\n"})
    assert not setting("a.md", isolated=True).options
    assert [one.rule for one in api.lint(["a.md"], isolated=True).diagnostics] == [ALT]


def test_named_config_replaces_those_that_are_found(write: Write) -> None:
    write({"contentlint.toml": "exclud = 1\n", "other.toml": f'[rules]\n"{ALT}" = "error"\n', "a.md": "![](x:y)\n"})
    found = api.lint(["a.md"], config="other.toml", select=[ALT]).diagnostics
    assert [str(one.severity) for one in found] == ["error"]


# Which setting wins


def test_exact_id_beats_pack_beats_star_wherever_they_stand(write: Write) -> None:
    write({"contentlint.toml": f'[rules]\n"{ALT}" = "error"\n"images/*" = "info"\n"*" = "off"\n'})
    assert severity("a.md") == "error"
    assert severity("a.md", "images/missing-file") == "info"
    assert severity("a.md", "metadata/empty-field") == "off"


def test_pack_may_be_named_alone(write: Write) -> None:
    write({"contentlint.toml": '[rules]\nimages = "off"\n'})
    assert severity("a.md") == "off"


def test_last_override_that_matches_wins(write: Write) -> None:
    write(
        {
            "contentlint.toml": f"""
[rules]
"{ALT}" = "error"

[[overrides]]
files = ["blog/"]
rules = {{ "{ALT}" = "info" }}

[[overrides]]
files = ["*.fr.md", "!keep.fr.md"]
rules = {{ "images/*" = "off" }}
"""
        }
    )
    assert severity("a.md") == "error"
    assert severity("blog/deep/a.md") == "info"
    assert severity("blog/a.fr.md") == "off"
    assert severity("blog/keep.fr.md") == "info"


def test_extended_config_is_merged_and_the_own_one_wins(write: Write) -> None:
    write(
        {
            "contentlint.toml": """
extends = ["shared/base.toml", "shared/strict.toml"]
language = "fr"
[rules."metadata/title-length"]
max_pixels = 500
""",
            "shared/base.toml": """
language = "en"
fail-on = "warning"
[site]
static = ["files"]
[rules]
"images/*" = "off"
"metadata/title-length" = {severity = "error", font_size = 18}
[[overrides]]
files = ["*.md"]
rules = { "links/empty-link" = "error" }
""",
            "shared/strict.toml": f'[site]\ngenerator = "hugo"\n[rules]\n"{ALT}" = "error"\n',
        }
    )
    loaded = config.load(Path("contentlint.toml"))
    assert loaded.values["language"] == "fr"
    assert loaded.fail_on == "warning"
    assert loaded.site == {"static": ("files",), "generator": "hugo"}
    assert severity("a.md") == "error"
    assert severity("a.md", "images/missing-file") == "off"
    assert severity("a.md", "links/empty-link") == "warning"  # the globs of a base are relative to the base
    assert severity("shared/a.md", "links/empty-link") == "error"
    title = setting("a.md", "metadata/title-length")
    assert (title.options["max_pixels"], title.options["font_size"], str(title.severity)) == (500, 18, "error")
    assert title.origins["max_pixels"] == "contentlint.toml:5"
    assert title.origins["font_size"] == "shared/base.toml:8"
    assert title.origins["fields"] == "rule page"


def test_command_line_beats_all(write: Write) -> None:
    write(
        {"contentlint.toml": f'[[overrides]]\nfiles = ["*.md"]\nrules = {{ "images/*" = "off", "{ALT}" = "error" }}\n'}
    )
    selected = setting("a.md", "images/missing-file", selection=Selection(select=("images",)))
    assert (selected.enabled, selected.origins["enabled"]) == (True, "--select")
    assert not setting("a.md", "metadata/empty-field", selection=Selection(select=("images",))).enabled
    ignored = setting("a.md", selection=Selection(select=("images",), ignore=("*/missing-alt",)))
    assert (ignored.enabled, ignored.origins["enabled"]) == (False, "--ignore")


def test_bare_table_turns_a_rule_on(write: Write) -> None:
    write({"contentlint.toml": '[rules]\n"*" = "off"\n"metadata/title-length" = {max_pixels = 500}\n'})
    assert setting("a.md", "metadata/title-length").enabled


@pytest.mark.parametrize(("value", "enabled"), [("true", True), ("false", False), ('"on"', True), ('"off"', False)])
def test_on_and_off_may_be_booleans(write: Write, value: str, enabled: bool) -> None:
    write({"contentlint.toml": f'[rules]\n"{ALT}" = {value}\n'})
    assert setting("a.md").enabled is enabled


def test_underscores_are_as_good_as_hyphens(write: Write) -> None:
    write({"contentlint.toml": 'fail_on = "warning"\n[site]\ntheme_prints_title = true\n'})
    loaded = config.load(Path("contentlint.toml"))
    assert loaded.fail_on == "warning"
    assert loaded.site == {"theme_prints_title": True}


def test_key_of_a_concept_may_be_one_word(write: Write) -> None:
    write({"contentlint.toml": '[site.keys]\ntitle = "headline"\n', "a.md": "---\nheadline: ''\n---\n"})
    [one] = api.lint(["a.md"], select=["metadata/empty-field"]).diagnostics
    assert one.data["field"] == "headline"


# Own packs

OWN = """---
summary: A shout
check: pattern
severity: info
messages: {found: "Do not shout: {match}"}
advice: Lower your voice.
audience: redaction
options: {pattern: "[A-Z]{5,}", scope: prose, ignore_case: false}
---
# A shout
"""


def test_own_pack_is_found_beside_the_config_that_names_it(write: Write) -> None:
    write({"contentlint.toml": 'packs = ["rules"]\n', "rules/tone/shout.md": OWN, "content/a.md": "So LOUDLY.\n"})
    found = api.lint(["content/a.md"], select=["tone"]).diagnostics
    assert [(one.rule, one.message) for one in found] == [("tone/shout", "Do not shout: LOUDLY")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("check: pattern", "check: patern"), ["shout.md", "patern", "pattern"]),
        (("scope: prose", "scop: prose"), ["shout.md", "scop", "scope"]),
        (("audience: redaction\n", ""), ["shout.md", "audience"]),
        (("severity: info", "severity: fatal"), ["shout.md", "severity"]),
        (("check: pattern", "check: engine"), ["shout.md", "engine"]),
        (("summary: A shout", "summary: [A shout"), ["shout.md"]),
        (("audience: redaction", "audience: editors"), ["shout.md", "audience", "redaction"]),
    ],
)
def test_own_pack_that_is_wrong(write: Write, change: tuple[str, str], words: list[str]) -> None:
    write({"contentlint.toml": 'packs = ["p"]\n', "p/tone/shout.md": OWN.replace(*change), "a.md": "x\n"})
    with pytest.raises(ConfigError) as error:
        api.lint(["a.md"])
    for word in words:
        assert word in str(error.value)
