"""A block of front matter that was pasted into the text."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint.check import Match, NoOptions, check
from contentlint.source import front_matter
from contentlint.source.document import Document
from contentlint.span import Span


@check("second-front-matter")
def second_front_matter(document: Document, options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """The first block of front matter in the body; ``new`` are its fields that the page's own front matter lacks."""
    block = front_matter.second_block(document.text, document.body)
    if block is None:
        return
    written = block.of(document.text)
    pasted = front_matter.read(written)
    filled = [
        entry.name for entry in pasted.entries() if entry.kind != "map" and not entry.empty and "[" not in entry.name
    ]
    lacking = [name for name in filled if (own := document.front_matter.get(name)) is None or own.empty]
    yield Match(
        Span(block.start, block.start + len(written.rstrip())),
        "news" if lacking else "found",
        {"keys": list(pasted.data), "new": lacking},
    )
