"""Pictures that are too small for what networks show of a page that is shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, site_check
from contentlint.checks import _pictures
from contentlint.checks._pictures import Picture
from contentlint.site.index import SiteIndex
from contentlint.source.references import under


@dataclass(frozen=True, slots=True)
class Options:
    """What networks want, in pixels."""

    min_width: Annotated[int, Meta(ge=1, description="The least width in pixels.")] = 600
    min_height: Annotated[int, Meta(ge=1, description="The least height in pixels.")] = 315


@site_check("too-small-for-sharing")
def too_small_for_sharing(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """The picture that a page is shared with, where its file has fewer pixels; ``width`` and ``height`` are its own.

    It is the one under a key for networks, else the one at the top of the page. Drawings in SVG have no pixels.
    """
    by_page: dict[str, list[Picture]] = {}
    for picture in _pictures.own(site, pages):
        if picture.reference.form == "front-matter" and not picture.file.lower().endswith(".svg"):
            by_page.setdefault(picture.page, []).append(picture)
    for page, pictures in by_page.items():
        for picture in _shared(site, pictures):
            head = site.tree.head(picture.file)
            size = _pictures.dimensions(head) if head and head.size else None
            if size and (size[0] < options.min_width or size[1] < options.min_height):
                values = {"width": size[0], "height": size[1]}
                values |= {"min_width": options.min_width, "min_height": options.min_height}
                yield Match(picture.reference.span, values=values, path=page)


def _shared(site: SiteIndex, pictures: list[Picture]) -> list[Picture]:
    """The pictures under the keys for networks; without any, the one under the first key for a page's main picture."""
    keys = site.profile.keys
    share = frozenset(key.lower() for key in keys.get("share-image", ()))
    if asked := [one for one in pictures if under(one.reference.key, share)]:
        return asked
    for key in keys.get("cover", ()):
        if covers := [one for one in pictures if under(one.reference.key, (key.lower(),))]:
            return covers[:1]
    return []
