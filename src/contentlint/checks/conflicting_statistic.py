"""The same measure of the same thing with two values on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, Place, check
from contentlint.checks import _claims
from contentlint.source import language, measures
from contentlint.source.claims import Claim, Figure
from contentlint.source.document import Document
from contentlint.source.measures import Measure

_KINDS = frozenset({"share", "share-of-people", "percent", "fraction", "money", "multiplier", "count"})
"""Times and bare numbers are too often steps, sizes and settings."""
_REMEMBERED = 20
"""Figures of one measure that a further one is held against: a page may have thousands."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to hold against each other."""

    minimum_confidence: Annotated[
        float,
        Meta(
            ge=0,
            le=1,
            description="Look only at what is at least this likely to be a figure that an editor wants sourced.",
        ),
    ] = _claims.MINIMUM_CONFIDENCE


@dataclass(frozen=True, slots=True)
class _Stated:
    claim: Claim
    figure: Figure
    measure: Measure


@check("conflicting-statistic", needs={"prose", "front-matter"})
def conflicting_statistic(document: Document, options: Options) -> Iterator[Match]:
    """One match a figure that contradicts an earlier one of the page; the earlier one is the related place.

    ``quote`` and ``other`` are the two figures with the words after them, ``subject`` is what both are of.
    """
    spoken = language.load(document.language)
    seen: dict[tuple[str, frozenset[str]], list[_Stated]] = {}
    for claim in _claims.of(document):
        if claim.sentence.run.kind == "table-cell" or claim.likelihood < options.minimum_confidence:
            continue
        for figure, measure in zip(claim.figures, measures.of(claim, spoken), strict=True):
            if figure.quantity.kind not in _KINDS or figure.likelihood < options.minimum_confidence:
                continue
            if "a note" in figure.signs and not claim.key:
                # What it is of stands above it: “Year 1”, in a list under another heading.
                continue
            stated = _Stated(claim, figure, measure)
            earlier = seen.setdefault(measure.key, [])
            if other := next((one for one in earlier if _contradict(one, stated)), None):
                yield Match(
                    _claims.span(claim, [figure]),
                    values={
                        "quote": _claims.quote(claim.sentence, [figure], spoken.function_words),
                        "other": _claims.quote(other.claim.sentence, [other.figure], spoken.function_words),
                        "subject": measure.subject,
                    },
                    related=(Place(_claims.span(other.claim, [other.figure]), "other"),),
                )
            elif len(earlier) < _REMEMBERED:
                earlier.append(stated)


def _contradict(one: _Stated, other: _Stated) -> bool:
    if one.claim is other.claim or (_in_list(one) and _in_list(other)):
        # The items of a list speak each of its own thing, which need not be in the sentence of the figure.
        return False
    return measures.contradict(one.measure, other.measure)


def _in_list(stated: _Stated) -> bool:
    return stated.claim.sentence.run.kind == "list-item"
