"""Addresses on a host whose name is nearly that of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, site_check
from contentlint.checks._edits import edits
from contentlint.site.hosts import host_of
from contentlint.site.index import SiteIndex
from contentlint.source.document import Document
from contentlint.source.references import one_line_values
from contentlint.span import Span

_SHORT = 6
"""Names of fewer letters are near to many others by chance."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is near, and what is known to be the site's."""

    distance: Annotated[int, Meta(ge=0, description="Letters that may differ between two names that look alike.")] = 2
    pages: Annotated[
        int, Meta(ge=1, description="A host that more pages than this name is taken for another one of the owner's.")
    ] = 3
    owned: Annotated[tuple[str, ...], Meta(description="Hosts that belong to the site's owner.")] = ()


def facts(document: Document, options: Options) -> list[list[Any]]:  # noqa: ARG001
    """The absolute addresses of the page: host, address, start, end."""
    written = {entry.inner or entry.span: entry.value.strip() for entry in one_line_values(document)}
    written |= {one.span: one.destination for one in document.references if not one.templated}
    return [
        [host, address, *span]
        for span, address in sorted(written.items())
        if "//" in address[:8] and (host := host_of(address)) and "." in host
    ]


@site_check("look-alike-host", facts=facts, needs={"front-matter", "link", "image", "tag"})
def look_alike_host(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """An address on a host that is not the site's but is called nearly so: ``host``, and ``own`` that it resembles.

    Alike are names that differ by a few letters, and equal names with another ending. Parts of the own host
    (``docs.example.org``) are its owner's, and so is a host that many pages name.
    """
    own = sorted(host for host in site.hosts if not host.startswith("www."))
    alike: dict[str, str] = {}
    named: dict[str, set[str]] = defaultdict(set)
    for page, found in pages.items():
        for host, *_ in found or ():
            named[host].add(page)
    for host in named:
        if host not in site.hosts and host.removeprefix("www.") not in options.owned:
            near = next((one for one in own if _alike(host.removeprefix("www."), one, options.distance)), None)
            if near and len(named[host]) <= options.pages:
                alike[host] = near
    for page, found in pages.items():
        for host, address, start, end in found or ():
            if host in alike:
                yield Match(
                    Span(start, end), values={"reference": address, "host": host, "own": alike[host]}, path=page
                )


def _alike(host: str, own: str, distance: int) -> bool:
    if host.endswith(f".{own}") or own.endswith(f".{host}"):
        return False
    # data.gouv.fr and beta.gouv.fr are two parts of one domain.
    if "." in (domain := host.partition(".")[2]) and domain == own.partition(".")[2]:
        return False
    name, known = host.rpartition(".")[0], own.rpartition(".")[0]
    if name == known:
        return True
    return min(len(name), len(known)) >= _SHORT and edits(name, known, distance) <= distance
