"""Running markdown-it-py so that every token knows its place.

markdown-it-py tells of a block its lines and of an inline nothing. Its rules run here unchanged, inside parsers of our
own that note where each rule began and ended. What a token tells beyond the library:

- ``meta["start"]`` of a block: where it begins in the text, after the markers of the containers around it;
  ``meta["starts"]`` of a block that holds no others: the same for each of its lines;
- ``meta["raw"]`` of a block's content: its lines before white space was cut off them;
- ``map`` of an inline: its start and end in the content of its block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar
from mdit_py_plugins.footnote.index import footnote_def

from contentlint.source.dialect import repertoire
from contentlint.source.mask import BODY, MARKER, plain

# Beyond this depth markdown-it-py drops content without a word (at 20, by default). The depth costs about three
# frames of the stack a level, of the thousand that Python has.
_MAX_DEPTH = 100
# Brackets in brackets; what is deeper is no link. The time that hostile input takes grows with it.
_MAX_BRACKETS = 20

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]

_CONTAINERS = frozenset({"blockquote", "list", "footnote_def", "deflist", "box"})
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
    "marked_line": frozenset(MARKER),
    "box": frozenset(BODY),
}
_RAW_HTML = re.compile(r"<(?:(?:script|pre|style|textarea)(?=[\s>]|$)|[!?])", re.IGNORECASE | re.MULTILINE)
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


class Parser:
    """Reads one page: its blocks first, whose definitions and footnotes the inlines then know."""

    def __init__(self, dialects: frozenset[str]) -> None:
        known = repertoire(dialects)
        self._library = _library(known.dollar_math, known.indented_code, known.markdown_in_html)
        self._env: dict[str, Any] = {}

    def blocks(self, text: str) -> tuple[list[Token], int | None]:
        """The tokens of the blocks, and the first 0-based line whose container is too deep to be opened."""
        state = _BlockState(text, self._library, self._env, [])
        self._library.block.tokenize(state, state.line, state.lineMax)
        if MARKER in text or BODY in text:
            _forget_markers(state.tokens)
        return state.tokens, state.too_deep

    def inlines(self, content: str) -> list[Token]:
        """The tokens of what stands in a block."""
        return self._library.inline.parse(content, self._library, self._env, [])


@cache
def _library(math: bool, indented_code: bool, markdown_in_html: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"strikethrough_single_tilde": True, "inline_definitions": True})
    parser.options.update({"maxNesting": _MAX_DEPTH, "store_labels": True})
    parser.enable(["table", "strikethrough"])
    parser.use(deflist_plugin)
    parser.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    if math:
        # It interrupts no paragraph: were it asked at every line, it would read to the end of the paragraph each time.
        parser.block.ruler.before("fence", "math_block", math_block_dollar())
    for name, box_rule in (("marked_line", _marked_line), ("box", _box)):
        parser.block.ruler.before("code", name, box_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    if not indented_code:
        parser.disable("code")
    if markdown_in_html:
        html = next(rule for rule in parser.block.ruler.__rules__ if rule.name == "html_block")
        parser.block.ruler.at("html_block", _only_raw_html(html.fn), {"alt": html.alt})
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


# Blocks


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


def _only_raw_html(rule: BlockRule) -> BlockRule:
    """The rule for what holds no Markdown: code, scripts, comments. Tags around Markdown stand in paragraphs then."""

    def run(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        start = state.bMarks[start_line] + state.tShift[start_line]
        raw = _RAW_HTML.match(state.src, start) is not None
        return raw and rule(state, start_line, end_line, silent)

    return run


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


def _marked_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: ARG001
    """A line of which the mask hides the marker: what remains is a paragraph."""
    content = _without_marker(state, start_line)
    if content and not silent:
        state.line = start_line + 1
        _push_paragraph(state, start_line, content)
    return bool(content)


def _box(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A line of which the mask hides the marker, and the lines after it that are indented by four spaces more."""
    if silent:
        return True
    indent, end, line = state.sCount[start_line] + 4, start_line + 1, start_line + 1
    while line < end_line and (state.isEmpty(line) or state.sCount[line] >= indent):
        line += 1
        end = end if state.isEmpty(line - 1) else line
    token = state.push("box_open", "div", 1)
    token.map = [start_line, end]
    if content := _without_marker(state, start_line):
        _push_paragraph(state, start_line, content)
    outside = state.lineMax, state.blkIndent, state.parentType
    state.lineMax, state.blkIndent, state.parentType = end, indent, "root"
    state.md.block.tokenize(state, start_line + 1, end)
    state.lineMax, state.blkIndent, state.parentType = outside
    state.push("box_close", "div", -1)
    state.line = end
    return True


def _forget_markers(tokens: list[Token]) -> None:
    """A marker that marks no line, in code or where a paragraph goes on, is hidden as anything else is."""
    for token in tokens:
        token.content = plain(token.content)
        for name, value in token.meta.items():
            token.meta[name] = plain(value) if isinstance(value, str) else value


def _without_marker(state: StateBlock, line: int) -> str:
    return state.getLines(line, line + 1, state.blkIndent, False).strip(f"{MARKER}{BODY} \t")


def _push_paragraph(state: StateBlock, line: int, content: str) -> None:
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [line, line + 1]
    opening.meta["start"] = state.bMarks[line] + state.tShift[line]
    opening.meta["starts"] = [opening.meta["start"]]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [line, line + 1], []
    state.push("paragraph_close", "p", -1)


# Inlines


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
