"""Titles and descriptions that several pages of a site have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from msgspec import Meta

from contentlint.check import Match, Place, site_check
from contentlint.site.index import SiteIndex
from contentlint.site.metadata import view
from contentlint.source.document import Document
from contentlint.source.language import normalise
from contentlint.span import Span

_VERSION = re.compile(r"v?\d+(?:\.(?:\d+|x))*|latest|stable|next|version-.*", re.IGNORECASE)
_CONCEPTS = {"title": ("meta-title", "title"), "description": ("meta-description", "description")}


@dataclass(frozen=True, slots=True)
class Options:
    """What is compared, and which pages."""

    field: Annotated[Literal["title", "description"], Meta(description="What two pages should not have alike.")] = (
        "title"
    )
    min_words: Annotated[
        int, Meta(ge=1, description="Shorter texts are names that sections have in common: “Overview”.")
    ] = 3
    min_page_words: Annotated[
        int, Meta(ge=0, description="Pages with less text are data for a template and no pages of their own.")
    ] = 50


def facts(document: Document, options: Options) -> Any:
    """``[text, start, end, translation]`` of what search engines are given; None where they are given nothing of it,
    or are told to look elsewhere.
    """
    metadata = view(document.front_matter, document.conventions.keys)
    if metadata.draft or metadata.noindex or metadata.text("canonical"):
        return None
    for concept in _CONCEPTS[options.field]:
        for entry in metadata.all(concept):
            if isinstance(entry.value, str) and (text := " ".join(entry.value.split())):
                templated = "{{" in text or "{%" in text
                many = len(text.split()) >= options.min_words
                return [text, *entry.span, metadata.text("translation")] if many and not templated else None
    return None


@site_check("duplicate-field", facts=facts, needs={"front-matter"})
def duplicate_field(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A text that ``count`` pages have, said once, on the first. Translations and versions of a page are one page."""
    groups: dict[str, dict[tuple[str, ...], str]] = {}
    for page in sorted(pages):
        if pages[page] and site.pages[page].words >= options.min_page_words:
            text, _, _, translation = pages[page]
            group = groups.setdefault(text.casefold(), {})
            group.setdefault((translation,) if translation else _place(page), page)
    for group in groups.values():
        spoken: dict[str | None, list[str]] = {}
        for page in group.values():
            spoken.setdefault(site.pages[page].language, []).append(page)
        for first, *others in spoken.values():
            if others:
                text, start, end, _ = pages[first]
                related = tuple(Place(Span(pages[page][1], pages[page][2]), "other", page) for page in others)
                values = {"text": text, "count": len(others) + 1}
                yield Match(Span(start, end), values=values, related=related, path=first)


def _place(path: str) -> tuple[str, ...]:
    """The path of a page without what names a language or a version in it: the same for all its translations."""
    folders, _, file = path.rpartition("/")
    parts = [*folders.split("/"), *file.split(".")[:-1]]
    return tuple(part for part in parts if not _VERSION.fullmatch(part) and not _is_language(part))


def _is_language(part: str) -> bool:
    return bool(re.fullmatch(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?", part)) and normalise(part) is not None
