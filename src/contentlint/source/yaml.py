"""YAML to entries, from the event stream of libyaml: no constructor runs, no limit of ours is passed unseen."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import yaml

from contentlint.source.scalars import resolve
from contentlint.source.values import (
    MAX_ALIASES,
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
from contentlint.span import Span

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What the C reader refuses with no position, or cannot be given at all (lone surrogates), and the line breaks that
# YAML 1.1 alone knows. Each is parsed as a character of plane 15 and put back into the values.
_FOREIGN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_PLANE = 0xF0000

# A tab between the indicator and the value separates like a blank, says the specification; libyaml wants a blank after
# a dash. Same length, so that positions stay.
_SEPARATING_TAB = re.compile(r"^((?: *[-?](?=[ \t]))+ *|[ ]*(?:- +)*[^\s#'\"\[{:][^:\r\n]*: *)(\t[ \t]*)", re.MULTILINE)
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s+|\Z))+")
_TOP_KEY = re.compile(r"^(?:[\w.-]+|\"[^\"\r\n]*\"|'[^'\r\n]*')[ \t]*:(?=\s|\Z)", re.MULTILINE)
_MAX_READ_APART = 500
"""Top-level keys that are read one by one where the whole is malformed."""
_STYLES: dict[str | None, Style] = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
_TAGS: dict[str, tuple[Kind, ...]] = {
    "tag:yaml.org,2002:str": ("str",),
    "tag:yaml.org,2002:int": ("int",),
    "tag:yaml.org,2002:float": ("float", "int"),
    "tag:yaml.org,2002:bool": ("bool",),
    "tag:yaml.org,2002:null": ("null",),
    "tag:yaml.org,2002:timestamp": ("date", "datetime"),
}
_COLLECTION_TAGS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!"})


@dataclass(slots=True, eq=False)
class _Node:
    kind: str
    """``scalar``, ``list``, ``map`` or ``alias``."""
    start: int
    end: int
    text: str = ""
    style: str | None = None
    plain: bool = False
    tag: str | None = None
    flow: bool = False
    items: list[_Node] = field(default_factory=list)
    """Of a map: key, value, key, value …"""
    target: _Node | None = None
    size: int = 0
    """How many nodes it is with all aliases written out; 0 while it is still being read."""
    height: int = 0


def read(text: str, span: Span | None = None) -> Parsed:
    """Read the YAML in that part of the text. Never raises: what is wrong is among the problems.

    A malformed text still gives the top-level keys that can be read one by one.
    """
    span = span or Span(0, len(text))
    if span.end - span.start > MAX_SIZE:
        return Parsed(None, (Problem("too-large", Span(span.start, span.start), f"more than {MAX_SIZE} characters"),))
    content = with_line_feeds(span.of(text))
    problems = [_control(match, span.start) for match in _CONTROL.finditer(content)][:1]
    source = _FOREIGN.sub(lambda match: chr(_PLANE + ord(match[0])), content)
    restore = source != content
    builder = _Builder(content, span.start, restore)
    try:
        node = _compose_with_tabs(source)
        root = builder.build(node, ()) if node else None
    except Refused as refusal:
        return Parsed(None, (*problems, _moved(refusal.problem, span.start)))
    except yaml.MarkedYAMLError as error:
        problem = _moved(_explain(error, content), span.start)
        return Parsed(_readable_part(source, content, span.start, restore), (*problems, problem))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return Parsed(None, (*problems, Problem("syntax", Span(span.start, span.start), _first_line(str(error)))))
    return Parsed(root, (*problems, *builder.problems))


# From text to nodes


def _compose_with_tabs(source: str) -> _Node | None:
    try:
        return _compose(source)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark is not None and "nesting depth" in (error.problem or ""):
            # From 0.2.6 on libyaml has a limit too, and meets it before it tells of what is nested less deep.
            return _compose(source[: mark.index])
        if mark is None or source[mark.index : mark.index + 1] != "\t":
            raise
        tabs = [match.span(2) for match in _SEPARATING_TAB.finditer(source)]
        if not any(start <= mark.index < end for start, end in tabs):
            raise
    blanked = _blank(source, tabs)
    node = _compose(blanked)
    # A tab that turns out to be inside a scalar is text, no separator.
    scalars = [(scalar.start, scalar.end) for scalar in _scalars(node)]
    inside = [tab for tab in tabs if _is_inside(tab[0], scalars)]
    return _compose(_blank(source, [tab for tab in tabs if tab not in inside])) if inside else node


def _blank(source: str, places: list[tuple[int, int]]) -> str:
    pieces, last = [], 0
    for start, end in places:
        pieces += [source[last:start], " " * (end - start)]
        last = end
    return "".join([*pieces, source[last:]])


def _scalars(node: _Node | None) -> list[_Node]:
    found, stack = [], [node] if node else []
    while stack:
        node = stack.pop()
        if node.kind == "scalar":
            found.append(node)
        stack.extend(node.items)
    return sorted(found, key=lambda scalar: scalar.start)


def _is_inside(offset: int, spans: list[tuple[int, int]]) -> bool:
    position = bisect_right(spans, (offset, len(spans) and spans[-1][1] + 1)) - 1
    return position >= 0 and spans[position][0] <= offset < spans[position][1]


def _compose(source: str) -> _Node | None:
    """The node at the top of the first document, None if there is nothing. Raises Refused and yaml.YAMLError."""
    top: _Node | None = None
    stack: list[_Node] = []
    anchors: dict[str, _Node] = {}
    nodes = aliases = documents = 0
    for event in yaml.parse(source, Loader=_LOADER):
        assert event.start_mark is not None
        assert event.end_mark is not None
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Refused(Problem("syntax", Span(start, end), "a second document begins", "second-document"))
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            node = stack.pop()
            node.end = end if node.flow else max(node.start, node.items[-1].end if node.items else node.end)
            node.size = 1 + sum(item.size for item in node.items)
            node.height = 1 + max((item.height for item in node.items), default=0)
            if node.size > MAX_NODES:
                raise too_complex(Span(node.start, node.start + 1), f"more than {MAX_NODES} values")
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        nodes += 1
        if nodes > MAX_NODES:
            raise too_complex(Span(start, start + 1), f"more than {MAX_NODES} values")
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            if aliases > MAX_ALIASES:
                raise too_complex(Span(start, end), f"more than {MAX_ALIASES} aliases")
            node = _alias(anchors.get(event.anchor or ""), Span(start, end), event.anchor or "", len(stack))
        elif isinstance(event, yaml.ScalarEvent):
            node = _Node("scalar", start, end, event.value, event.style or None, bool(event.implicit[0]), event.tag)
            node.size, node.height = 1, 1
        else:
            assert isinstance(event, yaml.CollectionStartEvent)
            if len(stack) >= MAX_DEPTH:
                raise too_complex(Span(start, start + 1), f"nested more than {MAX_DEPTH} deep")
            kind = "map" if isinstance(event, yaml.MappingStartEvent) else "list"
            node = _Node(kind, start, end, tag=event.tag, flow=bool(event.flow_style))
        if stack:
            stack[-1].items.append(node)
        else:
            top = node
        if event.anchor and node.kind != "alias":
            anchors[event.anchor] = node
        if node.kind in ("map", "list"):
            stack.append(node)
    return top


def _alias(target: _Node | None, span: Span, name: str, depth: int) -> _Node:
    if target is not None:
        if not target.size:
            raise too_complex(span, f"the alias *{name} contains itself")
        if depth + target.height > MAX_DEPTH:
            raise too_complex(span, f"nested more than {MAX_DEPTH} deep")
    node = _Node("alias", *span, text=f"*{name}", target=target)
    node.size, node.height = (target.size, target.height) if target else (1, 1)
    return node


# From nodes to entries


class _Builder:
    """Turns nodes into entries, and collects what is wrong on the way."""

    def __init__(self, content: str, offset: int, restore: bool) -> None:
        self.content = content
        self.offset = offset
        self.restore = restore
        self.problems: list[Problem] = []

    def build(self, node: _Node, path: Path, key_span: Span | None = None, borrowed: bool = False) -> Entry:
        """The entry of a node and all below it."""
        if node.kind == "alias":
            return self._aliased(node, path, key_span, borrowed)
        span = self._span(node, key_span)
        if node.kind == "scalar":
            return self._scalar(node, path, key_span, span, borrowed)
        entry = Entry(
            path,
            span,
            None,
            "map" if node.kind == "map" else "list",
            key_span,
            style="flow" if node.flow else "block",
            tag=node.tag,
            borrowed=borrowed,
        )
        if node.tag and node.tag not in _COLLECTION_TAGS and not borrowed:
            self._unknown_tag(node)
        if node.kind == "list":
            entry.children = [self.build(item, (*path, index), None, borrowed) for index, item in enumerate(node.items)]
        else:
            self._fill_map(entry, node, borrowed)
        return collection(entry)

    def _fill_map(self, entry: Entry, node: _Node, borrowed: bool) -> None:
        first: dict[str, Span] = {}
        merged: list[_Node] = []
        for key_node, value_node in zip(node.items[::2], node.items[1::2], strict=True):
            if key_node.kind == "scalar" and key_node.plain and key_node.text == "<<":
                merged.append(value_node)
                continue
            key, key_span = self._key(key_node, borrowed)
            if key in first and not borrowed:
                self.problems.append(
                    Problem("duplicate-key", key_span, f"the key {key} is already there", related=first[key])
                )
            first.setdefault(key, key_span)
            entry.children.append(self.build(value_node, (*entry.path, key), key_span, borrowed))
        for value_node in merged:
            self._merge(entry, value_node, set(first), borrowed)

    def _merge(self, entry: Entry, node: _Node, written: set[str], borrowed: bool) -> None:
        """``<<: *defaults``: what the mapping does not say itself comes from there; the first source wins."""
        sources = node.items if node.kind == "list" else [node]
        for source in sources:
            target = source.target if source.kind == "alias" else source
            if target is None or target.kind != "map":
                span = self._span(source, None)
                self.problems.append(Problem("syntax", span, "<< wants a mapping", "undefined-alias"))
                continue
            for child in self.build(target, entry.path, None, borrowed or source.kind == "alias").children:
                if child.key not in written:
                    written.add(str(child.key))
                    entry.children.append(child)
        entry.children.sort(key=lambda child: child.span.start)

    def _key(self, node: _Node, borrowed: bool) -> tuple[str, Span]:
        span = self._span(node, None)
        target = node.target if node.kind == "alias" else node
        if target is not None and target.kind == "scalar":
            return self._restored(target.text), span
        text = self.content[span.start - self.offset : span.end - self.offset]
        if not borrowed:
            is_template = node.flow and node.kind == "map"
            reason = "a template in braces must be quoted" if is_template else "a key must be a word"
            self.problems.append(Problem("syntax", span, reason, "template" if is_template else "other"))
        return text, span

    def _aliased(self, node: _Node, path: Path, key_span: Span | None, borrowed: bool) -> Entry:
        span = self._span(node, key_span)
        if node.target is None:
            if not borrowed:
                reason = f"the alias {node.text} is not defined; quote a text that begins with *"
                self.problems.append(Problem("syntax", span, reason, "undefined-alias"))
            return Entry(path, span, node.text, "str", key_span, span, node.text, borrowed=borrowed)
        entry = self.build(node.target, path, key_span, True)
        return replace(entry, span=span, inner=None, borrowed=borrowed)

    def _scalar(self, node: _Node, path: Path, key_span: Span | None, span: Span, borrowed: bool) -> Entry:
        raw = self._restored(node.text)
        style = _STYLES.get(node.style, "plain")
        reading = resolve(raw) if node.plain else None
        kind: Kind = "str"
        value: Any = raw
        if node.tag and node.tag != "!":
            kind, value = self._tagged(node, raw, borrowed)
        elif reading and reading.kind != "error":
            kind, value = reading.kind, reading.value
        elif reading and not borrowed:
            self.problems.append(Problem("invalid-date", span, f"{raw} is not a date"))
        return Entry(
            path, span, value, kind, key_span, self._inner(node, raw, span, style), raw, style, node.tag, borrowed
        )

    def _tagged(self, node: _Node, raw: str, borrowed: bool) -> tuple[Kind, Any]:
        kinds = _TAGS.get(node.tag or "")
        if kinds is None:
            if not borrowed:
                self._unknown_tag(node)
            return "str", raw
        reading = resolve(raw)
        if "str" not in kinds and reading.kind in kinds:
            return reading.kind, reading.value
        if "str" not in kinds and not borrowed:
            self.problems.append(Problem("syntax", self._span(node, None), f"{raw or 'nothing'} is no {kinds[0]}"))
        return "str", raw

    def _unknown_tag(self, node: _Node) -> None:
        start = self.offset + node.start
        length = len(self.content[node.start :].split(None, 1)[0]) if self.content[node.start :].strip() else 0
        span = Span(start, start + length)
        self.problems.append(Problem("unknown-tag", span, f"the tag {node.tag} is not known to most generators"))

    def _span(self, node: _Node, key_span: Span | None) -> Span:
        start, end = node.start, node.end
        if node.kind != "scalar" or node.tag or self.content[start : start + 1] in "&!":
            # The marks begin at the anchor and the tag; what stands there is the value.
            match = _PROPERTIES.match(self.content, start, end) if node.kind != "alias" else None
            start = match.end() if match else start
        while end > start and self.content[end - 1] in " \t\r\n":
            end -= 1
        if end > start:
            return Span(self.offset + start, self.offset + end)
        if key_span is not None:
            return key_span
        # An empty item of a list: its dash.
        while start > 0 and self.content[start - 1] in " \t\r\n":
            start -= 1
        return Span(self.offset + max(start - 1, 0), self.offset + max(start, 0))

    def _inner(self, node: _Node, raw: str, span: Span, style: Style) -> Span | None:
        if style in ("literal", "folded") or node.start == node.end:
            return None
        inner = Span(span.start + 1, span.end - 1) if style != "plain" else span
        written = self.content[inner.start - self.offset : inner.end - self.offset]
        return inner if written == raw else None

    def _restored(self, text: str) -> str:
        if not self.restore:
            return text
        return "".join(
            chr(ord(character) - _PLANE)
            if _PLANE <= ord(character) <= _PLANE + 0xFFFF and _FOREIGN.match(chr(ord(character) - _PLANE))
            else character
            for character in text
        )


# What is wrong


def _control(match: re.Match[str], offset: int) -> Problem:
    span = Span(offset + match.start(), offset + match.end())
    return Problem("control-character", span, f"the character U+{ord(match[0]):04X} is not allowed")


def _moved(problem: Problem, offset: int) -> Problem:
    related = problem.related and Span(problem.related.start + offset, problem.related.end + offset)
    return replace(problem, span=Span(problem.span.start + offset, problem.span.end + offset), related=related)


def _explain(error: yaml.MarkedYAMLError, content: str) -> Problem:
    """The parser's complaint in short words, at the place where the author has to look."""
    problem = error.problem or "malformed"
    mark, context_mark = error.problem_mark, error.context_mark
    index = min(mark.index if mark else 0, len(content))
    context = min(context_mark.index if context_mark else index, len(content))
    line = content[content.rfind("\n", 0, index) + 1 : index]
    later_line = "\n" in content[context:index]
    here, before = content[index : index + 1], line.rstrip(" \t")[-1:]
    if here == "\t" or "tab" in problem.split():
        return Problem("tab-indent", _at(index, content), "a tab where YAML wants blanks", "indentation")
    if "mapping values" in problem:
        if line.strip(" -\t") and re.search(r":(?:\s|$)", line):
            return Problem("syntax", _at(index, content), "a value with a colon must be quoted", "unquoted-colon")
        return Problem("syntax", _at(index, content), "the indentation or the line before is wrong", "indentation")
    if "cannot start any token" in problem:
        reason = f"a value that begins with {here} must be quoted"
        return Problem("syntax", _at(index, content), reason, "unquoted-special")
    if "quoted scalar" in (error.context or ""):
        if "escape" in problem or "escape" in (error.context or "") or "hexdecimal" in problem:
            # libyaml points at the backslash, the loader in Python after it.
            place = index - 1 if here != "\\" and content[index - 1 : index] == "\\" else index
            return Problem("syntax", _at(place, content), "an escape that YAML does not know", "escape")
        return Problem("syntax", _at(context, content), "the quote is never closed", "unclosed-quote")
    if "flow" in (error.context or "") and later_line:
        return Problem("syntax", _at(context, content), "the bracket is never closed", "unclosed-bracket")
    if "document start" in problem:
        return Problem("syntax", _at(index, content), "the indentation does not fit the lines before", "indentation")
    if "alphabetic or numeric" in problem:
        return Problem(
            "syntax", _at(index, content), f"a value that begins with {here} must be quoted", "unquoted-special"
        )
    if "could not find expected ':'" in problem:
        return Problem("syntax", _line_at(context, content), "a key without a colon", "other")
    if "expected" in problem and before in ("'", '"'):
        return Problem("syntax", _at(index, content), "text after the closing quote", "unquoted-special")
    if "expected" in problem and before in ("]", "}"):
        return Problem("syntax", _at(index, content), "text after the closing bracket", "unquoted-special")
    if "block" in (error.context or "") and not line.strip(" \t-"):
        return Problem("syntax", _at(index, content), "the indentation does not fit", "indentation")
    return Problem("syntax", _at(index, content), problem)


def _at(index: int, content: str) -> Span:
    """One character, the last of the text rather than none."""
    return Span(index, index + 1) if index < len(content) else Span(max(0, index - 1), index)


def _line_at(index: int, content: str) -> Span:
    match = re.compile(r"[^\r\n]*").match(content, index)
    end = match.end() if match else index
    return Span(index, end) if end > index else _at(index, content)


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0]


def _readable_part(source: str, content: str, offset: int, restore: bool) -> Entry | None:
    """The top-level keys of a malformed text that can be read one by one, so that the page still has its title."""
    starts = [match.start() for match in _TOP_KEY.finditer(source)][:_MAX_READ_APART]
    root = Entry((), Span(offset, offset + len(content.rstrip())), None, "map", style="block")
    for start, end in pairwise([*starts, len(source)]):
        chunk = source[start:end]
        builder = _Builder(content[start:end], offset + start, restore)
        try:
            node = _compose_with_tabs(chunk)
            part = builder.build(node, ()) if node else None
        except (yaml.YAMLError, Refused, ValueError, RecursionError):
            continue
        if part and part.kind == "map" and not builder.problems:
            root.children += part.children
    return collection(root) if root.children else None
