"""The stable contract for other tools: ``schemas/report.schema.json``."""

from __future__ import annotations

import json
from typing import Any

from contentlint import __version__
from contentlint.diagnostic import Diagnostic, Fix, Range, Severity
from contentlint.report import Report
from contentlint.reporters import Context

SCHEMA = 1
"""The version of the contract; it changes only when a reader of the old form could no longer read the new one."""


def render(report: Report, context: Context) -> str:
    """The whole report as one JSON object, in ASCII: lone surrogates of undecodable file names survive that way."""
    del context
    return json.dumps(data(report), indent=2) + "\n"


def data(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "contentlint", "version": __version__},
        "diagnostics": [diagnostic(one) for one in report.diagnostics],
        "pages": report.pages,
        "summary": {str(severity): report.count(severity) for severity in reversed(Severity)}
        | {"suppressed": report.suppressed},
        "failures": [{"message": one.message, "path": one.path, "rule": one.rule} for one in report.failures],
    }


def diagnostic(one: Diagnostic) -> dict[str, Any]:
    """A diagnostic as plain data."""
    return {
        "rule": one.rule,
        "severity": str(one.severity),
        "message": one.message,
        "advice": one.advice,
        "path": one.path,
        "range": _range(one.range),
        "help_uri": one.help_uri,
        "confidence": one.confidence,
        "data": dict(one.data),
        "fix": _fix(one.fix, one.edit_ranges),
        "related": [
            {"path": place.path, "range": _range(place.range), "message": place.message} for place in one.related
        ],
    }


def _range(place: Range) -> dict[str, Any]:
    return {
        "start": {"line": place.start.line, "column": place.start.column},
        "end": {"line": place.end.line, "column": place.end.column},
    }


def _fix(fix: Fix | None, ranges: tuple[Range, ...]) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {
        "applicability": str(fix.applicability),
        "edits": [
            {"range": _range(place), "replacement": edit.replacement}
            for edit, place in zip(fix.edits, ranges, strict=True)
        ],
    }
