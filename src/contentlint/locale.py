"""How contentlint speaks: numbers, plurals and the sentences of its own interface, in the language of the reader.

A locale is one file, ``locales/<code>.toml``. Templates name their values: ``{name}`` as it is, ``{name:n}`` a number
in the locale's form, ``{name:one|many}`` the word that goes with the number, ``{name:size}`` a number of bytes as
people say it, ``{name:code}`` names in backticks. A brace is written twice to be itself.
"""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from contentlint.resources import package_file

DEFAULT = "en"

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(\w+)(?::([^{}]*))?\}")


@dataclass(frozen=True, slots=True)
class Locale:
    """The conventions and the sentences of one language."""

    code: str
    decimal: str
    group: str
    singular_below: float
    """A quantity strictly below this takes the singular: 2 in French (« 1,5 page »); English counts only 1."""
    singular_zero: bool
    sentences: Mapping[str, str]

    def say(self, name: str, /, **values: Any) -> str:
        """The sentence of the interface of that name, with its values filled in."""
        return self.format(self.sentences[name], values)

    def format(self, template: str, values: Mapping[str, Any]) -> str:
        """A template with its values. A placeholder without a value stays as written."""

        def fill(match: re.Match[str]) -> str:
            if (name := match[1]) is None:
                return match[0][0]
            if name not in values:
                return match[0]
            value, form = values[name], match[2] or ""
            if isinstance(value, (int, float)):
                if form == "n":
                    return self.number(value)
                if form == "size":
                    return self.size(value)
                if "|" in form:
                    one, many = form.split("|", 1)
                    return one if self.is_singular(value) else many
            elif form == "code":
                return self.listed(f"`{one}`" for one in ([value] if isinstance(value, str) else value))
            return self.plain(value)

        return _PLACEHOLDER.sub(fill, template)

    def plain(self, value: Any) -> str:
        """A value inside a sentence: text as it is, numbers with the locale's decimal sign, lists with commas."""
        if isinstance(value, float):
            return self.number(value)
        if isinstance(value, (list, tuple)):
            return ", ".join(self.plain(item) for item in value)
        return str(value)

    def listed(self, names: Iterable[str]) -> str:
        """Names in a sentence: « a, b et c »."""
        *most, last = names
        return self.say("and", first=", ".join(most), last=last) if most else last

    def number(self, value: float) -> str:
        """A number with the locale's signs; a float keeps one digit after the decimal sign unless that is zero."""
        if not math.isfinite(value):
            return str(value)
        rounded = round(value, 1)
        text = f"{rounded:,}" if rounded != int(rounded) else f"{int(rounded):,}"
        signs = {ord(","): self.group, ord("."): self.decimal}
        return text.translate(signs)

    def size(self, size: float) -> str:
        """A number of bytes in the unit that fits it, of a thousand each: « 1,4 Mo », "267 bytes"."""
        if size < 1000:
            return self.say("size-bytes", size=size)
        if round(size / 1000) < 1000:
            return self.say("size-kilobytes", size=round(size / 1000))
        return self.say("size-megabytes", size=size / 1_000_000)

    def is_singular(self, number: float) -> bool:
        """Whether that many things take the singular."""
        if number == 0:
            return self.singular_zero
        return number == 1 or abs(number) < self.singular_below


@cache
def known() -> tuple[str, ...]:
    """The codes of the locales that exist, English first."""
    codes = sorted(file.stem for file in package_file("locales").glob("*.toml"))
    return tuple(sorted(codes, key=lambda code: code != DEFAULT))


def of_environment() -> str:
    """The language of the user's environment as its variables write it (``fr_FR.UTF-8``); else English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((os.environ[name] for name in names if os.environ.get(name)), DEFAULT)


@cache
def load(code: str) -> Locale:
    """The locale of that language; a region is ignored (``fr-CA``), an unknown language gives English."""
    language = re.split(r"[-_.]", code, maxsplit=1)[0].lower()
    file = package_file("locales", f"{language}.toml")
    if language not in known():
        return load(DEFAULT)
    data = tomllib.loads(file.read_text(encoding="utf8"))
    numbers = data["numbers"]
    return Locale(
        code=language,
        decimal=numbers["decimal"],
        group=numbers["group"],
        singular_below=numbers["singular-below"],
        singular_zero=numbers["singular-zero"],
        sentences=data["sentences"],
    )
