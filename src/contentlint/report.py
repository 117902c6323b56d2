"""What a run gives back: the findings, what could not be done, and enough about the site to speak of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from contentlint.diagnostic import Diagnostic, Severity
from contentlint.rule import Rule


@dataclass(frozen=True, slots=True)
class Failure:
    """What contentlint could not do: a path that cannot be read, a check that broke. Never a fault of the content."""

    message: str
    """In English; for messages of the system, in its language."""
    path: str | None = None
    rule: str | None = None
    kind: str = "internal"
    """``not-found``, ``unreadable``, or ``internal`` for a check that broke."""


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """A site that was linted, for the first line of the text report."""

    root: str
    """Relative to the working directory."""
    generator: str
    """The name of its profile; ``plain`` where none was recognised."""
    title: str
    """The generator's own name: ``Next.js``."""
    pages: int
    languages: Mapping[str | None, int]
    """How many pages there are in each language; None counts those whose language is not known."""
    left_out: int = 0
    """Markdown files of the repository that are not content and were not linted."""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run. ``diagnostics`` are sorted by path, place and rule."""

    diagnostics: tuple[Diagnostic, ...] = ()
    pages: int = 0
    suppressed: int = 0
    failures: tuple[Failure, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    """The rules that the diagnostics name."""
    sites: tuple[SiteSummary, ...] = ()
    language: str = "en"
    """The language that the diagnostics are worded in."""
    fail_on: str = "error"
    """What the config says of the exit code: the name of a severity, or ``never``."""

    def count(self, severity: Severity) -> int:
        """How many findings have that severity."""
        return self.counts[severity]

    @property
    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(diagnostic.severity for diagnostic in self.diagnostics)

    def exit_code(self, fail_on: Severity | None = Severity.ERROR) -> int:
        """2 when something failed, 1 when a finding is at or above ``fail_on`` (None: never), else 0."""
        if self.failures:
            return 2
        return int(fail_on is not None and any(found.severity >= fail_on for found in self.diagnostics))
