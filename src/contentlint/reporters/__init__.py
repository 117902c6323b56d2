"""One module a format: results in, text out. A reporter neither filters, nor sorts, nor decides the exit code.

A reporter is a module here with ``render(report, context) -> str``; its name is the format's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from contentlint import resources
from contentlint.locale import Locale
from contentlint.report import Report


def no_source(path: str) -> Sequence[str] | None:
    """For a reader who has none of the pages."""
    del path
    return None


@dataclass(frozen=True, slots=True)
class Context:
    """What a reporter may know besides the report: the reader's terminal, and the lines of the pages."""

    locale: Locale
    color: bool = False
    width: int = 100
    source: Callable[[str], Sequence[str] | None] = no_source
    """The lines of a page by its path in the report; None where they cannot be had."""
    full: bool = False
    """Every place with its source line, however many pages there are."""
    seconds: float | None = None
    """How long the run took, where the reader wants to know."""
    command: str = "contentlint check"
    """How the reader would call contentlint again."""


def formats() -> list[str]:
    """The names of all formats."""
    folder = resources.package_file("reporters")
    return sorted(
        file.stem
        for file in folder.glob("*.py")
        if "def render(" in file.read_text(encoding="utf8") and file.stem[0] != "_"
    )


def render(name: str, report: Report, context: Context) -> str:
    """The report in the format of that name, a final line ending included."""
    text: str = import_module(f"contentlint.reporters.{name}").render(report, context)
    return text
