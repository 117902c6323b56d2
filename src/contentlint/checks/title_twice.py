"""Pages whose text begins with the title that the site's template prints as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, Place, site_check
from contentlint.checks import _headings, _variants
from contentlint.site.index import SiteIndex
from contentlint.site.metadata import view
from contentlint.source.document import Document
from contentlint.source.nodes import CodeSpan, Heading, Text
from contentlint.span import Span


@dataclass(frozen=True, slots=True)
class Options:
    """When a habit counts as mixed."""

    min_pages: Annotated[
        int, Meta(ge=1, description="How many pages of a folder must have the heading, and as many not have it.")
    ] = 2


def facts(document: Document, options: Options) -> Any:  # noqa: ARG001
    """What the level-1 headings of a page are, of a page with a title in its front matter.

    ``[start, end]`` of the only one, where it repeats the title; ``[]`` where there is none; None for all else.
    """
    title = view(document.front_matter, document.conventions.keys).text("title")
    if not title:
        return None
    headings = [heading for heading in _headings.outline(document) if heading.level == 1]
    if not headings:
        return []
    heading = headings[0]
    if len(headings) > 1 or heading.node is None or _variants.words(_text(heading.node)) != _variants.words(title):
        return None
    return list(heading.span)


@site_check("title-twice", facts=facts, needs={"front-matter"})
def title_twice(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A level-1 heading that repeats the title, where the template prints the title too (``printed-twice``).

    Where it is not known what the template does, pages of one folder that do both prove that some are wrong:
    ``mixed``, once for the folder, on the first page that has the heading.
    """
    if site.theme_prints_title is False:
        return
    for section, repeating, bare in _sections(pages):
        if site.theme_prints_title:
            for page in repeating:
                yield Match(Span(*pages[page]), "printed-twice", path=page)
        elif min(len(repeating), len(bare)) >= options.min_pages:
            first, *others = repeating
            related = [Place(Span(*pages[page]), "with-heading", page) for page in others]
            related += [Place(Span(0, 0), "without-heading", page) for page in bare]
            values = {"section": section or ".", "with": len(repeating), "without": len(bare)}
            yield Match(Span(*pages[first]), "mixed", values, related=tuple(related), path=first)


def _sections(pages: Mapping[str, Any]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Folder by folder, the pages whose heading repeats the title, and those without any."""
    sections: dict[str, tuple[list[str], list[str]]] = {}
    for page in sorted(pages):
        if pages[page] is not None:
            section = page.rpartition("/")[0]
            repeating, bare = sections.setdefault(section, ([], []))
            (repeating if pages[page] else bare).append(page)
    for section, (repeating, bare) in sections.items():
        yield section, repeating, bare


def _text(heading: Heading) -> str:
    return "".join(node.text for node in heading.walk() if isinstance(node, Text | CodeSpan))
