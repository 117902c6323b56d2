"""Blocks as nodes: from the parser's tokens to the tree of a page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from markdown_it.common.utils import MD_TRIM_CHARS, unescapeAll
from markdown_it.token import Token

from contentlint.source import nodes
from contentlint.source.markdown import target
from contentlint.source.markdown.inlines import Inlines, tag_node
from contentlint.source.markdown.parser import Parser
from contentlint.source.markdown.placement import Placement, Row, Source
from contentlint.source.mask import LETTER, Hidden, Mask
from contentlint.source.nodes import Node, Root
from contentlint.span import LineIndex, Span

_CONTAINER_NODES: dict[str, type[Node]] = {
    "blockquote_open": nodes.Quote,
    "dl_open": nodes.DefinitionList,
    "dd_open": nodes.DefinitionDescription,
    "table_open": nodes.Table,
    "box_open": nodes.Box,
}
_HEADING_ATTRIBUTES = re.compile(r"[ \t]*\\?\{:?[ \t]*([^{}\n]*)\}[ \t]*\Z")
_HEADING_ATTRIBUTE = re.compile(r"#(?P<id>[^\s#{}]+)|\.[^\s.{}]+|-|[\w:-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\"']+)")
_CLOSING_MARKS = re.compile(r"(?<=[ \t])#+\Z")
_HIDDEN_ATTRIBUTES = re.compile(r"\{:?([^{}\n]*)\}")
_COMMENT_WITH_ID = re.compile(r"\{/\*\s*(#[^\s#{}]+)\s*\*/\}")


class Tree:
    """Builds the nodes of one page."""

    _row: Row
    """The row of a table that is being read."""

    def __init__(self, text: str, lines: LineIndex, mask: Mask) -> None:
        self._source = Source(text, lines, mask)
        self._parser = Parser(mask.dialects)
        self._definitions: dict[str, nodes.Definition] = {}
        self._inlines = Inlines(self._source, self._parser, self._definitions)
        self._stack: list[Node] = []

    def root(self) -> Root:
        """The tree, whose root is the body of the page."""
        source = self._source
        body = source.mask.body
        root = Root(Span(min(body.start, len(source.text)), len(source.text)))
        tokens, too_deep = self._parser.blocks(source.marked)
        if too_deep is not None:
            root.too_deep = source.lines.line_span(too_deep + 1)
        # A link may come before the definition of where it leads.
        for token in tokens:
            if token.type == "definition":
                definition = self._definition(token)
                self._definitions.setdefault(token.meta["id"], definition)
        self._stack = [root]
        for index, token in enumerate(tokens):
            self._block(token, tokens, index)
        for hidden in source.mask.hidden:
            if hidden.block and hidden.tag:
                _insert(root, tag_node(hidden.tag, hidden.span, (hidden.span,)))
        return root

    def _block(self, token: Token, tokens: list[Token], index: int) -> None:
        kind = token.type
        if kind in _LEAVES:
            self._add(_LEAVES[kind](self, token, tokens, index))
        elif kind == "inline":
            self._content(token, tokens[index - 1])
        elif token.nesting > 0 and kind not in ("thead_open", "tbody_open"):
            self._stack.append(self._add(self._container(token, tokens, index)))
        elif token.nesting < 0 and kind not in ("thead_close", "tbody_close"):
            self._close(self._stack.pop())

    def _add(self, node: Node) -> Node:
        node.parent = self._stack[-1]
        node.parent.children.append(node)
        return node

    def _close(self, node: Node) -> None:
        """A container ends where its last child ends."""
        if node.children:
            node.span = Span(node.span.start, max(node.span.end, node.children[-1].span.end))
        if not node.spans:
            node.spans = (node.span,)

    def _container(self, token: Token, tokens: list[Token], index: int) -> Node:
        source, kind = self._source, token.type
        start = source.original(self._start(token, tokens, index))
        span = Span(start, start + 1)
        if kind in ("bullet_list_open", "ordered_list_open"):
            ordered = kind == "ordered_list_open"
            return nodes.List(span, ordered=ordered, first=int(tokens[index + 1].info) if ordered else None)
        if kind == "list_item_open":
            marker = token.info + token.markup
            return nodes.ListItem(Span(start, start + len(marker)), marker=marker)
        if kind == "footnote_reference_open":
            label = token.meta["label"]
            return nodes.FootnoteDefinition(Span(start, start + len(label) + 4), label=label)
        if kind == "tr_open":
            self._row = Row(source, token.meta["start"], token.map[0] if token.map else 0)
            return nodes.TableRow(self._row.span, header=tokens[index - 1].type == "thead_open")
        if kind in ("th_open", "td_open"):
            return nodes.TableCell(span, header=kind == "th_open")
        if kind == "paragraph_open":
            return nodes.Paragraph(span, source.line_spans(token))
        if kind == "heading_open":
            return nodes.Heading(source.block_span(token), source.line_spans(token), level=int(token.tag[1:]))
        if kind == "dt_open":
            return nodes.DefinitionTerm(span)
        return _CONTAINER_NODES.get(kind, Node)(span)

    def _start(self, token: Token, tokens: list[Token], index: int) -> int:
        """Where the block begins in the parsed text."""
        if "start" in token.meta:
            return int(token.meta["start"])
        if token.type in ("th_open", "td_open"):
            return self._row.start
        if token.type == "dd_open":
            # The marker stands before the first block of the description.
            while "start" not in tokens[index].meta:
                index += 1
            first: int = tokens[index].meta["start"] - 1
            while self._source.parsed[first] in " \t":
                first -= 1
            return first
        before: int = tokens[index - 1].meta.get("start", 0) if index else 0
        return before

    def _definition(self, token: Token) -> nodes.Definition:
        source, meta = self._source, token.meta
        first = token.map[0] if token.map else 0
        placement = source.joined([(start, source.line_end(line)) for line, start in enumerate(meta["starts"], first)])
        inside = target.destination_span(placement, len(meta["label"]) + 3)
        spans = source.line_spans(token)
        return nodes.Definition(
            Span(spans[0].start, spans[-1].end),
            spans,
            label=source.shown(meta["label"], placement.span(1, 1 + len(meta["label"]))),
            destination=target.destination(source, inside, meta["url"]),
            destination_span=inside,
            title=target.title(source, placement, len(meta["label"]) + 3, meta["title"] or None),
            templated=LETTER in meta["url"],
        )

    def _definition_node(self, token: Token, _tokens: list[Token], _index: int) -> Node:
        first = self._definitions[token.meta["id"]]
        return first if first.span.start == self._source.original(token.meta["start"]) else self._definition(token)

    def _code(self, token: Token, _tokens: list[Token], _index: int) -> Node:
        source, fenced = self._source, token.type == "fence"
        placement = self._content_lines(token, fenced)
        spans = source.line_spans(token)
        line = spans[0].of(source.text)[len(token.markup) :] if fenced else ""
        info, _, arguments = unescapeAll(line).strip().partition(" ")
        return nodes.CodeBlock(
            Span(spans[0].start, spans[-1].end),
            spans,
            text=source.read(placement, 0, len(placement.content)),
            info=info,
            arguments=arguments.strip(),
            fenced=fenced,
        )

    def _content_lines(self, token: Token, fenced: bool) -> Placement:
        """The placement of a block's lines: each content line is the end of its source line."""
        first = (token.map[0] if token.map else 0) + fenced
        return self._source.ends_of_lines(token.content, first)

    def _html(self, token: Token, _tokens: list[Token], _index: int) -> Node:
        source, placement = self._source, self._content_lines(token, False)
        text = source.read(placement, 0, len(placement.content))
        block = nodes.HtmlBlock(source.block_span(token), source.line_spans(token), text=text)
        self._inlines.add_tags(block, token.content, placement)
        return block

    def _rule(self, token: Token, _tokens: list[Token], _index: int) -> Node:
        return nodes.ThematicBreak(self._source.block_span(token), self._source.line_spans(token))

    def _math_block(self, token: Token, _tokens: list[Token], _index: int) -> Node:
        source = self._source
        return nodes.MathBlock(source.block_span(token), source.line_spans(token), text=token.content)

    def _content(self, token: Token, opening: Token) -> None:
        node = self._stack[-1]
        placement = self._content_placement(token, opening)
        content = token.content
        if isinstance(node, nodes.Heading):
            content, node.custom_id = self._without_attributes(content, placement)
            node.custom_id = node.custom_id or self._id_below(node)
            node.content = placement.span(0, len(content))
        elif isinstance(node, nodes.TableCell | nodes.DefinitionTerm | nodes.Paragraph):
            node.span = placement.span(0, len(content))
            node.spans = placement.spans(0, len(content))
        self._inlines.add(node, content, placement)

    def _without_attributes(self, content: str, placement: Placement) -> tuple[str, str | None]:
        """The content of a heading without the attributes at its end, ``{#id .class}``, and the id among them."""
        found = None
        while content.endswith(LETTER):
            last = self._source.mask.within(placement.span(len(content) - 1, len(content)))
            told = self._id_in(last[-1]) if last else None
            if told is None:
                return content, found
            found = told or found
            content = content[: max(0, placement.offset(last[-1].span.start))].rstrip(MD_TRIM_CHARS)
            content = _CLOSING_MARKS.sub("", content).rstrip(MD_TRIM_CHARS)
        content, written = _without_attributes(content)
        return content, written or found

    def _id_in(self, hidden: Hidden) -> str | None:
        """The id in attributes, or in a comment that holds nothing else; empty where they have none, None in others."""
        form = {"attributes": _HIDDEN_ATTRIBUTES, "comment": _COMMENT_WITH_ID}.get(hidden.kind)
        match = form.fullmatch(hidden.span.of(self._source.text)) if form else None
        return (_attributes(match.group(1)) or "") if match else None

    def _id_below(self, heading: Node) -> str | None:
        """The id in attributes that stand alone on the line after a heading, as kramdown has them."""
        source = self._source
        line = bisect_right(source.lines.starts, heading.span.end)
        if line >= len(source.lines.starts):
            return None
        below = source.mask.touching(source.lines.line_span(line + 1))
        if not below or not below[0].block or below[0].kind != "attributes":
            return None
        return self._id_in(below[0]) or None

    def _content_placement(self, token: Token, opening: Token) -> Placement:
        source, content = self._source, token.content
        if opening.type in ("th_open", "td_open"):
            return self._row.next_cell(content)
        first = token.map[0] if token.map else 0
        if opening.type == "heading_open" and opening.markup.startswith("#"):
            end = source.line_end(first)
            after_marker = opening.meta["start"] + len(opening.markup)
            lead = source.parsed[after_marker:end]
            start = after_marker + len(lead) - len(lead.lstrip(MD_TRIM_CHARS))
            return Placement(content, [(0, source.original(min(start, end)))])
        if opening.type == "dt_open":
            end = source.line_end(first)
            line = source.parsed[source.line_start(first) : end]
            return Placement(content, [(0, source.original(end) - len(line) + len(line.rstrip()) - len(content))])
        raw = token.meta["raw"]
        lead = raw.find(content)
        placement = source.ends_of_lines(raw, first)
        return placement.part(max(lead, 0), content)


