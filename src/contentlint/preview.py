"""How a page will look where others show it: as a result of a search engine, and as a card on a social network.

It is worked out from the front matter and the site's conventions; a template may print something else.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from contentlint.checks import _pictures
from contentlint.project import Planner, Project
from contentlint.registry import Selection
from contentlint.site import addresses
from contentlint.site.hosts import host_of
from contentlint.site.index import SiteIndex, page_facts
from contentlint.site.metadata import Metadata, view
from contentlint.source import file, text_width
from contentlint.source.document import Document
from contentlint.source.references import under

_MOBILE = {"title": (656, 18), "description": (680, 14)}
"""Pixels and font size on a phone, heuristics both: two lines of title on a screen of 360 pixels less its margins, and
the width of a description that measurements of result pages give. Google publishes neither."""
_CARD = {"title": 70, "description": 200}
"""Characters that X shows of ``twitter:title`` and ``twitter:description``:
https://developer.x.com/en/docs/x-for-websites/cards/overview/markup. Others show about as much.
"""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is seen of a text on a screen."""

    shown: str
    cut: bool
    pixels: int
    limit: int
    """In pixels."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text of the search result, and the key that gives it."""

    key: str
    text: str
    characters: int
    desktop: Cut
    mobile: Cut


@dataclass(frozen=True, slots=True)
class Search:
    """The result of a search engine. It may choose other texts; without a description it takes some from the page."""

    address: str
    """``bakery.example › blog › bread``, as far as the site's sources tell."""
    title: Line | None
    description: Line | None
    hidden: str | None
    """``draft`` or ``noindex``, where the page will not be shown at all."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the card, cut to what networks show, and the key that gives it."""

    key: str
    text: str
    shown: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of the card."""

    key: str
    reference: str
    state: str
    """Where the file is, as ``site.assets`` says it; ``not-checkable`` for one on another host."""
    width: int | None
    height: int | None
    alt: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """What networks show of a shared link."""

    host: str | None
    title: Text | None
    description: Text | None
    image: Picture | None


@dataclass(frozen=True, slots=True)
class Preview:
    """A page as others show it."""

    path: str
    language: str | None
    search: Search
    card: Card

    def as_data(self) -> dict[str, Any]:
        """The preview as JSON has it."""
        return {"schema": 1, **asdict(self)}


def preview(page: Path, config: Path | None = None, *, isolated: bool = False) -> Preview:
    """How a page will look. Raises ConfigError, and ``file.Unreadable`` for a page that cannot be read."""
    project, path = Planner(config, isolated, Selection()).around(page)
    text = file.decode(file.read_bytes(page)).text
    document = Document(path, text, project.settings(path).conventions)
    facts = page_facts(document, {})
    site = project.index({path: facts}, datetime.date.today())
    metadata = view(document.front_matter, document.conventions.keys)
    host = _host(site)
    return Preview(
        path=os.path.relpath(page),
        language=document.language,
        search=Search(
            address=_address(site, path, metadata, host),
            title=_line(project, path, metadata, "title", "metadata/title-length"),
            description=_line(project, path, metadata, "description", "metadata/description-length"),
            hidden="draft" if metadata.draft else "noindex" if metadata.noindex else None,
        ),
        card=Card(
            host=host,
            title=_text(metadata, "title"),
            description=_text(metadata, "description"),
            image=_picture(site, path, metadata),
        ),
    )


def _line(project: Project, path: str, metadata: Metadata, field: str, rule: str) -> Line | None:
    """On a desktop the limits of the rule hold, so that both say the same."""
    found = _said(metadata, (f"meta-{field}", field))
    if found is None:
        return None
    key, text = found
    options = project.setting(rule, path).options
    desktop = _cut(text, options["max_pixels"], options["font_size"])
    return Line(key, text, len(text), desktop, _cut(text, *_MOBILE[field]))


def _cut(text: str, limit: int, size: int) -> Cut:
    pixels = round(text_width.width(text, size))
    shown = text_width.shown(text, size, limit) if limit else text
    return Cut(shown, shown != text, pixels, limit)


def _said(metadata: Metadata, concepts: Sequence[str]) -> tuple[str, str] | None:
    """The first text that is filled in, on one line, and its key."""
    for concept in concepts:
        for entry in metadata.all(concept):
            if isinstance(entry.value, str | int | float) and (text := " ".join(str(entry.value).split())):
                return entry.name, text
    return None


def _text(metadata: Metadata, field: str) -> Text | None:
    found = _said(metadata, (f"og-{field}", f"meta-{field}", field))
    if found is None:
        return None
    key, text = found
    room = _CARD[field]
    shown = text if len(text) <= room else text[: room - 1].rstrip() + text_width.ELLIPSIS
    return Text(key, text, shown)


def _picture(site: SiteIndex, path: str, metadata: Metadata) -> Picture | None:
    """The picture for networks, else the one at the top of the page, which most templates hand on."""
    for concept in ("share-image", "cover", "image"):
        for key in site.profile.keys.get(concept, ()):
            for reference in site.pages[path].references:
                if reference.form == "front-matter" and under(reference.key, (key.lower(),)):
                    state, found = site.file_of(path, reference)
                    head = site.tree.head(found) if found else None
                    size = _pictures.dimensions(head) if head and head.size else None
                    width, height = size or (None, None)
                    alt = metadata.text("image-alt")
                    return Picture(reference.key, reference.destination, state, width, height, alt)
    return None


def _host(site: SiteIndex) -> str | None:
    return min(site.hosts, key=lambda name: (name.startswith("www."), name), default=None)


def _address(site: SiteIndex, path: str, metadata: Metadata, host: str | None) -> str:
    """The canonical address, else the shortest that the generator may give to the page."""
    if (canonical := metadata.text("canonical")) and (elsewhere := host_of(canonical)):
        host, written = elsewhere, canonical.partition("//")[2].partition("/")[2]
    else:
        profile = site.profile
        found = addresses.of_page(path, addresses.named(metadata), profile.addresses, numbered=profile.numbered)
        written = min(found, key=lambda address: address.count("/"), default=path)
    return " › ".join(step for step in (host or "", *written.split("/")) if step)
