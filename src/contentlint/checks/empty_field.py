"""Keys of the front matter that someone left without a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _fields
from contentlint.source.document import Document


@dataclass(frozen=True, slots=True)
class Options:
    """Which keys must not be empty, and what counts as empty."""

    fields: Annotated[
        tuple[str, ...],
        Meta(description="Concepts (`title`, `tags`) or keys (`seo.ogTitle`) that are reported when they are empty."),
    ] = ("title", "description")
    unread: Annotated[
        tuple[str, ...], Meta(description="Those of the fields that search engines take no account of.")
    ] = ("keywords",)
    empty_lists: Annotated[
        bool,
        Meta(
            description="Report `[]` and `{}` as well. They say on purpose that there is nothing; a key without a "
            "value is left over."
        ),
    ] = False


@check("empty-field", needs={"front-matter"})
def empty_field(document: Document, options: Options) -> Iterator[Match]:
    """A key with nothing after it (``unfilled``), with a blank text or an empty list (``blank``).

    ``unread`` is either, where no search engine would look.
    """
    if not any(entry.empty for entry in document.front_matter.entries()):
        return
    unread = {id(entry) for entry in _fields.named(document, options.unread)}
    for entry in _fields.named(document, options.fields):
        if entry.empty and (options.empty_lists or entry.kind not in ("list", "map")):
            message = "unread" if id(entry) in unread else "unfilled" if entry.value is None else "blank"
            yield Match(entry.span, message, {"field": entry.name})
