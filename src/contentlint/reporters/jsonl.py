"""One diagnostic a line, as in the JSON report; a last line sums up."""

from __future__ import annotations

import json

from contentlint.report import Report
from contentlint.reporters import Context
from contentlint.reporters.json import data


def render(report: Report, context: Context) -> str:
    """Each diagnostic as one line of JSON, then the rest of the report as one."""
    del context
    whole = data(report)
    lines = [*whole.pop("diagnostics"), whole]
    return "".join(json.dumps(line) + "\n" for line in lines)
