"""Sentences that state a figure about the world with nothing near them that says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _claims
from contentlint.source import claims, language
from contentlint.source.claims import Claim
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


@check("unsupported-statistic", needs={"prose", "front-matter"})
def unsupported_statistic(document: Document, options: Options) -> Iterator[Match]:
    """One match a sentence, from its first quantity to the last one near it.

    ``quote`` is the first quantity with the words after it, ``figures`` all of them, ``signs`` what made the likeliest
    one likely or unlikely, in log odds. The message says why nothing near counts as a source: ``vague-source``
    (``source`` quotes words that name nobody), ``undefined-note``, ``home-page``, ``call-to-action`` (``source`` is the
    label or the address), ``metadata`` for a value of the front matter (``field``), else ``found``. Figures of the
    author's own research are left to ``self-reported-statistic``.
    """
    function_words = language.load(document.language).function_words
    for claim in _claims.of(document):
        figures = claim.figures_from(options.minimum_confidence)
        if not figures or claim.support or claim.own_research:
            continue
        message, source = _why(claim)
        likeliest = max(figures, key=lambda figure: figure.likelihood)
        values: dict[str, Any] = {
            "quote": _claims.quote(claim.sentence, figures, function_words),
            "figures": [figure.quantity.text for figure in figures],
            "signs": claims.reasons(likeliest),
        }
        if source:
            values["source"] = source
        if claim.key:
            values["field"] = claim.key
        yield Match(_claims.span(claim, figures), message, values, confidence=round(claim.likelihood, 2))


def _why(claim: Claim) -> tuple[str, str]:
    """The message that says why nothing near counts as a source, and what it quotes."""
    if claim.hint:
        return "vague-source", claim.hint
    if refused := claim.evidence.refused(claim.sentence):
        return refused
    return ("metadata" if claim.key else "found"), ""
