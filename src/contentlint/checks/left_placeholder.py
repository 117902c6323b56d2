"""Addresses that were to be filled in and were not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _patterns, _visible
from contentlint.site.hosts import host_of
from contentlint.source.document import Document
from contentlint.source.nodes import CodeSpan, Construct, Heading, Image, Link, Node, Paragraph, TableCell, Tag
from contentlint.source.references import one_line_values, under
from contentlint.span import Span

_LONGEST = 200
# A link or a picture whose destination has spaces, which makes it plain text to Markdown: [x]([INSERT URL]).
_NO_LINK = re.compile(r"(!?)\[[^\[\]\n]{0,500}\]\([ \t]{0,20}([^()\n<>\"]{1,200})\)")


@dataclass(frozen=True, slots=True)
class Options:
    """What is looked at, and what placeholders look like."""

    what: Annotated[
        Literal["links", "pictures"], Meta(description="`links`: where links lead; `pictures`: what the page shows.")
    ] = "links"
    placeholders: Annotated[
        tuple[str, ...], Meta(description="Regular expressions of whole addresses that stand for another one.")
    ] = ()
    hosts: Annotated[
        tuple[str, ...],
        Meta(description="Servers that stand for another one; `*` is any top-level domain: `yourdomain.*`."),
    ] = ()

    def __post_init__(self) -> None:
        """Refuse a placeholder that is no regular expression."""
        _patterns.verify(self.placeholders)


class _Address(NamedTuple):
    text: str
    span: Span


@check("left-placeholder", needs={"image", "link", "tag", "paragraph", "front-matter"})
def left_placeholder(document: Document, options: Options) -> Iterator[Match]:
    """An address that is a placeholder (``found``), or leads to a server that stands for another (``host``).

    An expression such as ``{{ url }}`` is one where the generator of the site fills nothing in. A server that the page
    names in its text or its code is an example that readers are meant to see; a link to it is left alone.
    """
    patterns = _patterns.any_of(options.placeholders)
    literal = _patterns.stay_as_written(document)
    told: str | None = None
    for address in sorted(set(_addresses(document, options.what)), key=lambda one: one.span):
        text = address.text
        if len(text) <= _LONGEST and (patterns.fullmatch(text) or (literal and _patterns.EXPRESSION.search(text))):
            yield Match(address.span, values={"reference": text})
        elif host := _host(text, options.hosts):
            if told is None:
                told = _visible.page_text(document)
            if options.what == "pictures" or host not in told:
                yield Match(address.span, "host", {"reference": text, "host": host})


def _addresses(document: Document, what: str) -> Iterator[_Address]:
    for reference in document.references:
        if (reference.kind == "link") == (what == "links") and (
            not reference.templated or _patterns.stay_as_written(document)
        ):
            yield _Address(reference.destination, reference.span)
    keys = document.conventions.keys
    concepts = ("link", "canonical") if what == "links" else ("image",)
    wanted = frozenset(key.lower() for concept in concepts for key in keys.get(concept, ()))
    for entry in one_line_values(document):
        if under(entry.name, wanted):
            yield _Address(entry.value.strip(), entry.inner or entry.span)
    for kind in (Paragraph, Heading, TableCell):
        for node in document.nodes(kind):
            yield from _unparsed(document, node, what)


def _unparsed(document: Document, block: Node, what: str) -> Iterator[_Address]:
    """The destinations of what would be a link or a picture but for the spaces in it."""
    # What a dialect of the page knows is masked there.
    text = document.mask.text
    if "](" not in block.span.of(text):
        return
    taken = iter([node.span for node in block.walk() if isinstance(node, (CodeSpan, Construct, Image, Link, Tag))])
    span, reach = next(taken, None), 0
    for found in _NO_LINK.finditer(text, block.span.start, block.span.end):
        while span and span.start < found.end():
            reach = max(reach, span.end)
            span = next(taken, None)
        address = found[2].rstrip()
        if reach <= found.start() and (found[1] == "!") == (what == "pictures") and " " in address:
            yield _Address(address, Span(found.start(2), found.start(2) + len(address)))


def _host(address: str, hosts: tuple[str, ...]) -> str | None:
    if "//" not in address[:10]:
        return None
    host = (host_of(address) or "").removeprefix("www.")
    name = host.rpartition(".")[0]
    return host if host in hosts or (name and f"{name}.*" in hosts) else None
