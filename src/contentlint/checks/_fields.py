"""Which entries of a page's front matter the options of a check name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contentlint.site.metadata import view
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry


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
