"""Fields of the front matter that are too long for where they are shown, or too short to be of use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _fields
from contentlint.source import text_width
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry
from contentlint.span import Span

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


_TOLERANCE = 1.01
"""Our widths leave kerning out and come out about 1 % too wide; nobody rewrites a title for two pixels."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured, and how long it may be. 0 turns a limit off."""

    fields: Annotated[
        tuple[str, ...],
        Meta(description="Concepts (`title`, `meta-description`) or keys (`seo.ogTitle`) of the front matter."),
    ] = ("title",)
    first_wins: Annotated[
        bool,
        Meta(
            description="Judge only the first field that is filled in, for it is the one that is shown, and the fields "
            "that repeat its text."
        ),
    ] = False
    max_pixels: Annotated[int, Meta(ge=0, description="How wide the text may be, set in Arial, in pixels.")] = 0
    font_size: Annotated[int, Meta(ge=1, description="The size of the font for `max_pixels`, in pixels.")] = 20
    max_characters: Annotated[int, Meta(ge=0, description="How many characters the text may have.")] = 0
    min_characters: Annotated[int, Meta(ge=0, description="How many characters the text must have.")] = 0


@check("length", needs={"front-matter"})
def length(document: Document, options: Options) -> Iterator[Match]:
    """A text that will be cut where it is shown (``too-wide``), or has too many or too few characters."""
    shown: str | None = None
    for entry in _fields.named(document, options.fields):
        text = _text(entry)
        if not text:
            continue
        if options.first_wins and shown is not None and text != shown:
            continue
        shown = shown or text
        yield from _judge(entry, _place(entry, document.text), text, options)


def _text(entry: Entry) -> str:
    """The text on one line, as a results page shows it; empty where the value is none or comes from a template."""
    if not isinstance(entry.value, str) or "{{" in entry.value or "{%" in entry.value:
        return ""
    return " ".join(_TAG.sub("", entry.value).split())


def _place(entry: Entry, text: str) -> Span:
    """Where a reader sees the value: for a block scalar of YAML that is the text below its ``>-``."""
    if entry.style not in ("literal", "folded"):
        return entry.span
    header, _, _ = entry.span.of(text).partition("\n")
    body = text[entry.span.start + len(header) : entry.span.end]
    return Span(entry.span.end - len(body.lstrip()), entry.span.end)


def _judge(entry: Entry, place: Span, text: str, options: Options) -> Iterator[Match]:
    pixels = round(text_width.width(text, options.font_size))
    values = {"field": entry.name, "characters": len(text), "text": text}
    if 0 < options.max_pixels * _TOLERANCE < pixels:
        seen = text_width.shown(text, options.font_size, options.max_pixels)
        values |= {"pixels": pixels, "limit": options.max_pixels, "shown": text_width.ending(seen)}
        yield Match(place, "too-wide", values)
    elif 0 < options.max_characters < len(text):
        values |= {"limit": options.max_characters, "shown": text_width.ending(text[: options.max_characters])}
        yield Match(place, "too-long", values)
    elif len(text) < options.min_characters:
        yield Match(place, "too-short", values | {"limit": options.min_characters})
