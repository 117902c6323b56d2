"""Figures that were years old when the page that gives them was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _claims
from contentlint.site.metadata import view
from contentlint.source import language
from contentlint.source.document import Document
from contentlint.source.prose import Sentence
from contentlint.source.quantities import fold, vocabulary

_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Options:
    """What to report."""

    years: Annotated[int, Meta(ge=0, description="How many years before the page's date a figure may be from.")] = 5
    minimum_confidence: Annotated[
        float,
        Meta(
            ge=0,
            le=1,
            description="Report only what is at least this likely to be a figure that an editor wants sourced.",
        ),
    ] = _claims.MINIMUM_CONFIDENCE


@check("stale-statistic", needs={"front-matter"})
def stale_statistic(document: Document, options: Options) -> Iterator[Match]:
    """One match a sentence whose figure is about the world, on a page that has a date.

    The figure is as old as the latest year in its sentence (``year``; ``age`` is counted from the day that the page was
    last changed, else published). A figure about a stretch of time that a year begins (« depuis 2015 ») is not.
    """
    metadata = view(document.front_matter, document.conventions.keys)
    day = metadata.day("updated") or metadata.day("date")
    if day is None:
        return
    spoken = language.load(document.language)
    for claim in document.claims:
        figures = claim.figures_from(options.minimum_confidence)
        years = _years(claim.sentence) if figures else []
        if not years or not 0 <= options.years < day.year - max(years):
            continue
        if vocabulary(spoken).said("since").search(fold(claim.sentence.text)):
            continue
        values = {
            "quote": _claims.quote(claim.sentence, figures, spoken.function_words),
            "year": str(max(years)),
            "age": day.year - max(years),
        }
        yield Match(_claims.span(claim, figures), values=values, confidence=round(claim.likelihood, 2))


def _years(sentence: Sentence) -> list[int]:
    return [int(year) for year in _YEAR.findall(sentence.text)]
