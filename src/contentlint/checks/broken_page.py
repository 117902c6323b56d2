"""Links to pages and files that the site does not have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, site_check
from contentlint.site.assets import serves
from contentlint.site.index import SiteIndex
from contentlint.site.routes import Target
from contentlint.source.references import MEDIA, Reference

_PAGE_FILE = re.compile(r"\.(?:mdx?|markdown|qmd|rmd)$", re.IGNORECASE)
_FILE = re.compile(r"\.(?!html?$)[a-z][a-z0-9]{1,3}$", re.IGNORECASE)
"""The ending of a file to download."""
_ENOUGH = 3
"""Addresses that must be understood before one that leads nowhere is taken for a mistake of the author."""
_SHARE = 2
"""How many times as many must be understood as not."""
_FEW = 2
"""So many lost addresses in a section of the site's own are mistakes; more were moved, and may be redirected."""
_UNKNOWN = 5
"""From this many unknown addresses below one folder on, something that is not in the repository serves them."""


@dataclass(frozen=True, slots=True)
class Options:
    """How an address of another site is told."""

    domains: Annotated[
        tuple[str, ...],
        Meta(description="Top-level domains: `example.org/a` is an address whose `https://` is missing."),
    ] = ()


@site_check("broken-page")
def broken_page(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A link to a page or a file that is nowhere (``missing``) or under another address (``elsewhere``).

    ``no-scheme`` where it begins with the name of a host: without ``https://`` a browser looks for it on the site.

    A site may be served together with what is in no file of it: an application, pages from elsewhere. So an address
    from the top of the site is judged only where the layout below its first folder is understood: the site's program
    code lists its pages, or most addresses that the site's pages name there lead somewhere. Elsewhere is judged a
    file in a folder that the site serves, an address that one link alone names and that is one letter off a page of the
    site, and, below a folder where the site has pages, the name of a page that lies elsewhere, or one of few unknown.
    """
    if not site.tree.known:
        return
    broken = list(_broken(site, pages))
    if not broken:
        return
    layout = _Layout(site)
    for page, link, target in broken:
        if _is_host(link.destination, options.domains):
            yield Match(link.span, "no-scheme", {"reference": link.destination}, path=page)
        elif link.lookup != "address" or layout.covers(site.on_site(link.destination) or link.destination, target):
            values = {"reference": link.destination} | ({"file": target.path} if target.path else {})
            yield Match(link.span, target.state, values, path=page)


def _broken(site: SiteIndex, pages: Iterable[str]) -> Iterator[tuple[str, Reference, Target]]:
    for page in pages:
        for link in site.pages[page].references:
            if link.kind != "link" or link.templated or MEDIA.search(link.destination):
                continue
            target = site.routes.resolve(link.destination, page, link.lookup)
            if target.state in ("missing", "elsewhere"):
                yield page, link, target


def _is_host(destination: str, domains: tuple[str, ...]) -> bool:
    host = re.match(r"(?:[a-z0-9-]+\.)+([a-z]+)(?=[/?#:]|$)", destination)
    return host is not None and host[1] in domains


class _Layout:
    """How far the addresses of the site are understood, learned from all the links on its pages."""

    def __init__(self, site: SiteIndex) -> None:
        self._site = site
        self._found: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        self._named = Counter(site.destinations())
        for destination in self._named:
            found = site.routes.resolve(destination, "").found
            (self._found if found else self._lost)[_first(destination)] += 1

    def covers(self, destination: str, target: Target) -> bool:
        """Whether an address of that sort would be known if it existed."""
        if not destination.startswith("/"):
            return bool(_PAGE_FILE.search(destination.partition("#")[0])) or not self._site.routes.hooked
        path = destination.partition("#")[0].partition("?")[0]
        if _first(path) and _FILE.search(path) and serves(path, self._site.tree, self._site.profile):
            return True
        if self._named[destination] == 1 and self._site.routes.misspelt(destination):
            return True
        if not _first(destination) and self._site.routes.hidden:
            return False
        pages = self._site.routes.sections[_first(destination)]
        if _first(destination) and pages >= _ENOUGH and target.state == "elsewhere":
            return True
        found, lost = self._found[_first(destination)], self._lost[_first(destination)]
        if found >= _ENOUGH and found >= _SHARE * lost:
            return True
        few = lost <= _FEW and pages >= _ENOUGH * lost
        if _first(destination) and few and not self._site.routes.hides(_first(destination)):
            return True
        return self._site.routes.listed and (found > lost or lost <= _UNKNOWN)


def _first(destination: str) -> str:
    """The first folder of an address; nothing for a page at the top."""
    first, slash, _ = destination.lstrip("/").partition("#")[0].partition("?")[0].rstrip("/").partition("/")
    return first.lower() if slash else ""
