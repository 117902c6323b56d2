"""Titles that promise a year which the page's own dates do not reach."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _fields
from contentlint.site.metadata import view
from contentlint.source import language
from contentlint.source.document import Document

_YEAR = re.compile(r"(?<![\w./-])(?:19|20)\d\d(?![\w/-]|[.,]\d)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATED_NAME = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Options:
    """What is read, and how far ahead a title may be."""

    fields: Annotated[
        tuple[str, ...], Meta(description="Concepts (`title`) or keys of the front matter that are titles.")
    ] = ("title", "meta-title")
    next_year_from: Annotated[
        int, Meta(ge=1, le=13, description="The month from which on a page may be about the next year.")
    ] = 9
    years_ahead: Annotated[
        int, Meta(ge=1, description="A title that is further ahead names a goal, and is no slip.")
    ] = 1
    vocabulary: Annotated[
        str,
        Meta(
            description="Words that make a year a plan, a date or an event, by the name of their list in the language."
        ),
    ] = "year-to-come"


@check("title-year", needs={"front-matter"})
def title_year(document: Document, options: Options) -> Iterator[Match]:
    """A title with one year, which is later than the page was published and last changed.

    A range of years, a full date, the name of an event and a plan are no promise to be up to date.
    """
    metadata = view(document.front_matter, document.conventions.keys)
    days = [day for day in (metadata.day("date") or _of_name(document.path), metadata.day("updated")) if day]
    if not days:
        return
    latest = max(days)
    to_come = language.load(document.language).vocabulary(options.vocabulary)
    for entry in _fields.named(document, options.fields):
        if not isinstance(entry.value, str) or len(_ANY_YEAR.findall(entry.value)) != 1:
            continue
        year = _YEAR.search(entry.value)
        if year is None or not 1 <= int(year[0]) - latest.year <= options.years_ahead:
            continue
        named = _is_name(entry.value[: year.start()]) and not entry.value.isupper()
        if latest.month < options.next_year_from and not named and not _mentions(entry.value, to_come):
            values = {"field": entry.name, "year": year[0], "date": latest.isoformat()}
            yield Match(entry.part(*year.span()), values=values)


def _mentions(text: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(_WORD.findall(text.lower()))


def _is_name(before: str) -> bool:
    """Whether a text ends with the name of an event: RustConf, FOSDEM, KubeCon have capitals inside."""
    words = before.split()
    return bool(words) and any(map(str.isupper, words[-1][1:]))


def _of_name(path: str) -> datetime.date | None:
    """The day in the name of a Jekyll post."""
    dated = _DATED_NAME.match(path.rpartition("/")[2])
    try:
        return datetime.date(*map(int, dated.groups())) if dated else None
    except ValueError:
        return None
