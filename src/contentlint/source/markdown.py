"""Markdown to nodes, each with its exact place in the file. The only module that knows the Markdown library.

markdown-it-py tells of a block its lines and of an inline nothing. Here its rules run unchanged, inside parsers of our
own that note where each rule began and ended (``_Blocks``, ``_Inlines``); what comes out is placed in the source line
by line (``_Placement``) and made into our own nodes (``_Tree``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS, unescapeAll
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar
from mdit_py_plugins.footnote.index import footnote_def

from contentlint.source import nodes, tags
from contentlint.source.dialect import LETTER, Hidden, Mask
from contentlint.source.nodes import Node, Root
from contentlint.span import LineIndex, Span

# Beyond this depth markdown-it-py drops content without a word (at 20, by default). The depth costs about three
# frames of the stack a level, of the thousand that Python has.
_MAX_DEPTH = 100
# Brackets in brackets; what is deeper is no link. The time that hostile input takes grows with it.
_MAX_BRACKETS = 20

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]

_CONTAINERS = frozenset({"blockquote", "list", "footnote_def", "deflist"})
# The first characters that a block rule can match; asking first saves most calls. Rules not named match anything.
_FIRST = {
    "fence": frozenset("`~"),
    "blockquote": frozenset(">"),
    "hr": frozenset("*-_"),
    "list": frozenset("*+-0123456789"),
    "footnote_def": frozenset("["),
    "reference": frozenset("["),
    "html_block": frozenset("<"),
    "heading": frozenset("#"),
    "math_block": frozenset("$"),
}
_INLINE_FIRST = {
    "newline": "\n",
    "escape": "\\",
    "math_inline": "$",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "footnote_reference": "[",
    "image": "!",
    "footnote_inline": "^",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}


def parse(text: str, lines: LineIndex, mask: Mask) -> Root:
    """The body of the page as a tree. ``mask`` holds the text without what is no Markdown; spans are those of ``text``.

    Any text has a tree: nothing is raised, whatever the input.
    """
    return _Tree(text, lines, mask).root()


# The parsers: markdown-it-py's rules, and where each began and ended


class _BlockState(StateBlock):
    """Notes what the block parser knows and keeps to itself: where lines begin inside their containers."""

    too_deep: int | None = None
    """The first line whose container is not opened, for its depth."""
    _raw = ""

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803
        self._raw = super().getLines(begin, end, indent, keepLastLF)
        return self._raw

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        if ttype == "inline":
            token.meta["raw"] = self._raw
        return token

    def line_start(self, line: int) -> int:
        """Where the line begins, after the markers of its containers and its indentation."""
        return self.bMarks[line] + self.tShift[line]


def _noting(name: str, rule: BlockRule) -> BlockRule:
    """The rule, noting where the block that it makes begins, line by line."""
    first_characters = _FIRST.get(name)
    container = name in _CONTAINERS

    def run(state: Any, start_line: int, end_line: int, silent: bool) -> bool:
        start = state.bMarks[start_line] + state.tShift[start_line]
        if first_characters and state.src[start : start + 1] not in first_characters:
            return False
        if container and state.level >= _MAX_DEPTH - 2:
            # Too deep for another container: its marker is left in the text, where nothing is lost.
            if not silent and state.too_deep is None:
                state.too_deep = start_line
            return False
        first = len(state.tokens)
        if not rule(state, start_line, end_line, silent):
            return False
        if not silent:
            _note(name, state, state.tokens[first:], start_line, start)
        return True

    return run


def _note(name: str, state: _BlockState, tokens: list[Token], start_line: int, start: int) -> None:
    tokens[0].meta["start"] = start
    if name == "list":
        for token in tokens:
            if token.type == "list_item_open" and token.level == tokens[0].level + 1 and token.map:
                token.meta["start"] = state.line_start(token.map[0])
    elif name == "table":
        for token in tokens:
            if token.type == "tr_open" and token.map:
                token.meta["start"] = state.line_start(token.map[0])
    elif name not in _CONTAINERS:
        tokens[0].meta["starts"] = [state.line_start(line) for line in range(start_line, state.line)]


class _InlineState(StateInline):
    """Gives every inline token its place in the content of its block, in ``Token.map``."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.covered = 0
        """The end of what is in tokens; from here on text is pending."""

    def pushPending(self) -> Token:  # noqa: N802
        token = super().pushPending()
        token.map = [self.covered, self.covered + len(token.content)]
        self.covered = token.map[1]
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        # Spaces before a line ending were cut off the pending text: they belong to the break.
        token.map = [self.covered if ttype.endswith("break") else self.pos, self.pos]
        self.covered = self.pos
        return token


