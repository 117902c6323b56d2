"""Dates of a page that contradict each other or the calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from msgspec import Meta

from contentlint.check import Match, site_check
from contentlint.site.index import SiteIndex
from contentlint.site.metadata import view
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry
from contentlint.span import Span

_LATER = datetime.timedelta(days=1)
"""Two days side by side may be one in another time zone."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is looked for."""

    find: Annotated[
        tuple[Literal["order", "future", "late-draft"], ...],
        Meta(
            description="`order`: updated before it was published; `future`: far ahead of today; `late-draft`: a draft "
            "whose day has come."
        ),
    ] = ("order", "future")
    days_ahead: Annotated[
        int, Meta(ge=0, description="For `future`: days from today on that may be planned; what is later is a slip.")
    ] = 365


def facts(document: Document, options: Options) -> Any:  # noqa: ARG001
    """The days of publication and of the last change, each as ``[day, start, end, key]``; None where there is none."""
    metadata = view(document.front_matter, document.conventions.keys)
    found = [_first(metadata.all(concept), metadata.day(concept)) for concept in ("date", "updated")]
    return found if any(found) else None


def _first(entries: tuple[Entry, ...], day: datetime.date | None) -> list[Any] | None:
    entry = next((one for one in entries if not one.empty), None)
    return [day.isoformat(), *entry.span, entry.name] if entry and day else None


@site_check("date-order", facts=facts, needs={"front-matter"})
def date_order(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A page that was changed before it was published (``order``), that is dated far ahead (``future``), or that is a
    draft although its day has come (``late-draft``).
    """
    for page, found in pages.items():
        for kind, one, values in _wrong(site, page, found or (None, None), options):
            if kind in options.find:
                yield Match(Span(one[1], one[2]), kind, {"field": one[3], "date": one[0], **values}, path=page)


def _wrong(
    site: SiteIndex, page: str, found: Sequence[Any], options: Options
) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    date, updated = found
    if date and updated and _day(updated) + _LATER < _day(date):
        yield "order", updated, {"other": date[3], "earlier": date[0]}
    for one in filter(None, (date, updated)):
        if (_day(one) - site.today).days > options.days_ahead:
            yield "future", one, {}
    if date and site.pages[page].draft and _day(date) < site.today:
        yield "late-draft", date, {}


def _day(found: Any) -> datetime.date:
    return datetime.date.fromisoformat(found[0])
