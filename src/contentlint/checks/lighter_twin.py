"""Pictures beside which a lighter file of the same name lies."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, site_check
from contentlint.checks import _pictures
from contentlint.checks._pictures import Picture, Twin
from contentlint.diagnostic import Applicability, Edit, Fix
from contentlint.site.index import SiteIndex
from contentlint.source.references import under
from contentlint.span import Span


@dataclass(frozen=True, slots=True)
class Options:
    """What is worth a change."""

    min_saving: Annotated[
        int, Meta(ge=1, le=99, description="By how many per cent the other file must be lighter.")
    ] = 40
    min_kilobytes: Annotated[int, Meta(ge=0, description="How many kilobytes it must save.")] = 10
    heavy: Annotated[tuple[str, ...], Meta(description="Endings of files for which there may be a lighter one.")] = (
        "png",
        "jpg",
        "jpeg",
    )
    light: Annotated[tuple[str, ...], Meta(description="Endings of the lighter files.")] = ("avif", "webp")


@site_check("lighter-twin")
def lighter_twin(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A picture whose page could name a lighter file that lies beside it; ``size`` and ``twin_size`` are in bytes.

    Not where the page names that file as well (a ``<picture>`` with a fallback), nor under the keys of pictures for
    networks, not all of which take the newer formats.
    """
    share = frozenset(key.lower() for key in site.profile.keys.get("share-image", ()))
    for page, on_page in groupby(_pictures.own(site, pages), key=lambda one: one.page):
        pictures = list(on_page)
        named = {one.file for one in pictures}
        for picture in pictures:
            if posixpath.splitext(picture.file)[1][1:].lower() not in options.heavy:
                continue
            if under(picture.reference.key, share):
                continue
            twin = _pictures.twin(site, picture.file, options.light, options.min_saving / 100)
            whole = site.tree.head(picture.file)
            if not twin or not whole or twin.file in named:
                continue
            if whole.size - twin.size >= options.min_kilobytes * 1000:
                values = {
                    "name": picture.name,
                    "size": whole.size,
                    "twin": posixpath.basename(twin.file),
                    "twin_size": twin.size,
                }
                yield Match(picture.reference.span, "found", values, _renamed(picture, twin), path=page)


def _renamed(picture: Picture, twin: Twin) -> Fix | None:
    """The reference with the other file's name; the two may differ to the eye, so somebody should look."""
    path = re.split(r"[?#]", picture.reference.destination, maxsplit=1)[0]
    if not picture.reference.literal or not path.endswith(picture.name):
        return None
    end = picture.reference.span.start + len(path)
    name = Span(end - len(picture.name), end)
    return Fix((Edit(name, posixpath.basename(twin.file)),), Applicability.UNSAFE)
