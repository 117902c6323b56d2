"""What a Markdown page is made of: block and inline nodes, each with its exact place in the file.

Kept apart from the parser, so that a check can ask for headings without importing a Markdown library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from contentlint.span import Span

NOWHERE = Span(0, 0)
"""The place of what has none yet."""


@dataclass(slots=True, eq=False)
class Node:
    """A block or an inline of the page.

    ``span`` reaches from the first to the last code point that belongs to the node, markup included and the line
    ending after it excluded. In a container (a quotation, a list) the markers of the container stand inside the
    lines of a node without belonging to it: ``spans`` leaves them out, one span a line.
    """

    kind: ClassVar[str] = "node"

    span: Span
    spans: tuple[Span, ...] = ()
    parent: Node | None = field(default=None, repr=False)
    children: list[Node] = field(default_factory=list, repr=False)

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the text."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def ancestors(self) -> Iterator[Node]:
        """The parent, its parent, and so on up to the document."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True, eq=False)
class Root(Node):
    """The body of the page."""

    kind: ClassVar[str] = "root"
    too_deep: Span | None = None
    """The line where containers nest deeper than is parsed: its markers, and deeper ones, are read as plain text."""


# Blocks


@dataclass(slots=True, eq=False)
class Heading(Node):
    """A heading, ATX or setext. ``content`` spans its inline content, without the markers."""

    kind: ClassVar[str] = "heading"
    level: int = 1
    content: Span = NOWHERE
    custom_id: str | None = None
    """The id that the author gave: ``## Title {#id}``."""


@dataclass(slots=True, eq=False)
class Paragraph(Node):
    """A paragraph; in a tight list, the text of an item."""

    kind: ClassVar[str] = "paragraph"


@dataclass(slots=True, eq=False)
class List(Node):
    """A bulleted or numbered list."""

    kind: ClassVar[str] = "list"
    ordered: bool = False
    first: int | None = None
    """The number of the first item of a numbered list."""


@dataclass(slots=True, eq=False)
class ListItem(Node):
    """One item of a list. ``marker`` is the bullet or number as written."""

    kind: ClassVar[str] = "list-item"
    marker: str = ""


@dataclass(slots=True, eq=False)
class Quote(Node):
    """A block quotation."""

    kind: ClassVar[str] = "quote"


@dataclass(slots=True, eq=False)
class Box(Node):
    """What a marker opens and indentation holds together: an admonition or a tab of MkDocs."""

    kind: ClassVar[str] = "box"


@dataclass(slots=True, eq=False)
class CodeBlock(Node):
    """A fenced or an indented block of code. ``text`` is the code, ``info`` the word after the fence."""

    kind: ClassVar[str] = "code-block"
    text: str = ""
    info: str = ""
    arguments: str = ""
    """What follows that word on the line of the fence."""
    fenced: bool = True


@dataclass(slots=True, eq=False)
class HtmlBlock(Node):
    """A block of raw HTML. Its children are the tags inside, and the constructs between them."""

    kind: ClassVar[str] = "html-block"
    text: str = ""


@dataclass(slots=True, eq=False)
class ThematicBreak(Node):
    """A rule across the page."""

    kind: ClassVar[str] = "thematic-break"


@dataclass(slots=True, eq=False)
class Table(Node):
    """A table; its children are rows."""

    kind: ClassVar[str] = "table"


@dataclass(slots=True, eq=False)
class TableRow(Node):
    """A row of a table; its children are cells."""

    kind: ClassVar[str] = "table-row"
    header: bool = False


@dataclass(slots=True, eq=False)
class TableCell(Node):
    """A cell of a table."""

    kind: ClassVar[str] = "table-cell"
    header: bool = False


@dataclass(slots=True, eq=False)
class DefinitionList(Node):
    """Terms and their descriptions."""

    kind: ClassVar[str] = "definition-list"


@dataclass(slots=True, eq=False)
class DefinitionTerm(Node):
    """A term of a definition list."""

    kind: ClassVar[str] = "definition-term"


@dataclass(slots=True, eq=False)
class DefinitionDescription(Node):
    """What describes a term of a definition list."""

    kind: ClassVar[str] = "definition-description"


@dataclass(slots=True, eq=False)
class FootnoteDefinition(Node):
    """``[^label]: …``; its children are blocks."""

    kind: ClassVar[str] = "footnote-definition"
    label: str = ""


