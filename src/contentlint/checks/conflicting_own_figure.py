"""What a site says of its own (clients, projects, average results) with values that cannot all be true."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

from msgspec import Meta

from contentlint.check import Match, Place, site_check
from contentlint.checks import _claims
from contentlint.site.index import SiteIndex
from contentlint.site.metadata import view
from contentlint.source import language, measures
from contentlint.source.document import Document
from contentlint.source.measures import Measure
from contentlint.span import Span

_MORE_THAN = 1.5
"""« plus de 200 » is said of 299, and of no 300: up to this many times the number that it names."""
_OVER = 0.1
"""A bare number and a rounder one are the same when this share apart: 190 and 200."""
_DAYS_A_MONTH = 30.5
_MOST = 300
"""Figures of one kind that are held against each other; a site has a dozen."""
_SHOWN = 20
_STUDIED = "studied "
_RESULT = "result "


@dataclass(frozen=True, slots=True)
class Options:
    """Which pages to hold against each other."""

    months: Annotated[
        int, Meta(ge=0, description="Pages written further apart than this may say different things.")
    ] = 18


class _Stated(NamedTuple):
    """An own figure on a page. It may be any value from ``low`` up to ``high``."""

    day: str
    page: str
    start: int
    end: int
    low: float
    high: float
    text: str

    @property
    def place(self) -> tuple[str, int]:
        return self.page, self.start


def facts(document: Document, options: Options) -> dict[str, Any]:  # noqa: ARG001
    """The own figures of the page: kind, name of who counts, start, end, lowest and highest value, and the words."""
    spoken = language.load(document.language)
    rows: list[list[Any]] = []
    for claim in _claims.of(document):
        if claim.sentence.run.inside("quote"):
            continue
        for figure, measure in zip(claim.figures, measures.of(claim, spoken), strict=True):
            kind = measure.own_count
            if measure.mean and claim.own_research:
                kind = f"{_RESULT}{measure.mean} {measure.unit}"
            if kind and measure.low is not None and measure.high is not None:
                quote = _claims.quote(claim.sentence, [figure], spoken.function_words)
                span = _claims.span(claim, [figure])
                rows.append([kind, measure.counted_by, *span, *_range(measure), quote])
    metadata = view(document.front_matter, document.conventions.keys)
    day = metadata.day("updated") or metadata.day("date")
    return {"day": day.isoformat() if day else "", "figures": rows}


def _range(measure: Measure) -> tuple[float, float]:
    low, high = float(measure.low or 0), float(measure.high or 0)
    if measure.bound == "at-least":
        return low, max(high, low * _MORE_THAN * (1 - 1e-9))
    if measure.bound == "at-most":
        return 0.0, high
    if measure.own_count:
        return low * (1 - _OVER), high * (1 + _OVER)
    return low, high


@site_check("conflicting-own-figure", facts=facts, needs={"prose", "front-matter"})
def conflicting_own_figure(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """One match a kind of own figure whose values cannot be one growing number, at the newest that conflicts.

    A count may grow from page to page in the order of their dates; a mean result may not. Pages without a date are held
    against nothing but themselves. ``quote`` is the figure, ``others`` are the different ones, the related places.
    """
    by_kind: dict[str, list[_Stated]] = defaultdict(list)
    for page, found in pages.items():
        for kind, name, start, end, low, high, text in (found or {}).get("figures", ()):
            if not name or any(name in host for host in site.hosts):
                by_kind[kind].append(_Stated(found["day"], page, start, end, low, high, text))
    for kind, stated in sorted(by_kind.items()):
        if kind.startswith(_STUDIED):
            continue
        stated = sorted(stated)[:_MOST]
        if (last := _conflicting(stated, kind.startswith(_RESULT), options)) is None:
            continue
        others = [one for one in stated if one.place != last.place]
        studied = sorted(by_kind.get(_STUDIED + kind, ()))
        related = [Place(Span(one.start, one.end), "other", one.page) for one in others]
        related += [Place(Span(one.start, one.end), "studied", one.page) for one in studied]
        yield Match(
            Span(last.start, last.end),
            values={"quote": last.text, "others": _different(last, others)},
            related=tuple(related[:_SHOWN]),
            path=last.page,
        )


def _conflicting(stated: Sequence[_Stated], is_result: bool, options: Options) -> _Stated | None:
    """The last figure, in the order of dates, that cannot be true beside another one."""
    for late in reversed(stated):
        for one in stated:
            if one.place == late.place:
                continue
            falls = late.high < one.low
            if one.page == late.page or is_result:
                falls = falls or one.high < late.low
            if falls and one.day <= late.day and _near(one, late, options.months):
                return late
    return None


def _near(one: _Stated, other: _Stated, months: int) -> bool:
    if one.page == other.page:
        return True
    if not one.day or not other.day:
        return False
    apart = datetime.date.fromisoformat(other.day) - datetime.date.fromisoformat(one.day)
    return abs(apart.days) <= months * _DAYS_A_MONTH


def _different(last: _Stated, others: Sequence[_Stated]) -> list[str]:
    """The words of the other figures, those with the same value once."""
    seen = {(last.low, last.high)}
    found = []
    for one in others:
        if (one.low, one.high) not in seen:
            seen.add((one.low, one.high))
            found.append(one.text)
    return found[:_SHOWN]
