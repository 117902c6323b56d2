"""A content-quality linter and SEO checker for Markdown with front matter, in English and French.

>>> import contentlint
>>> report = contentlint.lint_text("---\\ntags:\\n---\\n# Hello\\n")
>>> [diagnostic.rule for diagnostic in report.diagnostics]
['metadata/empty-field']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contentlint.api import lint, lint_file, lint_post, lint_text
    from contentlint.config import ConfigError
    from contentlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Range, Related, Severity
    from contentlint.report import Failure, Report
    from contentlint.source.post import from_post, to_post
    from contentlint.span import Position, Span

__version__ = "0.1.0"

__all__ = [
    "Applicability",
    "ConfigError",
    "Diagnostic",
    "Edit",
    "Failure",
    "Fix",
    "Position",
    "Range",
    "Related",
    "Report",
    "Severity",
    "Span",
    "__version__",
    "from_post",
    "lint",
    "lint_file",
    "lint_post",
    "lint_text",
    "to_post",
]

# Names are imported when they are asked for: the command line must not wait for what it does not use.
_HOMES = {
    "contentlint.api": ("lint", "lint_file", "lint_post", "lint_text"),
    "contentlint.config": ("ConfigError",),
    "contentlint.diagnostic": ("Applicability", "Diagnostic", "Edit", "Fix", "Range", "Related", "Severity"),
    "contentlint.report": ("Failure", "Report"),
    "contentlint.source.post": ("from_post", "to_post"),
    "contentlint.span": ("Position", "Span"),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
