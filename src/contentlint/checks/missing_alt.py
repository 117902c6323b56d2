"""Images without an alternative text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.source.document import Document
from contentlint.source.nodes import Image, Tag


@dataclass(frozen=True, slots=True)
class Options:
    """What is an image."""

    tags: Annotated[
        tuple[str, ...], Meta(description="Tags and components that need an `alt` attribute (`Image` in MDX).")
    ] = ("img",)


@check("missing-alt", needs={"image", "tag"})
def missing_alt(document: Document, options: Options) -> Iterator[Match]:
    """An image in Markdown with nothing between its brackets (``markdown``), a tag without ``alt`` (``html``).

    In HTML ``alt=""`` is how an author says that a picture is decoration; Markdown has no way to say it.
    """
    for image in document.nodes(Image):
        if not image.alt.strip():
            yield Match(image.span, "markdown", {"image": image.destination})
    for tag in document.nodes(Tag):
        if (
            tag.name in options.tags
            and not tag.closing
            and "src" in tag.attributes
            and not _has_alt(tag, document.text)
        ):
            yield Match(tag.span, "html", {"image": _value(tag, "src") or "src"})


def _has_alt(tag: Tag, text: str) -> bool:
    """Whether the tag has a text, is said to be decoration, or has attributes that only its template knows."""
    if any(name.removeprefix("v-bind").lstrip(":") == "alt" for name in tag.attributes):
        return True
    if _value(tag, "aria-hidden") == "true" or _value(tag, "role") in ("presentation", "none"):
        return True
    if _value(tag, "width") in ("0", "1") and _value(tag, "height") in ("0", "1"):
        return True
    written = tag.span.of(text)
    return "{..." in written or "{{" in written or "{%" in written or "v-bind=" in written


def _value(tag: Tag, name: str) -> str | None:
    attribute = tag.attributes.get(name)
    return attribute.value if attribute else None
