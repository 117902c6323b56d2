"""What a reader reads: the text of every block without its markup, with a map back to the file; sentences; words."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from contentlint.source import nodes
from contentlint.source.mask import LETTER
from contentlint.source.nodes import Node, Root
from contentlint.span import Span

if TYPE_CHECKING:
    from contentlint.source.language import Language

MASKED = "\uf8fe"
"""Stands, repeated, for what is read as one word and belongs to no language: inline code, mathematics."""

_PRIVATE = "\ue000-\uf8ff"
_LONGEST_QUOTATION = 1000
"""Characters that a quotation may run before what is quoted in it."""
_CONTAINERS = frozenset({"list-item", "footnote-definition", "definition-description"})
_WRAPPERS = (nodes.Emphasis, nodes.Strong, nodes.Strikethrough, nodes.Link)
_BLOCKS = (nodes.Paragraph, nodes.Heading, nodes.TableCell, nodes.DefinitionTerm)

# HTML whose content nobody reads, HTML that reads as code, and HTML that stands on lines of its own.
_UNREAD_TAGS = frozenset(
    {"iframe", "math", "noscript", "object", "pre", "script", "select", "style", "svg", "template"}
)
_CODE_TAGS = frozenset({"code", "kbd", "samp", "tt", "var"})
# fmt: off
_BLOCK_TAGS = frozenset({
    "address", "article", "aside", "audio", "blockquote", "body", "button", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "legend", "li", "link", "main", "menu", "meta", "nav",
    "ol", "optgroup", "option", "p", "picture", "pre", "script", "search", "section", "source", "style", "summary",
    "table", "tbody", "td", "template", "tfoot", "th", "thead", "title", "tr", "ul", "video",
})
# fmt: on


class _Piece(NamedTuple):
    """Where a stretch of a run's text comes from; ``exact`` when both have the same characters, one for one."""

    start: int
    source: Span
    exact: bool


class _Wrap(NamedTuple):
    """Markup around a stretch of a run's text: a link, emphasis. A footnote reference stands around nothing."""

    start: int
    end: int
    span: Span


