"""What contentlint says: diagnostics, their severity, and the edits that would mend what they report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple

from contentlint.span import Position, Span


class Severity(IntEnum):
    """How much a finding matters. Greater is worse, so severities compare.

    ``ERROR``: broken, leaking or unreadable for a reader. ``WARNING``: an editor should act. ``INFO``: advice.
    """

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, name: str) -> Severity:
        """The severity of that name. Raises KeyError for a name that is none."""
        return cls[name.upper()]


class Applicability(StrEnum):
    """How far a fix may be trusted: in the terms of ruff, from which the three words come."""

    SAFE = "safe"
    """Meaning and rendering stay; applied by ``--fix``."""
    UNSAFE = "unsafe"
    """Probably wanted, but it changes what readers see or machines read; applied by ``--unsafe-fixes``."""
    DISPLAY = "display"
    """Shown as a suggestion, never applied."""


class Edit(NamedTuple):
    """Replace what the span covers in the original text; an empty span inserts."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: all are applied, or none."""

    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.UNSAFE


class Range(NamedTuple):
    """A span as people name it. The end is exclusive."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains the finding: the first of two duplicates, the definition of a link."""

    path: str
    range: Range
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at one place, worded for a reader."""

    rule: str
    """The rule's id, which is the path of its page: ``images/missing-file``."""
    severity: Severity
    message: str
    advice: str
    path: str
    """The page, or the file or folder that it is about, relative to the working directory, with ``/``."""
    span: Span
    range: Range
    whole: bool = False
    """Whether it is about a file that is no page, or about the site: no line of it can be shown."""
    confidence: float | None = None
    """How sure the check is, from 0 to 1; None where it is no matter of degree."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """The values that the message was made of, for other tools."""
    fix: Fix | None = None
    edit_ranges: tuple[Range, ...] = ()
    """The places of the fix's edits, in their order."""
    related: tuple[Related, ...] = ()
    help_uri: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Reports are sorted by path, place, then rule."""
        return (self.path, self.span.start, self.span.end, self.rule)
