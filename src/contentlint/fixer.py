"""Applies the edits of fixes to a text, without touching anything else in it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

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
        if not any(_collides(edit, taken) for edit in fix.edits):
            for edit in fix.edits:
                insort(taken, edit)
    parts = []
    end = 0
    for edit in taken:
        parts += [text[end : edit.span.start], edit.replacement]
        end = edit.span.end
    return "".join([*parts, text[end:]])


def _collides(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Whether an edit touches one of those that are taken, which are in order: only its neighbours can."""
    place = bisect_left(taken, edit)
    return any(edit.span.overlaps(other.span) for other in taken[max(0, place - 1) : place + 1])
