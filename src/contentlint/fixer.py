"""Applies the edits of fixes to a text, without touching anything else in it."""

from __future__ import annotations

from collections.abc import Iterable

from contentlint.diagnostic import Applicability, Diagnostic, Edit, Fix

MAX_ROUNDS = 10
"""A fix may make room for another. Real pages need two rounds; more than this is two rules that undo each other."""

_ORDER = (Applicability.DISPLAY, Applicability.UNSAFE, Applicability.SAFE)


def chosen(found: Iterable[Diagnostic], least: Applicability = Applicability.SAFE) -> list[Fix]:
    """The fixes of the findings that may be trusted at least that far, in the order of the findings."""
    allowed = _ORDER[_ORDER.index(least) :]
    return [one.fix for one in found if one.fix is not None and one.fix.applicability in allowed]


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """The text after the fixes. Of two that touch the same place the first in the text wins, the other waits.

    The edits of a fix are made all or not at all.
    """
    taken: list[Edit] = []
    for fix in sorted(fixes, key=lambda fix: fix.edits):
        if not any(edit.span.overlaps(other.span) for edit in fix.edits for other in taken):
            taken += fix.edits
    for edit in sorted(taken, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text
