from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from conftest import Write
from contentlint import __version__
from contentlint.cli import group

CLEAN = "---\ntitle: Opening hours\n---\n\nWe open at eight.\n"
WARNED = "##\n"
BROKEN = "![A workbench](file:///home/martha/bench.png)\n"


def run(*arguments: str, stdin: str | bytes | None = None, **environment: str) -> Result:
    quiet = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_GB.UTF-8", "NO_COLOR": "", "FORCE_COLOR": "", "TERM": "xterm"}
    return CliRunner().invoke(group, arguments, input=stdin, env=quiet | environment, catch_exceptions=False)


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    command = [sys.executable, "-m", "contentlint", *arguments]
    env = {**os.environ, "LANG": "en_GB.UTF-8", "PYTHONUNBUFFERED": "", **environment}
    return subprocess.run(command, capture_output=True, text=True, env=env, encoding="utf8", timeout=60)


# Exit codes


@pytest.mark.parametrize(
    ("page", "arguments", "code"),
    [
        (CLEAN, [], 0),
        (WARNED, [], 0),
        (BROKEN, [], 1),
        (CLEAN, ["--fail-on", "info"], 0),
        (WARNED, ["--fail-on", "info"], 1),
        (WARNED, ["--fail-on", "warning"], 1),
        (BROKEN, ["--fail-on", "never"], 0),
        (BROKEN, ["--ignore", "images"], 0),
        (WARNED, ["missing.md"], 2),
        (CLEAN, ["missing-*.md"], 2),
        (CLEAN, ["--select", "imges"], 2),
        (CLEAN, ["--ignore", "imges"], 2),
        (CLEAN, ["--config", "missing.toml"], 2),
        (CLEAN, ["--format", "xml"], 2),
        (CLEAN, ["--lang", "de"], 2),
        (CLEAN, ["--for", "everyone"], 2),
        (CLEAN, ["--fail-on", "warn"], 2),
        (CLEAN, ["--stdin-filename", "a.md"], 2),
        (CLEAN, ["--output", "no/such/folder/report.json"], 2),
        (CLEAN, ["--unknown"], 2),
    ],
)
def test_exit_code(write: Write, page: str, arguments: list[str], code: int) -> None:
    write({"a.md": page})
    assert run("check", "a.md", *arguments).exit_code == code


def test_failures_do_not_hide_findings(write: Write) -> None:
    write({"a.md": BROKEN})
    result = run("check", "missing.md", "a.md", "--format", "concise")
    assert result.exit_code == 2
    assert "images/local-path" in result.stdout
    assert "missing.md" in result.stdout


def test_level_of_failure_may_be_configured(write: Write) -> None:
    write({"contentlint.toml": 'fail-on = "warning"\n', "a.md": WARNED})
    assert run("check").exit_code == 1
    assert run("check", "--fail-on", "error").exit_code == 0


def test_configuration_error_is_one_line(write: Write) -> None:
    write({"contentlint.toml": '[rules]\n"images/missing-atl" = "off"\n', "a.md": CLEAN})
    for command in (["check"], ["rules"], ["explain", "images/missing-alt"], ["config", "show"]):
        result = run(*command)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith("Error: contentlint.toml:2: ")
        assert result.stderr.count("\n") == 1


# What is linted


def test_select_and_ignore_take_commas_globs_and_repetition(write: Write) -> None:
    write({"a.md": WARNED + BROKEN + "![](x:y)\n"})
    arguments = ["--select", "images/*,links", "--select", "structure", "--ignore", "*/missing-alt"]
    result = run("check", "a.md", "--format", "json", *arguments)
    rules = {one["rule"] for one in json.loads(result.stdout)["diagnostics"]}
    assert rules == {"structure/empty-heading", "images/local-path"}


def test_for_shows_only_what_concerns_some_people(write: Write) -> None:
    write({"a.md": BROKEN, "b.md": "---\ntags:\n---\n"})
    result = run("check", ".", "--for", "redaction", "--format", "json")
    assert {one["rule"] for one in json.loads(result.stdout)["diagnostics"]} == {"metadata/empty-field"}


