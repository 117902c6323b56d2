"""The nodes of a page: what they are, against the CommonMark specification, and where they are."""

from __future__ import annotations

import json
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from contentlint.source import markdown, nodes
from contentlint.source.dialect import mask
from contentlint.source.nodes import Node, Root
from contentlint.span import LineIndex, Span

SPECIFICATION = Path(__file__).parents[1] / "build" / "commonmark.json"
EXAMPLES = json.loads(SPECIFICATION.read_text("utf-8")) if SPECIFICATION.exists() else []

Event = tuple[str, ...]


def parse(text: str, dialects: frozenset[str] = frozenset(), path: str = "page.md") -> Root:
    return markdown.parse(text, LineIndex(text), mask(text, Span(0, len(text)), path, dialects))


def find(root: Node, kind: type[Node]) -> list:
    return [node for node in root.walk() if type(node) is kind]


def only(text: str, kind: type[Node], dialects: frozenset[str] = frozenset(), path: str = "page.md"):
    (node,) = find(parse(text, dialects, path), kind)
    return node


def assert_well_placed(root: Root, text: str) -> None:
    """Every node inside the file and its parent, in order, and every literal text what the file says."""
    for node in root.walk():
        assert 0 <= node.span.start <= node.span.end <= len(text), node
        assert node is root or node.spans, node
        for span in node.spans:
            assert node.span.contains(span), node
        for child in node.children:
            assert child.parent is node
            assert node.span.contains(child.span), (node, child)
        for first, second in zip(node.children, node.children[1:], strict=False):
            assert first.span.end <= second.span.start, (first, second)
        if isinstance(node, nodes.Text) and node.literal:
            assert node.span.of(text) == node.text


# What the nodes are: the same tree as the reference implementation renders

TAGS = {
    nodes.Quote: "blockquote",
    nodes.ListItem: "li",
    nodes.Emphasis: "em",
    nodes.Strong: "strong",
}


def rendered(node: Node, text: str) -> str:
    """The tree as HTML, in the manner of the specification."""
    content = "".join(rendered(child, text) for child in node.children)
    match node:
        case nodes.Text():
            return escape(node.text)
        case nodes.Tag():
            return "".join(span.of(text) + "\n" * (span is not node.spans[-1]) for span in node.spans)
        case nodes.HtmlBlock():
            return node.text
        case nodes.SoftBreak():
            return "\n"
        case nodes.HardBreak():
            return "<br>\n"
        case nodes.ThematicBreak():
            return "<hr>"
        case nodes.CodeSpan():
            return f"<code>{escape(node.text)}</code>"
        case nodes.CodeBlock():
            language = f' class="language-{escape(node.info)}"' if node.info else ""
            return f"<pre><code{language}>{escape(node.text)}</code></pre>"
        case nodes.Image():
            return f'<img src="{escape(node.destination)}" alt="{escape(node.alt)}"{title(node)}>'
        case nodes.Link():
            return f'<a href="{escape(node.destination)}"{title(node)}>{content}</a>'
        case nodes.Heading():
            return f"<h{node.level}>{content}</h{node.level}>"
        case nodes.List():
            name = "ol" if node.ordered else "ul"
            start = f' start="{node.first}"' if node.ordered and node.first != 1 else ""
            return f"<{name}{start}>{content}</{name}>"
        case nodes.Paragraph():
            return f"<p>{content}</p>\n"
    name = TAGS.get(type(node))
    return f"<{name}>{content}</{name}>" if name else content


def title(node: nodes.Link | nodes.Image) -> str:
    return f' title="{escape(node.title)}"' if node.title else ""


class Page(HTMLParser):
    """What a page of HTML says, in order: tags, and text with its white space folded outside code.

    Paragraphs are left out, as the reference does in tight lists.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Event] = []
        self.text = ""
        self.code = 0
        self.feed(html)
        self.close()
        self.flush()

    def flush(self) -> None:
        text = self.text if self.code else re.sub(r"\s*\n\s*", " ", self.text).strip()
        if text:
            self.events.append(("text", text))
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":
            self.text += "\n"
            return
        self.flush()
        self.code += tag == "code"
        values = {name: re.sub(r"[ \n]+", " ", value or "") for name, value in attrs}
        for address in ("href", "src"):
            if address in values:
                values[address] = unquote(values[address])
        self.events.append((tag, *(f"{name}={value}" for name, value in sorted(values.items()))))

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.text += "\n"
            return
        if tag in ("br", "hr", "img"):
            return
        self.flush()
        self.code -= tag == "code"
        self.events.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.flush()
        self.events.append(("!--", data))


@pytest.mark.skipif(not EXAMPLES, reason="tools/fetch_commonmark.py was not run")
def test_the_examples_of_the_specification_give_the_tree_of_the_reference():
    assert len(EXAMPLES) == 652
    for example in EXAMPLES:
        text = example["markdown"]
        root = parse(text)
        assert_well_placed(root, text)
        found, expected = Page(rendered(root, text)).events, Page(example["html"]).events
        assert found == expected, f"example {example['example']}"
