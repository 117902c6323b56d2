"""What a reader, or a screen reader, gets of an inline node."""

from __future__ import annotations

from contentlint.source.document import Document
from contentlint.source.nodes import CodeBlock, CodeSpan, Construct, HardBreak, Image, Math, Node, SoftBreak, Tag, Text

# Tags that show nothing by themselves; any other tag without text (img, svg, a component) may well show something.
_SILENT = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr", "!--", "?", "!",
})  # fmt: skip


def text(node: Node) -> str:
    """The text of a node without its markup; an image counts with its alternative text."""
    parts = []
    for inner in node.walk():
        if isinstance(inner, Image):
            parts.append(inner.alt)
        elif isinstance(inner, (SoftBreak, HardBreak)):
            parts.append(" ")
        elif isinstance(inner, (Text, CodeSpan, Math)) and not _in_image(inner, node):
            parts.append(inner.text)
    return " ".join("".join(parts).split())


def page_text(document: Document) -> str:
    """The text and the code of the whole page, as readers see them, in small letters."""
    texts = [node.text for node in document.nodes(Text)]
    codes = [*(node.text for node in document.nodes(CodeSpan)), *(node.text for node in document.nodes(CodeBlock))]
    return "\n".join([*texts, *codes]).lower()


def shows(node: Node) -> bool:
    """Whether there is something to see in a node: text, an image, an object, what a template fills in."""
    return bool(text(node)) or any(
        isinstance(inner, Image) or (isinstance(inner, Tag) and not silent(inner)) or filled_in(inner)
        for inner in node.walk()
    )


def filled_in(node: Node) -> bool:
    """Whether a template or a shortcode stands here, of which nobody knows what it will show."""
    return isinstance(node, Construct) and node.construct != "comment"


def silent(tag: Tag) -> bool:
    """Whether a tag shows nothing: markup around text, or an image that has no text of its own."""
    if tag.name == "img":
        alt = tag.attributes.get("alt")
        return alt is not None and not (alt.value or "").strip()
    return tag.closing or tag.name in _SILENT


def labelled(document: Document, tag: Tag) -> bool:
    """Whether a tag brings its own name, or may do so by an expression that is not known here."""
    named = any(name.lstrip(":").removeprefix("v-bind:") in _LABELS for name in tag.attributes)
    return named or "{" in tag.span.of(document.text)


_LABELS = frozenset({"aria-label", "aria-labelledby", "title", "aria-hidden"})


def _in_image(inner: Node, below: Node) -> bool:
    for ancestor in inner.ancestors():
        if isinstance(ancestor, Image):
            return True
        if ancestor is below:
            return False
    return False
