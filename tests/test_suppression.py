from __future__ import annotations

import pytest

from conftest import Write
from contentlint import Report, lint_text

RULE = "structure/empty-heading"
EMPTY = "##\n\ntext\n"


def check(text: str, path: str | None = None, select: tuple[str, ...] = (RULE, "suppressions")) -> Report:
    return lint_text(text, path, select=select, language="en")


def found(
    text: str, path: str | None = None, select: tuple[str, ...] = (RULE, "suppressions")
) -> list[tuple[str, int]]:
    """The rules and lines of what is reported."""
    return [(one.rule, one.range.start.line) for one in check(text, path, select).diagnostics]


# Where an exception may stand


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", f"<!-- contentlint-disable-file {RULE} -->\n\n{EMPTY}"),
        ("a.md", f"<!--contentlint-disable-file {RULE}-->\n\n{EMPTY}"),
        ("a.md", f"Some words <!-- contentlint-disable-file {RULE} --> and more.\n\n{EMPTY}"),
        ("a.md", f"<!--\ncontentlint-disable-file {RULE}\n-->\n\n{EMPTY}"),
        ("a.mdx", f"{{/* contentlint-disable-file {RULE} */}}\n\n{EMPTY}"),
        ("a.md", f"---\ntitle: A # contentlint-disable-file {RULE}\n---\n\n{EMPTY}"),
        ("a.md", f"---\n# contentlint-disable-file {RULE}\ntitle: A\n---\n\n{EMPTY}"),
        ("a.md", f'+++\n# contentlint-disable-file {RULE}\ntitle = "A"\n+++\n\n{EMPTY}'),
        ("a.md", f"---\ncontentlint: {{disable: [{RULE}]}}\n---\n\n{EMPTY}"),
        ("a.md", f"---\ncontentlint:\n  disable:\n    - {RULE}\n---\n\n{EMPTY}"),
        ("a.md", f"---\ncontentlint:\n  disable: {RULE}\n---\n\n{EMPTY}"),
        ("a.md", f'+++\n[contentlint]\ndisable = ["{RULE}"]\n+++\n\n{EMPTY}'),
    ],
)
def test_exception_for_the_whole_page(write: Write, path: str, text: str) -> None:
    write({})
    report = check(text, path)
    assert (report.diagnostics, report.suppressed) == ((), 1)


@pytest.mark.parametrize("name", [RULE, "structure/*", "structure", "*/empty-heading", f"images/missing-alt, {RULE}"])
def test_rules_packs_and_globs_may_be_named(name: str) -> None:
    assert found(f"<!-- contentlint-disable-file {name} -->\n\n{EMPTY}") == []


def test_quotes_in_a_value_are_no_comment() -> None:
    text = f'---\ntitle: "see # contentlint-disable-file {RULE}"\n---\n\n{EMPTY}'
    assert found(text) == [(RULE, 5)]


@pytest.mark.parametrize(
    "code",
    [
        f"`<!-- contentlint-disable-file {RULE} -->`\n",
        f"```html\n<!-- contentlint-disable-file {RULE} -->\n```\n",
        f"    <!-- contentlint-disable-file {RULE} -->\n",
        f"Write \\<!-- contentlint-disable-file {RULE} --> there.\n",
    ],
)
def test_inside_code_it_is_an_example(code: str) -> None:
    assert found(f"{code}\n{EMPTY}")[-1][0] == RULE


def test_html_comment_is_no_comment_in_mdx(write: Write) -> None:
    write({})
    assert (RULE, 3) in found(f"{{`<!-- contentlint-disable-file {RULE} -->`}}\n\n{EMPTY}", "a.mdx")


# Which lines it is for


def test_disable_lasts_until_enable() -> None:
    text = f"##\n\n<!-- contentlint-disable {RULE} -->\n\n##\n\n<!-- contentlint-enable {RULE} -->\n\n##\n"
    assert found(text) == [(RULE, 1), (RULE, 9)]


def test_disable_without_enable_lasts_to_the_end() -> None:
    assert found(f"##\n\n<!-- contentlint-disable {RULE} -->\n\n##\n\n##\n") == [(RULE, 1)]


def test_comment_of_several_lines_may_hold_several_exceptions() -> None:
    text = f"<!--\n  contentlint-disable {RULE}\n  contentlint-disable-file images/missing-alt\n-->\n\n##\n\n![](x:y)\n"
    assert found(text, select=(RULE, "images/missing-alt", "suppressions")) == []


def test_enable_ends_only_what_it_names() -> None:
    text = f"<!-- contentlint-disable {RULE} -->\n\n<!-- contentlint-enable images/* -->\n\n##\n"
    assert found(text) == []


def test_disable_line_is_for_its_own_line() -> None:
    assert found(f"## <!-- contentlint-disable-line {RULE} -->\n\n##\n") == [(RULE, 3)]


def test_disable_next_line_is_for_the_next_line_that_is_not_blank() -> None:
    assert found(f"<!-- contentlint-disable-next-line {RULE} -->\n\n  \n##\n\n##\n") == [(RULE, 6)]


