"""Parameters of addresses that tell the target's statistics where a reader came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Annotated
from urllib.parse import unquote_plus

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.diagnostic import Edit, Fix
from contentlint.source.document import Document
from contentlint.source.nodes import CodeBlock, CodeSpan, Link, Text
from contentlint.span import Span

# An entity such as &#45; neither parts parameters nor begins a fragment.
_SEPARATOR = re.compile(r"&amp;|\\?&(?!#)", re.IGNORECASE)
_FRAGMENT = re.compile(r"(?<!&)#")
_HOST = re.compile(r"(?:https?:)?//(?:[^/?#@\s]*@)?([^/?#:\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """What is a parameter of that sort."""

    parameters: Annotated[
        tuple[str, ...], Meta(description="Names (`utm_*`, `fbclid`), or names with a value (`ref=chatgpt.com`).")
    ] = ()
    copied: Annotated[
        tuple[str, ...],
        Meta(description="Values that tell of an assistant or a search engine from which the link was copied."),
    ] = ()
    deliberate: Annotated[
        tuple[str, ...],
        Meta(description="Values that the author of the page wrote: `utm_source=blog` counts the page's own readers."),
    ] = ()
    hosts: Annotated[
        tuple[str, ...], Meta(description="Hosts that ask for such parameters; names that end so belong to them.")
    ] = ()


@check("tracking-parameters", needs={"link", "tag"})
def tracking_parameters(document: Document, options: Options) -> Iterator[Match]:
    """One match a link, over the parameters that are tracking; the fix removes them and nothing else.

    A page whose text or code names a parameter is about such parameters: links with that one are left alone.
    ``copied`` where one of them names whence the author copied the link (``utm_source=chatgpt.com``), else ``found``.
    """
    shown = _shown(document)
    for reference in document.references:
        if reference.kind != "link" or reference.form == "front-matter" or reference.templated:
            continue
        if "?" not in reference.destination or _asks(reference.destination, options.hosts):
            continue
        query = _query(document.text, reference.span)
        parts = [(part, name, value) for part, name, value in _parts(document.text, query)]
        tracking = [(part, name, value) for part, name, value in parts if _tracks(name, value, options.parameters)]
        if not tracking or any(name in shown or _matches(value, options.deliberate) for _, name, value in tracking):
            continue
        sources = [value for _, _, value in tracking if _matches(value, options.copied)]
        values = {"parameters": ", ".join(dict.fromkeys(name for _, name, _ in tracking)), "number": len(tracking)}
        yield Match(
            span=Span(tracking[0][0].start, tracking[-1][0].end),
            message="copied" if sources else "found",
            values=values | ({"source": sources[0]} if sources else {}),
            fix=Fix(tuple(_removals(query, [part for part, _, _ in parts], {part for part, _, _ in tracking}))),
        )


def _shown(document: Document) -> str:
    """The code of the page, and its text outside links."""
    texts = [node.text for node in document.nodes(Text) if not isinstance(node.parent, Link)]
    codes = [*(node.text for node in document.nodes(CodeSpan)), *(node.text for node in document.nodes(CodeBlock))]
    return "\n".join([*texts, *codes]).lower()


def _matches(value: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in patterns)


def _asks(destination: str, hosts: tuple[str, ...]) -> bool:
    match = _HOST.match(destination)
    host = match[1].lower() if match else ""
    return any(host == name or host.endswith(f".{name}") for name in hosts)


def _query(text: str, address: Span) -> Span:
    """What stands between the question mark of an address and its fragment."""
    fragment = _FRAGMENT.search(text, address.start, address.end)
    end = fragment.start() if fragment else address.end
    mark = text.find("?", address.start, end)
    return Span(mark + 1, end) if mark >= 0 else Span(end, end)


def _parts(text: str, query: Span) -> Iterator[tuple[Span, str, str]]:
    """Each parameter as written: its place, its name and its value, in small letters."""
    start = query.start
    ends = [(match.start(), match.end()) for match in _SEPARATOR.finditer(text, query.start, query.end)]
    for end, following in [*ends, (query.end, query.end)]:
        name, _, value = text[start:end].partition("=")
        if name:
            yield Span(start, end), unquote_plus(name).lower(), unquote_plus(value).lower()
        start = following


def _tracks(name: str, value: str, parameters: tuple[str, ...]) -> bool:
    return any(fnmatchcase(f"{name}={value}" if "=" in pattern else name, pattern) for pattern in parameters)


def _removals(query: Span, parts: list[Span], tracking: set[Span]) -> Iterator[Edit]:
    """Deletions of parameters, each with the separator after it; after the last that stays, with the one before."""
    kept = [part for part in parts if part not in tracking]
    if not kept:
        yield Edit(Span(query.start - 1, query.end), "")
        return
    for part, following in pairwise(parts):
        if part in tracking and part.start < kept[-1].start:
            yield Edit(Span(part.start, following.start), "")
    if kept[-1].end < query.end:
        yield Edit(Span(kept[-1].end, query.end), "")
