"""Pages with more than one level-1 heading."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint.check import Match, NoOptions, Place, check
from contentlint.checks import _headings
from contentlint.source.document import Document


@check("multiple-h1", needs={"heading", "tag"})
def multiple_h1(document: Document, options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """Every level-1 heading of the text after the first. The title in the front matter is none of them."""
    titles = [heading for heading in _headings.outline(document) if heading.level == 1]
    for heading in titles[1:]:
        yield Match(heading.span, related=(Place(titles[0].span, "first"),))
