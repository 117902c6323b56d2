"""``contentlint rules``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from contentlint import locale as locales
from contentlint.cli import Unusable
from contentlint.rule import AUDIENCES, Rule, worded

if TYPE_CHECKING:
    from contentlint.project import Project


def here(selectors: Sequence[str] = ()) -> Project:
    """The site of the working directory, its rules loaded. Raises Unusable."""
    from contentlint.config import ConfigError
    from contentlint.project import Planner
    from contentlint.registry import Selection

    try:
        project = Planner(None, False, Selection(select=tuple(selectors))).here()
        project.registry  # noqa: B018 - computed here, for it is what raises
    except ConfigError as error:
        raise Unusable(str(error)) from error
    return project


def language(asked: str | None, configured: str | None = None) -> str:
    """The language for what is no report: asked for, configured, or that of the environment."""
    return locales.load(asked or configured or locales.of_environment()).code


def as_data(rule: Rule) -> dict[str, Any]:
    """A rule as plain data, for ``--format json``."""
    return {
        "id": rule.id,
        "summary": dict(rule.summary),
        "severity": str(rule.severity),
        "default": rule.default,
        "audience": rule.audience,
        "languages": list(rule.languages),
        "tags": list(rule.tags),
        "check": rule.check,
        "options": dict(rule.options),
        "since": rule.since,
    }


@click.command("rules")
@click.argument("selectors", nargs=-1)
@click.option("--for", "audience", type=click.Choice(AUDIENCES), help="Only rules for these people.")
@click.option("--tag", help="Only rules with this tag.")
@click.option("--on/--off", "default", default=None, help="Only rules that are on, or off, by default.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(locales.known()), help="The language of the summaries.")
def command(
    selectors: tuple[str, ...],
    audience: str | None,
    tag: str | None,
    default: bool | None,
    form: str,
    lang: str | None,
) -> None:
    """List the rules, your own packs included: all, or those that SELECTORS name (ids, packs, globs)."""
    project = here(selectors)
    registry = project.registry
    named = {rule_id for selector in selectors for rule_id in registry.matching(selector)}
    rules = [
        rule
        for rule in registry.rules.values()
        if (not selectors or rule.id in named)
        and (audience is None or rule.audience == audience)
        and (tag is None or tag in rule.tags)
        and (default is None or rule.default is default)
    ]
    if form == "json":
        click.echo(json.dumps([as_data(rule) for rule in rules], indent=2))
        return
    locale = locales.load(language(lang, project.config.values.get("lang")))
    column = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        state = locale.say(str(rule.severity)) if rule.default else locale.say("off")
        click.echo(f"{rule.id:<{column}}  {state:<13}  {worded(rule.summary, locale.code)}")
