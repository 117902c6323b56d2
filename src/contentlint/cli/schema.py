"""``contentlint schema``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contentlint import locale as locales
from contentlint.cli import Unusable
from contentlint.rule import worded

if TYPE_CHECKING:
    from contentlint.locale import Locale
    from contentlint.report import Failure
    from contentlint.rule import Rule
    from contentlint.schema_inference import Deviation, Section

_SHOWN = 3
"""Pages that a line of the text names."""


@click.group("schema")
def command() -> None:
    """Find and share the schemas of front matter."""


@command.command("infer")
@click.argument("paths", nargs=-1)
@click.option("--share", type=click.FloatRange(50, 100), default=98, show_default=True,
              help="Of 100 pages, how many make a rule.")  # fmt: skip
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this config for all pages.")
@click.option("--isolated", is_flag=True, help="Use no config at all.")
@click.option("--format", "form", type=click.Choice(["json", "text", "toml"]), default="json", show_default=True)
@click.option("--lang", type=click.Choice(locales.known()), help="The language of the text.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to a file.")
def infer(
    paths: tuple[str, ...],
    share: float,
    config: Path | None,
    isolated: bool,
    form: str,
    lang: str | None,
    output: Path | None,
) -> None:
    """Propose a JSON Schema for the front matter of each section, with the pages that deviate.

    JSON has it all, text says what deviates, TOML is what contentlint.toml needs to hold the pages to it.
    """
    from contentlint import schema_inference
    from contentlint.cli.rules import language
    from contentlint.config import ConfigError
    from contentlint.linter import Request

    try:
        found, failures = schema_inference.infer(Request(paths=paths, config=config, isolated=isolated), share / 100)
    except ConfigError as error:
        raise Unusable(str(error)) from error
    if form == "json":
        text = json.dumps(schema_inference.as_json(found, failures), indent=2, ensure_ascii=False) + "\n"
    elif form == "toml":
        text = schema_inference.as_config(found)
    else:
        text = "".join(f"{line}\n" for line in _told(found, locales.load(language(lang))))
    _write(text, output, failures if form != "json" else [])
    raise SystemExit(2 if failures else 0)


@command.command("export")
@click.argument("paths", nargs=-1)
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this config for all pages.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
              help="Write each schema into a file there, and print the mapping alone.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to a file.")
def export(paths: tuple[str, ...], config: Path | None, folder: Path | None, output: Path | None) -> None:
    """Give the schemas that the config applies, with the pages that each is for.

    With --folder the mapping is what editors want as yaml.schemas: the file of each schema, and globs of pages.
    """
    from contentlint import schema_export
    from contentlint.config import ConfigError
    from contentlint.linter import Request

    try:
        found, failures = schema_export.applied(Request(paths=paths, config=config))
    except ConfigError as error:
        raise Unusable(str(error)) from error
    data = schema_export.as_files(found, folder) if folder else schema_export.as_json(found)
    _write(json.dumps(data, indent=2, ensure_ascii=False) + "\n", output, failures)
    raise SystemExit(2 if failures else 0)


def _write(text: str, output: Path | None, failures: list[Failure]) -> None:
    if output is None:
        click.echo(text, nl=False)
    else:
        try:
            output.write_text(text, encoding="utf8")
        except OSError as error:
            raise Unusable(f"{output}: {error.strerror}") from error
    for failure in failures:
        click.echo(f"{failure.path or ''}: {failure.message}", err=True)


def _told(found: list[Section], locale: Locale) -> Iterator[str]:
    """What each section's pages have in common, and which deviate, line by line."""
    from contentlint import registry
    from contentlint.reporters._terminal import safe

    rule = registry.load().rules["front-matter/schema"]
    for section in found:
        values = {"folder": section.folder or ".", "pages": section.pages}
        yield locale.say("schema-section", **values)
        required = section.schema.get("required", [])
        if required:
            yield "  " + locale.say("schema-required", fields=locale.listed(required))
        for one in section.deviations:
            yield "  " + safe(_deviation(one, section, locale, rule))
        if not section.deviations:
            yield "  " + locale.say("schema-clean")
    if not found:
        yield locale.say("schema-none")


def _deviation(one: Deviation, section: Section, locale: Locale, rule: Rule) -> str:
    names = list(dict.fromkeys(f"{place.path}:{place.position.line}" for place in one.places))
    places = ", ".join(names[:_SHOWN])
    if len(names) > _SHOWN:
        places += f", {locale.say('more-places', count=len(names) - _SHOWN)}"
    if one.problem == "missing" and "." not in one.field:
        have = section.pages - one.pages
        return locale.say("schema-missing", have=have, pages=section.pages, field=one.field, places=places)
    message = locale.format(worded(rule.message(one.problem), locale.code), one.first.values)
    return locale.say("schema-deviation", message=message, places=places)
