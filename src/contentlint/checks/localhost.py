"""Addresses of a server that runs on the author's own machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentlint.check import Match, NoOptions, check
from contentlint.site import references
from contentlint.source.document import Document
from contentlint.source.nodes import CodeBlock, CodeSpan, Text

# Loopback and "this host": https://www.rfc-editor.org/rfc/rfc6761#section-6.3, rfc1122 3.2.1.3.
_HOST = re.compile(
    r"(?:https?:)?//(?:[^/?#@\s]*@)?((?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])((?::\d+)?)(?=[/?#]|$)",
    re.IGNORECASE,
)


@check("localhost", needs={"image", "link", "tag", "front-matter"})
def localhost(document: Document, options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """A picture, a link or a value of the front matter that leads to a server on the author's machine.

    A tutorial rightly sends its readers to a server on their own machine. It tells them so: the link shows the
    address, or the page names the same host and port elsewhere, in its text or its code. Such links are left alone.
    """
    text = _shown(document)
    for reference in references.links(document):
        host = _host(reference)
        if host and host not in text:
            yield _match(reference, host)
    pictures = [image for image in references.images(document) if image.kind != "front-matter"]
    for reference in (*references.front_matter_values(document), *pictures):
        host = _host(reference)
        if host:
            yield _match(reference, host)


def _host(reference: references.Reference) -> str | None:
    match = _HOST.match(reference.destination)
    return (match[1] + match[2]).lower() if match else None


def _match(reference: references.Reference, host: str) -> Match:
    return Match(reference.span, values={"reference": reference.destination, "host": host})


def _shown(document: Document) -> str:
    """The text and the code of the page, as readers see them."""
    texts = [node.text for node in document.nodes(Text)]
    codes = [*(node.text for node in document.nodes(CodeSpan)), *(node.text for node in document.nodes(CodeBlock))]
    return "\n".join([*texts, *codes]).lower()
