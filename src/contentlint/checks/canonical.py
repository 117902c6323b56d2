"""The address that a page gives as the one to be shown in search results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from msgspec import Meta

from contentlint.check import Match, site_check
from contentlint.checks import _fields
from contentlint.site.hosts import host_of
from contentlint.site.index import SiteIndex
from contentlint.source.document import Document
from contentlint.span import Span


@dataclass(frozen=True, slots=True)
class Options:
    """What is looked for."""

    find: Annotated[
        tuple[Literal["relative", "elsewhere"], ...],
        Meta(description="`relative`: no absolute address; `elsewhere`: on a host that is not the site's."),
    ] = ("relative", "elsewhere")
    owned: Annotated[tuple[str, ...], Meta(description="Hosts that belong to the site's owner.")] = ()


def facts(document: Document, options: Options) -> list[list[Any]]:  # noqa: ARG001
    """The canonical addresses of the page: address, start, end."""
    return [
        [entry.value.strip(), *entry.span]
        for entry in _fields.named(document, ("canonical",))
        if isinstance(entry.value, str) and entry.value.strip() and not any(sign in entry.value for sign in "{}<>$")
    ]


@site_check("canonical", facts=facts, needs={"front-matter"})
def canonical(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A canonical address without ``https://`` and a host (``relative``), or on another ``host`` (``elsewhere``)."""
    for page, found in pages.items():
        for address, start, end in found or ():
            host = host_of(address)
            values = {"reference": address}
            if host is None:
                if "relative" in options.find:
                    yield Match(Span(start, end), "relative", values, path=page)
            elif "elsewhere" in options.find and site.hosts and not _owned(host, site.hosts, options.owned):
                yield Match(Span(start, end), "elsewhere", values | {"host": host}, path=page)


def _owned(host: str, own: frozenset[str], owned: tuple[str, ...]) -> bool:
    return host in own or host.removeprefix("www.") in owned or any(host.endswith(f".{one}") for one in own)
