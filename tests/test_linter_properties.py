"""Whatever a page holds, it is linted: nothing breaks, every finding lies in the text, and twice says the same."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

import contentlint
from contentlint.registry import load

# Pieces that mean something to a rule, so that arbitrary pages come near real ones.
PIECES = [
    "---\n",
    "title: ",
    "tags:\n",
    "- a\n",
    "+++\n",
    "seo:\n  metaTitle: ",
    "readTime: 7\n",
    "image: file:///home/a/b.png\n",
    "# ",
    "#### ",
    "**bold**\n\n",
    "![](a.png) ",
    "![x](/home/a/b.png) ",
    "[here](b.md) ",
    "[]() ",
    "<img src=x> ",
    "<a href='#'></a> ",
    "73 % des clients ",
    "trois fois plus ",
    "nine out of ten people ",
    "selon l'Insee ",
    "{{< x >}} ",
    "{% y %} ",
    "{# z #} ",
    "<!-- contentlint-disable images/* --> ",
    "{/* contentlint-disable-line nothing */} ",
    "```\n",
    "> ",
    "- ",
    "| a | b |\n|---|---|\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\u2028",
    "\ufeff",
    "\udc80",
    "é",
    "😀",
    "« ",
    " »",
    "\u00a0%",
    "localhost:3000 ",
]
PAGES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40).map("".join)
EVERY_RULE = tuple(rule for rule in load().rules if rule not in ("language/spelling", "readability/score"))
"""All but the two that load dictionaries, which are slow to start and have tests of their own."""


@settings(max_examples=150, deadline=None)
@given(PAGES, st.sampled_from(["page.md", "page.mdx", "fr/page.md"]))
@example("---\n" * 50, "page.md")
@example("[" * 200 + "](" * 200, "page.mdx")
def test_any_page_is_linted(text: str, path: str) -> None:
    data = text.encode("utf8", "surrogatepass")
    report = contentlint.lint_text(data, path, isolated=True, select=EVERY_RULE)
    assert report.failures == ()
    decoded = data.removeprefix(b"\xef\xbb\xbf").decode("utf8", "surrogateescape")
    for found in report.diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(decoded)
        assert found.range.start <= found.range.end
        assert "{" not in found.message or "{" in text
        for edit in found.fix.edits if found.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(decoded)
    assert contentlint.lint_text(data, path, isolated=True, select=EVERY_RULE) == report
