"""Headings that show nothing."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint.check import Match, NoOptions, check
from contentlint.checks import _visible
from contentlint.source.document import Document
from contentlint.source.nodes import Heading


@check("empty-heading", needs={"heading"})
def empty_heading(document: Document, options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """A heading without text: a lone ``##``, or an anchor and nothing else."""
    for heading in document.nodes(Heading):
        if not _visible.shows(heading):
            yield Match(heading.span, values={"level": heading.level})
