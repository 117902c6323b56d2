"""``contentlint site``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contentlint.cli import Unusable

if TYPE_CHECKING:
    from contentlint.project import Project

# The fields of a profile, in the order of how much they explain.
_SHOWN = (
    "content",
    "ignore",
    "static",
    "relative",
    "addresses",
    "generated",
    "dialects",
    "heading_ids",
    "theme_prints_title",
    "keys",
)


@click.group("site")
def command() -> None:
    """Show what contentlint knows of the site."""


@command.command("show")
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option("--config", "file", type=click.Path(path_type=Path), metavar="FILE", help="Use this config.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(path: Path, file: Path | None, form: str) -> None:
    """Show how the site of PATH is laid out, and what told."""
    from contentlint.config import ConfigError
    from contentlint.project import Planner
    from contentlint.registry import Selection

    if not os.path.lexists(path):
        raise Unusable(f"{path}: no such file or folder")
    try:
        values = _values(Planner(file, False, Selection()).around(path)[0])
    except ConfigError as error:
        raise Unusable(str(error)) from error
    if form == "json":
        click.echo(json.dumps(values, indent=2, ensure_ascii=False))
        return
    for name, one in values.items():
        shown = one["value"]
        if name == "root":
            shown = os.path.relpath(shown)
        elif name == "generator":
            shown = one["title"]
        elif isinstance(shown, dict):
            what = "concepts" if name == "keys" else "folders"
            shown = f"of {len(shown)} {what}; --format json lists them"
        elif isinstance(shown, list):
            shown = " ".join(json.dumps(item) if not item or " " in item else item for item in shown) or "none"
        elif not isinstance(shown, str):
            shown = {True: "yes", False: "no", None: "not known"}[shown]
        click.echo(f"{name:<19} {shown}  ({one['origin']})")


def _values(project: Project) -> dict[str, dict[str, Any]]:
    """Every value that is known of the site, each with what told it. Raises ConfigError."""
    from contentlint.site import hosts
    from contentlint.site import profile as profiles

    profile, config = project.profile, project.config
    configured = config.origins
    if "site.generator" in configured:
        told = str(configured["site.generator"])
    else:
        told = "; ".join(profiles.evidence(profile, project.tree)) or "no generator was recognised"
    marks = list(profiles.root_marks(project.tree)) if project.tree.project else []
    values: dict[str, dict[str, Any]] = {
        "root": {"value": str(project.root), "origin": "; ".join(marks) or "no mark of a site above it"},
        "generator": {"value": profile.name, "title": profile.title, "origin": told},
    }
    for field in _SHOWN:
        value = getattr(profile, field)
        if isinstance(value, frozenset):
            value = sorted(value)
        elif field == "addresses":
            value = {pattern.folder: list(pattern.addresses) for pattern in reversed(value)}
        elif isinstance(value, tuple):
            value = list(value)
        elif field == "keys":
            value = {concept: list(keys) for concept, keys in value.items()}
        origin = configured.get(f"site.{field}")
        values[field.replace("_", "-")] = {"value": value, "origin": str(origin or profile.origins[field])}
    url = configured.get("site.base_url")
    own = profile.base_url and profile.origins.get("base_url")
    base_url = config.site.get("base_url") or profile.base_url
    values["base-url"] = {"value": base_url, "origin": str(url or own or "nothing says it")}
    names = sorted(hosts.hosts(project.tree, profile, config.site.get("base_url")))
    values["hosts"] = {
        "value": names,
        "origin": "base-url" if url else "the site's own files" if names else "nothing says it",
    }
    language = configured.get("language")
    values["language"] = {
        "value": config.values.get("language"),
        "origin": str(language or "each page is read for its own"),
    }
    return values