def _insert(root: Node, node: Node) -> None:
    """Put a node that stands between blocks in its place, inside the containers that surround it."""
    parent, index = root, 0
    while True:
        index = bisect_right(parent.children, node.span.start, key=lambda child: child.span.start)
        if index == 0 or not parent.children[index - 1].span.contains(node.span):
            break
        parent = parent.children[index - 1]
    node.parent = parent
    parent.children.insert(index, node)


def _without_attributes(content: str) -> tuple[str, str | None]:
    """The same for attributes that are not hidden, for the dialects of the page would read them otherwise."""
    if not content.endswith("}"):
        return content, None
    match = _HEADING_ATTRIBUTES.search(content, max(0, content.rfind("{") - 1))
    if match is None or not match.group(1).lstrip().startswith(("#", ".", "-")):
        return content, None
    identifier = _attributes(match.group(1))
    if identifier is None:
        return content, None
    return content[: match.start()].rstrip(MD_TRIM_CHARS), identifier or None


def _attributes(written: str) -> str | None:
    """The id among attributes, empty where none is; None where these are none."""
    rest = _HEADING_ATTRIBUTE.sub("", written)
    if rest.strip():
        return None
    return next((match.group("id") for match in _HEADING_ATTRIBUTE.finditer(written) if match.group("id")), "")


_LEAVES: dict[str, Callable[[Tree, Token, list[Token], int], Node]] = {
    "code_block": Tree._code,
    "fence": Tree._code,
    "html_block": Tree._html,
    "hr": Tree._rule,
    "math_block": Tree._math_block,
    "math_block_label": Tree._math_block,
    "definition": Tree._definition_node,
}
