"""``contentlint.testing`` finds what is wrong with the examples of a rule page."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentlint import rule, testing

PAGE = """---
summary: A shout
check: pattern
severity: info
messages: {found: "Do not shout: {match}"}
advice: Lower your voice.
audience: redaction
options: {pattern: "[A-Z]{5,}", ignore_case: false}
---

# A shout

"""


def problems(tmp_path: Path, *fences: str) -> list[list[str]]:
    """What is wrong with the examples of a page that has these fences, by example."""
    page = tmp_path / "pack" / "tone" / "shout.md"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE + "\n\n".join(f"```{fence}\n```" for fence in fences) + "\n", encoding="utf8")
    return [testing.run(example) for example in testing.examples(rule.read(page, "tone/shout"))]


def test_right_examples(tmp_path: Path) -> None:
    assert problems(tmp_path, "md bad\nSo ⟦LOUDLY⟧, so ⟦VERYLOUD⟧.", "md good\nSo softly.") == [[], []]


@pytest.mark.parametrize(
    ("fence", "problem"),
    [
        ("md bad\nSo LOUDLY.", "reported: line 1, 3–9: 'LOUDLY'"),
        ("md bad\nSo ⟦LOUDL⟧Y.", "not reported: line 1, 3–8: 'LOUDL'"),
        ("md bad\n⟦So⟧ softly.", "not reported: line 1, 0–2: 'So'"),
        ("md good\n\nSo LOUDLY.", "reported: line 2, 4–10: 'LOUDLY'"),
        ("md bad\nSo softly.", "nothing is marked"),
        ("md good file=content/a.md\nSo LOUDLY.", "content/a.md: reported"),
    ],
)
def test_wrong_examples(tmp_path: Path, fence: str, problem: str) -> None:
    [[*found]] = problems(tmp_path, fence)
    assert any(problem in one for one in found)


def test_fixed_example_of_a_rule_that_fixes_nothing(tmp_path: Path) -> None:
    assert "the fixes give" in problems(tmp_path, "md bad\nSo ⟦LOUDLY⟧.", "md fixed\nSo softly.")[0][0]
    assert problems(tmp_path / "again", "md bad\nSo ⟦LOUDLY⟧.", "md fixed\nSo LOUDLY.") == [
        ["the fixed example is the bad one"]
    ]


def test_options_and_language_can_be_set(tmp_path: Path) -> None:
    bad = 'md bad lang=fr pattern="[a-z]{9,}"\nLe ⟦gentleman⟧ est ici.'
    assert problems(tmp_path, bad) == [[]]


def test_files_that_follow_each_other_are_one_example(tmp_path: Path) -> None:
    fences = ("md bad file=a.md\nSo ⟦LOUDLY⟧.", "text file=static/a.txt\nSo LOUDLY.", "md good file=b.md\nSo softly.")
    assert problems(tmp_path, *fences) == [[]]


def test_line_of_an_example_is_that_of_the_page(tmp_path: Path) -> None:
    page = tmp_path / "tone" / "shout.md"
    page.parent.mkdir()
    page.write_text(PAGE + "```md good\nSoft.\n```\n", encoding="utf8")
    [example] = testing.examples(rule.read(page, "tone/shout"))
    assert str(example) == f"tone/shout:{PAGE.count(chr(10)) + 1}:good"


@pytest.mark.parametrize(
    ("fence", "reason"),
    [("md fixed\nSoft.", "no bad example"), ("md bad\nSo LOUDLY⟧.", "⟧"), ("md bad\nSo ⟦LOUDLY.", "⟦")],
)
def test_examples_that_cannot_be_read(tmp_path: Path, fence: str, reason: str) -> None:
    with pytest.raises(rule.RuleError, match=reason) as error:
        problems(tmp_path, "md good\nSoft.", fence)
    assert error.value.line == PAGE.count("\n") + 5
