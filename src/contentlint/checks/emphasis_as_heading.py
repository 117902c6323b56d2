"""Bold lines that do the work of a heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _visible
from contentlint.source.document import Document
from contentlint.source.nodes import List, Node, Paragraph, Strong, Table, Text


@dataclass(frozen=True, slots=True)
class Options:
    """What looks like a heading, and how often it must occur."""

    max_words: Annotated[int, Meta(ge=1, description="A bold line with more words is no heading.")] = 10
    min_lines: Annotated[
        int, Meta(ge=1, description="Speak only where a page has this many such lines: one may be an accent.")
    ] = 2


@check("emphasis-as-heading", needs={"strong"})
def emphasis_as_heading(document: Document, options: Options) -> Iterator[Match]:
    """Paragraphs that are bold from end to end, short, without a final stop, and followed by text."""
    found = [
        paragraph
        for paragraph, after in pairwise(document.root.children)
        if isinstance(after, (Paragraph, List, Table)) and _looks_like_heading(paragraph, options.max_words)
    ]
    if len(found) >= options.min_lines:
        for paragraph in found:
            yield Match(paragraph.span, values={"text": _visible.text(paragraph), "lines": len(found)})


def _looks_like_heading(node: Node, max_words: int) -> bool:
    if not isinstance(node, Paragraph):
        return False
    inner = [child for child in node.children if not (isinstance(child, Text) and not child.text.strip())]
    if len(inner) != 1 or not isinstance(inner[0], Strong):
        return False
    text = _visible.text(inner[0])
    return 0 < len(text.split()) <= max_words and text[-1] not in ".!:;,…"
