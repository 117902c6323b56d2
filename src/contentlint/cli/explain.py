"""``contentlint explain``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from contentlint import locale as locales
from contentlint.cli import Unusable
from contentlint.cli.rules import here, language
from contentlint.rule import ENGINE, worded

if TYPE_CHECKING:
    from contentlint.locale import Locale
    from contentlint.why import Account


@click.command("explain")
@click.argument("name", metavar="RULE", required=False)
@click.option(
    "--why", "place", metavar="PATH:LINE", help="Explain what is reported there, and how figures were weighed."
)
@click.option("--lang", type=click.Choice(locales.known()), help="The language of the sentences.")
def command(name: str | None, place: str | None, lang: str | None) -> None:
    """Explain a rule: why it exists, what is bad and what is good, and its options.

    With --why, explain a line of a page: its findings, and for each figure what made it likely or unlikely to need a
    source, and what counts as one.
    """
    if (name is None) == (place is None):
        raise click.UsageError("name a RULE, or a line with --why PATH:LINE")
    if place is not None:
        _explain_line(place, lang)
    elif name is not None:
        _explain_rule(name, lang)


def _explain_rule(name: str, lang: str | None) -> None:
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


def _explain_line(place: str, lang: str | None) -> None:
    from contentlint import why
    from contentlint.config import ConfigError
    from contentlint.linter import Request
    from contentlint.reporters._terminal import safe
    from contentlint.source.file import Unreadable

    path, _, line = place.rpartition(":")
    if not path or not line.isdecimal() or int(line) < 1:
        raise click.BadParameter(f"{place!r} is not PATH:LINE", param_hint="--why")
    try:
        account = why.account(Request(language=lang), path, int(line))
    except Unreadable as error:
        raise Unusable(f"{path}: {error}") from error
    except ConfigError as error:
        raise Unusable(str(error)) from error
    locale = locales.load(account.language)
    for told in (*_findings(account, locale), "", *_figures(account, locale)):
        click.echo(safe(told))


def _findings(account: Account, locale: Locale) -> Iterator[str]:
    if not account.findings:
        yield locale.say("why-nothing")
    for finding in account.findings:
        yield f"{locale.say(str(finding.severity))} · {finding.rule}: {finding.message}"
        yield f"  → {finding.advice}"


def _figures(account: Account, locale: Locale) -> Iterator[str]:
    if not account.sentences:
        yield locale.say("why-no-figures" if account.spoken else "why-language")
        return
    for sentence in account.sentences:
        where = f" ({locale.say('why-field', field=sentence.field)})" if sentence.field else ""
        yield locale.say("quote", text=" ".join(sentence.text.split())) + where
        yield locale.say(f"support-{sentence.source}", text=sentence.source_text)
        for figure in sentence.figures:
            likelihood = round(100 * figure.likelihood)
            yield "  " + locale.say("why-likelihood", figure=figure.text, likelihood=likelihood)
            for sign in figure.signs:
                if abs(sign.weight) < _LIGHT:
                    break
                weight = f"{abs(sign.weight):.2f}".replace(".", locale.decimal)
                shown = _sign(sign.name, locale)
                if sign.words:
                    shown = locale.say("why-words", sign=shown, words=locale.say("quote", text=sign.words))
                yield f"    {'+' if sign.weight > 0 else '−'}{weight}  {shown}"
    threshold = round(100 * account.threshold)
    yield locale.say("why-threshold", threshold=threshold) if account.reported else locale.say("why-off")


_LIGHT = 0.1
"""Log odds below which a sign is not worth a line: ten of them together hardly move a likelihood."""
_SIGNS = (
    ("said", re.compile(r"said (?P<list>.+)")),
    ("near", re.compile(r"(?P<list>.+) near")),
    ("above", re.compile(r"above: (?P<list>.+)")),
    ("beside", re.compile(r"beside: (?P<list>.+)")),
    ("page", re.compile(r"page: (?P<list>.+)")),
    ("with-list", re.compile(r"(?P<kind>\S+) and (?P<list>.+)")),
    ("in-words", re.compile(r"(?P<kind>\S+) in words")),
    ("below", re.compile(r"(?P<kind>\S+) below (?P<limit>\S+)")),
    ("of-millions", re.compile(r"(?P<kind>\S+) of millions")),
)
"""The signs that are named after a list of words, a kind of quantity or a size, and the sentence that tells each."""


def _sign(name: str, locale: Locale) -> str:
    """A sign in words: its own sentence, or that of its sort."""
    own = name.replace(": ", "-").replace(" ", "-")
    for sentence in (f"quantity-{own}", f"sign-{own}"):
        if sentence in locale.sentences:
            return locale.say(sentence)
    for sort, form in _SIGNS:
        if match := form.fullmatch(name):
            values: dict[str, object] = dict(match.groupdict())
            if kind := match.groupdict().get("kind"):
                values["kind"] = locale.say(f"quantity-{kind}")
            if limit := match.groupdict().get("limit"):
                values["limit"] = int(float(limit))
            return locale.say(f"sign-{sort}", **values)
    return name
