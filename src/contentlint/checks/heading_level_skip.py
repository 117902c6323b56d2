"""Headings that go down by more than one level."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint.check import Match, NoOptions, Place, check
from contentlint.checks import _headings
from contentlint.source.document import Document


@check("heading-level-skip", needs={"heading"})
def heading_level_skip(document: Document, options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """A heading two or more levels below the one before it. Where the page starts is the template's business."""
    before: _headings.Titled | None = None
    for heading in _headings.outline(document):
        if before is not None and heading.level > before.level + 1:
            between = range(before.level + 1, heading.level)
            values = {
                "level": heading.level,
                "previous": before.level,
                "missing": len(between),
                "levels": "–".join(map(str, dict.fromkeys((between[0], between[-1])))),
            }
            yield Match(heading.span, "found", values, related=(Place(before.span, "previous"),))
        before = heading
