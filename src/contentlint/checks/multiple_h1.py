"""Pages with more than one level-1 heading."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint.check import Match, NoOptions, Place, check
from contentlint.checks import _headings
from contentlint.source.document import Document


@check("multiple-h1", needs={"heading", "tag"})
def multiple_h1(document: Document, options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """Every level-1 heading of the text after the first. The title in the front matter is none of them."""
    first, *others = [heading for heading in _headings.outline(document) if heading.level == 1] or [None]
    for heading in others:
        if first is not None and heading is not None:
            yield Match(heading.span, related=(Place(first.span, "first"),))
