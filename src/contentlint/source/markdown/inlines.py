"""What stands in a block as nodes: text, links, images, code, tags, and what the mask hides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from markdown_it.token import Token

from contentlint.source import nodes, tags
from contentlint.source.markdown import target
from contentlint.source.markdown.parser import Parser
from contentlint.source.markdown.placement import Placement, Source
from contentlint.source.mask import LETTER, Hidden
from contentlint.source.nodes import Node
from contentlint.span import Span

_PAIRED: dict[str, type[Node]] = {
    "em_open": nodes.Emphasis,
    "strong_open": nodes.Strong,
    "s_open": nodes.Strikethrough,
}


class Inlines:
    """Adds to the blocks of one page what stands in them."""

    def __init__(self, source: Source, parser: Parser, definitions: Mapping[str, nodes.Definition]) -> None:
        self._source = source
        self._parser = parser
        self._definitions = definitions

    def add(self, block: Node, content: str, placement: Placement) -> None:
        """Parse the content of a block and add it as children."""
        self._inlines(self._parser.inlines(content), placement, 0, block)

    def add_tags(self, block: nodes.HtmlBlock, html: str, placement: Placement) -> None:
        """Add the tags of a block of HTML as children, and what the mask hides between them."""
        found: list[Node] = [self._tag(tag, placement, 0) for tag in tags.Scanner(html).tags()]
        if LETTER in html:
            ends = [(tag.span.start, tag.span.end) for tag in found]
            for hidden in self._source.mask.within(block.span):
                before = bisect_right(ends, (hidden.span.start, len(self._source.text))) - 1
                if before < 0 or ends[before][1] <= hidden.span.start:
                    found.append(self._hidden(hidden, placement))
            found.sort(key=lambda node: node.span)
        for node in found:
            self._adopt(block, node)

    def _inlines(self, tokens: list[Token], placement: Placement, base: int, parent: Node) -> None:
        stack = [parent]
        for token in _joined(tokens):
            start, end = (base + offset for offset in token.map or (0, 0))
            if token.type == "text":
                self._text(stack[-1], token.content, placement, start)
            elif token.nesting > 0:
                # The outer marker of “**” is an empty token of its own before this one.
                node = self._paired(token, placement, start - (token.type == "strong_open"))
                self._adopt(stack[-1], node)
                stack.append(node)
            elif token.nesting < 0:
                node = stack.pop()
                self._end(node, placement, start, end + (token.type == "strong_close"))
            elif not (token.type == "softbreak" and self._source.hides(placement.at(start))):
                self._adopt(stack[-1], self._single(token, placement, start, end))

    def _adopt(self, parent: Node, node: Node) -> None:
        node.parent = parent
        parent.children.append(node)

    def _text(self, parent: Node, content: str, placement: Placement, start: int) -> None:
        """Text is cut where its source is: at the bars of a table cell that are escaped, at what the mask hides."""
        breaks = placement.breaks
        edges = breaks[bisect_right(breaks, start) : bisect_left(breaks, start + len(content))]
        for begin, end in zip([start, *edges], [*edges, start + len(content)], strict=True):
            piece = content[begin - start : end - start]
            span = placement.span(begin, end)
            if not piece:
                continue
            if edges and begin > start and piece.startswith("|"):
                escaped = Span(span.start - 1, span.start + 1)
                self._adopt(parent, nodes.Text(escaped, (escaped,), text="|", literal=False))
                piece, span = piece[1:], Span(span.start + 1, span.end)
            if LETTER in piece:
                self._masked_text(parent, span, placement)
            elif piece:
                self._adopt(parent, nodes.Text(span, (span,), text=self._source.shown(piece, span)))

    def _masked_text(self, parent: Node, span: Span, placement: Placement) -> None:
        position = span.start
        for hidden in self._source.mask.within(span):
            self._literal(parent, Span(position, hidden.span.start))
            # What goes on over several lines is a node where it begins, or where the block begins in the midst of it.
            if hidden.span.start >= span.start or span.start == placement.at(0):
                self._adopt(parent, self._hidden(hidden, placement))
            position = min(hidden.span.end, span.end)
        self._literal(parent, Span(position, span.end))

    def _hidden(self, hidden: Hidden, placement: Placement) -> Node:
        span = Span(max(hidden.span.start, placement.at(0)), min(hidden.span.end, placement.at(len(placement.content))))
        spans = placement.spans(placement.offset(span.start), placement.offset(span.end))
        if hidden.tag is None:
            return nodes.Construct(span, spans, construct=hidden.kind, read=hidden.read)
        return tag_node(hidden.tag, span, spans)

    def _literal(self, parent: Node, span: Span) -> None:
        if span.end > span.start:
            self._adopt(parent, nodes.Text(span, (span,), text=span.of(self._source.text)))

    def _paired(self, token: Token, placement: Placement, start: int) -> Node:
        if token.type != "link_open":
            at = placement.at(start)
            return _PAIRED[token.type](Span(at, at + 1))
        # Its place begins before the bracket or the angle bracket; a reference or a destination is read at the end.
        begin = start if token.info == "auto" else start - 1
        at = placement.at(begin)
        return nodes.Link(
            Span(at, at + 1),
            destination=str(token.attrs["href"]),
            title=self._title(token),
            reference=token.meta.get("label"),
            automatic=token.info == "auto",
        )

    def _title(self, token: Token) -> str | None:
        title = token.attrs.get("title")
        return None if title is None else str(title)

    def _end(self, node: Node, placement: Placement, start: int, end: int) -> None:
        node.span = Span(node.span.start, placement.span(end - 1, end).end)
        node.spans = placement.spans(placement.offset(node.span.start), end)
        if isinstance(node, nodes.Link):
            self._target(node, placement, start)

    def _target(self, node: nodes.Link | nodes.Image, placement: Placement, label_end: int) -> None:
        """Read where the destination stands; ``label_end`` is the offset of the bracket that closes the text."""
        node.templated = LETTER in node.destination
        if isinstance(node, nodes.Link) and node.automatic:
            node.destination_span = Span(node.span.start + 1, node.span.end - 1)
        elif node.reference is not None:
            definition = self._definitions[node.reference]
            node.destination_span, node.title = definition.destination_span, definition.title
            node.reference = self._label(node, placement, label_end)
        else:
            node.destination_span = target.destination_span(placement, label_end + 2)
            node.title = target.title(self._source, placement, label_end + 2, node.title)
        node.destination = target.destination(self._source, node.destination_span, node.destination)

    def _label(self, node: Node, placement: Placement, text_end: int) -> str:
        """The label as written: in brackets of its own, or the text of the link where those are empty or missing."""
        text = self._source.text
        after = Span(placement.at(text_end) + 2, node.span.end - 1)
        if after.end > after.start:
            return after.of(text)
        begin = node.span.start + (2 if isinstance(node, nodes.Image) else 1)
        return text[begin : placement.at(text_end)]

    def _single(self, token: Token, placement: Placement, start: int, end: int) -> Node:
        kind = token.type
        span = placement.span(start, end)
        spans = placement.spans(start, end)
        if kind == "text_special":
            return nodes.Text(span, spans, text=token.content, literal=False)
        if kind == "code_inline":
            return nodes.CodeSpan(span, spans, text=self._code_text(token, placement, start, end))
        if kind in ("softbreak", "hardbreak"):
            return self._break(kind, placement, start)
        if kind == "html_inline":
            tag = tags.Scanner(token.content).tag_at(0)
            return self._tag(tag, placement, start) if tag else nodes.Tag(span, spans)
        if kind == "image":
            return self._image(token, placement, start, span, spans)
        if kind == "footnote_reference":
            return nodes.FootnoteReference(span, spans, label=token.content)
        if kind == "math":
            return nodes.Math(span, spans, text=token.content)
        note = nodes.FootnoteReference(span, spans)
        self._inlines(token.children or [], placement, start + 2, note)
        return note

    def _code_text(self, token: Token, placement: Placement, start: int, end: int) -> str:
        if LETTER not in token.content:
            return token.content
        fence = len(token.markup)
        inside = self._source.read(placement, start + fence, end - fence).replace("\n", " ")
        return inside[1:-1] if len(inside) == len(token.content) + 2 else inside

    def _break(self, kind: str, placement: Placement, start: int) -> Node:
        ending = placement.at(placement.content.index("\n", start))
        end = ending + (2 if self._source.text.startswith("\r\n", ending) else 1)
        span = Span(placement.at(start), end)
        return nodes.SoftBreak(span, (span,)) if kind == "softbreak" else nodes.HardBreak(span, (span,))

    def _image(self, token: Token, placement: Placement, start: int, span: Span, spans: tuple[Span, ...]) -> Node:
        image = nodes.Image(
            span,
            spans,
            destination=str(token.attrs["src"]),
            title=self._title(token),
            reference=token.meta.get("label"),
        )
        self._inlines(token.children or [], placement, start + 2, image)
        image.alt = "".join(self._alt(node) for node in image.walk() if node is not image)
        self._target(image, placement, start + 2 + len(token.content))
        return image

    def _alt(self, node: Node) -> str:
        if isinstance(node, nodes.Text | nodes.CodeSpan):
            return node.text
        if isinstance(node, nodes.Construct):
            return node.span.of(self._source.text)
        return " " if isinstance(node, nodes.SoftBreak | nodes.HardBreak) else ""

    def _tag(self, tag: tags.RawTag, placement: Placement, base: int) -> nodes.Tag:
        start, end = base + tag.span.start, base + tag.span.end
        attributes = {}
        for name, attribute in tag.attributes.items():
            span = placement.span(base + attribute.span.start, base + attribute.span.end)
            value, templated = attribute.value, attribute.value is not None and LETTER in attribute.value
            if templated:
                value = tags.unescape(span.of(self._source.text))
            attributes[name] = nodes.Attribute(value, span, attribute.expression, templated)
        placed = tag._replace(attributes=attributes)
        return tag_node(placed, placement.span(start, end), placement.spans(start, end))


def _joined(tokens: list[Token]) -> Iterator[Token]:
    """The tokens, text that stands together joined: a delimiter that pairs with none, a backslash that escapes none."""
    run: list[Token] = []
    for token in tokens:
        if token.type == "text_special" and token.content == token.markup:
            token.type = "text"
        if token.type == "text" and not token.content:
            continue
        if run and (token.type != "text" or run[-1].map[1] != token.map[0]):  # type: ignore[index]
            yield _run(run)
            run = []
        if token.type == "text":
            run.append(token)
        else:
            yield token
    if run:
        yield _run(run)


def _run(tokens: list[Token]) -> Token:
    tokens[0].content = "".join(token.content for token in tokens)
    return tokens[0]


def tag_node(tag: tags.RawTag, span: Span, spans: tuple[Span, ...]) -> nodes.Tag:
    """The node of a tag, wherever it was read."""
    return nodes.Tag(span, spans, None, [], tag.name, tag.closing, tag.attributes)