class _Inlines(ParserInline):
    """markdown-it-py's inline rules, each asked only at the characters that it can match, its tokens placed."""

    def __init__(self, rules: Sequence[tuple[str, InlineRule]]) -> None:
        super().__init__()
        self._rules: dict[str, list[InlineRule]] = {}
        for name, rule in rules:
            for character in _INLINE_FIRST[name]:
                self._rules.setdefault(character, []).append(rule)
        # The end of a link's text is looked for at “]”, so the text rule has to stop there as well.
        self.terminator_re = re.compile("[" + re.escape("".join(self._rules) + "]") + "]")

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        start = state.pos
        known = state.cache.get(start)
        if known is not None:
            state.pos = known
            return
        matched = False
        if state.level < _MAX_BRACKETS:
            rules = self._rules.get(state.src[start])
            if rules is None:
                matched = self._text(state)
            else:
                state.level += 1
                matched = any(rule(state, True) for rule in rules)
                state.level -= 1
        else:
            state.pos = state.posMax
        if not matched:
            state.pos += 1
        state.cache[start] = state.pos

    def _text(self, state: StateInline) -> bool:
        match = self.terminator_re.search(state.src, state.pos, state.posMax)
        end = match.start() if match else state.posMax
        moved = end > state.pos
        state.pos = end
        return moved

    def tokenize(self, state: StateInline) -> None:
        end = state.posMax
        while state.pos < end:
            start, first = state.pos, len(state.tokens)
            rules = self._rules.get(state.src[start])
            if rules is None:
                if not self._text(state):
                    state.pos += 1
                state.append_pending(state.src[start : state.pos])
            elif any(rule(state, False) for rule in rules):
                if len(state.tokens) > first:
                    _place(state, first, start)
            else:
                state.append_pending(state.src[start])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _place(state: Any, first: int, start: int) -> None:
    """Give the tokens that a rule pushed, from ``first`` on, the ends of their places."""
    last = state.tokens[-1]
    if last.type == "text":
        # A run of delimiters, one token each; text before them was pending, and is placed.
        position = start
        for token in state.tokens[first:]:
            if token.map[0] >= start:
                token.map = [position, position + len(token.content)]
                position = token.map[1]
    elif last.type == "link_close" and last.info == "auto":
        opening, text = state.tokens[-3], state.tokens[-2]
        opening.map, text.map, last.map = [start, start + 1], [start + 1, state.pos - 1], [state.pos - 1, state.pos]
    else:
        last.map[1] = state.pos
    state.covered = state.pos


# Rules of our own, where a plugin has none, or one that hostile input slows down

_FOOTNOTE_REFERENCE = re.compile(r"\[\^([^\s\[\]^]+)\]")
# What reads as a reference even if no footnote has the label; “[^"]” is a piece of a regular expression.
_FOOTNOTE_LABEL = re.compile(r"\w[\w.:-]*")
# Pandoc's rule: no space inside the dollars, and no digit after the closing one, so that “$5 to $10” is money.
_MATH = re.compile(
    r"\$\$(?=[^$])(?P<display>[^$]*)\$\$|\$(?![\s$])(?P<inline>(?:[^$\\]|\\.)*+)(?<!\s)\$(?!\d)", re.DOTALL
)


