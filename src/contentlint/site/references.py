"""What a page refers to: every image, link and address, wherever the author wrote it, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from contentlint.source.document import Document
from contentlint.source.nodes import Image, Link, Tag
from contentlint.span import Span

MEDIA = re.compile(
    r"[^\s?#]\.(?:png|jpe?g|gif|webp|avif|svgz?|ico|bmp|tiff?|apng|jxl|heic|mp4|webm|mov|ogv)(?=$|[?#])", re.IGNORECASE
)
"""The ending of a picture or a film."""


_INDEX = re.compile(r"\[\d+\]")
_PATH = re.compile(r"\.{0,2}[/\\]|[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as written. ``span`` covers what is written of it, without quotes and brackets."""

    destination: str
    span: Span
    kind: Literal["image", "link", "front-matter"]
    key: str = ""
    """The key of a reference in front matter: ``seo.ogImage``."""


def images(document: Document) -> list[Reference]:
    """The pictures of the page, in Markdown, HTML, JSX and front matter; each place once, in the order of the text.

    In front matter, every value that ends like a picture is one, whatever its key, except where keys give addresses
    of the page itself.
    """
    found = [*_front_matter_images(document), *_markdown_images(document), *_tag_images(document)]
    return _each_place_once(found)


def links(document: Document) -> list[Reference]:
    """The links of the body, in Markdown and HTML; each place once, in the order of the text."""
    found = [
        Reference(link.destination, link.destination_span, "link")
        for link in document.nodes(Link)
        if not link.templated
    ]
    for tag in document.nodes(Tag):
        target = None if tag.closing or tag.name != "a" else tag.attributes.get("href")
        if target and target.value:
            found.append(Reference(target.value, target.span, "link"))
    return _each_place_once(found)


def front_matter_values(document: Document) -> Iterator[Reference]:
    """Every text in the front matter that is one line."""
    for entry in document.front_matter.entries():
        if entry.kind == "str" and isinstance(entry.value, str) and "\n" not in entry.value.strip():
            yield Reference(entry.value.strip(), entry.inner or entry.span, "front-matter", key=entry.name)


def _front_matter_images(document: Document) -> Iterator[Reference]:
    keys = document.conventions.keys
    pictures = _lower(keys, ("image",))
    no_pictures = _lower(keys, ("url", "aliases", "canonical", "slug", "image-alt"))
    for value in front_matter_values(document):
        key = _INDEX.sub("", value.key).lower()
        path = value.destination
        if key in no_pictures or not MEDIA.search(path):
            continue
        # A sentence may end in a file's name; a bare name under any key may be anything.
        if _PATH.match(path) if " " in path else "/" in path or not pictures.isdisjoint((key, key.rpartition(".")[0])):
            yield value


def _lower(keys: Mapping[str, Sequence[str]], concepts: Iterable[str]) -> frozenset[str]:
    return frozenset(key.lower() for concept in concepts for key in keys.get(concept, ()))


def _markdown_images(document: Document) -> Iterator[Reference]:
    for image in document.nodes(Image):
        if not image.templated:
            yield Reference(image.destination, image.destination_span, "image")


def _tag_images(document: Document) -> Iterator[Reference]:
    for tag in document.nodes(Tag):
        if not tag.closing:
            yield from _of_tag(tag)


def _of_tag(tag: Tag) -> Iterator[Reference]:
    for name in ("src", "poster"):
        attribute = tag.attributes.get(name)
        # Of components in JSX nothing is known but that a picture's name ends like one.
        if attribute and attribute.value and (tag.name == "img" or MEDIA.search(attribute.value)):
            yield Reference(attribute.value, attribute.span, "image")
    attribute = tag.attributes.get("srcset") or tag.attributes.get("srcSet")
    if attribute and attribute.value:
        literal = attribute.span.end - attribute.span.start == len(attribute.value)
        for candidate in re.finditer(r"[^\s,]\S*", attribute.value):
            address = candidate[0].rstrip(",")
            start = attribute.span.start + candidate.start()
            if MEDIA.search(address):
                yield Reference(address, Span(start, start + len(address)) if literal else attribute.span, "image")


def _each_place_once(references: list[Reference]) -> list[Reference]:
    unique = {(reference.span, reference.destination): reference for reference in references}
    return sorted(unique.values(), key=lambda reference: reference.span)
