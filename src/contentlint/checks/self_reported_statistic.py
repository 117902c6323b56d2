"""Figures that the author found, told without what a reader needs to believe them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _claims
from contentlint.source import claims, language
from contentlint.source.document import Document


@dataclass(frozen=True, slots=True)
class Options:
    """What to report."""

    minimum_confidence: Annotated[
        float,
        Meta(
            ge=0,
            le=1,
            description="Report only what is at least this likely to be a figure that an editor wants sourced.",
        ),
    ] = _claims.MINIMUM_CONFIDENCE


@check("self-reported-statistic", needs={"prose", "front-matter"})
def self_reported_statistic(document: Document, options: Options) -> Iterator[Match]:
    """One match a sentence that gives its figures as the author's own findings and has no link to them.

    The message is named after what the paragraph does not say: ``when``, ``how``, ``whom``, or several of them joined
    by hyphens. ``source`` quotes the words that speak of the research; the other values are those of
    ``unsupported-statistic``.
    """
    function_words = language.load(document.language).function_words
    for claim in _claims.of(document):
        source = claim.own_research
        figures = claim.figures_from(options.minimum_confidence) if source else []
        # « notre analyse de 150 PME »: whom it was done on is not what it found.
        figures = [figure for figure in figures if figure.quantity.kind != "count"]
        if not figures or claim.support:
            continue
        missing = claim.evidence.missing_of_research(claim.sentence)
        if missing:
            likeliest = max(figures, key=lambda figure: figure.likelihood)
            values = {
                "quote": _claims.quote(claim.sentence, figures, function_words),
                "source": source,
                "missing": missing,
                "figures": [figure.quantity.text for figure in figures],
                "signs": claims.reasons(likeliest),
            }
            confidence = round(claim.likelihood, 2)
            yield Match(_claims.span(claim, figures), "-".join(missing), values, confidence=confidence)