def _footnote_reference(state: StateInline, silent: bool) -> bool:
    match = _FOOTNOTE_REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    label = match.group(1)
    if f":{label}" not in state.env.get("footnotes", {}).get("refs", ()) and not _FOOTNOTE_LABEL.fullmatch(label):
        return False
    if not silent:
        token = state.push("footnote_reference", "", 0)
        token.content = label
    state.pos = match.end()
    return True


def _footnote_inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith("^[", start):
        return False
    end = parseLinkLabel(state, start + 1)
    if end < 0:
        return False
    if not silent:
        token = state.push("footnote_inline", "", 0)
        token.children = state.md.inline.parse(state.src[start + 2 : end], state.md, state.env, [])
    state.pos = end + 1
    return True


def _math(state: StateInline, silent: bool) -> bool:
    if state.src.find("$", state.pos + 1, state.posMax) < 0:
        return False
    match = _MATH.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content = match.group("display") or match.group("inline") or ""
    state.pos = match.end()
    return True


@cache
def _parser(math: bool, indented_code: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"strikethrough_single_tilde": True, "inline_definitions": True})
    parser.options.update({"maxNesting": _MAX_DEPTH, "store_labels": True})
    parser.enable(["table", "strikethrough"])
    parser.use(deflist_plugin)
    parser.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    if math:
        # It interrupts no paragraph: were it asked at every line, it would read to the end of the paragraph each time.
        parser.block.ruler.before("fence", "math_block", math_block_dollar())
    if not indented_code:
        parser.disable("code")
    for rule in parser.block.ruler.__rules__:
        parser.block.ruler.at(rule.name, _noting(rule.name, rule.fn), {"alt": rule.alt})
    # The library percent-encodes destinations, in quadratic time, and lets file: and javascript: links vanish.
    setattr(parser, "normalizeLink", lambda url: url)  # noqa: B010
    setattr(parser, "normalizeLinkText", lambda url: url)  # noqa: B010
    setattr(parser, "validateLink", lambda _url: True)  # noqa: B010
    parser.inline = _inline_parser(parser.inline, math)
    return parser


def _inline_parser(theirs: ParserInline, math: bool) -> _Inlines:
    rules = [(rule.name, rule.fn) for rule in theirs.ruler.__rules__ if rule.name in _INLINE_FIRST]
    after_image = next(index for index, (name, _) in enumerate(rules) if name == "image") + 1
    rules[after_image:after_image] = [
        ("footnote_inline", _footnote_inline),
        ("footnote_reference", _footnote_reference),
    ]
    if math:
        rules.insert(0, ("math_inline", _math))
    ours = _Inlines(rules)
    # Joined text has no place in the source.
    ours.ruler2.enableOnly(["balance_pairs", "strikethrough", "emphasis"])
    return ours


# Places: from the content of a block to the file


class _Source:
    """The original text and the text as parsed, which differ in masks, in line endings and in NUL."""

    def __init__(self, text: str, lines: LineIndex, mask: Mask) -> None:
        self.text = text
        self.lines = lines
        self.mask = mask
        self.parsed = mask.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        self._changed = mask.text.find("\0") >= 0
        self._starts = lines.starts if len(self.parsed) == len(text) else LineIndex(self.parsed).starts

    def original(self, offset: int) -> int:
        """The offset in the file of an offset in the parsed text."""
        if self._starts is self.lines.starts:
            return offset
        line = bisect_right(self._starts, offset) - 1
        return self.lines.starts[line] + offset - self._starts[line]

    def line_start(self, line: int) -> int:
        """The start in the parsed text of a 0-based line."""
        return self._starts[line]

    def line_end(self, line: int) -> int:
        """The end in the parsed text of a 0-based line, without its ending."""
        return self._starts[line + 1] - 1 if line + 1 < len(self._starts) else len(self.parsed)

    def hides(self, offset: int) -> bool:
        """Whether what stands there in the file is hidden inside a block."""
        return bool(self.mask.within(Span(offset, offset + 1)))

    def shown(self, content: str, span: Span) -> str:
        """What stands in the file where the parser saw this text on one line."""
        changed = LETTER in content or (self._changed and "\ufffd" in content)
        return span.of(self.text) if changed else content


