"""Links that nobody can see, or that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentlint.check import Match, NoOptions, check
from contentlint.checks import _visible
from contentlint.source.document import Document
from contentlint.source.nodes import Link, Tag
from contentlint.span import Span

_SHOWN = 60
"""Characters of an address that a message repeats."""


@check("empty-link", needs={"link", "tag"})
def empty_link(document: Document, options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """A link without a text (``no-text``), without a target (``no-target``), or without both (``nothing``).

    Where the text is an address and the target is missing, the two were mixed up (``address-as-text``).
    """
    for link in document.nodes(Link):
        leads_nowhere = not link.destination.strip("# ")
        if not _visible.shows(link):
            yield Match(link.span, "nothing" if leads_nowhere else "no-text", {"target": _short(link.destination)})
        elif leads_nowhere:
            text = _visible.text(link)
            message = "address-as-text" if text.startswith(("http://", "https://", "www.")) else "no-target"
            yield Match(link.span, message, {"text": _short(text)})
    yield from _html(document)


def _short(text: str) -> str:
    """Enough of an address to recognise it in a message."""
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"


def _html(document: Document) -> Iterator[Match]:
    """``<a href>`` closed with nothing in between. An ``<a id>`` is an anchor, and need not be seen."""
    tags = document.nodes(Tag)
    for number, tag in enumerate(tags):
        if tag.name != "a" or tag.closing or "href" not in tag.attributes or _visible.labelled(document, tag):
            continue
        if (end := _end_of_empty(tags, number, document.text)) is not None:
            target = tag.attributes["href"].value or ""
            message = "no-text" if target.strip("# ") else "nothing"
            yield Match(Span(tag.span.start, end), message, {"target": _short(target)})


def _end_of_empty(tags: Sequence[Tag], number: int, text: str) -> int | None:
    """Where the link that this tag opens ends, if only white space and tags without a text stand before its end."""
    end = tags[number].span.end
    for tag in (tags[index] for index in range(number + 1, len(tags))):
        if text[end : tag.span.start].strip():
            return None
        end = tag.span.end
        if tag.name == "a":
            return end if tag.closing else None
        if not _visible.silent(tag):
            return None
    return None
