"""``contentlint claims``."""

from __future__ import annotations

from pathlib import Path

import click

from contentlint.cli import Unusable

_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@click.command("claims")
@click.argument("paths", nargs=-1)
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this config for all pages.")
@click.option("--isolated", is_flag=True, help="Use no config at all.")
@click.option("--lang", metavar="CODE", help="The language of headings: en, fr. By default that of the pages.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json", "html"]), default="text", show_default=True)
@click.option(
    "--delimiter",
    type=click.Choice(list(_DELIMITERS)),
    help="Between the cells of CSV; by default what spreadsheets expect: semicolon in French, else comma.",
)
def command(
    paths: tuple[str, ...], config: Path | None, isolated: bool, lang: str | None, form: str, delimiter: str | None
) -> None:
    """List every figure that pages state: what it is of, where it comes from, what contradicts it.

    The author's own facts are listed too. CSV and HTML have an empty column for the source that the author is to give.
    """
    from contentlint import ledger as ledgers
    from contentlint import locale as locales
    from contentlint.config import ConfigError
    from contentlint.ledger import render
    from contentlint.linter import Request

    if delimiter and form != "csv":
        raise click.UsageError("--delimiter goes with --format csv")
    try:
        found = ledgers.ledger(Request(paths=paths, config=config, isolated=isolated, language=lang))
    except ConfigError as error:
        raise Unusable(str(error)) from error
    locale = locales.load(found.language)
    if form == "csv":
        shown = render.as_csv(found, locale, _DELIMITERS[delimiter] if delimiter else None)
    else:
        shown = render.FORMS[form](found, locale)
    click.echo(shown.encode("utf8", "replace"), nl=False)
    for failure in found.failures:
        click.echo(f"{failure.path or ''}: {failure.message}", err=True)
    raise SystemExit(2 if found.failures else 0)
