"""Fields of the front matter that say only what another one says already."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, Place, check
from contentlint.checks import _fields
from contentlint.source.document import Document

_NO_WORD = re.compile(r"[\W_]+")


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
        if isinstance(entry.value, str) and (words := _words(entry.value))
    }
    for entry in _fields.named(document, options.fields):
        if isinstance(entry.value, str) and (other := others.get(_words(entry.value))):
            values = {"field": entry.name, "other": other.name}
            yield Match(entry.span, values=values, related=(Place(other.span, "first"),))


def _words(text: str) -> str:
    return _NO_WORD.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()
