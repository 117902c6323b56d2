"""Words and patterns that are not wanted: in the text, in headings, in the text of links, in the front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _fields, _patterns, _visible
from contentlint.source import language
from contentlint.source.document import Document
from contentlint.source.nodes import CodeSpan, Image, Link, Node
from contentlint.span import Span

Place = Callable[[int, int], Span]
"""Where a stretch of a text stands in the file."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is looked for, and where."""

    scope: Annotated[
        Literal["prose", "heading", "link-text", "image-alt", "front-matter"],
        Meta(description="`prose` is all that is read, headings included."),
    ] = "prose"
    fields: Annotated[
        tuple[str, ...], Meta(description="For the scope `front-matter`: concepts (`title`) or keys (`seo.ogTitle`).")
    ] = ("title", "description")
    words: Annotated[tuple[str, ...], Meta(description="Words or phrases to find.")] = ()
    vocabulary: Annotated[
        str, Meta(description="A list of words by its name in the data of the page's language (`vague-link-text`).")
    ] = ""
    pattern: Annotated[str, Meta(description="A regular expression of Python. Keep it free of nested repetition.")] = ""
    whole: Annotated[
        bool, Meta(description="Report only a text that is nothing else, punctuation and arrows around it apart.")
    ] = False
    ignore_case: Annotated[bool, Meta(description="Take capitals and small letters for the same.")] = True

    def __post_init__(self) -> None:
        """Refuse a pattern that is no regular expression."""
        _patterns.verify([self.pattern])


@check("pattern")
def pattern(document: Document, options: Options) -> Iterator[Match]:
    """Every place where one of the words or the pattern occurs; ``match`` is the text that was found."""
    listed = language.load(document.language).vocabulary(options.vocabulary) if options.vocabulary else frozenset()
    expression = _compiled(frozenset(options.words) | listed, options.pattern, options.ignore_case)
    if expression is None:
        return
    for text, place in _texts(document, options):
        if options.whole:
            start, end = _core(text)
            if start < end and expression.fullmatch(text, start, end):
                yield Match(place(0, len(text)), values={"match": text[start:end]})
            continue
        for match in expression.finditer(text):
            if match[0]:
                yield Match(place(*match.span()), values={"match": match[0]})


def _texts(document: Document, options: Options) -> Iterator[tuple[str, Place]]:
    if options.scope == "link-text":
        for link in document.nodes(Link):
            text = _visible.text(link)
            # A title that says more than the text names the target for whoever points at the link.
            named = link.title and link.title.strip().casefold() != text.strip().casefold()
            if link.children and not link.automatic and not named and not any(map(_is_name, link.walk())):
                yield text, _whole(Span(link.children[0].span.start, link.children[-1].span.end))
    elif options.scope == "image-alt":
        for image in document.nodes(Image):
            if image.children:
                yield image.alt, _whole(Span(image.children[0].span.start, image.children[-1].span.end))
    elif options.scope == "front-matter":
        for entry in _fields.named(document, options.fields):
            if isinstance(entry.value, str):
                yield entry.value, entry.part
    else:
        for run in document.prose:
            if options.scope == "prose" or run.kind == "heading":
                yield run.text, run.span


def _is_name(node: Node) -> bool:
    """Whether a link holds code, which names a thing exactly, or what a template fills in."""
    return isinstance(node, CodeSpan) or _visible.filled_in(node)


def _whole(span: Span) -> Place:
    """A text whose parts are not told apart: its markup lies between them."""
    return lambda _start, _end: span


def _core(text: str) -> tuple[int, int]:
    """The text without the white space, punctuation and arrows around it: offsets of ``Read more`` in ``Read more »``.

    What begins with a full stop or another sign of that sort is a name: ``.page`` is a domain.
    """
    start, end = 0, len(text)
    while start < end and not text[start].isalnum() and text[start] not in "./@#$-":
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


@lru_cache(maxsize=64)
def _compiled(words: frozenset[str], expression: str, ignore_case: bool) -> re.Pattern[str] | None:
    """One expression for all; words match as whole words, an apostrophe in either form, any white space for a space."""
    alternatives = [_word(word) for word in sorted(words, key=lambda word: (-len(word), word)) if word.strip()]
    parts = [rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)"] if alternatives else []
    if expression:
        parts.append(f"(?:{expression})")
    return re.compile("|".join(parts), re.IGNORECASE if ignore_case else 0) if parts else None


def _word(word: str) -> str:
    return r"\s+".join(re.sub(r"['’]", "['’]", re.escape(part)) for part in word.split())
