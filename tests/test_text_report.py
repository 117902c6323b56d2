from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import click
import pytest

from conftest import Write
from contentlint import Report, lint, lint_text, reporters
from contentlint.locale import load
from contentlint.report import Failure
from contentlint.reporters import Context
from contentlint.reporters import text as text_report
from contentlint.reporters._terminal import cut, safe, width


def screen(report: Report, texts: dict[str, str] | None = None, **context: object) -> str:
    def source(path: str) -> Sequence[str] | None:
        return texts[path].splitlines() if texts and path in texts else None

    return reporters.render("text", report, Context(load(report.language), source=source, **context))  # type: ignore[arg-type]


def page(text: str, *select: str, **context: object) -> str:
    """The screen of one page that is given as text."""
    return screen(lint_text(text, select=select, language="en"), {"<text>": text}, **context)


# One page


def excerpt(shown: str) -> tuple[str, str]:
    """The source line and the line below it that underlines."""
    source, marks = (line.split("│ ", 1)[1] for line in shown.splitlines() if "│" in line)
    return source, marks


@pytest.mark.parametrize(
    ("before", "path", "columns"),
    [
        ("Plain ", "/home/martha/a.png", 18),
        ("Du café : ", "/home/martha/é.png", 18),
        ("e\u0301e\u0301 combining ", "/home/martha/e\u0301.png", 18),
        ("日本語 wide ", "/home/martha/日.png", 19),
        ("🥖🥖 bread ", "/home/martha/🥖.png", 19),
        ("a\ttab\t", "/home/martha/a.png", 18),
        ("zero\u200bwidth ", "/home/martha/a.png", 18),
    ],
)
def test_underline_is_under_the_right_characters(before: str, path: str, columns: int) -> None:
    source, marks = excerpt(page(f"{before}![x]({path})\n", "images/local-path"))
    shown = source.index("(") + 1
    assert marks == " " * width(source[:shown]) + "^" * columns
    assert width(path) == columns


def test_underline_of_something_over_several_lines_ends_with_the_first() -> None:
    source, marks = excerpt(page("Words [](\n<https://example.org>) more.\n", "links/empty-link"))
    assert source == "Words []("
    assert marks == "      ^^^"


def test_long_line_is_cut_around_the_span() -> None:
    shown = page(f"{'before ' * 500}![x](/home/martha/a.png){' after' * 500}\n", "images/local-path", width=80)
    source, marks = excerpt(shown)
    assert source.startswith("…")
    assert source[marks.index("^") :].startswith("/home/martha/a.png")
    assert width(source) <= 80 - len("    1 │ ")


def test_long_span_is_cut_too() -> None:
    source, marks = excerpt(page(f"![x](/home/martha/{'a' * 5000}.png)\n", "images/local-path", width=80))
    assert width(source) <= 80 - len("    1 │ ")
    assert len(marks) == width(source)


def test_message_place_advice_and_rule_are_there() -> None:
    text = "Words.\n\n##\n"
    [finding] = lint_text(text, select=["structure/empty-heading"], language="en").diagnostics
    shown = page(text, "structure/empty-heading")
    for part in (finding.message, "    3 │ ##", finding.advice, "structure/empty-heading", "1 warning on 1 page"):
        assert part in shown


def test_page_that_cannot_be_read_again_shows_places_only() -> None:
    report = lint_text("\n##\n", select=["structure/empty-heading"], language="en")
    assert "  2:1\n" in screen(report)


def test_identical_values_are_said_once() -> None:
    title = "How a small bakery in Lyon halved its energy bill in one winter without a loan"
    shown = page(f"---\ntitle: {title}\nseo:\n  metaTitle: {title}\n---\n", "metadata/title-length", width=120)
    assert shown.count("How a small bakery in Lyon halved its energy bill") == 1
    assert "title (2) and seo.metaTitle (4)" in shown
    assert "2 warnings" in shown


def test_different_values_are_shown_each() -> None:
    title = "How a small bakery in Lyon halved its energy bill in one winter without any loan, number {}"
    shown = page(
        f"---\ntitle: {title.format(1)}\nseo:\n  metaTitle: {title.format(2)}\n---\n",
        "metadata/title-length",
        width=140,
    )
    assert "seo.metaTitle (4)" not in shown


def test_suppressed_findings_are_counted() -> None:
    rule = "structure/empty-heading"
    assert "1 finding silenced" in page(f"<!-- contentlint-disable-file {rule} -->\n\n##\n", rule)


