"""Fields of the front matter that say only what another one says already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, Place, check
from contentlint.checks import _fields, _variants
from contentlint.source.document import Document


@dataclass(frozen=True, slots=True)
class Options:
    """Which fields are compared."""

    fields: Annotated[tuple[str, ...], Meta(description="Concepts or keys that should say something of their own.")] = (
        "description",
    )
    others: Annotated[tuple[str, ...], Meta(description="Concepts or keys that they should not repeat.")] = ("title",)


@check("repeated-field", needs={"front-matter"})
def repeated_field(document: Document, options: Options) -> Iterator[Match]:
    """A text that is that of another field, capitals and punctuation apart; ``field`` and ``other`` are their keys."""
    others = {
        words: entry
        for entry in _fields.named(document, options.others)
        if isinstance(entry.value, str) and (words := _variants.words(entry.value))
    }
    for entry in _fields.named(document, options.fields):
        if isinstance(entry.value, str) and (other := others.get(_variants.words(entry.value))):
            values = {"field": entry.name, "other": other.name}
            yield Match(entry.span, values=values, related=(Place(other.span, "first"),))
