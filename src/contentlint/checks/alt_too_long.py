"""Alternative texts that are too long to be listened to at one go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _alternatives
from contentlint.source.document import Document


@dataclass(frozen=True, slots=True)
class Options:
    """How long it may be."""

    max_characters: Annotated[int, Meta(ge=1, description="How many characters an alternative text may have.")] = 125
    tags: Annotated[tuple[str, ...], Meta(description="Tags and components that have an `alt` attribute.")] = ("img",)


@check("alt-too-long", needs={"image", "tag"})
def alt_too_long(document: Document, options: Options) -> Iterator[Match]:
    """An alternative text of more characters; white space of any length counts as one."""
    for alternative in _alternatives.written(document, options.tags):
        if len(alternative.text) > options.max_characters:
            values = {"characters": len(alternative.text), "limit": options.max_characters, "text": alternative.text}
            yield Match(alternative.span, values=values)
