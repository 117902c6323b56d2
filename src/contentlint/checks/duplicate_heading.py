"""Headings with the same text below the same heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, Place, check
from contentlint.checks import _fields, _headings, _visible
from contentlint.source.document import Document
from contentlint.span import Span


@dataclass(frozen=True, slots=True)
class Options:
    """Where to look."""

    articles_only: Annotated[
        bool, Meta(description="Look only at pages that have a date: reference pages repeat “Example” on purpose.")
    ] = True


@check("duplicate-heading", needs={"heading"})
def duplicate_heading(document: Document, options: Options) -> Iterator[Match]:
    """The second and later headings with one text among the headings below one parent."""
    if options.articles_only and not _fields.is_article(document):
        return
    # By level, the headings met since the last heading above that level.
    seen: dict[int, dict[str, Span]] = {}
    for heading in _headings.outline(document):
        seen = {level: texts for level, texts in seen.items() if level <= heading.level}
        if heading.node is None or not (text := _visible.text(heading.node)):
            continue
        first = seen.setdefault(heading.level, {}).setdefault(text.casefold(), heading.span)
        if first is not heading.span:
            yield Match(heading.span, values={"heading": text}, related=(Place(first, "first"),))
