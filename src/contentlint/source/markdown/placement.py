"""Places: from the content of a block, as the parser gives it, to the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.token import Token

from contentlint.source.mask import LETTER, Mask, plain
from contentlint.span import LineIndex, Span


class Source:
    """The text of the file and the text as parsed, which differ in masks, in line endings and in NUL."""

    def __init__(self, text: str, lines: LineIndex, mask: Mask) -> None:
        self.text = text
        self.lines = lines
        self.mask = mask
        self.marked = mask.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        """The text as the parser of blocks sees it."""
        self.parsed = plain(self.marked)
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

    def line_spans(self, token: Token) -> tuple[Span, ...]:
        """The lines of a block, without what stands before them in its containers and without trailing blank lines."""
        first = token.map[0] if token.map else 0
        spans = []
        for line, start in enumerate(token.meta["starts"], first):
            end = self.line_end(line) if line >= 0 else start
            end = start + len(self.parsed[start:end].rstrip(" \t"))
            if end > start:
                spans.append(Span(self.original(start), self.original(end)))
        if not spans:
            start = self.original(token.meta["start"])
            spans.append(Span(start, start))
        return tuple(spans)

    def block_span(self, token: Token) -> Span:
        """From the first to the last character of a block, see ``line_spans``."""
        spans = self.line_spans(token)
        return Span(spans[0].start, spans[-1].end)

    def joined(self, lines: Sequence[tuple[int, int]]) -> Placement:
        """Lines of the parsed text, each from a start to an end in it, joined by line endings."""
        content, stretches, offset = [], [], 0
        for start, end in lines:
            stretches.append((offset, self.original(start)))
            content.append(self.parsed[start:end])
            offset += end - start + 1
        return Placement("\n".join(content), stretches)

    def ends_of_lines(self, content: str, first_line: int) -> Placement:
        """The content of a block, each line of which is the end of its line in the parsed text."""
        stretches, offset = [], 0
        for line, piece in enumerate(content.split("\n"), first_line):
            if line >= len(self.lines):
                break
            stretches.append((offset, self.original(self.line_end(line)) - len(piece)))
            offset += len(piece) + 1
        return Placement(content, stretches)

    def read(self, placement: Placement, start: int, end: int) -> str:
        """That stretch of the content, what the mask hides of it read from the file."""
        content = placement.content
        if LETTER not in content and "\ufffd" not in content:
            return content[start:end]
        return "".join(
            self.text[placement.at(offset)] if content[offset] in (LETTER, "\ufffd") else content[offset]
            for offset in range(start, end)
        )


class Placement:
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

    def part(self, start: int, content: str) -> Placement:
        """The placement of that content, which stands at an offset of this one."""
        later = bisect_right(self.breaks, start)
        stretches = [(0, self.at(start))]
        for offset, source in zip(self.breaks[later:], self.sources[later:], strict=True):
            stretches.append((offset - start, source))
        return Placement(content, stretches)

    def _line(self, start: int, end: int) -> Iterator[Span]:
        line = self.content[start:end]
        stripped = line.strip(" \t\n")
        if stripped:
            begin = start + len(line) - len(line.lstrip(" \t\n"))
            yield self.span(begin, begin + len(stripped))


class Row:
    """A row of a table, which places its cells from left to right."""

    def __init__(self, source: Source, start: int, line: int) -> None:
        row = source.parsed[start : source.line_end(line)].rstrip(MD_TRIM_CHARS)
        cells = row.lstrip(MD_TRIM_CHARS)
        self._source = source
        self._cells = iter(_cells(cells))
        self.start = start + len(row) - len(cells)
        """Where the first cell begins in the parsed text."""
        at = source.original(start)
        self.span = Span(at, at + len(row))
        """The place of the row in the file."""

    def next_cell(self, content: str) -> Placement:
        """The placement of the next cell, of which the parser gives that content."""
        source, offset, stretches = self._source, 0, []
        pieces = next(self._cells, None)
        if pieces is None:
            # A row with fewer cells than the head is filled up with empty ones.
            return Placement("", [(0, self.span.end)], cell=True)
        row = self.start
        whole = "".join(source.parsed[row + start : row + end] for start, end in pieces)
        lead = len(whole) - len(whole.lstrip(MD_TRIM_CHARS))
        for start, end in pieces:
            if offset + end - start > lead or not content:
                inside = max(0, lead - offset) if content else 0
                stretches.append((offset + inside - lead, source.original(row + start + inside)))
            offset += end - start
        return Placement(content, stretches or [(0, source.original(row + pieces[0][0]))], cell=True)


def _cells(row: str) -> list[list[tuple[int, int]]]:
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
