"""``contentlint version``."""

from __future__ import annotations

import platform

import click

from contentlint import __version__


@click.command("version")
def command() -> None:
    """Show the version of contentlint and of what it runs on."""
    click.echo(f"contentlint {__version__} (Python {platform.python_version()}, {platform.system()})")
