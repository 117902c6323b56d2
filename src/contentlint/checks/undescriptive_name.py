"""Names of pictures that programs gave."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _patterns
from contentlint.source.document import Document
from contentlint.source.references import MEDIA

# A name of this length is none that a file system takes; what is longer is no name.
_LONGEST = 255
_REMOTE = re.compile(r"(?!file:)[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """What such names look like: regular expressions of whole names in small letters, without their ending."""

    names: Annotated[tuple[str, ...], Meta(description="Names that generators of pictures and programs give.")] = ()
    ids: Annotated[tuple[str, ...], Meta(description="Names that are mere identifiers.")] = ()
    uploads: Annotated[
        tuple[str, ...],
        Meta(description="Folders in which a content management system names files: `ids` are left alone there."),
    ] = ("upload", "uploads", "wp-content", "user-attachments", "attachments", ".gitbook")

    def __post_init__(self) -> None:
        """Refuse a name that is no regular expression."""
        _patterns.verify((*self.names, *self.ids))


@check("undescriptive-name", needs={"image", "tag", "front-matter"})
def undescriptive_name(document: Document, options: Options) -> Iterator[Match]:
    """A picture whose file has a name that a program gave, once a page for each file; ``name`` is the file's.

    Files of other servers are left alone: their names are not the author's to choose.
    """
    names, ids = _patterns.any_of(options.names), _patterns.any_of(options.ids)
    seen = set()
    for reference in document.references:
        address = reference.destination
        if reference.kind == "link" or reference.templated or address in seen or _REMOTE.match(address):
            continue
        *folders, file = unquote(re.split("[?#]", address, maxsplit=1)[0]).replace("\\", "/").split("/")
        if len(file) > _LONGEST or not MEDIA.search(file):
            continue
        # macOS stores accents apart from their letters, and puts a no-break space before "PM".
        stem = unicodedata.normalize("NFKC", file).lower().rpartition(".")[0]
        in_uploads = not frozenset(options.uploads).isdisjoint(folder.lower() for folder in folders)
        if names.fullmatch(stem) or (ids.fullmatch(stem) and not in_uploads):
            seen.add(address)
            yield Match(reference.span, values={"name": file})
