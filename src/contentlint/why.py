"""Why a line of a page is reported, or is not: its findings, and how each of its figures was weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from contentlint import registry
from contentlint.checks import _claims
from contentlint.diagnostic import Diagnostic
from contentlint.linter import Request, lint
from contentlint.project import Planner, Project
from contentlint.source import claims, file, language
from contentlint.source.claims import Claim, Figure
from contentlint.source.document import Document
from contentlint.source.quantities import fold, vocabulary

_RULE = "claims/unsupported-statistic"


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that was seen of a figure or around it."""

    name: str
    weight: float
    """What it adds to the log odds that an editor wants a source."""
    words: str
    """The words of the sentence that it was seen in; empty where it is seen in none."""


@dataclass(frozen=True, slots=True)
class WeighedFigure:
    """A figure with all that made it likely, or unlikely, to want a source, the heaviest first."""

    text: str
    likelihood: float
    """From 0 to 1."""
    signs: Sequence[Sign]


@dataclass(frozen=True, slots=True)
class WeighedSentence:
    """A sentence that states figures, and what counts as their source."""

    text: str
    field: str
    """The key of the front matter that holds it; empty in the text."""
    figures: Sequence[WeighedFigure]
    source: str
    """``link``, ``note`` … as evidence says it; ``own-research``, ``hint`` or ``none``, or why something near is none:
    ``home-page``, ``call-to-action``, ``undefined-note``.
    """
    source_text: str
    """Where the link leads, or the words."""


@dataclass(frozen=True, slots=True)
class Account:
    """What there is to say of a line."""

    sentences: Sequence[WeighedSentence]
    threshold: float
    """The likelihood from which a figure without a source is reported on this page."""
    reported: bool
    """Whether the rule looks at this page at all."""
    findings: Sequence[Diagnostic]
    spoken: bool
    """Whether the language of the page has words for claims: without, no figure of it is read."""
    language: str
    """That of the messages."""


def account(request: Request, path: str, line: int) -> Account:
    """The account of a line, counted from 1, of a page. Raises ConfigError, and file.Unreadable for no such page."""
    # Without the page there is nothing to lint, and a finding that says so would answer another question.
    data = file.read_bytes(Path(path))
    report = lint(replace(request, paths=(path,)))
    planner = Planner(request.config, request.isolated, request.selection, request.force_exclude)
    project, place = planner.around(Path(path))
    document = Document(place, file.decode(data).text, project.settings(place).conventions)
    threshold, reported = _threshold(project, place)
    return Account(
        sentences=[_weighed(claim, document) for claim in _claims.of(document) if _touches(claim, document, line)],
        threshold=threshold,
        reported=reported,
        findings=[one for one in report.diagnostics if one.range.start.line <= line <= one.range.end.line],
        spoken=bool(language.load(document.language).claims),
        language=report.language,
    )


def _threshold(project: Project, path: str) -> tuple[float, bool]:
    active = next((rule for rule in project.settings(path).rules if rule.id == _RULE), None)
    if active is None:
        return _claims.MINIMUM_CONFIDENCE, False
    return registry.bind_active(active).minimum_confidence, True


def _touches(claim: Claim, document: Document, line: int) -> bool:
    span = claim.sentence.span
    first, last = document.lines.position(span.start).line, document.lines.position(max(span.start, span.end - 1)).line
    return first <= line <= last


def _weighed(claim: Claim, document: Document) -> WeighedSentence:
    source, text = _source(claim)
    figures = [
        WeighedFigure(figure.quantity.text, figure.likelihood, list(_signs(figure, claim, document)))
        for figure in claim.figures
    ]
    return WeighedSentence(claim.sentence.text, claim.key, figures, source, text)


def _signs(figure: Figure, claim: Claim, document: Document) -> Iterator[Sign]:
    words, folded = vocabulary(language.load(document.language)), fold(claim.sentence.text)
    for name, weight in claims.reasons(figure, most=len(figure.signs)).items():
        found = words.said(_listed(name)).search(folded)
        yield Sign(name, weight, claim.sentence.text[found.start() : found.end()].strip() if found else "")


def _listed(sign: str) -> str:
    """The list of the language that a sign looks for in the sentence; nothing for other signs."""
    _, joined, named = sign.partition(" and ")
    if joined:
        return named
    return (
        sign.removeprefix("said ").removesuffix(" near") if sign.startswith("said ") or sign.endswith(" near") else ""
    )


def _source(claim: Claim) -> tuple[str, str]:
    if claim.own_research:
        return "own-research", claim.own_research
    if support := claim.support:
        return support.kind, support.text
    if claim.hint:
        return "hint", claim.hint
    return claim.evidence.refused(claim.sentence) or ("none", "")