@dataclass(slots=True, eq=False)
class Run:
    """The readable text of one block.

    Markup, images, raw tags and footnote references are gone; inline code and templates are each one masked word of
    private-use letters; a line ending is a space, one that the author wants kept (``<br>``) a newline.
    """

    node: Node
    kind: str
    """The kind of the block; ``list-item`` for a paragraph in an item, ``html-block`` for text between raw tags."""
    text: str
    _pieces: list[_Piece] = field(repr=False)
    _wraps: list[_Wrap] = field(repr=False)

    @classmethod
    def of_text(cls, node: Node, kind: str, text: str, span: Span) -> Run:
        """A text that is no Markdown (a value of the front matter), which stands at the span."""
        return cls(node, kind, text, [_Piece(0, span, len(text) == span.end - span.start)], [])

    def span(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` stands in the file: from its first character to its last, no markup around it.

        A character that is written with several (an entity, a line ending with the indentation after it) counts whole.
        """
        first = self._piece(start)
        opening = first.source.start + (start - first.start if first.exact else 0)
        if end <= start:
            return Span(opening, opening)
        last = self._piece(end - 1)
        return Span(opening, last.source.start + end - last.start if last.exact else last.source.end)

    def outer_span(self, start: int, end: int) -> Span:
        """As ``span``, with the markup that belongs to the range: links and emphasis in it, footnotes at its end."""
        opening, closing = self.span(start, end)
        first = bisect_left(self._wraps, start, key=_end_of_wrap)
        for wrap in self._wraps[first : bisect_right(self._wraps, end, key=_end_of_wrap)]:
            if start <= wrap.start and start < wrap.end:
                opening, closing = min(opening, wrap.span.start), max(closing, wrap.span.end)
        return Span(opening, closing)

    def inside(self, kind: str) -> bool:
        """Whether the block stands in a block of that kind (``quote``)."""
        return any(node.kind == kind for node in self.node.ancestors())

    def _piece(self, offset: int) -> _Piece:
        return self._pieces[max(0, bisect_right(self._pieces, offset, key=_start_of_piece) - 1)]


def _start_of_piece(piece: _Piece) -> int:
    return piece.start


def _end_of_wrap(wrap: _Wrap) -> int:
    return wrap.end


class Word(NamedTuple):
    """A word, and where it stands in the text that was split."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence: ``run.text[start:end]``, without the white space around it."""

    run: Run
    start: int
    end: int

    @property
    def text(self) -> str:
        """What is read."""
        return self.run.text[self.start : self.end]

    @cached_property
    def span(self) -> Span:
        """Its place in the file, with the emphasis, links and footnote references that belong to it."""
        return self.run.outer_span(self.start, self.end)

    @cached_property
    def words(self) -> list[Word]:
        """Its words; their offsets count from the start of the sentence."""
        return words(self.text)

    def quotes(self, offset: int) -> bool:
        """Whether what stands there in the sentence is said by somebody else: in a quotation, in quotation marks."""
        if self.run.inside("quote"):
            return True
        end = self.start + offset
        before = self.run.text[max(0, end - _LONGEST_QUOTATION) : end]
        opened = max(before.rfind(mark) for mark in "«“„")
        return opened > max(before.rfind(mark) for mark in "»”") or before.count('"') % 2 == 1


# Runs


def runs(root: Root, text: str) -> list[Run]:
    """The readable text of a page, block by block, in the order of the file.

    ``text`` is what the nodes were parsed from: the file's text with all that is no Markdown masked.
    """
    found: list[Run] = []
    for node in root.walk():
        if isinstance(node, _BLOCKS):
            found.extend(_block_runs(node, text))
        elif isinstance(node, nodes.HtmlBlock):
            found.extend(_html_runs(node, text))
    return found


def _block_runs(block: Node, text: str) -> Iterator[Run]:
    parent = block.parent
    in_container = block.kind == "paragraph" and parent is not None and parent.kind in _CONTAINERS
    maker = _Maker(block, parent.kind if in_container and parent else block.kind, text)
    maker.read(block.children)
    yield from maker.made()
    for footnote in maker.footnotes:
        maker = _Maker(footnote, "footnote-definition", text)
        maker.read(footnote.children)
        yield from maker.made()


def _html_runs(block: nodes.HtmlBlock, text: str) -> Iterator[Run]:
    """The text between the tags: a run for every stretch that block-level tags (``<p>``, ``<li>``) set apart."""
    maker = _Maker(block, block.kind, text)
    lines = block.spans or (block.span,)
    children = iter(block.children)
    child = next(children, None)
    start = block.span.start
    for line in lines:
        start = max(start, line.start)
        while child is not None and child.span.start < line.end:
            maker.read_source(start, child.span.start)
            if isinstance(child, nodes.Tag):
                if child.name in _BLOCK_TAGS:
                    yield from maker.made()
                    maker = maker.next()
                maker.read_tag(child)
            elif isinstance(child, nodes.Construct):
                maker.read_construct(child)
            start = child.span.end
            child = next(children, None)
        maker.read_source(start, line.end)
        maker.read_line_end(Span(line.end, line.end))
        start = max(start, line.end)
    yield from maker.made()


_ENTITY_OR_SPACE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|[ \t\r\n\f]+")


class _Maker:
    """Collects what makes one run."""

    def __init__(self, block: Node, kind: str, source: str) -> None:
        self._block = block
        self._kind = kind
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._pieces: list[_Piece] = []
        self._wraps: list[_Wrap] = []
        self._unread = ""
        """The tag whose content nobody reads, while inside it."""
        self._code = ""
        """The tag whose content reads as code, while inside it."""
        self.footnotes: list[nodes.FootnoteReference] = []

    def next(self) -> _Maker:
        """The maker of the next run of the same block."""
        maker = _Maker(self._block, self._kind, self._source)
        maker._unread, maker._code = self._unread, self._code
        return maker

    def made(self) -> Iterator[Run]:
        """The run, if there is anything to read."""
        text = "".join(self._parts)
        if text and not text.isspace():
            yield Run(self._block, self._kind, text, self._pieces, self._wraps)

    def _add(self, text: str, source: Span) -> None:
        if self._unread or not text:
            return
        if self._code:
            text = MASKED * len(text)
        self._pieces.append(_Piece(self._length, source, len(text) == source.end - source.start))
        self._parts.append(text)
        self._length += len(text)

    def read(self, children: list[Node]) -> None:
        """Read inline nodes, depth first. A stack, no recursion: authors may nest emphasis as deep as they like."""
        stack: list[Node | tuple[Node, int]] = list(reversed(children))
        while stack:
            node = stack.pop()
            if isinstance(node, tuple):
                self._wraps.append(_Wrap(node[1], self._length, node[0].span))
            elif isinstance(node, nodes.Text):
                self._add(node.text, node.span)
            elif isinstance(node, nodes.Construct):
                self.read_construct(node)
            elif isinstance(node, (nodes.CodeSpan, nodes.Math)):
                self._add(MASKED * max(1, len(node.text)), node.span)
            elif isinstance(node, nodes.SoftBreak | nodes.HardBreak):
                # After an image there is nothing to break.
                if self._parts:
                    self._add(" " if isinstance(node, nodes.SoftBreak) else "\n", node.span)
            elif isinstance(node, nodes.FootnoteReference):
                self._wraps.append(_Wrap(self._length, self._length, node.span))
                self.footnotes.extend([node] if node.children else [])
            elif isinstance(node, nodes.Tag):
                self.read_tag(node)
            elif not isinstance(node, nodes.Image):
                if isinstance(node, _WRAPPERS):
                    stack.append((node, self._length))
                stack.extend(reversed(node.children))

    def read_construct(self, construct: nodes.Construct) -> None:
        """One masked word for what stands for words."""
        if construct.read:
            self._add(LETTER * (construct.span.end - construct.span.start), construct.span)

    def read_tag(self, tag: nodes.Tag) -> None:
        """Enter or leave what a tag marks as code or as nothing to read; break the line where the tag does."""
        if tag.closing:
            self._unread = "" if self._unread == tag.name else self._unread
            self._code = "" if self._code == tag.name else self._code
        elif not self._source.endswith("/>", tag.span.start, tag.span.end):
            if tag.name in _UNREAD_TAGS:
                self._unread = self._unread or tag.name
            elif tag.name in _CODE_TAGS:
                self._code = self._code or tag.name
        if tag.name == "br" or (tag.name in _BLOCK_TAGS and self._parts):
            self._add("\n", tag.span)

    def read_source(self, start: int, end: int) -> None:
        """Read HTML between two tags: entities are characters, white space of any length is one space."""
        if start >= end:
            return
        if self._unread or self._code:
            self._add(self._source[start:end], Span(start, end))
            return
        for match in _ENTITY_OR_SPACE.finditer(self._source, start, end):
            self._add(self._source[start : match.start()], Span(start, match.start()))
            if match[0].isspace():
                self.read_line_end(Span(*match.span()))
            else:
                self._add(html.unescape(match[0]), Span(*match.span()))
            start = match.end()
        self._add(self._source[start:end], Span(start, end))

    def read_line_end(self, span: Span) -> None:
        """White space in HTML: one space, none at the start."""
        if self._parts and not self._parts[-1].isspace():
            self._add(" ", span)


# Sentences

_STOP = re.compile(r"[.!?…]+|[。！？]+|\n")
_CLOSERS = re.compile(r"(?:[\"'”’)\]]|\s?»)*")
_OPENERS = re.compile(r"[\s\"'«“‘(\[*–—•-]{0,32}")
_BEFORE = frozenset("\"'’‘“«([-–—/")
_LETTER = re.compile(rf"[^\W\d_]|[{_PRIVATE}]")
_LETTER_OR_DIGIT = re.compile(rf"[\w{_PRIVATE}]")
_CAMEL_CASE = re.compile(r"\s*[a-z]+[A-Z]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ENUMERATOR = re.compile(r"\d{1,3}|[ivxIVX]{1,5}|[^\W\d_]")
# A token longer than this is neither an abbreviation nor an enumerator; so looking back from a full stop is bounded.
_LONGEST_ABBREVIATION = 16


def sentences(run: Run, language: Language) -> list[Sentence]:
    """The sentences of a run, split as the language writes them. What holds no letter or digit is no sentence.

    A heading or a list item is one even without a full stop; a kept line ending ends one unless a small letter follows.
    """
    text = run.text
    found: list[Sentence] = []
    start = seen = 0
    for end in [*_ends(text, language), len(text)]:
        piece = text[seen:end]
        finish = seen + len(piece.rstrip())
        if not _LETTER.search(piece) and found:
            if piece.strip():
                found[-1] = Sentence(run, found[-1].start, finish)
            start = end
        elif _LETTER_OR_DIGIT.search(piece):
            begin = end - len(text[start:end].lstrip())
            found.append(Sentence(run, begin, finish))
            start = end
        seen = end
    return found


def _ends(text: str, language: Language) -> Iterator[int]:
    """Where sentences end, quotation marks and brackets after the full stop included."""
    start = 0
    for match in _STOP.finditer(text):
        if match.start() < start:
            continue
        end = match.end()
        if match[0] == "\n":
            ended = not _next_character(text, end).islower()
        elif match[0][0] in "。！？":
            ended = True
        else:
            closers = _CLOSERS.match(text, end)
            assert closers is not None
            end = closers.end()
            ended = end < len(text) and text[end].isspace() and not _goes_on(text, start, match, end, language)
        if ended:
            yield end
            start = end


def _next_character(text: str, offset: int) -> str:
    openers = _OPENERS.match(text, offset)
    assert openers is not None
    return text[openers.end() : openers.end() + 1]


def _goes_on(text: str, start: int, stop: re.Match[str], end: int, language: Language) -> bool:
    """Whether the sentence that began at ``start`` goes on after a stop that white space follows."""
    following = _next_character(text, end)
    if following.islower():
        return not _CAMEL_CASE.match(text, end, end + 40)
    if stop[0] == "…" or stop[0].startswith(".."):
        return not following.isupper()
    if stop[0] != "." or end > stop.end():
        return False
    token_start = stop.start()
    while token_start > max(start, stop.start() - _LONGEST_ABBREVIATION):
        before = text[token_start - 1]
        if before.isspace() or before in _BEFORE:
            break
        token_start -= 1
    token = text[token_start : stop.start()]
    if language.abbreviates(token, before_number=following.isdigit()):
        return True
    if token_start - start < 8 and not text[start:token_start].strip() and _ENUMERATOR.fullmatch(token):
        return True
    return token[-1:].isupper() and bool(_INITIALS.fullmatch(token)) and not _starts_anew(text, end, language)


def _starts_anew(text: str, offset: int, language: Language) -> bool:
    """Whether the next word is one that begins a sentence (« Le ») rather than a surname after an initial."""
    word = _WORD.search(text, offset, offset + 24)
    return word is not None and word[0].lower() in language.function_words


# Words

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Superscript figures are marks of notes, not part of the word before them.
_SUPERSCRIPTS = "\u00b2\u00b3\u00b9\u2070-\u209f"
# Letters and digits of all scripts, combining accents, soft hyphens, and the private-use letters of masks.
_UNIT = rf"(?:[^\W{_CJK}{_SUPERSCRIPTS}]|[{_PRIVATE}\u0300-\u036f\u00ad])+"
_WORD = re.compile(
    rf"""(?:https?://|www\.)[^\s<>"«»]+[^\s<>"«».,;:!?)\]'’]
    | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}})+
    | \d{{1,3}}(?:[\u00a0\u202f\u2009]\d{{3}}(?!\d))+(?:[.,]\d+)?
    | [{_CJK}]
    | {_UNIT}(?:(?:['’.\-‐‑·]|(?<=\d)[,/:](?=\d)){_UNIT})*""",
    re.VERBOSE,
)


def words(text: str) -> list[Word]:
    """The words of a text: « l'eau », « porte-monnaie », « Node.js », « 24/7 », « 2 000 », a URL are one word each.

    Scripts that leave no space between words (Chinese, Japanese) count a word for each character.
    """
    return [Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
