"""Statements that are put into the mouth of somebody without a name: « les experts s'accordent »."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint.check import Match, NoOptions, check
from contentlint.checks import _claims
from contentlint.source import language
from contentlint.source.document import Document


@check("vague-attribution", needs={"prose"})
def vague_attribution(document: Document, options: NoOptions) -> Iterator[Match]:
    """The words that attribute (``source``), where nothing near names who said it.

    A sentence that also states a figure that wants a source is left to ``unsupported-statistic``, whose message quotes
    the same words: one finding a sentence.
    """
    del options
    if not language.load(document.language).claims:
        return
    told = {id(claim.sentence) for claim in document.claims if claim.likelihood >= _claims.MINIMUM_CONFIDENCE}
    evidence = document.evidence
    for sentence in document.sentences:
        if sentence.run.kind in ("heading", "footnote-definition") or sentence.text.endswith("?"):
            continue
        place = evidence.attributed_to_nobody(sentence)
        if place and id(sentence) not in told and not evidence.support(sentence):
            start, end = place
            # “Studies show” in quotation marks is spoken of, not said.
            if sentence.text[:start].rstrip().endswith(("“", "«", '"')):
                continue
            span = sentence.run.span(sentence.start + start, sentence.start + end)
            yield Match(span, values={"source": sentence.text[start:end]})
