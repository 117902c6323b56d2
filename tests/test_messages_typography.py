"""What we say in French obeys French typography, which our users are asked to obey too."""

from __future__ import annotations

import re

import pytest

from contentlint import locale as locales
from contentlint import registry

SPACE = "\N{NO-BREAK SPACE}"


def without_code(text: str) -> str:
    """A wording as a reader meets it: without code, and with something in the place of every value."""
    text = re.sub(r"`[^`]*`", "code", text)
    text = re.sub(r"\{\w+:([^{}|]+)\|([^{}|]+)\}", r"\1 \2", text)
    return re.sub(r"\{\w+(?::[^{}]*)?\}", "valeur", text)


FAULTS = {
    "a no-break space goes before high punctuation": rf"(?<!{SPACE})(?:[;!?»](?=\s|[),.…]|$)|:(?=\s|$))",
    "a no-break space goes after an opening quotation mark": rf"«(?!{SPACE})",
    "quotation marks are « »": r"[\"“”]",
    "the apostrophe is ’": r"(?<=\w)'(?=\w)",
    "the ellipsis is one character": r"\.\.\.",
    "no space goes before a comma or a full stop": r"\s[,.](?=\s|$)",
    "there is one space between words": r"\S[ ]{2,}\S",
    "a no-break space goes before a percent sign": r"\d[ ]?%",
}

# Columns in the text report are made with spaces.
SENTENCES = {name: re.sub(r" {3}\(", " (", text) for name, text in locales.load("fr").sentences.items()}
WORDINGS = {
    f"{rule.id} {name}": wording["fr"]
    for rule in registry.load().rules.values()
    for name, wording in {
        "summary": rule.summary,
        "advice": rule.advice,
        "fold": rule.fold,
        **{f"messages.{name}": wording for name, wording in rule.messages.items()},
    }.items()
    if "fr" in wording
}


@pytest.mark.parametrize("text", [*SENTENCES.values(), *WORDINGS.values()], ids=[*SENTENCES, *WORDINGS])
def test_our_french(text: str) -> None:
    plain = without_code(text)
    found = {reason: match[0] for reason, fault in FAULTS.items() if (match := re.search(fault, plain))}
    assert found == {}, repr(plain)


@pytest.mark.parametrize(
    "text",
    ["Titre: trop long", "Titre : trop long", "«Ici»", "« ici »", '"Ici"', "l'ici", "Ici...", "a , b", "à 30 %"],
)
def test_faults_are_seen(text: str) -> None:
    assert any(re.search(fault, without_code(text)) for fault in FAULTS.values())