def test_standard_input_is_linted_where_it_would_be(write: Write) -> None:
    write({"contentlint.toml": '[rules]\n"images/*" = "info"\n[site]\ngenerator = "hugo"\n', "static/there.png": ""})
    page = "![x](/there.png)\n\n![x](/not-there.png)\n"
    result = run("check", "-", "--stdin-filename", "content/a.md", "--format", "concise", stdin=page)
    assert result.stdout.splitlines()[0].startswith("content/a.md:3:6: info images/missing-file ")
    assert result.exit_code == 0


def test_text_report_shows_the_lines_of_standard_input(write: Write) -> None:
    write({"a.md": "quite different\n"})
    result = run("check", "-", "--stdin-filename", "a.md", stdin="Words\n\n" + BROKEN)
    assert "![A workbench]" in result.stdout


def test_standard_input_without_a_name_stands_alone(write: Write) -> None:
    write({"contentlint.toml": "broken"})
    result = run("check", "-", "--format", "json", stdin=b"## \xff\n")
    data = json.loads(result.stdout)
    assert {(one["path"], one["rule"]) for one in data["diagnostics"]} == {("<text>", "file/invalid-utf8")}


def test_standard_input_goes_with_paths(write: Write) -> None:
    write({"a.md": WARNED})
    result = run("check", "-", "a.md", "--stdin-filename", "b.md", "--format", "concise", stdin=WARNED)
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == ["a.md", "b.md"]


def test_name_that_looks_like_an_option(write: Write) -> None:
    write({"-rf.md": WARNED})
    assert "-rf.md:1:1:" in run("check", "--format", "concise", "--", "-rf.md").stdout


# Formats


def test_every_format_tells_of_findings_and_failures(write: Write) -> None:
    write({"a.md": BROKEN})
    for form in ("text", "concise", "json", "jsonl"):
        result = run("check", "a.md", "missing.md", "--format", form)
        assert "images/local-path" in result.stdout, form
        assert "missing.md" in result.stdout, form
        assert result.stdout.endswith("\n")
        assert result.stderr == ""


def test_concise_is_one_line_a_finding(write: Write) -> None:
    write({"a.md": "\n" + BROKEN})
    [line] = run("check", "a.md", "--format", "concise").stdout.splitlines()
    assert line.startswith("a.md:2:16: error images/local-path ")


def test_jsonl_is_the_json_report_in_lines(write: Write) -> None:
    write({"a.md": BROKEN + "\n" + WARNED})
    whole = json.loads(run("check", "a.md", "--format", "json").stdout)
    *lines, last = map(json.loads, run("check", "a.md", "--format", "jsonl").stdout.splitlines())
    assert lines == whole.pop("diagnostics")
    assert last == whole


def test_output_goes_to_a_file(write: Write) -> None:
    write({"a.md": BROKEN})
    result = run("check", "a.md", "--format", "json", "--output", "report.json")
    assert result.output == ""
    assert result.exit_code == 1
    assert json.loads(Path("report.json").read_text(encoding="utf8"))["pages"] == 1


def test_statistics_count_by_rule(write: Write) -> None:
    write({"a.md": WARNED + BROKEN, "b.md": WARNED + WARNED})
    lines = run(
        "check", ".", "--select", "images/local-path,structure/empty-heading", "--statistics"
    ).stdout.splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["3", "2", "structure/empty-heading"],
        ["1", "1", "images/local-path"],
    ]


