"""``contentlint explain``."""

from __future__ import annotations

import json

import click

from contentlint import locale as locales
from contentlint.cli import Unusable
from contentlint.cli.rules import here, language
from contentlint.rule import ENGINE, worded


@click.command("explain")
@click.argument("name", metavar="RULE")
@click.option("--lang", type=click.Choice(locales.known()), help="The language of the sentences.")
def command(name: str, lang: str | None) -> None:
    """Explain a rule: why it exists, what is bad and what is good, and its options."""
    from contentlint import options

    project = here()
    registry = project.registry
    rule = registry.rules.get(registry.canonical(name))
    if rule is None:
        raise Unusable(f"no rule {name!r}{registry.nearest(name)}")
    locale = locales.load(language(lang, project.config.values.get("lang")))
    say = locale.say
    state = say("on") if rule.default else say("off")
    click.echo(f"{rule.id} · {say(str(rule.severity))} · {state}")
    click.echo(worded(rule.summary, locale.code))
    click.echo(f"\n→ {worded(rule.advice, locale.code)}")
    if rule.languages:
        click.echo(f"{say('explain-languages')}: {', '.join(rule.languages)}")
    click.echo(rule.body.rstrip())
    if rule.check == ENGINE:
        return
    described = options.describe(rule.check)
    if described:
        click.echo(f"\n## {say('explain-options')}\n")
    for option in described:
        value = rule.options.get(option.name, option.default)
        shown = f"{say('explain-default')} `{json.dumps(value, ensure_ascii=False)}`"
        click.echo(f"- `{option.name}` ({option.type}, {shown}): {option.meaning}")
