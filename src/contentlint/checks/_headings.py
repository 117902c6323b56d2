"""The headings of a page, whether written in Markdown or in HTML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from contentlint.source.document import Document
from contentlint.source.nodes import Heading, Quote, Tag
from contentlint.span import Span

_DIV = re.compile(r"^:{3,}[ \t]*([^\s:].*)?$", re.MULTILINE)
_TAG_NAME = re.compile(r"h[1-6]")


@dataclass(frozen=True, slots=True)
class Titled:
    """A heading of the page: its level and its place."""

    level: int
    span: Span
    node: Heading | None = None
    """The node, for a heading in Markdown."""


def outline(document: Document) -> list[Titled]:
    """The headings in the order of the text, without those of quotations and the labels of tabs."""
    headings = sorted([*_markdown(document), *_html(document)], key=attrgetter("span"))
    tabs = _tabs(document)
    starts = [tab.start for tab in tabs]
    return [heading for heading in headings if not _in_one(tabs, starts, heading.span)]


def _in_one(spans: list[Span], starts: list[int], inner: Span) -> bool:
    place = bisect_right(starts, inner.start)
    return place > 0 and spans[place - 1].contains(inner)


def _tabs(document: Document) -> list[Span]:
    """Where headings are the labels of tabs. https://quarto.org/docs/output-formats/html-basics.html#tabsets"""
    if "panel-tabset" not in document.text:
        return []
    tabs: list[Span] = []
    depth = 0
    start: tuple[int, int] | None = None
    for fence in _DIV.finditer(document.mask.text, document.body.start):
        if fence[1]:
            depth += 1
            if start is None and "panel-tabset" in fence[1]:
                start = (fence.start(), depth)
        elif depth:
            if start is not None and start[1] == depth:
                tabs.append(Span(start[0], fence.end()))
                start = None
            depth -= 1
    return tabs


def _markdown(document: Document) -> Iterator[Titled]:
    for heading in document.nodes(Heading):
        if not any(isinstance(node, Quote) for node in heading.ancestors()):
            yield Titled(heading.level, heading.span, heading)


def _html(document: Document) -> Iterator[Titled]:
    for tag in document.nodes(Tag):
        if not tag.closing and _TAG_NAME.fullmatch(tag.name):
            yield Titled(int(tag.name[1]), tag.span)
