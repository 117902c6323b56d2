"""The front matter of a section's pages seen together: which field is on which page, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from contentlint.check import Match, Place
from contentlint.checks.schema import is_readable
from contentlint.site.sections import FEWEST, sections
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry
from contentlint.span import Span

_ITEM = re.compile(r"\[\d+\]")
_MOST_RELATED = 20

Occurrence = tuple[str, Sequence[Any]]
"""A page, and what its facts say of one field."""


def entries(document: Document) -> Iterator[tuple[str, Entry]]:
    """The fields of a page with their names, items of lists without their number; none where it was not all read."""
    if is_readable(document.front_matter):
        for entry in document.front_matter.entries():
            yield _ITEM.sub("[]", entry.name), entry


def by_section(pages: Mapping[str, Any], fewest: int = FEWEST) -> Iterator[tuple[str, list[str], dict[str, list[Any]]]]:
    """Each section with enough pages, those of them that have front matter, and by field its :data:`Occurrence`.

    The facts of a page are lists that begin with the name of the field; a field counts once a page.
    """
    for section, paths in sections(pages, fewest).items():
        filled = [path for path in paths if pages[path]]
        fields: dict[str, dict[str, Sequence[Any]]] = {}
        for path in filled:
            for name, *fact in pages[path]:
                fields.setdefault(name, {}).setdefault(path, fact)
        if len(filled) >= fewest:
            yield section or ".", filled, {name: list(found.items()) for name, found in sorted(fields.items())}


def match(message: str, values: Mapping[str, Any], few: Sequence[Occurrence], many: Iterable[Place] = ()) -> Match:
    """One finding for all pages of the rarer form, on the first; the other places are related. Facts end in a span."""
    (first, fact), *others = few
    related = [Place(Span(*one[-2:]), "also", path) for path, one in others]
    related += many
    return Match(Span(*fact[-2:]), message, values, related=tuple(related[:_MOST_RELATED]), path=first)
