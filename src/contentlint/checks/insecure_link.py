"""Links and pictures whose address begins with ``http://``."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.source.document import Document

_HTTP = re.compile(r"http://(?:[^/?#@\s]*@)?([^/?#:\s]+)(:\d+)?(?=[/?#]|$)", re.IGNORECASE)
_HIDDEN = re.compile(r"[{}<>$*]|%7b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """Which addresses are left alone."""

    hosts: Annotated[
        tuple[str, ...],
        Meta(description="Hosts of which `http://` is right; a leading `.` stands for all names that end so."),
    ] = ()
    addresses: Annotated[
        tuple[str, ...], Meta(description="Beginnings of addresses that are names, as those of XML namespaces are.")
    ] = ()


@check("insecure-link", needs={"image", "link", "tag"})
def insecure_link(document: Document, options: Options) -> Iterator[Match]:
    """A link or a picture by ``http://`` to a public host.

    A port, an address in numbers or a name without a dot is a server of the author's own, in a test or a tutorial.
    """
    for reference in document.references:
        if (
            reference.form == "front-matter"
            or reference.templated
            or reference.span.of(document.text)[:7].lower() != "http://"
        ):
            continue
        host = _host(reference.destination)
        if host and not _excepted(host, reference.destination.lower(), options):
            kind = "found" if reference.kind == "link" else "image"
            yield Match(reference.span, kind, {"host": host, "reference": reference.destination})


def _host(destination: str) -> str | None:
    """The host of an ``http`` address that the public can reach by the usual port."""
    match = _HTTP.match(destination)
    if not match or match[2] not in (None, ":80"):
        return None
    host = match[1].lower().rstrip(".")
    return None if "." not in host or _HIDDEN.search(host) or _is_number(host) else host


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _excepted(host: str, address: str, options: Options) -> bool:
    named = any(host == name.lstrip(".") or (name[:1] == "." and host.endswith(name)) for name in options.hosts)
    return named or address.startswith(options.addresses)
