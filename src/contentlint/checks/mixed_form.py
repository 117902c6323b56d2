"""Fields that are written in one form on some pages of a section, and in another on others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from msgspec import Meta

from contentlint.check import Match, Place, site_check
from contentlint.checks import _collection
from contentlint.checks._pictures import file_at_end
from contentlint.site.hosts import host_of
from contentlint.site.index import SiteIndex
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry
from contentlint.source.scalars import parse_date
from contentlint.span import Span

_PICTURES = ("image", "share-image", "cover", "canonical")
_DATES = ("date", "updated", "expires")

# The message of each pair is its two names: address-path.
_PAIRS = (
    ("address", "path"),
    ("date", "written-date"),
    ("number", "quantity"),
    ("list", "text"),
    ("table", "text"),
    ("truth", "quoted-truth"),
)
_QUANTITY = re.compile(r"~?\d+(?:[.,]\d+)? ?(?:minutes?|mins?|mn|heures?|hours?|h)\b.*", re.IGNORECASE)
_LONGEST_DATE = 40


@dataclass(frozen=True, slots=True)
class Options:
    """Where forms are compared."""

    min_pages: Annotated[int, Meta(ge=2, description="How many pages of a section must have the field.")] = 5
    ignore: Annotated[tuple[str, ...], Meta(description="Fields that may have several forms.")] = ()


def facts(document: Document, options: Options) -> list[list[Any]]:  # noqa: ARG001
    """The fields that have a value: name, form, the address if it is one, start, end."""
    keys = document.conventions.keys
    pictures = {key for concept in _PICTURES for key in keys.get(concept, ())}
    dates = {key for concept in _DATES for key in keys.get(concept, ())}
    found = []
    for name, entry in _collection.entries(document):
        # What stands in the tables of a list is the setting of a component, which may take either form.
        form = None if entry.empty or "[]" in name else _form(entry, name in pictures, name in dates)
        if form:
            address = entry.value.strip() if form == "address" else None
            found.append([name, form, address, *entry.span])
    return found


@site_check("mixed-form", facts=facts, needs={"front-matter"})
def mixed_form(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A field with two forms, once: on the first page that has the rarer one.

    An address of what is no file of the site has no other form, and does not count.
    """
    for section, filled, fields in _collection.by_section(pages, options.min_pages):
        for field, occurrences in fields.items():
            if len(occurrences) < options.min_pages or field in options.ignore:
                continue
            forms: dict[str, list[_collection.Occurrence]] = {}
            for path, (form, address, *span) in occurrences:
                if address is None or _is_own(site, address):
                    forms.setdefault(form, []).append((path, span))
            for pair in _PAIRS:
                if all(form in forms for form in pair):
                    few, many = sorted(pair, key=lambda form: (len(forms[form]), form))
                    path, span = forms[many][0]
                    values: dict[str, Any] = {form.replace("-", "_"): len(forms[form]) for form in pair}
                    values |= {"field": field, "section": section, "pages": len(filled)}
                    yield _collection.match("-".join(pair), values, forms[few], [Place(Span(*span), "other", path)])


def _is_own(site: SiteIndex, address: str) -> bool:
    """Whether an address is on the site's own host, or in a repository that has a file of the site at its path."""
    return host_of(address) in site.hosts or bool(file_at_end(site, unquote(urlsplit(address).path).lstrip("/")))


def _form(entry: Entry, picture: bool, date: bool) -> str | None:
    """What a value looks like; None for what may be anything."""
    if not isinstance(entry.value, str):
        kinds = {"list": "list", "map": "table", "bool": "truth", "int": "number", "float": "number"}
        return kinds.get(entry.kind, "date" if entry.kind in ("date", "datetime") else None)
    text = entry.value.strip()
    if "{{" in text or "{%" in text:
        return None
    if text.lower() in ("true", "false"):
        return "quoted-truth"
    if picture:
        return "address" if host_of(text) else "path" if "/" in text or "." in text else "text"
    if date and any(char.isdigit() for char in text) and len(text) < _LONGEST_DATE:
        return "date" if parse_date(text) else "written-date"
    return "quantity" if _QUANTITY.fullmatch(text) else "text"