class _Placement:
    """Where the content of a block stands in the file: a list of stretches, one a line or a piece of a table cell."""

    __slots__ = ("breaks", "cell", "content", "sources")

    def __init__(self, content: str, stretches: Sequence[tuple[int, int]], cell: bool = False) -> None:
        self.content = content
        self.cell = cell
        self.breaks = [offset for offset, _ in stretches]
        self.sources = [source for _, source in stretches]

    def at(self, offset: int) -> int:
        """The offset in the file of an offset in the content."""
        index = max(0, bisect_right(self.breaks, offset) - 1)
        return self.sources[index] + offset - self.breaks[index]

    def offset(self, at: int) -> int:
        """The offset in the content of an offset in the file."""
        index = max(0, bisect_right(self.sources, at) - 1)
        return self.breaks[index] + at - self.sources[index]

    def span(self, start: int, end: int) -> Span:
        """The span in the file of a stretch of the content."""
        if end <= start:
            return Span(self.at(start), self.at(start))
        return Span(self.at(start), self.at(end - 1) + 1)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The same, one span a line, without what stands before a line in its container."""
        first, last = bisect_right(self.breaks, start) - 1, bisect_right(self.breaks, max(start, end - 1)) - 1
        if first == last or self.cell:
            return (self.span(start, end),)
        edges = [start, *self.breaks[first + 1 : last + 1], end]
        return tuple(span for begin, stop in pairwise(edges) for span in self._line(begin, stop))

    def _line(self, start: int, end: int) -> Iterator[Span]:
        line = self.content[start:end]
        stripped = line.strip(" \t\n")
        if stripped:
            begin = start + len(line) - len(line.lstrip(" \t\n"))
            yield self.span(begin, begin + len(stripped))


def _table_row(row: str) -> list[list[tuple[int, int]]]:
    """The cells of a row, each as the stretches of the row that make its content: without the backslash of ``\\|``."""
    cells: list[list[tuple[int, int]]] = [[]]
    position, escaped = 0, False
    for offset, character in enumerate(row):
        if character == "|":
            if escaped:
                cells[-1].append((position, offset - 1))
                position = offset
            else:
                cells[-1].append((position, offset))
                cells.append([])
                position = offset + 1
        escaped = character == "\\"
    cells[-1].append((position, len(row)))
    if all(start == end for start, end in cells[0]):
        cells.pop(0)
    if cells and all(start == end for start, end in cells[-1]):
        cells.pop()
    return cells


# The tree

_CONTAINER_NODES: dict[str, type[Node]] = {
    "blockquote_open": nodes.Quote,
    "dl_open": nodes.DefinitionList,
    "dd_open": nodes.DefinitionDescription,
    "table_open": nodes.Table,
}
_PAIRED: dict[str, type[Node]] = {
    "em_open": nodes.Emphasis,
    "strong_open": nodes.Strong,
    "s_open": nodes.Strikethrough,
    "link_open": nodes.Link,
}
_HEADING_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*([^{}\n]*)\}[ \t]*\Z")
_HEADING_ATTRIBUTE = re.compile(r"#(?P<id>[^\s#{}]+)|\.[^\s.{}]+|[\w:-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\"']+)")


class _Tree:
    """Builds the nodes of one page."""

    def __init__(self, text: str, lines: LineIndex, mask: Mask) -> None:
        self._source = _Source(text, lines, mask)
        self._parser = _parser("math" in mask.dialects, "mdx" not in mask.dialects)
        self._env: dict[str, Any] = {}
        self._definitions: dict[str, nodes.Definition] = {}
        self._stack: list[Node] = []
        # Of the row of a table that is being read: where it begins, and its cells that are still to come.
        self._row_start = 0
        self._cells: Iterator[list[tuple[int, int]]] = iter(())

    def root(self) -> Root:
        source = self._source
        body = source.mask.body
        root = Root(Span(min(body.start, len(source.text)), len(source.text)))
        state = _BlockState(source.parsed, self._parser, self._env, [])
        self._parser.block.tokenize(state, state.line, state.lineMax)
        if state.too_deep is not None:
            root.too_deep = source.lines.line_span(state.too_deep + 1)
        for token in state.tokens:
            if token.type == "definition":
                definition = self._definition(token)
                self._definitions.setdefault(token.meta["id"], definition)
        self._stack = [root]
        for index, token in enumerate(state.tokens):
            self._block(token, state.tokens, index)
        for hidden in source.mask.hidden:
            if hidden.block and hidden.tag:
                _insert(root, _tag_node(hidden.tag, hidden.span, (hidden.span,)))
        return root

    # Blocks

    def _block(self, token: Token, tokens: list[Token], index: int) -> None:
        kind = token.type
        if kind in _LEAVES:
            self._add(_LEAVES[kind](self, token, tokens, index))
        elif kind == "inline":
            self._inline_block(token, tokens[index - 1])
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
            end = source.line_end(token.map[0] if token.map else 0)
            row = source.parsed[token.meta["start"] : end].rstrip(MD_TRIM_CHARS)
            self._cells = iter(_table_row(row.lstrip(MD_TRIM_CHARS)))
            self._row_start = token.meta["start"] + len(row) - len(row.lstrip(MD_TRIM_CHARS))
            return nodes.TableRow(Span(start, start + len(row)), header=tokens[index - 1].type == "thead_open")
        if kind in ("th_open", "td_open"):
            return nodes.TableCell(span, header=kind == "th_open")
        if kind == "paragraph_open":
            return nodes.Paragraph(span, self._line_spans(token))
        if kind == "heading_open":
            return nodes.Heading(self._lines(token), self._line_spans(token), level=int(token.tag[1:]))
        if kind == "dt_open":
            return nodes.DefinitionTerm(span)
        return _CONTAINER_NODES.get(kind, Node)(span)

    def _start(self, token: Token, tokens: list[Token], index: int) -> int:
        """Where the block begins in the parsed text."""
        if "start" in token.meta:
            return int(token.meta["start"])
        if token.type in ("th_open", "td_open"):
            return self._row_start
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

    def _lines(self, token: Token) -> Span:
        spans = self._line_spans(token)
        return Span(spans[0].start, spans[-1].end)

    def _line_spans(self, token: Token) -> tuple[Span, ...]:
        """The lines of a block, without what stands before them in its containers and without trailing blank lines."""
        source, first = self._source, token.map[0] if token.map else 0
        spans = []
        for line, start in enumerate(token.meta["starts"], first):
            end = source.line_end(line) if line >= 0 else start
            end = start + len(source.parsed[start:end].rstrip(" \t"))
            if end > start:
                spans.append(Span(source.original(start), source.original(end)))
        if not spans:
            start = source.original(token.meta["start"])
            spans.append(Span(start, start))
        return tuple(spans)

    def _definition(self, token: Token) -> nodes.Definition:
        source, meta = self._source, token.meta
        first = token.map[0] if token.map else 0
        placement = self._stretches(
            [(start, source.line_end(line)) for line, start in enumerate(meta["starts"], first)]
        )
        content = placement.content
        inside = self._destination(placement, len(meta["label"]) + 3)
        spans = self._line_spans(token)
        assert content.startswith("[")
        return nodes.Definition(
            Span(spans[0].start, spans[-1].end),
            spans,
            label=source.shown(meta["label"], placement.span(1, 1 + len(meta["label"]))),
            destination=self._resolved(inside, meta["url"]),
            destination_span=inside,
            title=self._titled(placement, len(meta["label"]) + 3, meta["title"] or None),
            templated=LETTER in meta["url"],
        )

    def _definition_node(self, token: Token, _tokens: list[Token], _index: int) -> Node:
        first = self._definitions[token.meta["id"]]
        return first if first.span.start == self._source.original(token.meta["start"]) else self._definition(token)

    def _stretches(self, lines: Sequence[tuple[int, int]]) -> _Placement:
        """The placement of lines of the parsed text, joined by line endings."""
        source, content, stretches, offset = self._source, [], [], 0
        for start, end in lines:
            stretches.append((offset, source.original(start)))
            content.append(source.parsed[start:end])
            offset += end - start + 1
        return _Placement("\n".join(content), stretches)

    def _destination(self, placement: _Placement, start: int) -> Span:
        """The span of the destination that stands after spaces at an offset, without its angle brackets."""
        content = placement.content
        start = _after_space(content, start)
        result = parseLinkDestination(content, start, len(content))
        if not result.ok:
            return placement.span(start, start)
        if content.startswith("<", start):
            return placement.span(start + 1, result.pos - 1)
        return placement.span(start, result.pos)

    def _titled(self, placement: _Placement, start: int, title: str | None) -> str | None:
        """The title after the destination that stands at an offset: of the file where a mask hides part of it."""
        if title is None or LETTER not in title:
            return title
        content = placement.content
        after = parseLinkDestination(content, _after_space(content, start), len(content)).pos
        begin = _after_space(content, after)
        end = parseLinkTitle(content, begin, len(content)).pos
        return unescapeAll(self._original(placement, begin + 1, end - 1))

    def _resolved(self, span: Span, destination: str) -> str:
        """The destination: of the original where a mask hides part of it."""
        if LETTER in destination or "\ufffd" in destination:
            return unescapeAll(span.of(self._source.text))
        return destination

    def _code(self, token: Token, _tokens: list[Token], _index: int) -> Node:
        placement = self._content_lines(token, fenced := token.type == "fence")
        spans = self._line_spans(token)
        line = spans[0].of(self._source.text)[len(token.markup) :] if fenced else ""
        info, _, arguments = unescapeAll(line).strip().partition(" ")
        return nodes.CodeBlock(
            Span(spans[0].start, spans[-1].end),
            spans,
            text=self._original(placement, 0, len(placement.content)),
            info=info,
            arguments=arguments.strip(),
            fenced=fenced,
        )

    def _content_lines(self, token: Token, fenced: bool) -> _Placement:
        """The placement of a block's lines: each content line is the end of its source line."""
        first = (token.map[0] if token.map else 0) + fenced
        return self._suffixes(token.content, first)

    def _suffixes(self, content: str, first_line: int) -> _Placement:
        source, stretches, offset = self._source, [], 0
        for line, piece in enumerate(content.split("\n"), first_line):
            if line >= len(source.lines):
                break
            stretches.append((offset, source.original(source.line_end(line)) - len(piece)))
            offset += len(piece) + 1
        return _Placement(content, stretches)

    def _original(self, placement: _Placement, start: int, end: int) -> str:
        """That stretch of the content, what the mask hides of it read from the file."""
        content, text = placement.content, self._source.text
        if LETTER not in content and "\ufffd" not in content:
            return content[start:end]
        return "".join(
            text[placement.at(offset)] if content[offset] in (LETTER, "\ufffd") else content[offset]
            for offset in range(start, end)
        )

    def _html(self, token: Token, _tokens: list[Token], _index: int) -> Node:
        placement = self._content_lines(token, False)
        text = self._original(placement, 0, len(placement.content))
        block = nodes.HtmlBlock(self._lines(token), self._line_spans(token), text=text)
        for tag in tags.Scanner(token.content).tags():
            self._adopt(block, self._tag(tag, placement, 0))
        return block

    def _rule(self, token: Token, _tokens: list[Token], _index: int) -> Node:
        return nodes.ThematicBreak(self._lines(token), self._line_spans(token))

    def _math_block(self, token: Token, _tokens: list[Token], _index: int) -> Node:
        return nodes.MathBlock(self._lines(token), self._line_spans(token), text=token.content)

    # Inlines

    def _inline_block(self, token: Token, opening: Token) -> None:
        node = self._stack[-1]
        placement = self._inline_placement(token, opening)
        content = token.content
        if isinstance(node, nodes.Heading):
            content, node.custom_id = _without_attributes(content)
            node.content = placement.span(0, len(content))
        elif isinstance(node, nodes.TableCell | nodes.DefinitionTerm | nodes.Paragraph):
            node.span = placement.span(0, len(content))
            node.spans = placement.spans(0, len(content))
        children = self._parser.inline.parse(content, self._parser, self._env, [])
        self._inlines(children, placement, 0, node)

    def _inline_placement(self, token: Token, opening: Token) -> _Placement:
        source, content = self._source, token.content
        if opening.type in ("th_open", "td_open"):
            return self._cell(content)
        first = token.map[0] if token.map else 0
        if opening.type == "heading_open" and opening.markup.startswith("#"):
            end = source.line_end(first)
            after_marker = opening.meta["start"] + len(opening.markup)
            lead = source.parsed[after_marker:end]
            start = after_marker + len(lead) - len(lead.lstrip(MD_TRIM_CHARS))
            return _Placement(content, [(0, source.original(min(start, end)))])
        if opening.type == "dt_open":
            end = source.line_end(first)
            line = source.parsed[source.line_start(first) : end]
            return _Placement(content, [(0, source.original(end) - len(line) + len(line.rstrip()) - len(content))])
        raw = token.meta["raw"]
        lead = raw.find(content)
        placement = self._suffixes(raw, first)
        if lead <= 0:
            placement.content = content
            return placement
        index = bisect_right(placement.breaks, lead) - 1
        stretches = [(0, placement.at(lead))]
        stretches += [
            (offset - lead, at)
            for offset, at in zip(placement.breaks[index + 1 :], placement.sources[index + 1 :], strict=True)
        ]
        return _Placement(content, stretches)

    def _cell(self, content: str) -> _Placement:
        source, offset, stretches = self._source, 0, []
        pieces = next(self._cells, None)
        if pieces is None:
            # A row with fewer cells than the head is filled up with empty ones.
            return _Placement("", [(0, self._stack[-2].span.end)], cell=True)
        row = self._row_start
        whole = "".join(source.parsed[row + start : row + end] for start, end in pieces)
        lead = len(whole) - len(whole.lstrip(MD_TRIM_CHARS))
        for start, end in pieces:
            if offset + end - start > lead or not content:
                inside = max(0, lead - offset) if content else 0
                stretches.append((offset + inside - lead, source.original(row + start + inside)))
            offset += end - start
        return _Placement(content, stretches or [(0, source.original(row + pieces[0][0]))], cell=True)

    def _inlines(self, tokens: list[Token], placement: _Placement, base: int, parent: Node) -> None:
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

    def _text(self, parent: Node, content: str, placement: _Placement, start: int) -> None:
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

    def _masked_text(self, parent: Node, span: Span, placement: _Placement) -> None:
        position = span.start
        for hidden in self._source.mask.within(span):
            self._literal(parent, Span(position, hidden.span.start))
            # What goes on over several lines is a node where it begins, or where the block begins in the midst of it.
            if hidden.span.start >= span.start or span.start == placement.at(0):
                self._adopt(parent, self._hidden(hidden, placement))
            position = min(hidden.span.end, span.end)
        self._literal(parent, Span(position, span.end))

    def _hidden(self, hidden: Hidden, placement: _Placement) -> Node:
        span = Span(max(hidden.span.start, placement.at(0)), min(hidden.span.end, placement.at(len(placement.content))))
        spans = placement.spans(placement.offset(span.start), placement.offset(span.end))
        if hidden.tag is None:
            return nodes.Construct(span, spans, construct=hidden.kind)
        return _tag_node(hidden.tag, span, spans)

    def _literal(self, parent: Node, span: Span) -> None:
        if span.end > span.start:
            self._adopt(parent, nodes.Text(span, (span,), text=span.of(self._source.text)))

    def _paired(self, token: Token, placement: _Placement, start: int) -> Node:
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

    def _end(self, node: Node, placement: _Placement, start: int, end: int) -> None:
        node.span = Span(node.span.start, placement.span(end - 1, end).end)
        node.spans = placement.spans(placement.offset(node.span.start), end)
        if isinstance(node, nodes.Link):
            self._target(node, placement, start)

    def _target(self, node: nodes.Link | nodes.Image, placement: _Placement, label_end: int) -> None:
        """Read where the destination stands; ``label_end`` is the offset of the bracket that closes the text."""
        node.templated = LETTER in node.destination
        if isinstance(node, nodes.Link) and node.automatic:
            node.destination_span = Span(node.span.start + 1, node.span.end - 1)
        elif node.reference is not None:
            definition = self._definitions[node.reference]
            node.destination_span, node.title = definition.destination_span, definition.title
            node.reference = self._label(node, placement, label_end)
        else:
            node.destination_span = self._destination(placement, label_end + 2)
            node.title = self._titled(placement, label_end + 2, node.title)
        node.destination = self._resolved(node.destination_span, node.destination)

    def _label(self, node: Node, placement: _Placement, text_end: int) -> str:
        """The label as written: in brackets of its own, or the text of the link where those are empty or missing."""
        text = self._source.text
        after = Span(placement.at(text_end) + 2, node.span.end - 1)
        if after.end > after.start:
            return after.of(text)
        begin = node.span.start + (2 if isinstance(node, nodes.Image) else 1)
        return text[begin : placement.at(text_end)]

    def _single(self, token: Token, placement: _Placement, start: int, end: int) -> Node:
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

    def _code_text(self, token: Token, placement: _Placement, start: int, end: int) -> str:
        if LETTER not in token.content:
            return token.content
        fence = len(token.markup)
        inside = self._original(placement, start + fence, end - fence).replace("\n", " ")
        return inside[1:-1] if len(inside) == len(token.content) + 2 else inside

    def _break(self, kind: str, placement: _Placement, start: int) -> Node:
        ending = placement.at(placement.content.index("\n", start))
        end = ending + (2 if self._source.text.startswith("\r\n", ending) else 1)
        span = Span(placement.at(start), end)
        return nodes.SoftBreak(span, (span,)) if kind == "softbreak" else nodes.HardBreak(span, (span,))

    def _image(self, token: Token, placement: _Placement, start: int, span: Span, spans: tuple[Span, ...]) -> Node:
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

    def _tag(self, tag: tags.RawTag, placement: _Placement, base: int) -> nodes.Tag:
        start, end = base + tag.span.start, base + tag.span.end
        attributes = {}
        for name, attribute in tag.attributes.items():
            span = placement.span(base + attribute.span.start, base + attribute.span.end)
            value, templated = attribute.value, attribute.value is not None and LETTER in attribute.value
            if templated:
                value = tags.unescape(span.of(self._source.text))
            attributes[name] = nodes.Attribute(value, span, attribute.expression, templated)
        placed = tag._replace(attributes=attributes)
        return _tag_node(placed, placement.span(start, end), placement.spans(start, end))