# Colours


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ([], {}, False),
        (["--color"], {}, True),
        (["--color"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True),
        (["--no-color"], {"FORCE_COLOR": "1"}, False),
        ([], {"NO_COLOR": "1"}, False),
    ],
)
def test_colors(write: Write, arguments: list[str], environment: dict[str, str], colored: bool) -> None:
    write({"a.md": BROKEN})
    result = run("check", "a.md", *arguments, **environment)
    assert ("\x1b[" in result.stdout) is colored
    assert "images/local-path" in click.unstyle(result.stdout)


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals here")
@pytest.mark.parametrize(
    ("environment", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colors_on_a_terminal(write: Write, environment: dict[str, str], colored: bool) -> None:
    import pty

    write({"a.md": BROKEN})
    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    subprocess.run(
        [sys.executable, "-m", "contentlint", "check", "a.md", "--format", "text"],
        stdout=theirs,
        env={**clean, "TERM": "xterm", **environment},
        timeout=60,
    )
    os.close(theirs)
    shown = b""
    try:
        while block := os.read(ours, 65536):
            shown += block
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    assert b"images/local-path" in shown
    assert (b"\x1b[" in shown) is colored


# The language of the messages

FRENCH = "---\nlang: fr\n---\n\n" + WARNED
ENGLISH = "---\nlang: en\n---\n\n" + WARNED


def message(*arguments: str, **environment: str) -> str:
    result = run("check", "--select", "structure/empty-heading", "--format", "json", *arguments, **environment)
    said: str = json.loads(result.stdout)["diagnostics"][0]["message"]
    return said


def test_french_site_speaks_french_whatever_the_locale(write: Write) -> None:
    write({"a.md": FRENCH, "b.md": FRENCH, "c.md": ENGLISH})
    assert "sans texte" in message(".", LANG="C")
    assert "sans texte" in message(".", LANG="en_US.UTF-8")


def test_two_languages_with_as_many_pages_do_not_depend_on_the_order_of_the_pages(write: Write) -> None:
    write({"a.md": FRENCH, "b.md": ENGLISH})
    assert "without a text" in message(".", LANG="fr_FR.UTF-8")


def test_asked_for_beats_configured_beats_the_pages(write: Write) -> None:
    write({"contentlint.toml": 'lang = "en"\n', "a.md": FRENCH})
    assert "without a text" in message(".")
    assert "sans texte" in message(".", "--lang", "fr")


@pytest.mark.parametrize(
    ("environment", "french"),
    [
        ({"LANG": "fr_CA.UTF-8"}, True),
        ({"LANG": "C"}, False),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "fr_FR", "LC_ALL": "en_GB"}, False),
        ({"LANG": "en_GB", "LC_MESSAGES": "fr_FR"}, True),
        ({"LANG": ""}, False),
    ],
)
def test_where_pages_do_not_tell_the_locale_decides(write: Write, environment: dict[str, str], french: bool) -> None:
    write({"a.md": "##\n"})
    assert ("sans texte" in message("a.md", **environment)) is french


# Other commands


def test_explain_shows_the_page_and_the_options() -> None:
    english = run("explain", "metadata/title-length").stdout
    assert "# Title length" in english
    assert "- `max_pixels`" in english
    assert "`600`" in english
    assert "moteurs de recherche" in run("explain", "metadata/title-length", "--lang", "fr").stdout


def test_explain_suggests_a_name() -> None:
    result = run("explain", "title-length")
    assert result.exit_code == 2
    assert "'metadata/title-length'" in result.stderr


def test_every_rule_can_be_explained() -> None:
    for rule in json.loads(run("rules", "--format", "json").stdout):
        result = run("explain", rule["id"])
        assert result.exit_code == 0, rule["id"]
        assert rule["summary"]["en"] in result.stdout


def test_rules_can_be_listed_and_filtered() -> None:
    rules = json.loads(run("rules", "images", "structure/empty-*", "--format", "json").stdout)
    assert {rule["id"] for rule in rules} >= {"images/local-path", "structure/empty-heading"}
    assert {rule["id"].split("/")[0] for rule in rules} == {"images", "structure"}
    assert {rule["audience"] for rule in json.loads(run("rules", "--for", "seo", "--format", "json").stdout)} == {"seo"}
    assert all(not rule["default"] for rule in json.loads(run("rules", "--off", "--format", "json").stdout))
    [line] = run("rules", "images/local-path", "--lang", "fr").stdout.splitlines()
    assert line.split()[:2] == ["images/local-path", "erreur"]


