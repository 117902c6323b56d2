"""Fields of the front matter that were to be filled in and were not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _fields, _patterns
from contentlint.source import language
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry

_AROUND = " \t\n.…!?:;,()[]{}<>«»“”\"'*_-\u00a0"


@dataclass(frozen=True, slots=True)
class Options:
    """What is looked at, and what stands for a value that is yet to come."""

    fields: Annotated[
        tuple[str, ...], Meta(description="Concepts (`title`) or keys (`seo.ogTitle`) of the front matter, lists too.")
    ] = ("title", "description")
    vocabulary: Annotated[
        str,
        Meta(
            description="A list of placeholders by its name in the data of languages. Those of all "
            "languages count: a template in English is left behind on French pages too."
        ),
    ] = "placeholder-text"
    words: Annotated[tuple[str, ...], Meta(description="Values that are placeholders in any language.")] = ()
    anywhere: Annotated[
        tuple[str, ...], Meta(description="Words that make a value a placeholder wherever they stand in it.")
    ] = ("lorem ipsum",)


@check("placeholder-field", needs={"front-matter"})
def placeholder_field(document: Document, options: Options) -> Iterator[Match]:
    """A value that is nothing but a placeholder (``found``); ``expression``: one that no template engine fills in."""
    known = _placeholders(options.vocabulary) | set(options.words)
    literal = _patterns.stay_as_written(document)
    for field in _fields.named(document, options.fields):
        for entry in field.children or [field]:
            if not isinstance(entry.value, str):
                continue
            if _stands_for_another(entry, known, options.anywhere):
                yield Match(entry.span, values={"field": field.name, "text": entry.value.strip()})
            elif literal and (expression := _patterns.EXPRESSION.search(entry.value)):
                values = {"field": field.name, "text": expression[0]}
                yield Match(entry.part(*expression.span()), "expression", values)


@cache
def _placeholders(name: str) -> frozenset[str]:
    return frozenset().union(*(language.load(code).vocabulary(name) for code in language.known()))


def _stands_for_another(entry: Entry, known: frozenset[str], anywhere: tuple[str, ...]) -> bool:
    text = " ".join(entry.value.lower().split())
    return text.strip(_AROUND) in known or any(word in text for word in anywhere)
