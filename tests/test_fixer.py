from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint import fixer
from contentlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Range, Severity
from contentlint.span import Position, Span

TEXT = "0123456789"


def fix(*edits: tuple[int, int, str], applicability: Applicability = Applicability.SAFE) -> Fix:
    return Fix(tuple(Edit(Span(start, end), new) for start, end, new in edits), applicability)


@pytest.mark.parametrize(
    ("fixes", "text"),
    [
        ([], TEXT),
        ([fix((2, 4, "x"))], "01x456789"),
        ([fix((0, 0, "x")), fix((10, 10, "y"))], "x0123456789y"),
        ([fix((5, 6, "long")), fix((1, 2, ""))], "0234long6789"),
        ([fix((2, 4, "x")), fix((4, 6, "y"))], "01xy6789"),
        ([fix((0, 10, ""))], ""),
    ],
)
def test_edits_are_applied_wherever_they_come_in_the_list(fixes: list[Fix], text: str) -> None:
    assert fixer.apply(TEXT, fixes) == text
    assert fixer.apply(TEXT, reversed(fixes)) == text


@pytest.mark.parametrize(
    ("fixes", "text"),
    [
        ([fix((2, 6, "x")), fix((4, 8, "y"))], "01x6789"),
        ([fix((2, 6, "x")), fix((3, 4, "y"))], "01x6789"),
        ([fix((2, 2, "x")), fix((2, 2, "y"))], "01x23456789"),
        ([fix((2, 4, "x")), fix((4, 4, "y"))], "01x456789"),
        ([fix((2, 2, "x")), fix((2, 4, "y"))], "01x23456789"),
    ],
)
def test_first_of_two_that_touch_wins(fixes: list[Fix], text: str) -> None:
    assert fixer.apply(TEXT, fixes) == text
    assert fixer.apply(TEXT, reversed(fixes)) == text


def test_edits_of_a_fix_are_made_all_or_not_at_all() -> None:
    both = fix((3, 4, "x"), (8, 9, "x"))
    assert fixer.apply(TEXT, [both, fix((2, 5, "y"))]) == "01y56789"
    assert fixer.apply(TEXT, [both, fix((7, 9, "y")), fix((5, 6, "z"))]) == "012x4z67x9"


def test_only_fixes_that_may_be_trusted_are_chosen() -> None:
    def found(applicability: Applicability | None) -> Diagnostic:
        place = Range(Position(1, 1), Position(1, 2))
        mended = fix((0, 1, str(applicability)), applicability=applicability) if applicability else None
        return Diagnostic("a/b", Severity.INFO, "m", "", "a.md", Span(0, 1), place, fix=mended)

    all_found = [found(None), *map(found, Applicability)]

    def names(least: Applicability) -> list[str]:
        return [one.edits[0].replacement for one in fixer.chosen(all_found, least)]

    assert names(Applicability.SAFE) == ["safe"]
    assert names(Applicability.UNSAFE) == ["safe", "unsafe"]
    assert names(Applicability.DISPLAY) == ["safe", "unsafe", "display"]
    assert len(fixer.chosen(all_found)) == 1


_edits = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: (min(pair), max(pair), "•"))


@given(st.text("abc", min_size=20, max_size=20), st.lists(_edits, max_size=8))
def test_what_no_edit_covers_stays(text: str, edits: list[tuple[int, int, str]]) -> None:
    mended = fixer.apply(text, [fix(edit) for edit in edits])
    taken = mended.count("•")
    assert (taken > 0) is bool(edits)
    covered = {place for start, end, _ in edits for place in range(start, end)}
    kept = [char for place, char in enumerate(text) if place not in covered]
    remaining = iter(mended.replace("•", ""))
    assert all(char in remaining for char in kept)
