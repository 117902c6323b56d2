"""Places in a text. Every offset inside contentlint counts code points of the decoded text, and nothing else.

Other units (bytes, UTF-16 code units) exist only at the edges, in the reporter or the server that needs them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

# Lines end at \n, \r\n and \r and at nothing else: str.splitlines() also splits at form feeds, U+0085 and U+2028,
# where no editor, no Markdown parser and no git diff starts a new line.
_LINE_END = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open range of code points: ``text[span.start:span.end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a code point (an empty span overlaps what surrounds or touches it)."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


class Position(NamedTuple):
    """A place as people and reports name it: line and column, both 1-based, columns in code points."""

    line: int
    column: int


class LineIndex:
    """Where the lines of a text start, to turn offsets into positions and back."""

    __slots__ = ("_ends", "length", "starts")

    def __init__(self, text: str) -> None:
        starts, ends = [0], []
        for match in _LINE_END.finditer(text):
            ends.append(match.start())
            starts.append(match.end())
        ends.append(len(text))
        self.starts: list[int] = starts
        self._ends = ends
        self.length = len(text)

    def __len__(self) -> int:
        return len(self.starts)

    def line_of(self, offset: int) -> int:
        """The 1-based number of the line that holds the offset."""
        return bisect_right(self.starts, offset)

    def position(self, offset: int) -> Position:
        """The position of an offset; an offset past the end is placed at the end."""
        offset = max(0, min(offset, self.length))
        line = self.line_of(offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a 1-based position. Raises IndexError for a line that the text does not have."""
        if not 1 <= line <= len(self.starts):
            raise IndexError(f"no line {line} in a text of {len(self.starts)}")
        return self.starts[line - 1] + column - 1

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, without its ending."""
        return Span(self.starts[line - 1], self._ends[line - 1])
