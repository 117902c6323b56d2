"""The article that the project was created from: what a careful editor would say of it, and nothing else.

Only places stand here, none of its text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

import contentlint
from contentlint import Diagnostic

ARTICLE = Path(__file__).parents[3] / "shared" / "seed" / "article.md"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not ARTICLE.is_file(), reason="the article is not there"),
]

PLACES = {
    "metadata/title-length": [(2, 8), (13, 14)],
    "metadata/description-length": [(3, 14), (14, 20)],
    "metadata/empty-field": [(8, 1), (15, 3)],
    "claims/guarantee": [(35, 268), (106, 236), (153, 117), (200, 68), (212, 303)],
    "images/undescriptive-name": [(9, 9), (39, 86), (74, 63), (99, 69), (134, 83), (169, 74)],
    "images/local-path": [(9, 9), (26, 86), (39, 86), (74, 63), (99, 69), (134, 83), (169, 74)],
}
"""Line and column of the value, of the key where the value is null; of a promise the verb with what it promises."""
STATISTICS = [48, 52, 58, 60, 68, 83, 85]
"""Lines with one sentence each that states a figure without a source."""
SELF_REPORTED = [22, 206]
"""Lines with one sentence each that gives figures as the author's own findings, without saying how they were found."""
CALL = (212, 223)
"""Line and column of the call to action that names no way to follow it."""


@cache
def findings() -> dict[str, list[Diagnostic]]:
    found = defaultdict(list)
    for one in contentlint.lint_file(ARTICLE, isolated=True).diagnostics:
        found[one.rule].append(one)
    return found


def test_nothing_is_reported_that_is_not_known() -> None:
    claims = {"claims/unsupported-statistic", "claims/self-reported-statistic"}
    assert set(findings()) == {*PLACES, *claims, "links/call-to-action-without-link"}


@pytest.mark.parametrize("rule", PLACES)
def test_every_finding_is_where_it_should_be(rule: str) -> None:
    assert [tuple(one.range.start) for one in findings()[rule]] == PLACES[rule]


def test_the_call_to_action_that_leads_nowhere_is_reported() -> None:
    assert [tuple(one.range.start) for one in findings()["links/call-to-action-without-link"]] == [CALL]


@pytest.mark.parametrize(("rule", "characters"), [("metadata/title-length", 84), ("metadata/description-length", 170)])
def test_lengths_are_said_in_characters_and_pixels(rule: str, characters: int) -> None:
    for one in findings()[rule]:
        numbers = [int(number) for number in re.findall(r"\d+", re.sub(r"(?<=\d)\s(?=\d)", "", one.message))]
        assert characters in numbers
        assert one.data["pixels"] in numbers


@pytest.mark.parametrize(
    ("rule", "lines"),
    [("claims/unsupported-statistic", STATISTICS), ("claims/self-reported-statistic", SELF_REPORTED)],
)
def test_each_figure_without_a_source_is_reported_once(rule: str, lines: list[int]) -> None:
    """A threshold to read a measure by (93) and an offer of a free audit (212) state nothing."""
    assert [one.range.start.line for one in findings()[rule]] == lines


def test_a_reading_time_that_is_right_is_not_reported_and_a_wrong_one_is_mended() -> None:
    text = ARTICLE.read_text(encoding="utf8")
    assert text.count("readTime: 13\n") == 1
    assert "reading-time/mismatch" not in findings()
    for wrong in (6, 30):
        changed = text.replace("readTime: 13\n", f"readTime: {wrong}\n")
        report = contentlint.lint_text(changed, ARTICLE, isolated=True, select=["reading-time/mismatch"])
        [found] = report.diagnostics
        assert tuple(found.range.start) == (10, 11)
        assert "13" in found.message
        assert found.fix is not None
        assert [(edit.span.of(changed), edit.replacement) for edit in found.fix.edits] == [(str(wrong), "13")]
