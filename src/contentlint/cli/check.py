"""``contentlint check``."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contentlint import locale as locales
from contentlint import reporters
from contentlint.cli import Unusable
from contentlint.diagnostic import Severity
from contentlint.report import Report
from contentlint.reporters import Context
from contentlint.rule import AUDIENCES
from contentlint.source import file
from contentlint.span import LineIndex

if TYPE_CHECKING:
    from contentlint.linter import Request

_LEVELS = [*(str(severity) for severity in reversed(Severity)), "never"]

_SLOW = 1.0
"""Seconds after which a person wants to see that something happens."""


def _names(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    del context, parameter
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


@click.command("check")
@click.argument("paths", nargs=-1)
@click.option(
    "--select",
    multiple=True,
    callback=_names,
    metavar="RULES",
    help="Run only these rules, also those that are off: ids, packs or globs, with commas between.",
)
@click.option("--ignore", multiple=True, callback=_names, metavar="RULES", help="Leave these rules out.")
@click.option(
    "--for",
    "audiences",
    multiple=True,
    callback=_names,
    metavar="WHO",
    help=f"Only what concerns: {', '.join(AUDIENCES)}.",
)
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this config for all pages.")
@click.option("--isolated", is_flag=True, help="Use no config at all.")
@click.option(
    "--force-exclude", is_flag=True, help="Let the config's `exclude` hold for files named one by one too (pre-commit)."
)
@click.option(
    "--site",
    "whole_site",
    is_flag=True,
    help="Report too what files deleted or renamed since the last commit (git) broke on other pages.",
)
@click.option(
    "--format", "form", metavar="FORMAT", default="text", show_default=True, help="text, concise, json or jsonl."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the report there instead of to the terminal.",
)
@click.option(
    "--fail-on", type=click.Choice(_LEVELS), help="The least severity that makes the exit code 1. [default: error]"
)
@click.option(
    "--lang", metavar="LANGUAGE", help="The language of the messages: en or fr. By default that of most pages."
)
@click.option("--full", is_flag=True, help="Show every place with its source line, however many pages there are.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of showing them.")
@click.option(
    "--stdin-filename", metavar="PATH", help="With `-`: where the page that comes on standard input would be."
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes to use. [default: by number of pages]")
@click.option("--color/--no-color", default=None, help="Colours or not. [default: on a terminal]")
def command(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    audiences: tuple[str, ...],
    config: Path | None,
    isolated: bool,
    force_exclude: bool,
    whole_site: bool,
    form: str,
    output: Path | None,
    fail_on: str | None,
    lang: str | None,
    full: bool,
    statistics: bool,
    stdin_filename: str | None,
    jobs: int | None,
    color: bool | None,
) -> None:
    """Lint pages: files, folders, globs, or `-` for standard input.

    Without PATHS, the content of the site in this folder.

    Exit code 0: nothing at or above --fail-on. 1: findings. 2: something could not be read or done.
    """
    from contentlint.config import ConfigError
    from contentlint.linter import Request, lint
    from contentlint.registry import Selection

    if form not in reporters.formats():
        raise click.UsageError(f"--format {form}: choose from {', '.join(reporters.formats())}")
    if lang is not None and lang not in locales.known():
        raise click.UsageError(f"--lang {lang}: choose from {', '.join(locales.known())}")
    if unknown := [name for name in audiences if name not in AUDIENCES]:
        raise click.UsageError(f"--for {unknown[0]}: choose from {', '.join(AUDIENCES)}")
    started = time.perf_counter()
    texts = _standard_input(paths, stdin_filename)
    selection = Selection(select, ignore, audiences)
    with _progress(form == "text" and output is None, lang) as progress:
        try:
            request = Request(
                paths=tuple(path for path in paths if path != "-"),
                texts=texts,
                config=config,
                isolated=isolated,
                force_exclude=force_exclude,
                selection=selection,
                language=lang,
                jobs=jobs,
                progress=progress,
            )
            report = lint(request)
            if whole_site:
                report = _with_aftermath(request, report)
        except ConfigError as error:
            raise Unusable(str(error)) from error
    context = Context(
        locale=locales.load(report.language),
        color=_wants_color(color, output),
        width=min(shutil.get_terminal_size((100, 24)).columns, 140),
        source=_sources(texts),
        full=full,
        command=_again(lang, audiences, select, ignore, config),
        seconds=time.perf_counter() - started if sys.stderr.isatty() else None,
    )
    _write(_rendered(report, context, form, statistics), output)
    level = fail_on or report.fail_on
    raise SystemExit(report.exit_code(None if level == "never" else Severity.parse(level)))


def _with_aftermath(request: Request, report: Report) -> Report:
    from contentlint import vcs
    from contentlint.aftermath import with_aftermath

    try:
        return with_aftermath(request, report)
    except vcs.NoAnswerError as error:
        raise Unusable(f"--site: {error}") from error


def _again(
    lang: str | None, audiences: Sequence[str], select: Sequence[str], ignore: Sequence[str], config: Path | None
) -> str:
    """The command that the report proposes to run next: it keeps what the reader asked for."""
    words = ["contentlint", "check"]
    for option, value in (
        ("--lang", lang),
        ("--for", ",".join(audiences)),
        ("--select", ",".join(select)),
        ("--ignore", ",".join(ignore)),
        ("--config", config and str(config)),
    ):
        words += [option, value] if value else []
    return shlex.join(words)


def _standard_input(paths: Sequence[str], filename: str | None) -> dict[str, bytes]:
    if "-" not in paths:
        if filename is not None:
            raise click.UsageError("--stdin-filename goes with `-`")
        return {}
    return {os.path.abspath(filename) if filename else "": sys.stdin.buffer.read()}


@contextmanager
def _progress(wanted: bool, lang: str | None) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on the terminal, for runs that take longer than a person likes to wait without a sign."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    started = time.perf_counter()
    with ExitStack() as stack:
        bar = None

        def advance(done: int, total: int) -> None:
            nonlocal bar
            if bar is None:
                if time.perf_counter() - started < _SLOW:
                    return
                label = locales.load(lang or locales.of_environment()).say("progress")
                bar = stack.enter_context(click.progressbar(length=total, label=label, file=sys.stderr))
            bar.update(done - bar.pos)

        yield advance


def _wants_color(asked: bool | None, output: Path | None) -> bool:
    """Asked for, then FORCE_COLOR, then NO_COLOR, then whether a terminal that knows colours is there."""
    if asked is not None:
        return asked
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return output is None and sys.stdout.isatty()


def _sources(texts: Mapping[str, bytes]) -> Callable[[str], Sequence[str] | None]:
    """Gives the lines of pages for the excerpts of the text report, each page read once."""
    from contentlint.project import STANDALONE

    @cache
    def lines(path: str) -> Sequence[str] | None:
        data = texts.get(os.path.abspath(path), texts.get("") if path == STANDALONE else None)
        try:
            text = file.decode(file.read_bytes(Path(path)) if data is None else data).text
        except file.Unreadable:
            return None
        index = LineIndex(text)
        return [index.line_span(line).of(text) for line in range(1, len(index) + 1)]

    return lines


def _rendered(report: Report, context: Context, form: str, counted: bool) -> str:
    if not counted:
        return reporters.render(form, report, context)
    from contentlint.reporters.text import statistics

    return statistics(report, context)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False, color=True)
        return
    try:
        output.write_text(text, encoding="utf8", errors="backslashreplace")
    except OSError as error:
        raise Unusable(f"cannot write {output}: {error.strerror}") from error
