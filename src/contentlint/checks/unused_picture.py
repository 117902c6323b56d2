"""Pictures that the site publishes and nothing on it shows."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, site_check
from contentlint.checks import _pictures
from contentlint.site.index import SiteIndex
from contentlint.span import Span


@dataclass(frozen=True, slots=True)
class Options:
    """What is used though nothing names it."""

    keep: Annotated[
        tuple[str, ...],
        Meta(description="Globs of file names, in small letters, that browsers, networks or themes look for."),
    ] = ()


@site_check("unused-picture")
def unused_picture(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A picture in a folder that the site serves, or beside its pages, that no text of the site can mean.

    The match is about the file of the picture. Looked at are all pages, whether they are linted or not, and whatever
    else is text: templates, program code, style sheets, data.
    """
    del pages
    if not site.tree.known or site.concerns is None:
        return
    for file, of_page in _published(site):
        name = posixpath.basename(file)
        kept = any(fnmatchcase(name.lower(), pattern) for pattern in options.keep)
        if not kept and site.concerns(file) and not site.mentions.may_mean(file, of_page=of_page):
            yield Match(Span(0, 0), values={"name": name}, path=file)


def _published(site: SiteIndex) -> Iterator[tuple[str, bool]]:
    """The pictures that readers can load, each with whether it lies beside a page or below it."""
    # A folder that only a glob names is that of a theme, whose pictures are others' work, or lies in one that is named.
    roots = tuple(f"{folder}/" for folder in site.profile.static if folder and "*" not in folder)
    everywhere = "" in site.profile.static and site.profile.static_certain
    of_pages = {posixpath.dirname(page) for page in site.all_pages} - {""}
    for file in site.tree.files():
        if not _pictures.is_picture(file) or any(part[0] in "._" for part in file.split("/")):
            continue
        folders = file.split("/")[:-1]
        of_page = any("/".join(folders[:depth]) in of_pages for depth in range(len(folders), 0, -1))
        if of_page or everywhere or file.startswith(roots):
            yield file, of_page
