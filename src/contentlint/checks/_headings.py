"""The headings of a page, whether written in Markdown or in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from contentlint.source.document import Document
from contentlint.source.nodes import Heading, Quote, Tag
from contentlint.span import Span

_TAG_NAME = re.compile(r"h[1-6]")


@dataclass(frozen=True, slots=True)
class Titled:
    """A heading of the page: its level and its place."""

    level: int
    span: Span
    node: Heading | None = None
    """The node, for a heading in Markdown."""


def outline(document: Document) -> list[Titled]:
    """The headings in the order of the text. What is quoted belongs to another page's outline."""
    return sorted([*_markdown(document), *_html(document)], key=attrgetter("span"))


def _markdown(document: Document) -> Iterator[Titled]:
    for heading in document.nodes(Heading):
        if not any(isinstance(node, Quote) for node in heading.ancestors()):
            yield Titled(heading.level, heading.span, heading)


def _html(document: Document) -> Iterator[Titled]:
    for tag in document.nodes(Tag):
        if not tag.closing and _TAG_NAME.fullmatch(tag.name):
            yield Titled(int(tag.name[1]), tag.span)
