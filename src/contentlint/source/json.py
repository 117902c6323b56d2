"""JSON to entries: the strings and numbers are read by the standard library, the places are kept."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from contentlint.source.values import (
    MAX_DEPTH,
    MAX_NODES,
    MAX_SIZE,
    Entry,
    Kind,
    Parsed,
    Path,
    Problem,
    Refused,
    collection,
    too_complex,
)
from contentlint.span import Span

_BLANKS = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, tuple[Kind, Any]] = {"true": ("bool", True), "false": ("bool", False), "null": ("null", None)}
_MAX_DIGITS = 4000


def read(text: str, span: Span | None = None, *, braces: bool = True) -> Parsed:
    """Read the JSON in that part of the text. Never raises: what is wrong is among the problems.

    ``braces=False`` reads the members of an object that are not put in braces, as Hexo writes them.
    A malformed text still gives the members before the mistake.
    """
    span = span or Span(0, len(text))
    if span.end - span.start > MAX_SIZE:
        return Parsed(None, (Problem("too-large", Span(span.start, span.start), f"more than {MAX_SIZE} characters"),))
    reader = _Reader(text, span)
    try:
        if braces:
            root = reader.value((), None)
        else:
            root = reader.top = Entry((), Span(reader.blanks(span.start), span.end), None, "map", style="flow")
            reader.position = root.span.start
            reader.members(root, "")
        rest = reader.blanks(reader.position)
        if rest < span.end:
            raise reader.wrong(rest, "text after the end of the data")
    except Refused as refusal:
        partial = collection(reader.top) if reader.top and reader.top.kind == "map" and reader.top.children else None
        complex_ = refusal.problem.kind == "too-complex"
        return Parsed(None if complex_ else partial, (*reader.problems, refusal.problem))
    return Parsed(root, tuple(reader.problems))


def end_of_object(text: str, start: int) -> int | None:
    """Where the object that opens at ``start`` closes: after its last brace; None if it never does."""
    depth = 0
    for match in re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL).finditer(text, start):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                return match.end()
    return None


class _Reader:
    def __init__(self, text: str, span: Span) -> None:
        self.text = text
        self.start = self.position = span.start
        self.end = span.end
        self.nodes = 0
        self.top: Entry | None = None
        self.problems: list[Problem] = []

    def blanks(self, position: int) -> int:
        match = _BLANKS.match(self.text, position, self.end)
        assert match is not None
        return match.end()

    def wrong(self, index: int, reason: str, cause: str = "other") -> Refused:
        end = min(index + 1, self.end)
        return Refused(Problem("syntax", Span(max(self.start, end - 1), end), reason, cause))

    def value(self, path: Path, key_span: Span | None) -> Entry:
        start = self.position = self.blanks(self.position)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise too_complex(Span(start, start + 1), f"more than {MAX_NODES} values")
        character = self.text[start : start + 1] if start < self.end else ""
        if character in ("{", "["):
            return self.nested(path, key_span, character)
        if character == '"':
            value = self.string()
            inner = Span(start + 1, self.position - 1)
            verbatim = inner if inner.of(self.text) == value else None
            return Entry(path, Span(start, self.position), value, "str", key_span, verbatim, value, "double")
        kind, value, self.position = self.literal(start)
        span = Span(start, self.position)
        return Entry(path, span, value, kind, key_span, span, span.of(self.text))

    def nested(self, path: Path, key_span: Span | None, opening: str) -> Entry:
        start = self.position
        if len(path) >= MAX_DEPTH:
            raise too_complex(Span(start, start + 1), f"nested more than {MAX_DEPTH} deep")
        entry = Entry(path, Span(start, start + 1), None, "map" if opening == "{" else "list", key_span, style="flow")
        self.top = self.top or entry
        self.position += 1
        if opening == "{":
            self.members(entry, "}")
        else:
            self.items(entry)
        entry.span = Span(start, self.position)
        return collection(entry)

    def members(self, entry: Entry, closing: str) -> None:
        first: dict[str, Span] = {}
        while not self.closed(entry, closing):
            start = self.position = self.blanks(self.position)
            if self.text[start : start + 1] != '"' or start >= self.end:
                raise self.wrong(start, "a key in double quotes is expected")
            key = self.string()
            key_span = Span(start, self.position)
            if key in first:
                self.problems.append(
                    Problem("duplicate-key", key_span, f"the key {key} is already there", related=first[key])
                )
            first.setdefault(key, key_span)
            self.position = self.blanks(self.position)
            if self.text[self.position : self.position + 1] != ":" or self.position >= self.end:
                raise self.wrong(self.position, "a colon is expected after the key")
            self.position += 1
            entry.children.append(self.value((*entry.path, key), key_span))

    def items(self, entry: Entry) -> None:
        while not self.closed(entry, "]"):
            entry.children.append(self.value((*entry.path, len(entry.children)), None))

    def closed(self, entry: Entry, closing: str) -> bool:
        """Whether the map or list ends here; if not, its comma is taken."""
        self.position = self.blanks(self.position)
        at_end = self.position >= self.end
        if at_end if not closing else not at_end and self.text[self.position] == closing:
            self.position += len(closing)
            return True
        if at_end:
            raise self.wrong(entry.span.start, "the bracket is never closed", "unclosed-bracket")
        if entry.children:
            comma = self.position
            if self.text[comma] != ",":
                raise self.wrong(comma, "a comma is expected")
            self.position = self.blanks(comma + 1)
            if self.position >= self.end or self.text[self.position] in "]}":
                raise self.wrong(comma, "a comma after the last value")
        return False

    def string(self) -> str:
        start = self.position
        try:
            value, end = scanstring(self.text[: self.end] if self.end < len(self.text) else self.text, start + 1, True)
        except json.JSONDecodeError as error:
            if error.msg.startswith("Unterminated"):
                raise self.wrong(start, "the quote is never closed", "unclosed-quote") from None
            cause = "escape" if "escape" in error.msg else "unclosed-quote"
            reason = error.msg[0].lower() + error.msg[1:].removesuffix(" at")
            raise self.wrong(error.pos, reason, cause) from None
        self.position = end
        return str(value)

    def literal(self, start: int) -> tuple[Kind, Any, int]:
        for word, (kind, value) in _WORDS.items():
            if self.text.startswith(word, start, self.end):
                return kind, value, start + len(word)
        match = _NUMBER.match(self.text, start, self.end)
        if not match:
            raise self.wrong(start, "a value is expected")
        if match[1] or match[2]:
            return "float", float(match[0]), match.end()
        if len(match[0]) > _MAX_DIGITS:
            return "str", match[0], match.end()
        return "int", int(match[0]), match.end()
