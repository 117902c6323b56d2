"""What holds of any text whatever: it has a tree, whose nodes stand where they say."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from contentlint.source import dialect, nodes
from contentlint.source.mask import BODY, LETTER, MARKER, mask
from contentlint.source.nodes import Node
from contentlint.span import Span
from test_markdown import assert_well_placed, parse

# Text at random is hardly ever markup; these pieces of it are, and meet one another.
PIECES = st.sampled_from(
    [
        *"*_~`[]()<>!#-+=|:\\\"'{}%$^&/?.1aé \n\n\n\t\u2028\ue5a5\0\ud800\x0b",
        *("  ", "    ", "\n\n", "> ", "- ", "1. ", "# ", "---\n", "```\n", "~~~", "**", "~~", "](", "[^", "^[", "]: "),
        *("![", "<b>", "</b>", "<div>\n", "<!--", "-->", "<a href='", "<http://a>", "&amp;", "&eacute;", "\\|"),
        *("| a | b |\n|---|---|\n", ": ", "{{", "}}", "{{<", ">}}", "{%", "%}", "{% raw %}", "{% endraw %}"),
        *("{% set a %}", "{% endset %}", "{{< highlight a >}}", "{{< /highlight >}}"),
        *("{#", "#}", "{#a}", "{/*", "*/}", "import {", "export const ", "<A b={c} d='e'>", "</A>", "<>", "$$", "$$\n"),
        *(
            ":::",
            "::: tip A\n",
            ":::a[",
            "::b\n---\n",
            '!!! note "A"\n',
            '=== "B"\n',
            "    ",
            "> [!NOTE]",
            "{: #a}",
            "{.b}",
        ),
        *(
            ":c:",
            "[TOC]\n",
            "[@d, p. 1]",
            "@e",
            "[[f|g]]",
            "%%",
            "*[H]: I\n",
            "--8<-- 'j'\n",
            "\\(",
            "\\)",
            "\ue5a6",
            "\ue5a7",
        ),
    ]
)
MARKUP = st.lists(PIECES, max_size=40).map("".join)
DIALECTS = st.frozensets(st.sampled_from(dialect.known()))


@settings(max_examples=400, deadline=None)
@given(MARKUP | st.text(max_size=60), DIALECTS)
def test_any_text_has_a_tree_whose_nodes_stand_where_they_say(text, dialects):
    assert_well_placed(parse(text, dialects), text)


@settings(max_examples=200, deadline=None)
@given(MARKUP | st.text(max_size=60), DIALECTS)
def test_a_mask_changes_nothing_but_what_it_hides(text, dialects):
    masked = mask(text, Span(0, len(text)), "page.md", dialects)
    assert len(masked.text) == len(text)
    end = 0
    for hidden in masked.hidden:
        assert end <= hidden.span.start < hidden.span.end
        assert masked.text[end : hidden.span.start] == text[end : hidden.span.start]
        for was, now in zip(hidden.span.of(text), hidden.span.of(masked.text), strict=True):
            assert now == (was if was in "\r\n" else hidden.mask)
            assert now in (was, " ", LETTER, MARKER, BODY)
        end = hidden.span.end
    assert masked.text[end:] == text[end:]


def shape(node: Node, text: str) -> tuple:
    """The tree without its offsets: kinds, and the text at their places with line endings made alike."""
    shown = node.destination if isinstance(node, nodes.Link | nodes.Image) else getattr(node, "text", "")
    places = [alike(span.of(text)) for span in node.spans]
    return (node.kind, places, alike(shown), [shape(child, text) for child in node.children])


def alike(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=300, deadline=None)
@given(MARKUP, DIALECTS)
@example("a\\\nb", frozenset())
@example("> ```\n> a\n\n- b {{ x\n  y }} c\n", frozenset())
def test_the_same_page_with_other_line_endings_has_the_same_tree(text, dialects):
    text = text.replace("\r", "")
    expected = shape(parse(text, dialects), text)
    for ending in ("\r\n", "\r"):
        twin = text.replace("\n", ending)
        assert shape(parse(twin, dialects), twin) == expected
