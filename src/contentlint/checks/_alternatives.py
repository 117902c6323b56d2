"""The alternative texts of a page's pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from contentlint.source.document import Document
from contentlint.source.nodes import Image, Tag
from contentlint.span import Span


class Alternative(NamedTuple):
    """An alternative text that an author wrote: its place, and the picture that it stands for."""

    text: str
    span: Span
    image: str


def written(document: Document, tags: tuple[str, ...] = ("img",)) -> Iterator[Alternative]:
    """The alternative texts in Markdown and in tags that hold words and nothing from a template."""
    for image in document.nodes(Image):
        if image.children and image.alt.strip():
            span = Span(image.children[0].span.start, image.children[-1].span.end)
            yield Alternative(" ".join(image.alt.split()), span, image.destination)
    for tag in document.nodes(Tag):
        alt = tag.attributes.get("alt")
        if tag.name in tags and not tag.closing and alt and alt.value and alt.value.strip() and not alt.templated:
            source = tag.attributes.get("src")
            yield Alternative(" ".join(alt.value.split()), alt.span, (source and source.value) or "")
