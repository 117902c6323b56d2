"""TOML to entries: the standard library reads the values, tree-sitter knows where they stand.

Also used for the configuration, whose mistakes are named with file and line.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from itertools import accumulate, pairwise
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
    Style,
    collection,
    too_complex,
    with_line_feeds,
)
from contentlint.span import LineIndex, Span

_PLACE = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DUPLICATE = re.compile(r"Cannot (?:overwrite|declare|mutate|redefine)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d[\dTt:.+Zz -]*")
_TABLE_LINE = re.compile(r"^[ \t]*\[+[\w.\"' -]+\]+[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_KEY_LINE = re.compile(r"^[\w\"']", re.MULTILINE)
_MAX_READ_APART = 500
"""Keys that are read one by one where the whole is malformed."""
_KEYS = frozenset({"bare_key", "quoted_key", "dotted_key"})


def read(text: str, span: Span | None = None) -> Parsed:
    """Read the TOML in that part of the text. Never raises: what is wrong is among the problems.

    Dates are ``date``, ``datetime`` and ``time``. A malformed text still gives the keys above the first table that can
    be read one by one.
    """
    span = span or Span(0, len(text))
    if span.end - span.start > MAX_SIZE:
        return Parsed(None, (Problem("too-large", Span(span.start, span.start), f"more than {MAX_SIZE} characters"),))
    content = with_line_feeds(span.of(text))
    tree = _Tree(content, span.start)
    try:
        tree.check_limits()
        data = tomllib.loads(content)
    except Refused as refusal:
        return Parsed(None, (refusal.problem,))
    except RecursionError:
        return Parsed(None, (too_complex(Span(span.start, span.start), "nested too deep").problem,))
    except ValueError as error:
        return Parsed(_readable_part(content, span.start), (_explain(error, content, span.start, tree),))
    return Parsed(tree.entries(data))


def _readable_part(content: str, offset: int) -> Entry | None:
    """The keys above the first table, each read for itself, so that a page with a mistake still has its title."""
    root = Entry((), Span(offset, offset + len(content.rstrip())), {}, "map", style="block")
    table = _TABLE_LINE.search(content)
    end = table.start() if table else len(content)
    starts = [match.start() for match in _KEY_LINE.finditer(content, 0, end)][:_MAX_READ_APART]
    for start, stop in pairwise([*starts, end]):
        written = content[start:stop]
        try:
            child = _Tree(written, offset + start).entries(tomllib.loads(written)).children[0]
        except (ValueError, RecursionError, LookupError):
            continue
        if root.child(str(child.key)) is None:
            root.children.append(child)
    return collection(root) if root.children else None


class TomlError(ValueError):
    """A text that is no valid TOML: ``reason`` in short words, ``line`` (1-based) and ``span`` where it stops."""

    def __init__(self, problem: Problem, text: str) -> None:
        super().__init__(problem.reason)
        self.reason = problem.reason
        self.span = problem.span
        self.line = LineIndex(text).line_of(problem.span.start)


def parse(text: str) -> Entry:
    """The entry at the top of a whole TOML text. Raises TomlError."""
    parsed = read(text)
    if parsed.problems or parsed.root is None:
        raise TomlError(parsed.problems[0], text)
    return parsed.root


def _explain(error: Exception, content: str, offset: int, tree: _Tree) -> Problem:
    match = _PLACE.match(str(error))
    if not match:
        return Problem("syntax", Span(offset, offset), str(error))
    lines = LineIndex(content)
    index = len(content.rstrip()) if match[2] is None else lines.offset(min(int(match[2]), len(lines)), int(match[3]))
    index = max(0, min(index, len(content) - 1))
    # tomllib stops after the key or value that it refuses; what it means is what ends there.
    reason = match[1][:1].lower() + match[1][1:]
    span = Span(offset + index, offset + min(index + 1, len(content)))
    if _DUPLICATE.match(match[1]):
        key, first = tree.duplicate(offset + index)
        return Problem("duplicate-key", key or span, reason, related=first)
    if content[index : index + 1] in ("\n", "\r") and "\n" not in content[index - 1 : index]:
        span = Span(span.start - 1, span.end - 1)
    cause = "other"
    if date_span := _date_around(content, index):
        place = Span(offset + date_span[0], offset + date_span[1])
        return Problem("invalid-date", place, f"{content[slice(*date_span)]} is not a date")
    if "llegal character '\\n'" in reason or ("nterminated" in reason and "string" in reason):
        cause = "unclosed-quote"
    elif "escape" in reason:
        cause = "escape"
    return Problem("syntax", span, reason, cause)


def _date_around(content: str, index: int) -> tuple[int, int] | None:
    """The date in which, or right before which, tomllib stopped."""
    start = content.rfind("\n", 0, index) + 1
    for match in _DATE.finditer(content, start):
        if match.start() > index:
            break
        if match.start() <= index <= match.end():
            return match.start(), match.start() + len(match[0].rstrip())
    return None


@cache
def _parser() -> Any:
    import tree_sitter
    import tree_sitter_toml

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))


class _Tree:
    """The syntax tree, with its byte offsets turned into code points of the whole text."""

    def __init__(self, content: str, offset: int) -> None:
        self.content = content
        self.offset = offset
        # The same length; the grammar goes astray at a carriage return when it recovers from a mistake.
        encodable = _SURROGATE.sub("\ufffd", content).replace("\r\n", " \n")
        self.root = _parser().parse(encodable.encode()).root_node
        # Code points before each byte are only counted where they differ from bytes.
        widths = None if content.isascii() else accumulate((len(c.encode()) for c in encodable), initial=0)
        self.starts = list(widths) if widths else None

    def span(self, node: Any) -> Span:
        """The place of a node."""
        return Span(self._index(node.start_byte), self._index(node.end_byte))

    def _index(self, byte: int) -> int:
        return self.offset + (byte if self.starts is None else bisect_right(self.starts, byte) - 1)

    def check_limits(self) -> None:
        """Refuse what would take tomllib too long: it is recursive in arrays and quadratic in dotted keys."""
        count, stack = 0, [(self.root, 0)]
        while stack:
            node, depth = stack.pop()
            count += node.is_named
            if depth > 2 * MAX_DEPTH:
                raise too_complex(Span(self.span(node).start, self.span(node).start + 1), "nested too deep")
            if count > 3 * MAX_NODES:
                raise too_complex(Span(self.span(node).start, self.span(node).start + 1), "too many values")
            stack.extend((child, depth + 1) for child in node.named_children)

    def entries(self, data: dict[str, Any]) -> Entry:
        """The data of a valid text as entries."""
        root = Entry((), Span(self.offset, self.offset + len(self.content.rstrip())), data, "map", style="block")
        tables: dict[Path, Entry] = {(): root}
        for node in self.root.named_children:
            if node.type == "pair":
                self._pair(node, root, tables)
            elif node.type in ("table", "table_array_element"):
                header = next(child for child in node.named_children if child.type in _KEYS)
                table = self._table(header, root, tables, node.type == "table_array_element")
                table.span = self._until_last_child(node, table.span)
                for child in node.named_children:
                    if child.type == "pair":
                        self._pair(child, table, tables)
        _set_values(root, data)
        return root

    def _until_last_child(self, node: Any, at_least: Span) -> Span:
        named = [child for child in node.named_children if child.type != "comment"]
        end = self.span(named[-1]).end if node.named_child_count > 1 else at_least.end
        return Span(self.span(node).start, max(end, at_least.end))

    def _steps(self, node: Any) -> list[tuple[str, Span]]:
        """The parts of a dotted key with their places."""
        if node.type != "dotted_key":
            return [(_key_text(self.span(node), self.content, self.offset), self.span(node))]
        steps: list[tuple[str, Span]] = []
        while node.type == "dotted_key":
            last, node = node.named_children[-1], node.named_children[0]
            steps.append((_key_text(self.span(last), self.content, self.offset), self.span(last)))
        steps.append((_key_text(self.span(node), self.content, self.offset), self.span(node)))
        return steps[::-1]

    def _table(self, header: Any, root: Entry, tables: dict[Path, Entry], is_array: bool) -> Entry:
        entry = root
        steps = self._steps(header)
        for position, (key, span) in enumerate(steps):
            last = position == len(steps) - 1
            child = tables.get((*entry.path, key))
            if child is None:
                kind: Kind = "list" if last and is_array else "map"
                child = self._add(Entry((*entry.path, key), span, None, kind, span, style="block"), entry, tables)
            if child.kind == "list" and (last or child.children):
                if last:
                    path: Path = (*child.path, len(child.children))
                    child = self._add(Entry(path, span, None, "map", style="block"), child, tables)
                else:
                    child = child.children[-1]
            elif last and child.key_span != span:
                # [a.b] came first and made [a] on the way; its own header is where it is written.
                child.key_span = child.span = span
            entry = child
        return entry

    def _add(self, entry: Entry, parent: Entry, tables: dict[Path, Entry]) -> Entry:
        parent.children.append(entry)
        tables[entry.path] = entry
        return entry

    def _pair(self, node: Any, parent: Entry, tables: dict[Path, Entry]) -> None:
        key_node, value_node = node.named_children[:2]
        *between, (key, key_span) = self._steps(key_node)
        for step, span in between:
            path = (*parent.path, step)
            parent = tables.get(path) or self._add(
                Entry(path, self.span(node), None, "map", span, style="block"), parent, tables
            )
        parent.children.append(self._value(value_node, (*parent.path, key), key_span))

    def _value(self, node: Any, path: Path, key_span: Span | None) -> Entry:
        span = self.span(node)
        written = self.content[span.start - self.offset : span.end - self.offset]
        if node.type == "array":
            entry = Entry(path, span, None, "list", key_span, style="flow")
            for item in node.named_children:
                if item.type != "comment":
                    entry.children.append(self._value(item, (*path, len(entry.children)), None))
            return entry
        if node.type == "inline_table":
            entry = Entry(path, span, None, "map", key_span, style="flow")
            tables: dict[Path, Entry] = {}
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(child, entry, tables)
            return entry
        quote = written[:1]
        style: Style = {"'": "single", '"': "double"}.get(quote, "plain")  # type: ignore[assignment]
        width = 0 if style == "plain" else 3 if written[:3] in ('"""', "'''") and len(written) >= 6 else 1
        inner = Span(span.start + width, span.end - width)
        return Entry(path, span, None, "str", key_span, inner, written[width : len(written) - width], style)

    def duplicate(self, end: int) -> tuple[Span | None, Span | None]:
        """The key whose declaration ends near that offset, and the first key of the same path."""
        seen: dict[Path, Span] = {}
        found: tuple[Span | None, Span | None] = (None, None)
        for path, span in self._declared():
            if span.start > end:
                break
            if path in seen:
                found = (span, seen[path])
            seen.setdefault(path, span)
        return found

    def _declared(self) -> Iterator[tuple[Path, Span]]:
        """Every key outside arrays with its path, in the order of the text; an array of tables by its count."""
        counts: dict[Path, int] = {}
        for node in self.root.named_children:
            prefix: Path = ()
            pairs = [node]
            if node.type in ("table", "table_array_element"):
                header = next((child for child in node.named_children if child.type in _KEYS), None)
                if header is None:
                    continue
                steps = self._steps(header)
                for key, _ in steps:
                    prefix = (*prefix, key)
                    if prefix in counts and not (node.type == "table_array_element" and len(prefix) == len(steps)):
                        prefix = (*prefix, counts[prefix])
                if node.type == "table_array_element":
                    counts[prefix] = counts.get(prefix, 0) + 1
                    prefix = (*prefix, counts[prefix])
                yield prefix, self.span(header)
                pairs = node.named_children
            for pair in pairs:
                if pair.type == "pair" and pair.named_children and pair.named_children[0].type in _KEYS:
                    path = prefix + tuple(key for key, _ in self._steps(pair.named_children[0]))
                    yield path, self.span(pair.named_children[0])


def _key_text(span: Span, content: str, offset: int) -> str:
    written = content[span.start - offset : span.end - offset]
    if written[:1] in ('"', "'"):
        try:
            return str(tomllib.loads(f"key = {written}")["key"])
        except ValueError:
            return written[1:-1]
    return written


def _set_values(entry: Entry, value: Any) -> None:
    """Give every entry the value that tomllib read for it."""
    for child in entry.children:
        _set_values(child, value[child.path[-1]])
    if entry.kind in ("map", "list"):
        collection(entry)
        return
    entry.value = value
    entry.kind = _kind(value)
    if entry.kind != "str" or entry.raw != value:
        entry.inner = None if entry.kind == "str" else entry.span
    if entry.kind == "str":
        entry.raw = value


def _kind(value: Any) -> Kind:
    for kinds, kind in (
        (bool, "bool"), (int, "int"), (float, "float"), (datetime, "datetime"), (date, "date"), (time, "time"),
    ):  # fmt: skip
        if isinstance(value, kinds):
            return kind  # type: ignore[return-value]
    return "str"
