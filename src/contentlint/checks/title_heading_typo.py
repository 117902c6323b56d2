"""Titles and headings that are meant to be the same and differ by a slip."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, Place, check
from contentlint.checks import _headings, _visible
from contentlint.checks._edits import edits
from contentlint.site.metadata import view
from contentlint.source.document import Document

_LONGEST = 300
# An apostrophe belongs to its word; every other sign is a choice.
_SIGNS = re.compile(r"(?<!\w)'|'(?!\w)|[^\w\s']+|_+")


@dataclass(frozen=True, slots=True)
class Options:
    """How near a slip is."""

    distance: Annotated[int, Meta(ge=1, description="Characters that may differ for it to be a slip.")] = 3
    min_characters: Annotated[
        int, Meta(ge=1, description="Shorter titles are near to others by chance: “Part 1” and “Part 2”.")
    ] = 20


@check("title-heading-typo", needs={"front-matter"})
def title_heading_typo(document: Document, options: Options) -> Iterator[Match]:
    """A level-1 heading that differs from the title of the front matter by a few characters.

    Capitals, punctuation, pictograms and spaces are a choice, apostrophes apart; so is another number.
    """
    title = next(
        (
            one
            for one in view(document.front_matter, document.conventions.keys).all("title")
            if isinstance(one.value, str)
        ),
        None,
    )
    heading = next((one for one in _headings.outline(document) if one.level == 1), None)
    if title is None or heading is None or heading.node is None:
        return
    one, other = _plain(title.value), _plain(_visible.text(heading.node))
    if not options.min_characters <= min(len(one), len(other)) <= max(len(one), len(other)) <= _LONGEST:
        return
    if _numbers(one) == _numbers(other) and 0 < edits(one, other, options.distance) <= options.distance:
        values = {"title": title.value, "heading": _visible.text(heading.node)}
        yield Match(heading.span, values=values, related=(Place(title.span, "title"),))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.replace("’", "'")).casefold()
    return " ".join(_SIGNS.sub(" ", text).split())


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)
