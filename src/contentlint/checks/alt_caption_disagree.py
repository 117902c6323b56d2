"""Pictures whose alternative text and caption describe two different pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from contentlint.check import Match, NoOptions, Place, check
from contentlint.checks import _alternatives, _visible
from contentlint.checks._alternatives import Alternative
from contentlint.source import language
from contentlint.source.document import Document
from contentlint.source.nodes import Emphasis, HardBreak, Image, Node, Paragraph, SoftBreak, Tag, Text
from contentlint.span import Span

_TAG = re.compile(r"<[^<>]{0,500}>")


class _Caption(NamedTuple):
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The kinds of pictures that a language names."""

    words: re.Pattern[str]
    groups: tuple[frozenset[str], ...]

    def named(self, text: str) -> list[str]:
        """The words for kinds in a text, in small letters."""
        return [found[0] for found in self.words.finditer(text.lower().replace("’", "'"))]

    def alike(self, one: str, other: str) -> bool:
        """Whether both words may be said of one picture."""
        return any(one in group and other in group for group in self.groups)


@check("alt-caption-disagree", needs={"image", "tag"})
def alt_caption_disagree(document: Document, options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """An alternative text that names a kind of picture (a team, a chart), while the caption names another kind.

    The kinds are data of the page's language. Both texts must name one, and nothing that one of them names may fit
    anything that the other does. A caption is the line in italics right below the picture, or its ``<figcaption>``.
    """
    kinds = _kinds(language.load(document.language).picture_kinds)
    if kinds is None:
        return
    for alternative, caption in _captioned(document):
        said, below = kinds.named(alternative.text), kinds.named(caption.text)
        if said and below and not any(kinds.alike(one, other) for one in set(said) for other in set(below)):
            values = {"alt": said[0], "caption": below[0]}
            yield Match(alternative.span, values=values, related=(Place(caption.span, "caption"),))


@cache
def _kinds(groups: tuple[frozenset[str], ...]) -> _Kinds | None:
    words = sorted({word for group in groups for word in group}, key=len, reverse=True)
    if not words:
        return None
    parts = [rf"^{re.escape(word[1:])}" if word.startswith("^") else rf"(?<!\w){re.escape(word)}" for word in words]
    named = tuple(frozenset(word.removeprefix("^") for word in group) for group in groups)
    return _Kinds(re.compile(rf"(?:{'|'.join(parts)})(?!\w)"), named)


def _captioned(document: Document) -> Iterator[tuple[Alternative, _Caption]]:
    alternatives = {one.span.start: one for one in _alternatives.written(document)}
    for paragraph in document.nodes(Paragraph):
        yield from _in_paragraph(paragraph, alternatives)
    yield from _in_figures(document, list(alternatives.values()))


def _in_paragraph(paragraph: Paragraph, alternatives: dict[int, Alternative]) -> Iterator[tuple[Alternative, _Caption]]:
    """The picture of a paragraph that is one, and a line in italics below it."""
    children = [node for node in paragraph.children if not (isinstance(node, Text) and not node.text.strip())]
    if len(children) != 3:
        return
    image, end, caption = children
    if isinstance(image, Image) and isinstance(end, (SoftBreak, HardBreak)) and isinstance(caption, Emphasis):
        alternative = alternatives.get(image.children[0].span.start) if image.children else None
        if alternative:
            yield alternative, _Caption(_visible.text(caption), caption.span)


def _in_figures(document: Document, alternatives: Iterable[Alternative]) -> Iterator[tuple[Alternative, _Caption]]:
    """The only picture of a figure, and its caption."""
    order: list[Alternative | Node] = [*alternatives, *document.nodes(Tag)]
    order.sort(key=lambda one: one.span)
    pictures: list[Alternative] = []
    captions: list[_Caption] = []
    start: int | None = None
    for one in order:
        if isinstance(one, Alternative):
            pictures.append(one)
        elif isinstance(one, Tag) and one.name == "figure":
            if one.closing and len(pictures) == len(captions) == 1:
                yield pictures[0], captions[0]
            pictures, captions, start = [], [], None
        elif isinstance(one, Tag) and one.name == "figcaption":
            if not one.closing:
                start = one.span.end
            elif start is not None:
                span = Span(start, one.span.start)
                captions.append(_Caption(" ".join(_TAG.sub(" ", span.of(document.text)).split()), span))
                start = None
