"""One line a finding, as compilers write it: ``path:line:column: severity rule message``."""

from __future__ import annotations

from contentlint.report import Report
from contentlint.reporters import Context
from contentlint.reporters._terminal import safe


def render(report: Report, context: Context) -> str:
    """A line for every finding, and one for every failure."""
    del context
    lines = [
        f"{safe(one.path)}:{place.line}:{place.column}: {one.severity} {one.rule} {safe(one.message)}"
        for one in report.diagnostics
        for place in [one.range.start]
    ]
    lines += [
        ": ".join(part for part in (one.path and safe(one.path), one.rule, safe(one.message)) if part)
        for one in report.failures
    ]
    return "".join(line + "\n" for line in lines)
