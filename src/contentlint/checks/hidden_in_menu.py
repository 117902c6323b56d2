"""Pages that menus show to readers and that search engines are told to leave out."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint.check import Match, NoOptions, Place, check
from contentlint.site.metadata import view
from contentlint.source.document import Document


@check("hidden-in-menu", needs={"front-matter"})
def hidden_in_menu(document: Document, options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """A page with ``noindex`` and an entry in a menu; said at the key that hides it."""
    metadata = view(document.front_matter, document.conventions.keys)
    menu = next((entry for entry in metadata.all("menu") if not entry.empty and entry.value is not False), None)
    if menu and metadata.noindex and (robots := metadata.get("robots")):
        yield Match(robots.span, values={"field": robots.name, "menu": menu.name}, related=(Place(menu.span, "menu"),))
