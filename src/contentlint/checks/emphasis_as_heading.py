"""Bold lines that do the work of a heading."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _visible
from contentlint.source.document import Document
from contentlint.source.nodes import HardBreak, Heading, Image, List, Node, Paragraph, SoftBreak, Strong, Table, Text

_ENDINGS = ".!:,…。！：，"
_DIVIDERS = frozenset(";；")
_WORDS_OF_TEXT = 10
"""A bold first line is no heading before fewer words: it is a name above an address or a function."""


@dataclass(frozen=True, slots=True)
class Options:
    """What looks like a heading, and how often it must occur."""

    max_words: Annotated[int, Meta(ge=1, description="A bold line with more words is no heading.")] = 10
    min_lines: Annotated[
        int, Meta(ge=1, description="Speak only where a page has this many such lines: one may be an accent.")
    ] = 2


@check("emphasis-as-heading", needs={"strong"})
def emphasis_as_heading(document: Document, options: Options) -> Iterator[Match]:
    """Lines that are bold from end to end, short, without a final stop, and followed by text."""
    blocks = document.root.children
    lines = [
        (line, text)
        for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False)
        if isinstance(block, Paragraph) and not _shows_image(before) and (line := _bold_line(block, after)) is not None
        if _is_title(text := _visible.text(line), options.max_words)
    ]
    if not document.nodes(Heading) and 2 * sum(text.endswith("?") for _, text in lines) > len(lines):
        return  # the questions of an interview
    # A label that comes back ("Input", "Output") names what follows it; it is no part of the page's outline.
    often = Counter(text.casefold() for _, text in lines)
    found = [(line, text) for line, text in lines if often[text.casefold()] == 1]
    if len(found) >= options.min_lines:
        for line, text in found:
            yield Match(line.span, values={"text": text, "lines": len(found)})


def _bold_line(paragraph: Paragraph, after: Node | None) -> Strong | None:
    """The bold text that is all of a paragraph before another block, or the first line of a paragraph that goes on."""
    inner = _inlines(paragraph)
    if not inner or not isinstance(inner[0], Strong):
        return None
    if len(inner) == 1:
        return inner[0] if isinstance(after, (Paragraph, List, Table)) and not _all_bold(after) else None
    goes_on = isinstance(inner[1], (SoftBreak, HardBreak))
    words = sum(len(_visible.text(child).split()) for child in inner[2:]) if goes_on else 0
    return inner[0] if words >= _WORDS_OF_TEXT else None


def _inlines(paragraph: Node) -> list[Node]:
    return [child for child in paragraph.children if not (isinstance(child, Text) and not child.text.strip())]


def _all_bold(block: Node) -> bool:
    """Whether a block is one bold line too: bold lines in a row are a list or a table that lost its form."""
    inner = _inlines(block)
    return isinstance(block, Paragraph) and len(inner) == 1 and isinstance(inner[0], Strong)


def _is_title(text: str, max_words: int) -> bool:
    """Whether a text has the form of a heading: few words, and no mark that ends or divides a sentence."""
    words = _without_symbols(text).rstrip("\u00a0 »”\"')*")
    return 0 < len(words.split()) <= max_words and words[-1] not in _ENDINGS and not _DIVIDERS & set(words)


def _without_symbols(text: str) -> str:
    """The text without the emoji after its last word, which hide how it ends."""
    while text and (text[-1].isspace() or unicodedata.category(text[-1]) in ("So", "Sk", "Mn", "Cf")):
        text = text[:-1]
    return text


def _shows_image(node: Node | None) -> bool:
    """Whether a bold line after this block may be the caption of a picture."""
    return isinstance(node, Paragraph) and len(node.children) == 1 and isinstance(node.children[0], Image)
