"""Addresses of a server that runs on the author's own machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _visible
from contentlint.source.document import Document
from contentlint.source.references import one_line_values
from contentlint.span import Span

# Loopback and "this host": https://www.rfc-editor.org/rfc/rfc6761#section-6.3, rfc1122 3.2.1.3.
_HOST = re.compile(
    r"(?:https?:)?//(?:[^/?#@\s]*@)?((?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])((?::\d+)?)(?=[/?#]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Options:
    """What is looked at."""

    what: Annotated[
        Literal["links", "pictures"],
        Meta(description="`links`: links and values of the front matter; `pictures`: what the page shows."),
    ] = "links"


@check("localhost", needs={"image", "link", "tag", "front-matter"})
def localhost(document: Document, options: Options) -> Iterator[Match]:
    """A picture, a link or a value of the front matter that leads to a server on the author's machine.

    A tutorial rightly sends its readers to a server on their own machine. It tells them so: the link shows the
    address, or the page names the same host and port elsewhere, in its text or its code. Such links are left alone.
    """
    pictures = {one.span: one.destination for one in document.references if one.kind != "link"}
    if options.what == "pictures":
        yield from _matches(pictures)
        return
    values = {entry.inner or entry.span: entry.value.strip() for entry in one_line_values(document)}
    yield from _matches({span: value for span, value in values.items() if span not in pictures})
    links = {one.span: one.destination for one in document.references if one.kind == "link" and one.span not in values}
    if any(map(_host, links.values())):
        yield from _matches(links, _visible.page_text(document))


def _matches(addresses: Mapping[Span, str], told: str = "") -> Iterator[Match]:
    for span, address in addresses.items():
        host = _host(address)
        if host and host not in told:
            yield Match(span, values={"reference": address, "host": host})


def _host(address: str) -> str | None:
    match = _HOST.match(address)
    return (match[1] + match[2]).lower() if match else None
