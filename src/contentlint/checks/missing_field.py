"""Pages whose front matter lacks what it should have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _fields
from contentlint.source.document import Document
from contentlint.source.nodes import Heading, Tag


@dataclass(frozen=True, slots=True)
class Options:
    """What a page must have."""

    required: Annotated[
        tuple[str, ...],
        Meta(description="Concepts (`title`, `description`, `image`) or keys (`seo.metaTitle`) that must be there."),
    ] = ("title",)
    title_from_elsewhere: Annotated[
        bool,
        Meta(
            description="Accept in place of a title a level-1 heading in the text, any key with `title` in its "
            "name, or the name of a Jekyll post."
        ),
    ] = True
    articles_only: Annotated[
        bool, Meta(description="Look only at pages that have a date: landing pages often have their texts elsewhere.")
    ] = True


@check("missing-field", needs={"front-matter"})
def missing_field(document: Document, options: Options) -> Iterator[Match]:
    """A field that none of its keys gives; said at the opening of the front matter."""
    if not document.front_matter.complete or (options.articles_only and not _fields.is_article(document)):
        return
    for field in options.required:
        if any(True for _ in _fields.named(document, (field,))):
            continue
        if field == "title" and options.title_from_elsewhere and _has_title(document):
            continue
        yield Match(document.front_matter.opening, "missing", {"field": field})


def _has_title(document: Document) -> bool:
    """Whether a heading names the page, or a key that no profile knows (``tipTitle``), or in Jekyll the file's name."""
    if _fields.has_dated_name(document):
        return True
    if any("title" in name or "titre" in name for name in map(str.casefold, map(str, document.front_matter.data))):
        return True
    return any(heading.level == 1 for heading in document.nodes(Heading)) or any(
        tag.name == "h1" for tag in document.nodes(Tag)
    )