def test_rules_of_an_unknown_pack() -> None:
    result = run("rules", "image")
    assert result.exit_code == 2
    assert "images" in result.stderr


def test_config_show_tells_where_each_setting_comes_from(write: Write) -> None:
    write(
        {
            "contentlint.toml": 'extends = "base.toml"\nlanguage = "fr"\n'
            '[rules."metadata/title-length"]\nmax_pixels = 500\n',
            "base.toml": '[rules]\n"images/*" = "off"\n[site]\ngenerator = "hugo"\n',
        }
    )
    text = run("config", "show", "content/a.md").stdout
    assert 'language = "fr"  (contentlint.toml:2)' in text
    assert "images/missing-file: off  (base.toml:2)" in text
    assert "max_pixels = 500  (contentlint.toml:4)" in text
    assert "Hugo" in text
    data = json.loads(run("config", "show", "content/a.md", "--format", "json").stdout)
    assert data["values"]["site.generator"] == {"value": "hugo", "origin": "base.toml:4"}
    title = data["rules"]["metadata/title-length"]
    assert title["origins"]["max_pixels"] == "contentlint.toml:4"
    assert title["origins"]["severity"] == "rule page"


def test_config_schema_is_json() -> None:
    assert json.loads(run("config", "schema").stdout)["$schema"].startswith("https://json-schema.org/")


def test_version() -> None:
    assert run("--version").stdout == f"contentlint {__version__}\n"
    assert run("version").stdout.startswith(f"contentlint {__version__} ")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["chek"], "did you mean 'check'?"),
        (["rule"], "did you mean 'rules'?"),
        (["a.md"], "did you mean 'check a.md'?"),
        (["check", "--selct", "images"], "--select"),
        (["check", "--fomat", "json"], "--format"),
    ],
)
def test_wrong_command_or_option_is_answered_with_the_right_one(write: Write, arguments: list[str], hint: str) -> None:
    write({"a.md": ""})
    result = run(*arguments)
    assert result.exit_code == 2
    assert hint in result.stderr


# As a process

HEAVY = {"yaml", "frontmatter", "markdown_it", "mdit_py_plugins", "jsonschema", "msgspec", "textstat", "spellchecker"}


@pytest.mark.parametrize("arguments", ["--help", "--version", "check --help", "rules --help", "explain --help"])
def test_help_and_version_import_nothing_heavy(arguments: str) -> None:
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: sys.stderr.write(' '.join(sys.modules)))\n"
        f"sys.argv = ['contentlint', *{arguments.split()!r}]\n"
        "from contentlint.cli import main\n"
        "main()\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "contentlint" in result.stdout
    assert HEAVY.isdisjoint(name.split(".")[0] for name in result.stderr.split())


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="pipes close otherwise here")
def test_reader_that_goes_away_gets_no_traceback(write: Write) -> None:
    write({"a.md": WARNED * 2000})
    command = [sys.executable, "-m", "contentlint", "check", "a.md", "--format", "json"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 128 + signal.SIGPIPE


def test_terminal_that_cannot_show_a_character_gets_the_report_all_the_same(write: Write) -> None:
    write({"a.md": "---\nlang: fr\n---\n\n" + BROKEN})
    result = process("check", "a.md", PYTHONIOENCODING="ascii")
    assert result.returncode == 1
    assert "images/local-path" in result.stdout
    assert result.stderr == ""


def test_fault_of_our_own_is_no_finding(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from contentlint import linter

    def lint(request: linter.Request) -> object:
        raise RuntimeError("out of order")

    write({"a.md": CLEAN})
    monkeypatch.setattr(linter, "lint", lint)
    result = run("check", "a.md")
    assert result.exit_code == 2
    assert "RuntimeError: out of order" in result.stderr
    monkeypatch.setattr(linter, "lint", _interrupted)
    assert run("check", "a.md").exit_code == 128 + signal.SIGINT


def _interrupted(request: object) -> None:
    raise KeyboardInterrupt
