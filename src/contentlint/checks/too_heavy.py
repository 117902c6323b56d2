"""Pictures that weigh too much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, Place, site_check
from contentlint.checks import _pictures
from contentlint.site.index import SiteIndex


@dataclass(frozen=True, slots=True)
class Options:
    """From when on a picture is heavy."""

    max_kilobytes: Annotated[int, Meta(ge=1, description="The weight of a file, in thousands of bytes.")] = 1000


@site_check("too-heavy")
def too_heavy(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A picture whose file weighs more, once for the file, where it is named first; ``size`` and ``limit`` in bytes.

    Not where a lighter file of the same name lies beside it: naming that one is the better remedy, and a matter of
    its own.
    """
    places: dict[str, list[_pictures.Picture]] = defaultdict(list)
    for picture in _pictures.own(site, pages):
        places[picture.file].append(picture)
    limit = options.max_kilobytes * 1000
    for file, pictures in places.items():
        head = site.tree.head(file)
        if not head or head.size <= limit or _has_remedy(site, file, limit):
            continue
        first, *others = pictures
        related = [Place(one.reference.span, "also", one.page) for one in others]
        values = {"name": first.name, "size": head.size, "limit": limit}
        yield Match(first.reference.span, "found", values, related=tuple(related), path=first.page)


def _has_remedy(site: SiteIndex, file: str, limit: int) -> bool:
    twin = _pictures.twin(site, file, ("avif", "webp"), 0.4)
    return twin is not None and twin.size <= limit