def _after_space(content: str, start: int) -> int:
    while start < len(content) and content[start] in " \t\n":
        start += 1
    return start


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


def _tag_node(tag: tags.RawTag, span: Span, spans: tuple[Span, ...]) -> nodes.Tag:
    return nodes.Tag(span, spans, None, [], tag.name, tag.closing, tag.attributes)


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
    """The content of a heading without the attributes at its end, ``{#id .class}``, and the id among them."""
    if not content.endswith("}"):
        return content, None
    match = _HEADING_ATTRIBUTES.search(content, max(0, content.rfind("{") - 1))
    if match is None:
        return content, None
    found = [_HEADING_ATTRIBUTE.fullmatch(word) for word in match.group(1).split()]
    if not found or not all(found) or not match.group(1).lstrip().startswith(("#", ".")):
        return content, None
    ids = [attribute.group("id") for attribute in found if attribute and attribute.group("id")]
    return content[: match.start()].rstrip(MD_TRIM_CHARS), ids[0] if ids else None


_LEAVES: dict[str, Callable[[_Tree, Token, list[Token], int], Node]] = {
    "code_block": _Tree._code,
    "fence": _Tree._code,
    "html_block": _Tree._html,
    "hr": _Tree._rule,
    "math_block": _Tree._math_block,
    "math_block_label": _Tree._math_block,
    "definition": _Tree._definition_node,
}
