"""Which entries of a page's front matter the options of a check name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from contentlint.site.metadata import view
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry

_DATED_NAME = re.compile(r"\d{4}-\d\d-\d\d")


def named(document: Document, fields: Iterable[str]) -> Iterator[Entry]:
    """The entries of each field, in the order of the fields, each once.

    A field is a concept (``title``: every key that the site's generator has for it) or a key (``seo.ogTitle``).
    """
    metadata = view(document.front_matter, document.conventions.keys)
    seen: set[int] = set()
    for field in fields:
        if field in document.conventions.keys:
            entries: Iterable[Entry | None] = metadata.all(field)
        else:
            entries = (document.front_matter.get(field),)
        for entry in entries:
            if entry is not None and id(entry) not in seen:
                seen.add(id(entry))
                yield entry


def is_article(document: Document) -> bool:
    """Whether the page has a date, in its front matter or, as in Jekyll, at the head of its name."""
    return has_dated_name(document) or any(True for _ in named(document, ("date",)))


def has_dated_name(document: Document) -> bool:
    """Whether the file is named as Jekyll's posts are: ``2025-07-15-our-ovens.md``."""
    return _DATED_NAME.match(document.path.rpartition("/")[2]) is not None