def test_disable_next_line_counts_from_the_end_of_the_comment() -> None:
    assert found(f"<!-- contentlint-disable-next-line {RULE}\nfor a reason -->\n##\n\n##\n") == [(RULE, 5)]


def test_finding_belongs_to_the_line_where_it_starts() -> None:
    rule = "links/empty-link"
    text = f"Words [](\n<https://example.org>) <!-- contentlint-disable-line {rule} -->\n"
    assert found(text, select=(rule,)) == [(rule, 1)]


def test_next_line_in_front_matter() -> None:
    rule = "metadata/empty-field"
    text = f"---\n# contentlint-disable-next-line {rule}\ntags:\ndescription:\n---\n"
    assert found(text, select=(rule,)) == [(rule, 4)]


def test_reason_may_follow() -> None:
    text = f"<!-- contentlint-disable-next-line {RULE} -- images/* is not meant here -->\n##\n"
    assert found(text, select=(RULE, "images", "suppressions")) == []


def test_every_line_ending_counts_as_one_line() -> None:
    text = f"<!-- contentlint-disable-next-line {RULE} -->\n##\n\n##\n"
    for ending in ("\r\n", "\r"):
        assert found(text.replace("\n", ending)) == [(RULE, 4)]


def test_site_rules_can_be_excepted(write: Write) -> None:
    write({"contentlint.toml": ""})
    text = "<!-- contentlint-disable-next-line images/missing-file -->\n![x](a.png)\n\n![x](b.png)\n"
    assert found(text, "a.md", ("images/missing-file",)) == [("images/missing-file", 4)]


# What is wrong with exceptions


def test_unknown_rule_is_reported_at_its_name() -> None:
    [one] = check("<!-- contentlint-disable structure/empty-heading, images/missing-atl -->\n\n##\n").diagnostics
    assert one.rule == "suppressions/unknown-rule"
    assert (one.range.start.column, one.range.end.column) == (51, 69)
    assert "images/missing-atl" in one.message


def test_enable_of_an_unknown_rule_is_reported_too() -> None:
    assert found("<!-- contentlint-enable strcture/* -->\n") == [("suppressions/unknown-rule", 1)]


def test_unused_exception_is_reported() -> None:
    assert found(f"<!-- contentlint-disable-next-line {RULE} -->\nwords\n\n##\n") == [
        ("suppressions/unused", 1),
        (RULE, 4),
    ]


def test_unused_is_said_of_each_name_alone() -> None:
    text = f"<!-- contentlint-disable-file {RULE} images/missing-alt -->\n\n##\n"
    [one] = check(text, select=(RULE, "images/missing-alt", "suppressions")).diagnostics
    assert (one.rule, one.range.start.column) == ("suppressions/unused", 55)


def test_unused_in_the_front_matter_is_reported_at_the_item() -> None:
    [one] = check(f"---\ncontentlint:\n  disable: [images/*, {RULE}]\n---\n").diagnostics
    assert (one.rule, one.range.start) == ("suppressions/unused", (3, 23))


def test_nothing_is_unused_of_a_rule_that_did_not_run() -> None:
    text = f"<!-- contentlint-disable-file {RULE} -->\nwords\n"
    assert found(text, select=("images", "suppressions")) == []


def test_nothing_is_unused_of_a_rule_for_other_languages(write: Write) -> None:
    page = (
        "---\nsummary: x\ncheck: empty-heading\nseverity: info\nmessages: {found: x}\nadvice: x\naudience: redaction\n"
    )
    write(
        {
            "contentlint.toml": 'packs = ["p"]\n',
            "p/own/one.md": page + "languages: [fr]\n---\n# One\n",
            "p/own/two.md": page + "---\n# Two\n",
        }
    )
    text = "---\nlang: en\n---\n<!-- contentlint-disable-file own/one -->\n<!-- contentlint-disable-file own/two -->\n"
    assert found(text, "a.md", ("own", "suppressions")) == [("suppressions/unused", 5)]


@pytest.mark.parametrize(
    ("comment", "column", "word"),
    [
        ("contentlint-disable", 6, "no rule"),
        ("contentlint-disable-next-line -- because", 6, "no rule"),
        (f"contentlint-disabel {RULE}", 6, "disabel"),
        (f"contentlint-ignore {RULE}", 6, "ignore"),
    ],
)
def test_exception_that_says_nothing_clear(comment: str, column: int, word: str) -> None:
    problem, heading = check(f"<!-- {comment} -->\n##\n").diagnostics
    assert (problem.rule, problem.range.start.column) == ("suppressions/malformed", column)
    assert word in problem.message
    assert heading.rule == RULE


def test_problems_of_exceptions_can_be_turned_off() -> None:
    report = lint_text("<!-- contentlint-disable nothing/here -->\n", ignore=["suppressions"])
    assert report.diagnostics == ()


def test_many_exceptions_silence_each_their_own_finding() -> None:
    count = 2_000
    text = f"## <!-- contentlint-disable-line {RULE} -->\n" * count
    assert check(text).suppressed == count
