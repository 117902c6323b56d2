"""Exceptions that the author made: which rules are silent where, and which of these exceptions do nothing.

In the text as a comment, ``<!-- contentlint-disable claims/* -->`` (in MDX ``{/* … */}``), in YAML and TOML front
matter as a ``#`` comment with the same words, or for the whole page as ``contentlint: {disable: [...]}`` there.
Rules, packs and globs may be named; a bare "disable everything" may not, for it hides what nobody meant to hide.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from contentlint.diagnostic import Diagnostic
from contentlint.source.document import Document
from contentlint.source.nodes import Tag
from contentlint.span import Span

KEY = "contentlint"

_DIRECTIVE = re.compile(r"[ \t*]*contentlint-(?P<verb>[\w-]+)(?P<rest>[^\n\r]*)")
_DELIMITERS = (("<!--", "-->"), ("{/*", "*/}"), ("{#", "#}"), ("#", ""))
_VERBS = {"disable", "enable", "disable-next-line", "disable-line", "disable-file"}
_END_OF_FILE = 1 << 60


class Selector(NamedTuple):
    """A rule, pack or glob as an exception names it, and where."""

    name: str
    span: Span


class Silence(NamedTuple):
    """Lines (1-based, both included) on which a selector is silent. ``origin`` is the selector that said so."""

    selector: Selector
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Suppressions:
    """The exceptions of one page, as plain data."""

    ranges: tuple[Silence, ...] = ()
    enabled: tuple[Selector, ...] = ()
    """What ``enable`` names; kept to find names that mean nothing."""
    mistaken: tuple[tuple[Span, str], ...] = ()
    """Directives that say nothing clear: the span, and the verb as written (empty where a name is missing)."""

    @property
    def selectors(self) -> list[Selector]:
        """Every selector that the page names, in the order of the text."""
        return sorted({*(one.selector for one in self.ranges), *self.enabled}, key=lambda one: one.span)


def read(document: Document) -> Suppressions:
    """The exceptions that a page makes."""
    ranges: list[Silence] = []
    enabled: list[Selector] = []
    mistaken: list[tuple[Span, str]] = []
    open_since: dict[str, tuple[Selector, int]] = {}
    following: dict[int, int] = {}

    for selector in _front_matter_list(document):
        ranges.append(Silence(selector, 1, _END_OF_FILE))
    for comment, directive in _directives(document):
        verb = directive["verb"]
        selectors = _selectors(directive)
        if verb not in _VERBS or not selectors:
            place = Span(directive.start("verb") - len("contentlint-"), directive.end("verb"))
            mistaken.append((place, "" if verb in _VERBS else verb))
            continue
        line = document.lines.line_of(directive.start("verb"))
        for selector in selectors:
            if verb == "disable":
                open_since.setdefault(selector.name, (selector, line))
            elif verb == "enable":
                enabled.append(selector)
                if selector.name in open_since:
                    begun, first = open_since.pop(selector.name)
                    ranges.append(Silence(begun, first, line))
            else:
                ranges.append(Silence(selector, *_lines(document, verb, comment, line, following)))
    for begun, first in open_since.values():
        ranges.append(Silence(begun, first, _END_OF_FILE))
    return Suppressions(tuple(ranges), tuple(enabled), tuple(mistaken))


def _lines(document: Document, verb: str, comment: Span, line: int, following: dict[int, int]) -> tuple[int, int]:
    if verb == "disable-file":
        return 1, _END_OF_FILE
    if verb == "disable-line":
        return line, line
    last = document.lines.line_of(comment.end)
    if last not in following:  # a line may hold thousands of comments
        following[last] = _next_line(document, last)
    return following[last], following[last]


def _next_line(document: Document, line: int) -> int:
    """The next line that is not blank."""
    line += 1
    while line <= len(document.lines) and not document.lines.line_span(line).of(document.text).strip():
        line += 1
    return line


def _directives(document: Document) -> Iterator[tuple[Span, re.Match[str]]]:
    """The lines of comments that speak to us, each with its comment."""
    for comment in sorted(_comments(document)):
        for line in re.finditer(r"[^\n\r]+", comment.of(document.text)):
            directive = _DIRECTIVE.match(document.text, comment.start + line.start(), comment.start + line.end())
            if directive is not None:
                yield comment, directive


def _selectors(directive: re.Match[str]) -> list[Selector]:
    """What a directive names; a reason may follow after `` -- ``."""
    named = re.split(r"(?:^|\s)--(?:\s|$)", directive["rest"], maxsplit=1)[0]
    start = directive.start("rest")
    return [
        Selector(name[0], Span(start + name.start(), start + name.end())) for name in re.finditer(r"[^\s,]+", named)
    ]


def _comments(document: Document) -> Iterator[Span]:
    """What stands in comments, in HTML, in MDX, in the front matter; those inside code are no comments."""
    if "contentlint-" not in document.text:
        return
    html = (tag.span for tag in document.nodes(Tag) if tag.name == "!--")
    hidden = (one.span for one in document.mask.hidden if one.kind == "comment")
    for span in (*html, *hidden, *document.front_matter.comments):
        comment = span.of(document.text)
        for opening, closing in _DELIMITERS:
            if comment.startswith(opening):
                end = len(closing) if comment.endswith(closing) else 0
                yield Span(span.start + len(opening), span.end - end)
                break


def _front_matter_list(document: Document) -> Iterator[Selector]:
    disabled = document.front_matter.get(f"{KEY}.disable")
    if disabled is None:
        return
    entries = disabled.children if disabled.kind == "list" else [disabled]
    for entry in entries:
        if isinstance(entry.value, str):
            yield Selector(entry.value, entry.inner or entry.span)


class Verdict(NamedTuple):
    """What exceptions did to the findings of a page."""

    kept: list[Diagnostic]
    suppressed: int
    unused: list[Selector]
    """Selectors that silenced nothing, though a rule that they name ran on the page."""
    unknown: list[Selector]
    """Selectors that name no rule."""


class _Reach:
    """Which lines are silent for one rule."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._firsts = [first for first, _ in ordered]
        # Of all ranges that begin up to here, the line that any of them reaches.
        self._reached = list(accumulate((last for _, last in ordered), max))

    def __contains__(self, line: int) -> bool:
        begun = bisect_right(self._firsts, line)
        return begun > 0 and self._reached[begun - 1] >= line


