"""Where a link leads: the destination and the title, as the file has them."""

from __future__ import annotations

from markdown_it.common.utils import unescapeAll
from markdown_it.helpers import parseLinkDestination, parseLinkTitle

from contentlint.source.markdown.placement import Placement, Source
from contentlint.source.mask import LETTER
from contentlint.span import Span


def destination_span(placement: Placement, start: int) -> Span:
    """The span of the destination that stands after spaces at an offset, without its angle brackets."""
    content = placement.content
    start = _after_space(content, start)
    result = parseLinkDestination(content, start, len(content))
    if not result.ok:
        return placement.span(start, start)
    if content.startswith("<", start):
        return placement.span(start + 1, result.pos - 1)
    return placement.span(start, result.pos)


def destination(source: Source, span: Span, parsed: str) -> str:
    """The destination: of the original where a mask hides part of it."""
    if LETTER in parsed or "\ufffd" in parsed:
        return unescapeAll(span.of(source.text))
    return parsed


def title(source: Source, placement: Placement, start: int, parsed: str | None) -> str | None:
    """The title after the destination that stands at an offset: of the file where a mask hides part of it."""
    if parsed is None or LETTER not in parsed:
        return parsed
    content = placement.content
    after = parseLinkDestination(content, _after_space(content, start), len(content)).pos
    begin = _after_space(content, after)
    end = parseLinkTitle(content, begin, len(content)).pos
    return unescapeAll(source.read(placement, begin + 1, end - 1))


def _after_space(content: str, start: int) -> int:
    while start < len(content) and content[start] in " \t\n":
        start += 1
    return start
