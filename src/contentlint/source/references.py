"""What a page refers to: every picture, film and link, wherever the author wrote it, with its place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from contentlint.source.nodes import Attribute, Image, Link, Tag
from contentlint.source.values import Entry
from contentlint.span import Span

if TYPE_CHECKING:
    from contentlint.source.document import Document

MEDIA = re.compile(
    r"[^\s?#]\.(?:png|jpe?g|gif|webp|avif|svgz?|ico|bmp|tiff?|apng|jxl|heic|mp4|webm|mov|ogv)(?=$|[?#])", re.IGNORECASE
)
"""The ending of a picture or a film."""

Kind = Literal["image", "media", "link"]
"""What is fetched: a picture; a film, a sound or a page to embed; what the reader is led to."""
Form = Literal["markdown", "html", "jsx", "construct", "front-matter"]
"""How the author wrote it. A ``construct`` is a shortcode or a tag of the generator."""
Lookup = Literal["address", "page", "source-page", "post", "asset"]
"""How the generator looks it up: as a browser does; or, in the words of ``schemas/dialect.schema.json``, a page by its
file, the same from the root of the site, a post by its name, a file in the folder that belongs to the page."""

# What a construct fetches, by the kind that its dialect gives; what is put into the page is no reference.
_OF_CONSTRUCTS: Mapping[str, tuple[Kind, Lookup]] = {
    "image": ("image", "address"),
    "link": ("link", "address"),
    "file": ("media", "address"),
    "asset": ("image", "asset"),
    "page": ("link", "page"),
    "source-page": ("link", "source-page"),
    "post": ("link", "post"),
}

# The attributes whose value is an address, and what the tag fetches from there.
_SOURCES: Mapping[str, Kind] = {
    "img": "image",
    "input": "image",
    "video": "media",
    "audio": "media",
    "source": "media",
    "track": "media",
    "embed": "media",
    "iframe": "media",
    "object": "media",
}
_LINKING = frozenset({"a", "area"})
_FRAGMENT = re.compile(r"#[^\s)\]>\"']+")
_INDEX = re.compile(r"\[\d+\]")
_PATH = re.compile(r"\.{0,2}[/\\]|[A-Za-z][A-Za-z0-9+.-]*:")
_STRING = re.compile(r"""(["'`])([^"'`\\\n$]*)\1""")
_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//|\.{0,2}/|#|mailto:|tel:")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as written. ``span`` covers what is written of it, without quotes and brackets."""

    destination: str
    """The address, escapes and entities resolved, percent-encoding left. Of a template the text as written."""
    span: Span
    kind: Kind
    form: Form
    key: str = ""
    """The key of a reference in front matter: ``seo.ogImage``."""
    literal: bool = True
    """Whether the file has exactly the destination at the span."""
    templated: bool = False
    """Whether the destination holds a construct of the generator of which nobody knows what it prints: it is no
    address yet.
    """
    lookup: Lookup = "address"


def collect(document: Document) -> tuple[Reference, ...]:
    """The references of a page, each place once, in the order of the text.

    In front matter, every value that ends like a picture is one, whatever its key, except where keys give addresses
    of the page itself; a link is what stands under the keys for links. Of components in JSX nothing is known but that
    a picture's name ends like one, and that ``href`` and ``to`` lead somewhere.
    """
    found = [*_in_front_matter(document), *_in_markdown(document), *_in_tags(document)]
    unique = {(reference.span, reference.destination): reference for reference in found}
    # A construct that a destination begins with says better where that leads than the link that holds it.
    spoken = [one for one in _in_constructs(document) if one.span not in {reference.span for reference in found}]
    if spoken:
        starts = {one.construct.span.start for one in document.construct_references}
        unique = {place: one for place, one in unique.items() if not (one.templated and one.span.start in starts)}
    return tuple(sorted([*unique.values(), *spoken], key=lambda reference: reference.span))


# Front matter


def one_line_values(document: Document) -> Iterator[Entry]:
    """Every text in the front matter that is one line."""
    for entry in document.front_matter.entries():
        if entry.kind == "str" and isinstance(entry.value, str) and "\n" not in entry.value.strip():
            yield entry


def _in_front_matter(document: Document) -> Iterator[Reference]:
    keys = document.conventions.keys
    pictures, links = _lower(keys, ("image",)), _lower(keys, ("link",))
    of_the_page = _lower(keys, ("url", "aliases", "canonical", "slug", "image-alt"))
    for entry in one_line_values(document):
        key = _plain(entry.name)
        if key in of_the_page:
            continue
        address = entry.value.strip()
        if MEDIA.search(address):
            # A sentence may end in a file's name; a bare name under any key may be anything.
            named = under(entry.name, pictures)
            if _PATH.match(address) if " " in address else "/" in address or named:
                yield _of_entry(document, entry, "image")
        elif not links.isdisjoint((key, key.rpartition(".")[2])) and _ADDRESS.match(address) and " " not in address:
            yield _of_entry(document, entry, "link")


def under(name: str, keys: Container[str]) -> bool:
    """Whether an entry is the value of one of the keys, in small letters: ``image``, ``images[0]``, ``image.src``."""
    key = _plain(name)
    return key in keys or key.rpartition(".")[0] in keys


def _plain(name: str) -> str:
    return _INDEX.sub("", name).lower()


def _of_entry(document: Document, entry: Entry, kind: Kind) -> Reference:
    span = entry.inner or entry.span
    address = entry.value.strip()
    literal = span.of(document.text) == address
    return Reference(address, span, kind, "front-matter", entry.name, literal, "{{" in address or "{%" in address)


def _lower(keys: Mapping[str, Sequence[str]], concepts: Iterable[str]) -> frozenset[str]:
    return frozenset(key.lower() for concept in concepts for key in keys.get(concept, ()))


# Markdown


def _in_markdown(document: Document) -> Iterator[Reference]:
    # A link by reference leads to the place of its definition; a definition that nobody uses leads nowhere.
    for kind, nodes in (("image", document.nodes(Image)), ("link", document.nodes(Link))):
        for node in nodes:
            yield _of_node(document, node, kind)  # type: ignore[arg-type]


def _of_node(document: Document, node: Image | Link, kind: Kind) -> Reference:
    address = document.address(node.destination_span) if node.templated else node.destination
    written = node.destination_span.of(document.text)
    return Reference(
        written if address is None else address,
        node.destination_span,
        kind,
        "markdown",
        literal=written == address,
        templated=address is None,
    )


# Constructs of the generator


def _in_constructs(document: Document) -> Iterator[Reference]:
    for one in document.construct_references:
        if one.kind in _OF_CONSTRUCTS:
            kind, lookup = _OF_CONSTRUCTS[one.kind]
            after = _FRAGMENT.match(document.text, one.construct.span.end)
            destination = one.destination + (after[0] if after else "")
            literal = one.span.of(document.text) == destination
            yield Reference(destination, one.span, kind, "construct", literal=literal, lookup=lookup)


# Tags of HTML and JSX


def _in_tags(document: Document) -> Iterator[Reference]:
    for tag in document.nodes(Tag):
        if not tag.closing and tag.attributes:
            yield from _of_tag(document, tag)


def _of_tag(document: Document, tag: Tag) -> Iterator[Reference]:
    component = not tag.name.islower()
    for name, attribute in tag.attributes.items():
        if attribute.expression:
            yield from _in_expression(document.text, attribute.span)
            continue
        value = attribute.value
        if not value:
            continue
        if name.lower() == "srcset":
            yield from _in_srcset(document, attribute)
        elif MEDIA.search(value) and (name in ("src", "poster") or component):
            yield _of_attribute(document, tag, attribute, "image")
        elif name == "src" and tag.name in _SOURCES:
            yield _of_attribute(document, tag, attribute, _SOURCES[tag.name])
        elif (name == "href" and (tag.name in _LINKING or component)) or (
            name == "to" and component and value.startswith("/")
        ):
            yield _of_attribute(document, tag, attribute, "link")


def _of_attribute(document: Document, tag: Tag, attribute: Attribute, kind: Kind) -> Reference:
    written = attribute.span.of(document.text)
    address = document.address(attribute.span) if attribute.templated else attribute.value or ""
    return Reference(
        written if address is None else address,
        attribute.span,
        kind,
        "html" if tag.name.islower() else "jsx",
        literal=written == address,
        templated=address is None,
    )


def _in_srcset(document: Document, attribute: Attribute) -> Iterator[Reference]:
    written = attribute.span.of(document.text)
    literal = written == attribute.value
    for candidate in re.finditer(r"[^\s,]\S*", attribute.value or ""):
        address = candidate[0].rstrip(",")
        start = attribute.span.start + candidate.start()
        if MEDIA.search(address):
            span = Span(start, start + len(address)) if literal else attribute.span
            yield Reference(address, span, "image", "html", literal=literal, templated=attribute.templated)


def _in_expression(text: str, span: Span) -> Iterator[Reference]:
    """The pictures that a JSX expression names in its strings: ``images={["/a.png", "/b.png"]}``."""
    for string in _STRING.finditer(text, span.start, span.end):
        if "/" in string[2] and MEDIA.search(string[2]):
            yield Reference(string[2], Span(*string.span(2)), "image", "jsx")