def apply(
    found: Collection[Diagnostic],
    suppressions: Suppressions,
    ids_of: Callable[[str], Iterable[str]],
    ran: Callable[[str], bool],
) -> Verdict:
    """Leave out the findings that the page's author excepted; a finding belongs to the line where it starts.

    ``ids_of`` gives the rules that a selector names, ``ran`` tells whether a rule ran on this page.
    """
    named = {selector.name for selector in suppressions.selectors}
    ids_by_name = {name: frozenset(ids_of(name)) for name in named}
    ids = {selector: ids_by_name[selector.name] for selector in suppressions.selectors}
    # A page may have a hundred thousand findings and as many exceptions: nothing here compares each with each.
    lines: dict[str, list[int]] = {}
    for diagnostic in found:
        lines.setdefault(diagnostic.rule, []).append(diagnostic.range.start.line)
    for places in lines.values():
        places.sort()
    used: set[Selector] = set()
    silent: dict[str, list[tuple[int, int]]] = {}
    for one in suppressions.ranges:
        for rule_id in ids[one.selector] & lines.keys():
            silent.setdefault(rule_id, []).append((one.first, one.last))
            if bisect_left(lines[rule_id], one.first) < bisect_right(lines[rule_id], one.last):
                used.add(one.selector)
    reach = {rule_id: _Reach(ranges) for rule_id, ranges in silent.items()}
    kept = [one for one in found if one.range.start.line not in reach.get(one.rule, ())]
    idle = {one.selector for one in suppressions.ranges} - used
    return Verdict(
        kept,
        len(found) - len(kept),
        [one for one in suppressions.selectors if one in idle and any(ran(rule_id) for rule_id in ids[one])],
        [one for one in suppressions.selectors if not ids[one]],
    )
