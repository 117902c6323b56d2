"""``contentlint preview``."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contentlint import locale as locales
from contentlint.cli import Unusable
from contentlint.reporters._terminal import Style, safe

if TYPE_CHECKING:
    from contentlint.locale import Locale
    from contentlint.preview import Card, Line, Preview, Search

_COLUMNS = 78


@click.command("preview")
@click.argument("page", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this config.")
@click.option("--isolated", is_flag=True, help="Use no config at all.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--lang", metavar="LANGUAGE", help="The language of the labels: en or fr. By default that of the page.")
@click.option("--color/--no-color", default=None, help="Colours or not. [default: on a terminal]")
def command(page: Path, config: Path | None, isolated: bool, form: str, lang: str | None, color: bool | None) -> None:
    """Show how PAGE will look in search results and when it is shared.

    Texts are cut where they will be cut, in pixels of Arial. Google publishes no limit: these are heuristics.
    """
    from contentlint.config import ConfigError
    from contentlint.preview import preview
    from contentlint.source.file import Unreadable

    try:
        seen = preview(page, config, isolated=isolated)
    except (ConfigError, Unreadable) as error:
        raise Unusable(f"{page}: {error}" if isinstance(error, Unreadable) else str(error)) from error
    if form == "json":
        click.echo(json.dumps(seen.as_data(), indent=2))
        return
    spoken = seen.language if seen.language in locales.known() else locales.of_environment()
    locale = locales.load(lang or spoken or locales.DEFAULT)
    style = Style(sys.stdout.isatty() if color is None else color)
    for line in _lines(seen, locale, style):
        click.echo(line, color=True)


def _lines(seen: Preview, locale: Locale, style: Style) -> Iterator[str]:
    if seen.search.hidden:
        yield style(locale.say(f"preview-{seen.search.hidden}"), "yellow")
        yield ""
    for screen in ("desktop", "mobile"):
        yield style(locale.say(f"preview-{screen}"), "bold")
        yield from _result(seen.search, screen, locale, style)
        yield ""
    yield style(locale.say("preview-card"), "bold")
    yield from _card(seen.card, locale, style)
    yield ""
    yield style(locale.say("preview-note"), "dim")


def _result(search: Search, screen: str, locale: Locale, style: Style) -> Iterator[str]:
    yield from _wrapped(search.address, style, "dim")
    for field, line in (("title", search.title), ("description", search.description)):
        if line is None:
            yield f"  {style(locale.say(f'preview-no-{field}'), 'yellow')}"
            continue
        cut = line.desktop if screen == "desktop" else line.mobile
        yield from _wrapped(cut.shown, style, *(("blue",) if field == "title" else ()))
        yield f"    {style(_measure(line, screen, locale), 'yellow' if cut.cut else 'dim')}"


def _measure(line: Line, screen: str, locale: Locale) -> str:
    cut = line.desktop if screen == "desktop" else line.mobile
    values = {"key": safe(line.key), "characters": line.characters, "pixels": cut.pixels, "limit": cut.limit}
    return locale.say("preview-cut" if cut.cut else "preview-fits", **values)


def _card(card: Card, locale: Locale, style: Style) -> Iterator[str]:
    if card.image is None:
        yield f"  {style(locale.say('preview-no-image'), 'yellow')}"
    else:
        size = f" · {card.image.width} × {card.image.height}" if card.image.width else ""
        yield from _wrapped(f"[{card.image.reference}]", style, "dim")
        lost = card.image.state in ("missing", "other-case", "outside")
        told = locale.say("preview-image-lost") if lost else ""
        yield f"    {style(safe(card.image.key) + size, 'dim')}{style(told and f' · {told}', 'yellow')}"
        if card.image.alt:
            yield from _wrapped(card.image.alt, style, "dim")
    if card.host:
        yield from _wrapped(card.host, style, "dim")
    for field, text in (("title", card.title), ("description", card.description)):
        if text:
            yield from _wrapped(text.shown, style, *(("bold",) if field == "title" else ()))
        else:
            yield f"  {style(locale.say(f'preview-no-{field}'), 'yellow')}"


def _wrapped(text: str, style: Style, *colours: str) -> Iterator[str]:
    for line in textwrap.wrap(safe(text), _COLUMNS):
        yield f"  {style(line, *colours) if colours else line}"