@dataclass(slots=True, eq=False)
class MathBlock(Node):
    """A block of mathematics."""

    kind: ClassVar[str] = "math-block"
    text: str = ""


@dataclass(slots=True, eq=False)
class Definition(Node):
    """The definition of a reference, ``[label]: destination "title"``; of several with one label the first counts."""

    kind: ClassVar[str] = "definition"
    label: str = ""
    destination: str = ""
    destination_span: Span = NOWHERE
    title: str | None = None
    templated: bool = False


# Inlines


@dataclass(slots=True, eq=False)
class Text(Node):
    """Literal text. ``text`` is what the reader sees; an escape or an entity is a node of its own, over its source."""

    kind: ClassVar[str] = "text"
    text: str = ""
    literal: bool = True
    """Whether ``text`` is exactly the source at the span (false for escapes and entities)."""


@dataclass(slots=True, eq=False)
class CodeSpan(Node):
    """Inline code; ``text`` is the code without its backticks."""

    kind: ClassVar[str] = "code-span"
    text: str = ""


@dataclass(slots=True, eq=False)
class Emphasis(Node):
    """``*text*``."""

    kind: ClassVar[str] = "emphasis"


@dataclass(slots=True, eq=False)
class Strong(Node):
    """``**text**``."""

    kind: ClassVar[str] = "strong"


@dataclass(slots=True, eq=False)
class Strikethrough(Node):
    """``~~text~~``."""

    kind: ClassVar[str] = "strikethrough"


@dataclass(slots=True, eq=False)
class Link(Node):
    """A link in Markdown: inline, by reference or automatic.

    ``destination`` is what the author wrote, escapes and entities resolved, nothing percent-encoded.
    ``destination_span`` is its place: in the link, or in the definition that a reference names.
    """

    kind: ClassVar[str] = "link"
    destination: str = ""
    destination_span: Span = NOWHERE
    title: str | None = None
    reference: str | None = None
    """The label of the definition as written, for a link by reference."""
    automatic: bool = False
    templated: bool = False
    """Whether the destination holds a construct of the generator (``{{ site.url }}/x``): it is no address yet."""


@dataclass(slots=True, eq=False)
class Image(Node):
    """An image in Markdown; its children are the inlines of the alternative text, ``alt`` their text."""

    kind: ClassVar[str] = "image"
    destination: str = ""
    destination_span: Span = NOWHERE
    title: str | None = None
    alt: str = ""
    reference: str | None = None
    templated: bool = False


@dataclass(slots=True, eq=False)
class SoftBreak(Node):
    """A line ending inside a paragraph."""

    kind: ClassVar[str] = "soft-break"


@dataclass(slots=True, eq=False)
class HardBreak(Node):
    """A line ending that is kept."""

    kind: ClassVar[str] = "hard-break"


@dataclass(slots=True, eq=False)
class FootnoteReference(Node):
    """``[^label]``, or an inline footnote ``^[…]``."""

    kind: ClassVar[str] = "footnote-reference"
    label: str = ""


@dataclass(slots=True, eq=False)
class Construct(Node):
    """What is no Markdown in the text: a shortcode, a Liquid tag, an MDX expression. It stands for words unknown.

    A construct over several lines is one node a line. One that stands alone on its lines is in no node at all,
    for it is no part of the text: ``Document.mask`` lists them all.
    """

    kind: ClassVar[str] = "construct"
    construct: str = ""
    """Which one: the ``kind`` of the ``Hidden`` in the mask."""
    read: bool = True
    """Whether readers see words in its place."""


@dataclass(slots=True, eq=False)
class Math(Node):
    """Inline mathematics."""

    kind: ClassVar[str] = "math"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a tag: its value with entities resolved, and where the value stands (the name, if it has none).

    The value of an ``expression``, JSX ``src={hero}``, is not known: it is None, and the span covers the braces.
    A value is ``templated`` when it holds a construct of the generator.
    """

    value: str | None
    span: Span
    expression: bool = False
    templated: bool = False


@dataclass(slots=True, eq=False)
class Tag(Node):
    """A tag of HTML or JSX, in the text or in a block of HTML. ``name`` is in lower case for HTML, as written in JSX.

    A comment is a tag named ``!--``; a declaration, an instruction and CDATA are named ``!``, ``?`` and ``![cdata[``.
    """

    kind: ClassVar[str] = "tag"
    name: str = ""
    closing: bool = False
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
