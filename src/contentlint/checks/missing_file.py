"""Pictures that the site does not have, or has under a name with other capital letters."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from msgspec import Meta

from contentlint.check import Match, site_check
from contentlint.diagnostic import Applicability, Edit, Fix
from contentlint.site.assets import static_roots
from contentlint.site.index import SiteIndex
from contentlint.source.references import MEDIA
from contentlint.span import Span


@dataclass(frozen=True, slots=True)
class Options:
    """What is looked for."""

    state: Annotated[
        Literal["missing", "other-case"],
        Meta(
            description="`missing`: no such file; `other-case`: a file whose name differs in upper and lower case only."
        ),
    ] = "missing"


@site_check("missing-file")
def missing_file(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A picture of the site that is not where the page says (``missing``, ``elsewhere``, ``other-case``).

    What cannot be known is not judged: remote pictures, template expressions, addresses without the ending of a
    picture, paths of the author's machine, and root-relative paths where it is not known what the site serves.
    """
    if not site.tree.known:
        return
    for page in pages:
        for picture in site.pages[page].references:
            destination, span = picture.destination, picture.span
            if picture.templated or not MEDIA.search(unquote(destination)):
                continue
            state, file = site.file_of(page, picture)
            if state != options.state:
                continue
            if state == "other-case" and file is not None:
                fix = _renamed(destination, span, file) if picture.literal else None
                yield Match(span, state, {"reference": destination, "file": file}, fix, path=page)
            elif _served_from_known_place(site, destination):
                yield _missing(site, destination, span, page)


def _missing(site: SiteIndex, destination: str, span: Span, page: str) -> Match:
    """Say where the file went, if just one has that name, or just one deeper down in the folder that is named."""
    folder, _, name = unquote(destination.partition("#")[0].partition("?")[0]).rpartition("/")
    twins = site.tree.ending(name)
    places = tuple(posixpath.join(root, folder.strip("/"), "") for root in static_roots(site.tree, site.profile))
    deeper = [twin for twin in twins if folder.strip("/") and twin.startswith(places)]
    for choice in (twins, deeper):
        if len(choice) == 1:
            return Match(span, "elsewhere", {"reference": destination, "file": choice[0]}, path=page)
    return Match(span, "missing", {"reference": destination}, path=page)


def _served_from_known_place(site: SiteIndex, destination: str) -> bool:
    """Whether it is known where the site's own ``/x.png`` lies.

    It is where the generator's folder is there. Where files may be copied anywhere, and of an unknown generator, only
    a path whose first folder is found in one of the usual places says that this place is served.
    """
    if not destination.startswith("/"):
        return True
    if site.profile.static_certain:
        return bool(static_roots(site.tree, site.profile))
    first, slash, _ = destination.lstrip("/").partition("/")
    roots = static_roots(site.tree, site.profile)
    return bool(slash) and any(site.tree.exists(posixpath.join(root, first)).folder for root in roots)


def _renamed(destination: str, span: Span, file: str) -> Fix | None:
    """The reference with the letters that the file has on disk."""
    path = destination.partition("#")[0].partition("?")[0]
    tail = path.lstrip("./")
    actual = file[len(file) - len(tail) :]
    if not tail or actual.casefold() != tail.casefold():
        return None
    start = span.start + len(path) - len(tail)
    return Fix((Edit(Span(start, start + len(tail)), actual),), Applicability.SAFE)