def test_failures_come_first() -> None:
    report = Report(failures=(Failure("", "a.md", kind="not-found"), Failure("died", None, "images/wrong-case")))
    assert screen(report).splitlines()[:3] == [
        "What could not be done",
        "  a.md: no such file or folder",
        "  images/wrong-case: contentlint broke here: died",
    ]


# What comes from strangers

CONTROLS = "\x1b[31m \x1b]0;title\x07 \x9b31m \x08 \x7f \u202e \u2066 \u200f \u2028 \udce9"


def test_nothing_from_a_page_moves_the_cursor_or_fakes_a_line(write: Write) -> None:
    text = f"![x](/home/martha/{CONTROLS.replace(' ', '')}.png) {CONTROLS}\n\n## {CONTROLS}\n\n## {CONTROLS}\n"
    path = "a\x1b[31m\n::error::.md"
    write({path: text.encode("utf8", "surrogateescape")})
    report = lint(["."], select=["*"], language="en")
    for form in ("text", "concise"):
        context = Context(load("en"), source=lambda _: text.split("\n"))
        shown = reporters.render(form, report, context)
        odd = {char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert odd == {"\n"}, form
        assert "\\x1b[31m" in shown
        assert not any(line.startswith("::error") for line in shown.splitlines())


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x1bb", "a\\x1bb"), ("\udcff", "\\xff"), ("\ud800", "\\ud800"), ("\u202e", "\\u202e"), ("\t", " "), ("é", "é")],
)
def test_escapes(text: str, shown: str) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("bread", 5, "bread"),
        ("breads", 5, "brea…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("e\u0301e\u0301", 2, "e\u0301e\u0301"),
        ("ab cd", 4, "ab…"),
    ],
)
def test_cut(text: str, columns: int, shown: str) -> None:
    assert cut(text, columns) == shown
    assert width(shown) <= columns


# A whole site


def many_pages(write: Write) -> Report:
    page = (
        "---\nlang: {lang}\ntitle: {long}\nseo:\n  metaTitle: {long}\ndescription: {long} {long}\n"
        "tags:\nkeywords: [a, a]\ndate: 2025-13-45\nlayout: no\nimage: file:///home/martha/a.png\n---\n\n"
        "# A\n\n# A\n\n#### B\n\n##\n\n**Bold**\n\nText.\n\n"
        "![](x:y) [](x) [here](https://example.org) [x](http://localhost:1) ![a](not-there.png)\n\n"
        "<!-- contentlint-disable nothing/here -->\n<!-- contentlint-disabel x -->\n"
    )
    long = "How a small bakery in Lyon halved its energy bill in one winter without a loan from any bank"
    pages = {
        f"content/blog/a-page-with-quite-a-long-name-{number:03}.md": page.format(lang=lang, long=f"{long} {number}")
        for number, lang in enumerate(["fr", "en", "fr"] * 40)
    }
    write({"package.json": '{"dependencies": {"next": "15"}}', "README.md": "", **pages})
    return lint()


@pytest.mark.parametrize("columns", [60, 100, 140])
def test_first_screen_of_a_site_is_one_screen(write: Write, columns: int) -> None:
    report = many_pages(write)
    assert len({one.rule for one in report.diagnostics}) > text_report.ROWS
    shown = screen(report, width=columns)
    lines = shown.splitlines()
    assert len(lines) <= 22
    assert max(map(width, lines)) <= max(columns, 100)
    assert "Next.js" in lines[0]
    assert "120" in lines[0]
    assert "français" in lines[0]
    assert any("--full" in line for line in lines)
    assert not re.search(r"\{\w+", shown)


def test_first_screen_keeps_the_line_of_a_long_page_name(write: Write) -> None:
    write({f"{'long-' * 12}name.md": "## A\n\n#### B\n", "b.md": "Text.\n"})
    assert "…:3\n" in screen(lint(isolated=True, language="en"), width=80)


def test_full_shows_every_place(write: Write) -> None:
    write({"a.md": "##\n\n##\n", "b.md": "##\n"})
    report = lint(["."], select=["structure/empty-heading"], language="en")
    text = {"a.md": "##\n\n##\n", "b.md": "##\n"}
    assert screen(report, text, full=True).count("│ ##") == 3
    assert screen(report, text).count("│ ##") == 0


def test_colors_change_no_character() -> None:
    text = "---\ntags:\n---\n\n##\n\n![](/home/martha/a.png)\n"
    colored = page(text, "*", color=True)
    assert "\x1b[" in colored
    assert re.sub(r"[ ]+\n", "\n", click.unstyle(colored)) == page(text, "*")


def test_clean_page() -> None:
    assert page("Words.\n", "structure") == "Nothing to report on 1 page.\n"
