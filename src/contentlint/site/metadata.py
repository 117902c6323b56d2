"""One view of a page's title, description, dates, images …, whatever the site's generator calls them.

A concept (``title``, ``meta-title``, ``image``) is written under many keys. The profile of the generator says which.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contentlint.source.front_matter import FrontMatter
from contentlint.source.scalars import parse_date
from contentlint.source.values import Entry


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's front matter, asked by concept. Made by :func:`view`."""

    front_matter: FrontMatter
    keys: Mapping[str, Sequence[str]]

    def get(self, concept: str) -> Entry | None:
        """The entry that gives the concept: the first key of the profile that the page has, filled in or not."""
        return next(iter(self.all(concept)), None)

    def all(self, concept: str) -> tuple[Entry, ...]:
        """Every entry that gives the concept (``title``, then ``seo.title``), in the order of the profile's keys."""
        found: list[Entry] = []
        top = self.front_matter.root.children if self.front_matter.root else ()
        names = {str(child.key).lower() for child in top}
        for key in self.keys.get(concept, ()):
            # Of the many keys of a concept a page has one or two: the others must cost nothing.
            if key.lower() not in names and re.split(r"[.[]", key.lower(), maxsplit=1)[0] not in names:
                continue
            entry = self.front_matter.get(key) or self._in_other_case(key)
            if entry is not None and all(entry is not other for other in found):
                found.append(entry)
        return tuple(found)

    def _in_other_case(self, key: str) -> Entry | None:
        """The entry of a key whose capitals differ: Hugo and Pelican take ``Title`` for ``title``."""
        entry = self.front_matter.root
        for step in key.lower().split("."):
            children = entry.children if entry else ()
            entry = next((child for child in reversed(children) if str(child.key).lower() == step), None)
        return entry

    def text(self, concept: str) -> str | None:
        """The concept as text, from the first of its keys that is not empty; None where there is none."""
        for entry in self.all(concept):
            if isinstance(entry.value, str | int | float) and not isinstance(entry.value, bool):
                text = str(entry.value).strip()
                if text:
                    return text
        return None

    def texts(self, concept: str) -> tuple[str, ...]:
        """The concept as a list of texts, from the first of its keys that is not empty; one text is a list of one."""
        for entry in self.all(concept):
            values = entry.value if isinstance(entry.value, list) else [entry.value]
            if texts := tuple(
                str(value).strip() for value in values if isinstance(value, str | int) and str(value).strip()
            ):
                return texts
        return ()

    def day(self, concept: str = "date") -> datetime.date | None:
        """The concept as a day; None where no key holds a date that exists."""
        for entry in self.all(concept):
            day = _day(entry.value)
            if day is not None:
                return day
        return None

    @property
    def draft(self) -> bool:
        """Whether the page says that it is not for readers yet: ``draft: true``, ``published: false``."""
        if any(_truth(entry.value) is True for entry in self.all("draft")):
            return True
        if any(_truth(entry.value) is False for entry in self.all("published")):
            return True
        return any(str(entry.value).strip().lower() == "draft" for entry in self.all("status"))

    @property
    def noindex(self) -> bool:
        """Whether the page asks search engines to leave it out: ``robots: noindex, follow``, ``noindex: true``."""
        for entry in self.all("robots"):
            told = entry.value if isinstance(entry.value, list) else [entry.value]
            if "robots" not in entry.name.lower():
                if _truth(entry.value) is True:
                    return True
            elif any(
                word in ("noindex", "none") for one in told for word in str(one).lower().replace(",", " ").split()
            ):
                return True
        return False

    @property
    def shown_title(self) -> str | None:
        """The title that search engines are given: the one that is written for them, else that of the page."""
        return self.text("meta-title") or self.text("title")

    @property
    def shown_description(self) -> str | None:
        """The description that search engines are given. A summary is none: many sites only list it."""
        return self.text("meta-description") or self.text("description")


def view(front_matter: FrontMatter, keys: Mapping[str, Sequence[str]]) -> Metadata:
    """The front matter seen through the keys of a profile (``Profile.keys``, ``Document.conventions.keys``)."""
    return Metadata(front_matter, keys)


def _day(value: Any) -> datetime.date | None:
    if isinstance(value, str):
        value = parse_date(value)
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else None


_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return _WORDS.get(value.strip().lower()) if isinstance(value, str) else None
