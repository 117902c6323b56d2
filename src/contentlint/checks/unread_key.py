"""Keys of front matter that nothing in the site's templates and code mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, site_check
from contentlint.checks import _collection
from contentlint.site.index import SiteIndex
from contentlint.site.tree import SiteTree
from contentlint.source.document import Document

_WORD = re.compile(r"\w[\w-]*")
_NO_CODE = re.compile(r"(^|/)(__tests__|tests?|docs|public|static)/|\.(min|bundle)\.|(^|/)package-lock\.json$")
_PAGES = (".md", ".mdx")
_ENOUGH = 4
"""Of fewer top-level keys none can be said to be the odd one out."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is read, and what is known without reading."""

    endings: Annotated[tuple[str, ...], Meta(description="Endings of templates and code.")] = ()
    known: Annotated[tuple[str, ...], Meta(description="Keys that generators and their themes read.")] = ()
    found_share: Annotated[
        float,
        Meta(ge=0, le=1, description="The least share of a section's keys that must be mentioned: where there are "
             "fewer, the templates lie elsewhere, in a theme for one."),
    ] = 0.5  # fmt: skip


def facts(document: Document, options: Options) -> list[list[Any]]:  # noqa: ARG001
    """The keys at the top of a page's front matter: name, start, end."""
    return [
        [name, *(entry.key_span or entry.span)] for name, entry in _collection.entries(document) if len(entry.path) == 1
    ]


@site_check("unread-key", facts=facts, needs={"front-matter"})
def unread_key(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A key that no file of the site's code and data has as a word, once for the site.

    Keys that belong to a concept are left out: whoever reads a title or a date may do so under a name of its own.
    """
    if not site.tree.project:
        return
    mentioned: frozenset[str] | None = None
    known = {key.partition(".")[0].casefold() for keys in site.profile.keys.values() for key in keys}
    known |= {key.casefold() for key in options.known}
    unread: dict[str, list[_collection.Occurrence]] = {}
    for _, _, fields in _collection.by_section(pages):
        mentioned = _words(site.tree, site.profile.is_page, options.endings) if mentioned is None else mentioned
        read = [field for field in fields if field.casefold() in mentioned]
        if len(fields) >= _ENOUGH and len(read) >= options.found_share * len(fields):
            for field, occurrences in fields.items():
                if field.casefold() not in mentioned and field.casefold() not in known:
                    unread.setdefault(field, []).extend(occurrences)
    for field, occurrences in unread.items():
        yield _collection.match("found", {"field": field, "count": len(occurrences)}, occurrences)


def _words(tree: SiteTree, is_page: Any, endings: Iterable[str]) -> frozenset[str]:
    """Every word of the site's templates, code and data, in lower case: templates differ on whether case counts.

    Empty where most of these files are empty, as in a copy of the site that has its content only.
    """
    endings = tuple(f".{ending}" for ending in endings)
    found: set[str] = set()
    read = empty = 0
    for path in tree.files():
        if path.endswith(endings) and not _NO_CODE.search(path) and not (path.endswith(_PAGES) and is_page(path)):
            text = tree.read(path) or ""
            read += 1
            empty += not text
            found.update(_WORD.findall(text.casefold()))
    return frozenset(found) if 2 * empty <= read else frozenset()
