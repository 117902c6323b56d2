"""Plain data with the place of every key and value, whatever the format it was written in (YAML, TOML or JSON)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from contentlint.source.scalars import Reading, readings
from contentlint.span import Span

Path: TypeAlias = tuple[str | int, ...]
Kind = Literal["str", "int", "float", "bool", "null", "date", "datetime", "time", "list", "map"]
Style = Literal["plain", "single", "double", "literal", "folded", "flow", "block"]

# No page of the corpora comes near these. They stop what would freeze or kill a parser: libyaml is quadratic in depth
# and overflows the C stack from 2,000 levels on, and an alias bomb doubles its size with every line.
MAX_SIZE = 256 * 1024
"""Code points of data that are parsed."""
MAX_DEPTH = 64
MAX_NODES = 20_000
"""Keys and values, aliases counted at the size of what they stand for."""
MAX_ALIASES = 100

_LONE_CR = re.compile(r"\r(?!\n)")
_INDEX = re.compile(r"\[(\d{1,9})\]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the data, at one place.

    ``kind`` is one of: ``unclosed`` (no closing fence), ``syntax``, ``tab-indent``, ``control-character``,
    ``duplicate-key`` (``related`` is the first one), ``not-a-mapping``, ``invalid-date``, ``unknown-tag``,
    ``too-complex``, ``too-large``.
    ``reason`` says it in short English words, most often the parser's. ``cause`` names the usual mistake behind a
    ``syntax`` problem, for messages in other languages: ``unquoted-colon``, ``unquoted-special``, ``unclosed-quote``,
    ``unclosed-bracket``, ``indentation``, ``undefined-alias``, ``escape``, ``template``, ``second-document`` or
    ``other``.
    """

    kind: str
    span: Span
    reason: str
    cause: str = "other"
    related: Span | None = None


@dataclass(slots=True, eq=False)
class Entry:
    """A value, the key it stands under, and their places in the text."""

    path: Path
    """The keys and indices that lead here from the top: ``("seo", "keywords", 1)``."""
    span: Span
    """The value as written, quotes and brackets included; the key where nothing is written."""
    value: Any
    """Plain Python data. Dates are ``date`` and ``datetime``; a written scalar that has no such value is a ``str``."""
    kind: Kind
    key_span: Span | None = None
    """The key as written, quotes included; None for the items of a list."""
    inner: Span | None = None
    """Where a string stands letter for letter, without its quotes; None if it has escapes or is folded over lines."""
    raw: str = ""
    """The scalar before it was given a type: ``017``, ``no``."""
    style: Style = "plain"
    tag: str | None = None
    """The YAML tag, if one is written: ``!ENV``."""
    borrowed: bool = False
    """Whether the value stands elsewhere in the text and comes here by a YAML alias or merge key."""
    children: list[Entry] = field(default_factory=list, repr=False)
    """The entries of a map or list, as written: of two with the same key, the last counts."""

    @property
    def name(self) -> str:
        """The path as people write it: ``seo.keywords[1]``."""
        return name_of(self.path)

    @property
    def key(self) -> str | int | None:
        """The last step of the path; None at the top."""
        return self.path[-1] if self.path else None

    @property
    def empty(self) -> bool:
        """Whether there is nothing: null, an empty or blank string, an empty list or map."""
        value = self.value
        return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})

    @property
    def readings(self) -> Mapping[str, Reading]:
        """How each YAML dialect reads a plain scalar, if they differ: ``yaml-1.1``, ``js-yaml-3`` and ``yaml-1.2``."""
        return {} if self.style != "plain" or self.tag or self.kind in ("list", "map") else readings(self.raw)

    def part(self, start: int, end: int) -> Span:
        """The place of ``value[start:end]``; the whole value where it is not written letter for letter."""
        return Span(self.inner.start + start, self.inner.start + end) if self.inner else self.span

    def get(self, path: str | Sequence[str | int]) -> Entry | None:
        """The entry below this one: ``seo.metaTitle``, ``images[0]``, or a sequence of steps.

        In a string, a key that has a dot of its own is found too, and wins. Of two entries with one key, the last.
        """
        if not isinstance(path, str):
            entry: Entry | None = self
            for step in path:
                entry = entry.child(step) if entry else None
            return entry
        if not path:
            return self
        if match := _INDEX.match(path):
            item = self.child(int(match[1]))
            return item.get(path[match.end() :].removeprefix(".")) if item else None
        ends = [match.start() for match in re.finditer(r"[.\[]", path)]
        for end in [len(path), *reversed(ends)]:
            if child := self.child(path[:end]):
                found = child.get(path[end:].removeprefix("."))
                if found:
                    return found
        return None

    def child(self, step: str | int) -> Entry | None:
        """The entry under that key or index, directly below."""
        return next((child for child in reversed(self.children) if child.key == step), None)

    def walk(self) -> Iterator[Entry]:
        """All entries below, in the order of the text, each where it is written: what is borrowed is left out."""
        stack = [child for child in reversed(self.children) if not child.borrowed]
        while stack:
            entry = stack.pop()
            yield entry
            stack.extend(child for child in reversed(entry.children) if not child.borrowed)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser made of a text: the entry at the top (None where nothing could be read) and what is wrong."""

    root: Entry | None
    problems: tuple[Problem, ...] = ()


class Refused(Exception):  # noqa: N818 - not an error of the program: the data is beyond a limit, or malformed
    """The text cannot be read; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


def too_complex(span: Span, what: str) -> Refused:
    """The refusal of data that would cost too much time or memory."""
    return Refused(Problem("too-complex", span, what))


def collection(entry: Entry) -> Entry:
    """Give a map or list the value that its children make."""
    if entry.kind == "map":
        entry.value = {child.key: child.value for child in entry.children}
    else:
        entry.value = [child.value for child in entry.children]
    return entry


def with_line_feeds(text: str) -> str:
    """The text with a line feed for every lone carriage return: the same length, and all parsers see the lines."""
    return _LONE_CR.sub("\n", text)


def name_of(path: Path) -> str:
    """A path as people write it: ``seo.keywords[1]``."""
    name = ""
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name
