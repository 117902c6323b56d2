"""``contentlint config``."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contentlint.cli import Unusable
from contentlint.resources import folder

if TYPE_CHECKING:
    from contentlint.config import Config


@click.group("config")
def command() -> None:
    """Show what contentlint is told."""


@command.command("show")
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option("--config", "file", type=click.Path(path_type=Path), metavar="FILE", help="Use this config.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(path: Path, file: Path | None, form: str) -> None:
    """Show the settings that apply to PATH, and where each of them comes from."""
    from contentlint.config import ConfigError
    from contentlint.project import Planner
    from contentlint.registry import Selection

    try:
        project, relative = Planner(file, False, Selection()).around(path)
        settings = {rule_id: project.setting(rule_id, relative) for rule_id in project.registry.rules}
        profile = project.profile
    except ConfigError as error:
        raise Unusable(str(error)) from error
    if form == "json":
        data = {
            "config": str(project.config.file) if project.config.file else None,
            "root": str(project.root),
            "generator": profile.name,
            "values": {
                name: {"value": value, "origin": str(project.config.origins[name])}
                for name, value in _values(project.config)
            },
            "site": {
                "content": profile.content,
                "static": profile.static,
                "dialects": sorted(profile.dialects),
                "heading-ids": profile.heading_ids,
                "theme-prints-title": profile.theme_prints_title,
            },
            "rules": {
                rule_id: {
                    "enabled": one.enabled,
                    "severity": str(one.severity),
                    "options": one.options,
                    "origins": one.origins,
                }
                for rule_id, one in settings.items()
            },
        }
        click.echo(json.dumps(data, indent=2, default=str))
        return
    shown = os.path.relpath(project.config.file) if project.config.file else "none found"
    click.echo(f"config     {shown}")
    click.echo(f"site root  {os.path.relpath(project.root)}")
    click.echo(f"generator  {profile.title}")
    for name, value in _values(project.config):
        click.echo(f"{name} = {_plain(value)}  ({project.config.origins[name]})")
    click.echo("")
    for rule_id, one in settings.items():
        state = str(one.severity) if one.enabled else "off"
        click.echo(f"{rule_id}: {state}  ({one.origins['enabled' if not one.enabled else 'severity']})")
        for name, value in one.options.items():
            if not one.origins[name].startswith("rule page"):
                click.echo(f"    {name} = {_plain(value)}  ({one.origins[name]})")


def _values(config: Config) -> Iterator[tuple[str, object]]:
    """What the config says besides rules, the table of the site flat."""
    for name, value in config.values.items():
        if name == "site":
            yield from ((f"site.{key}", one) for key, one in config.site.items())
        else:
            yield name, value


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of contentlint.toml."""
    click.echo((folder("schemas") / "config.schema.json").read_text(encoding="utf8"), nl=False)
