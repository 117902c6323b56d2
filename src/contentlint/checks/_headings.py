"""The headings of a page, whether written in Markdown or in HTML."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from contentlint.source.document import Document
from contentlint.source.nodes import Heading, Quote, Tag
from contentlint.span import Span

_DIV = re.compile(r":{3,}\s*([^\s:].*)?", re.DOTALL)
_TAG_NAME = re.compile(r"h[1-6]")


@dataclass(frozen=True, slots=True)
class Titled:
    """A heading of the page: its level and its place."""

    level: int
    span: Span
    node: Heading | None = None
    """The node, for a heading in Markdown."""


def outline(document: Document) -> list[Titled]:
    """The headings in the order of the text, without those of quotations and the labels of tabs and boxes."""
    headings = sorted([*_markdown(document), *_html(document)], key=attrgetter("span"))
    labels = set(_labels(document, headings))
    return [heading for heading in headings if heading.span not in labels]


def _labels(document: Document, headings: list[Titled]) -> Iterator[Span]:
    """Headings that name a tab or a box of Quarto, and are no part of the outline.

    https://quarto.org/docs/output-formats/html-basics.html#tabsets and /docs/authoring/callouts.html
    """
    starts = [heading.span.start for heading in headings]
    for kind, div in _divs(document):
        inside = headings[bisect_left(starts, div.start) : bisect_left(starts, div.end)]
        if "panel-tabset" in kind:
            yield from (heading.span for heading in inside)
        elif "callout-" in kind and inside:
            yield inside[0].span


def _divs(document: Document) -> Iterator[tuple[str, Span]]:
    """The fenced divs of Pandoc, each with what is written after its opening fence."""
    opened: list[tuple[str, int]] = []
    for hidden in document.mask.hidden:
        fence = _DIV.fullmatch(hidden.span.of(document.text)) if hidden.kind == "container" else None
        if fence and fence[1]:
            opened.append((fence[1], hidden.span.start))
        elif fence and opened:
            kind, start = opened.pop()
            yield kind, Span(start, hidden.span.end)


def _markdown(document: Document) -> Iterator[Titled]:
    for heading in document.nodes(Heading):
        if not any(isinstance(node, Quote) for node in heading.ancestors()):
            yield Titled(heading.level, heading.span, heading)


def _html(document: Document) -> Iterator[Titled]:
    for tag in document.nodes(Tag):
        if not tag.closing and _TAG_NAME.fullmatch(tag.name):
            yield Titled(int(tag.name[1]), tag.span)
