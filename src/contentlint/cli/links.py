"""``contentlint links``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from contentlint.cli import Unusable


@click.command("links")
@click.argument("paths", nargs=-1)
@click.option("--external", is_flag=True, help="Only addresses on other hosts, for a link checker to try.")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this config for all pages.")
@click.option("--isolated", is_flag=True, help="Use no config at all.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(paths: tuple[str, ...], external: bool, config: Path | None, isolated: bool, form: str) -> None:
    """List what pages refer to, and where it leads; nothing is fetched.

    Text is a line an address: with --external the address alone, so that `contentlint links --external | lychee -`
    tries them all; else its state and the first place that names it. JSON has every place.
    """
    from contentlint import inventory
    from contentlint.config import ConfigError
    from contentlint.linter import Request

    try:
        found, failures = inventory.addresses(Request(paths=paths, config=config, isolated=isolated), external=external)
    except ConfigError as error:
        raise Unusable(str(error)) from error
    if form == "json":
        click.echo(json.dumps(inventory.as_json(found, failures), indent=2))
    else:
        for one in found:
            first = one.places[0]
            told = f"{one.state:<14} {first.path}:{first.position.line}  {one.url}"
            click.echo("".join(filter(str.isprintable, one.url if external else told)))
        for failure in failures:
            click.echo(f"{failure.path or ''}: {failure.message}", err=True)
    raise SystemExit(2 if failures else 0)
