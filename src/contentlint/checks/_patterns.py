"""Regular expressions that rules give in their options, and what templates would fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from contentlint.source.document import Document

EXPRESSION = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\$\{[^{}]*\}|<%[^<>]*%>")
"""What a template engine would fill in."""


def verify(patterns: Iterable[str]) -> None:
    """Raise ValueError for what is no regular expression."""
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"pattern {pattern!r}: {error}") from error


@cache
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for all of them; one that never matches for none."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")


def stay_as_written(document: Document) -> bool:
    """Whether expressions stay in the page: no generator and no dialect of the page fills them in."""
    return not document.conventions.expressions and document.mask.dialects <= {"math"}
