"""The ledger: every figure that pages state, what it is of, where it comes from, and what contradicts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from contentlint.checks import _claims
from contentlint.linter import Request, Surveyed, survey
from contentlint.report import Failure
from contentlint.source import language, measures
from contentlint.source.claims import Claim
from contentlint.source.document import Document
from contentlint.source.evidence import Support
from contentlint.source.measures import Measure
from contentlint.span import Position

STATES = ("unsupported", "vague", "self-reported", "sourced", "own", "not-asked")
"""What can be said of a figure's source: that there is none; one that names nobody; the author's own research; one; the
author's own fact, which needs none; a figure that nobody would ask it for (a step, a size, a price).
"""
_NOWHERE = Position(1, 1)
_REMEMBERED = 20
"""Figures of one measure that are held against each other: a page may have thousands."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a contradicting figure stands, and how it reads."""

    path: str
    position: Position
    quantity: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure as a page states it. ``path`` and ``position`` are filled in when the page's site is known."""

    start: int
    quantity: str
    measure: Measure
    state: str
    """One of ``STATES``."""
    support: Support | None
    confidence: float
    """From 0 to 1: that an editor wants a source for it."""
    sentence: str
    field: str
    """The key of the front matter whose value it stands in; empty in the text."""
    research: bool
    """Whether the author gives it as found by themselves."""
    path: str = ""
    position: Position = _NOWHERE
    contradictions: tuple[Place, ...] = ()

    @property
    def url(self) -> str:
        """Where the source is on the web; empty where it is not."""
        text = self.support.text if self.support else ""
        return text if text.startswith(("http://", "https://")) else ""

    def as_data(self) -> dict[str, Any]:
        """The entry as JSON has it; lines and columns from 1, in code points."""
        measure, support = self.measure, self.support
        return {
            "quantity": self.quantity,
            "value": {"low": measure.low, "high": measure.high, "bound": measure.bound or None},
            "unit": measure.unit,
            "subject": measure.subject,
            "ours": measure.ours or self.research,
            "state": self.state,
            "source": {"kind": support.kind, "text": support.text, "url": self.url or None} if support else None,
            "confidence": self.confidence,
            "path": self.path,
            "line": self.position.line,
            "column": self.position.column,
            "field": self.field or None,
            "sentence": self.sentence,
            "contradictions": [
                {"path": one.path, "line": one.position.line, "column": one.position.column, "quantity": one.quantity}
                for one in self.contradictions
            ],
        }


@dataclass(frozen=True, slots=True)
class Ledger:
    """The figures of a run, page by page, in the order of the text."""

    entries: Sequence[Entry]
    failures: Sequence[Failure]
    language: str
    """The language of its headings."""

    def as_data(self) -> dict[str, Any]:
        """The ledger as data: ``schemas/ledger.schema.json``."""
        return {
            "schema": 1,
            "figures": [one.as_data() for one in self.entries],
            "failures": [{"path": one.path, "message": one.message} for one in self.failures],
        }


def ledger(request: Request) -> Ledger:
    """Every figure of the pages. Raises ConfigError."""
    surveyed = survey(request, entries_of)
    entries = [entry for site in surveyed.sites for entry in _of_site(site)]
    return Ledger(entries, surveyed.failures, surveyed.language)


def entries_of(document: Document) -> list[Entry]:
    """The figures of one page, those of its metadata first."""
    spoken = language.load(document.language)
    found: list[Entry] = []
    for claim in _claims.of(document):
        sentence = " ".join(claim.sentence.text.split())
        research = claim.own_research is not None
        for figure, measure in zip(claim.figures, measures.of(claim, spoken), strict=True):
            quantity = figure.quantity
            state = _state(claim, figure.likelihood, measure)
            found.append(
                Entry(
                    start=_claims.span(claim, [figure]).start,
                    quantity=claim.sentence.text[quantity.start : quantity.end],
                    measure=measure,
                    state=state,
                    support=claim.support if state == "sourced" else None,
                    confidence=round(figure.likelihood, 2),
                    sentence=sentence,
                    field=claim.key,
                    research=research,
                )
            )
    return found


def _state(claim: Claim, likelihood: float, measure: Measure) -> str:
    if likelihood < _claims.MINIMUM_CONFIDENCE:
        return "own" if measure.ours else "not-asked"
    if claim.support:
        return "sourced"
    if claim.own_research:
        return "self-reported"
    return "vague" if claim.hint else "unsupported"


def _of_site(site: Surveyed) -> Iterator[Entry]:
    placed = []
    for page in sorted(site.seen):
        shown, facts = site.shown(page), site.index.pages[page]
        for entry in site.seen[page]:
            placed.append(replace(entry, path=shown, position=facts.position(entry.start)))
    against = _contradictions(placed)
    for number, entry in enumerate(placed):
        places = [Place(placed[one].path, placed[one].position, placed[one].quantity) for one in against[number]]
        yield replace(entry, contradictions=tuple(places))


def _contradictions(entries: Sequence[Entry]) -> dict[int, list[int]]:
    """Which entries give another value for what an entry is of, by their numbers."""
    groups: dict[object, list[int]] = defaultdict(list)
    against: dict[int, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for key in _keys(entry):
            group = groups[key]
            for earlier in group:
                told = against[earlier][-1:] == [number]
                if not told and _contradict(entries[earlier], entry, key):
                    against[earlier].append(number)
                    against[number].append(earlier)
            if len(group) < _REMEMBERED:
                group.append(number)
    return against


def _keys(entry: Entry) -> Iterator[tuple[str, object]]:
    measure = entry.measure
    if measure.terms:
        yield "measure", measure.key
    if measure.own_count:
        yield "own", measure.own_count
    if measure.mean and entry.research:
        yield "own", (measure.mean, measure.unit)


def _contradict(one: Entry, other: Entry, key: tuple[str, object]) -> bool:
    if key[0] == "own":
        return measures.differ(one.measure, other.measure)
    same_sentence = (one.path, one.sentence) == (other.path, other.sentence)
    return not same_sentence and measures.contradict(one.measure, other.measure)
