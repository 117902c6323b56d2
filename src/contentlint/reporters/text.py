"""For people at a terminal: one page in detail, or a whole site on one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from contentlint import __version__
from contentlint.diagnostic import Diagnostic, Severity
from contentlint.report import Report, SiteSummary
from contentlint.reporters import Context
from contentlint.reporters._terminal import Style, cut, safe, width
from contentlint.rule import AUDIENCES, worded

ROWS = 10
"""Kinds of finding on the first screen: with headings, sum and next steps they fit a terminal of 24 lines."""

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_MARKS = {Severity.ERROR: "✗", Severity.WARNING: "●", Severity.INFO: "○"}
"""What tells severities apart where there are no colours."""


def render(report: Report, context: Context) -> str:
    """The report for a terminal."""
    screen = _Screen(report, context)
    lines = [*screen.failures()]
    if report.diagnostics:
        lines += screen.pages() if report.pages == 1 or context.full else screen.overview()
    lines += screen.summary()
    return "".join(line.rstrip() + "\n" for line in lines)


def statistics(report: Report, context: Context) -> str:
    """How many findings there are of each rule, on how many pages; the most frequent first."""
    counts = Counter(one.rule for one in report.diagnostics)
    pages = Counter(rule for rule, _ in {(one.rule, one.path) for one in report.diagnostics if not one.whole})
    say = context.locale.say
    rows = [(say("statistics-count"), say("statistics-pages"), say("statistics-rule"))]
    rows += [
        (context.locale.number(count), context.locale.number(pages[rule]), rule)
        for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "".join(f"{row[0]:>{first}}  {row[1]:>{second}}  {row[2]}\n" for row in rows)


class _Screen:
    def __init__(self, report: Report, context: Context) -> None:
        self.report = report
        self.context = context
        self.say = context.locale.say
        self.style = Style(context.color)

    def failures(self) -> Iterator[str]:
        if self.report.failures:
            yield self.style(self.say("failures"), "bold", "red")
            for one in self.report.failures:
                message = self.say(f"failure-{one.kind}", reason=one.message)
                yield "  " + ": ".join(safe(part) for part in (one.path, one.rule, message) if part)
            yield ""

    # A whole site

    def overview(self) -> Iterator[str]:
        for site in self.report.sites:
            yield self.heading(site)
        kinds = _by_rule(self.report.diagnostics)
        kinds.sort(key=lambda found: (-found[0].severity, -len(found)))
        shown = kinds[:ROWS]
        room = self.context.width * 2 // 3
        texts = [self.row(found, room) for found in shown]
        column = min(max(map(width, texts)), room)
        for audience in AUDIENCES:
            rows = [
                (found, text)
                for found, text in zip(shown, texts, strict=True)
                if self.report.rules[found[0].rule].audience == audience
            ]
            if rows:
                yield self.style(self.say(f"audience-{audience}"), "bold")
            for found, text in rows:
                severity = found[0].severity
                gap = " " * (column - width(text))
                places = self.places(found, self.context.width - column - 6)
                yield f"  {self.style(_MARKS[severity], _COLORS[severity])} {text}{gap}  {self.style(places, 'dim')}"
        if len(kinds) > ROWS:
            yield "  " + self.say("more-rules", count=len(kinds) - ROWS, command=self.context.command)

    def heading(self, site: SiteSummary) -> str:
        text = self.say("site", title=site.title, pages=site.pages)
        counts = [
            (count, name) for code, count in Counter(site.languages).most_common() if (name := self.language(code))
        ]
        if len(counts) == 1:
            text = self.say("site-language", site=text, language=counts[0][1])
        elif counts:
            parts = [self.say("language-count", count=count, language=name) for count, name in counts]
            if unknown := site.pages - sum(count for count, _ in counts):
                parts.append(self.say("language-unknown", count=unknown))
            names = self.context.locale.listed(parts)
            text = self.say("site-languages", site=text, languages=names)
        return self.style(f"contentlint {__version__} · {text}", "bold")

    def language(self, code: str | None) -> str | None:
        name = f"language-{code}"
        return self.say(name) if name in self.context.locale.sentences else None

    def row(self, found: Sequence[Diagnostic], room: int) -> str:
        """All findings of a rule in one line of the first screen; a single one in its own words if they fit."""
        alone = safe(found[0].message) if len(found) == 1 else None
        return alone if alone and width(alone) <= room else cut(self.fold(found), room)

    def fold(self, found: Sequence[Diagnostic]) -> str:
        """All findings of a rule in one sentence."""
        rule = self.report.rules[found[0].rule]
        pages = len({one.path for one in found if not one.whole})
        template = worded(rule.fold, self.context.locale.code)
        return safe(self.context.locale.format(template, {**found[0].data, "count": len(found), "pages": pages}))

    def places(self, found: Sequence[Diagnostic], room: int) -> str:
        """Where: the pages that have most, as many as there is room for, after a quotation where that fits too."""
        quote = found[0].data.get("quote") if len(found) > 1 else None
        before = f"{self.say('quote', text=safe(str(quote)))} " if quote else ""
        pages = Counter((one.path, one.whole) for one in found).most_common()
        names = [_name(path, whole=whole) + (f" ({count})" if count > 1 else "") for (path, whole), count in pages]
        if len(names) == 1:
            line = "" if found[0].whole else f":{found[0].range.start.line}"
            columns = min(_NAME, max(8, room - len(line)))
            names = [_name(found[0].path, columns, whole=found[0].whole) + line]
        for shown in range(min(3, len(names)), 0, -1):
            others = f", {self.say('more-pages', count=len(names) - shown)}" if shown < len(names) else ""
            text = ", ".join(names[:shown])
            if width(before + text + others) <= room:
                return before + text + others
            if width(text + others) <= room:
                return text + others
        return text if len(names) == 1 else cut(text, max(8, room - width(others))) + others

    # One page

    def pages(self) -> Iterator[str]:
        for path, found in groupby(self.report.diagnostics, key=lambda one: one.path):
            yield from self.page(path, list(found))

    def page(self, path: str, found: list[Diagnostic]) -> Iterator[str]:
        yield self.style(self.say("page", path=safe(path), count=len(found)), "bold")
        lines = self.context.source(path) if not found[0].whole else None
        kinds = _by_rule(found)
        kinds.sort(key=lambda kind: (-kind[0].severity, kind[0].span))
        for kind in kinds:
            yield ""
            yield from self.kind(kind, lines)
        yield ""

    def kind(self, found: list[Diagnostic], lines: Sequence[str] | None) -> Iterator[str]:
        """All findings of a rule on a page: the sentence once, every place, what to do once."""
        groups = _same_value(found)
        first = found[0]
        label = self.style(self.say(str(first.severity)), "bold", _COLORS[first.severity])
        yield f"{label}  {self.fold(found) if len(groups) > 1 else safe(first.message)}"
        for group in groups:
            own_words = len(groups) > 1 and len({one.message for one in found}) > 1
            yield from self.place(group, lines, own_words)
        advice = list(dict.fromkeys(one.advice for one in found if one.advice))
        for text in advice[:1] if len(advice) > 2 else advice:
            yield "  " + self.style("→", "cyan") + f" {safe(text)}"
        yield "    " + self.style(first.rule, "dim")

    def place(self, group: list[Diagnostic], lines: Sequence[str] | None, own_words: bool) -> Iterator[str]:
        first = group[0]
        line, column = first.range.start
        if first.whole:
            pass
        elif lines is None or line > len(lines):
            yield f"  {line}:{column}"
        else:
            yield from self.excerpt(first, lines[line - 1])
        if own_words:
            yield f"       {safe(first.message)}"
        if len(group) > 1:
            names = [f"{safe(str(one.data['field']))} ({one.range.start.line})" for one in group]
            yield "       " + self.say("same-value", names=self.context.locale.listed(names))
        for place in first.related:
            where, line = safe(place.path), place.range.start.line
            say = "related-here" if place.path == first.path else "related"
            yield "       " + self.say(say, path=where, line=line, message=safe(place.message))

    def excerpt(self, one: Diagnostic, line: str) -> Iterator[str]:
        """The source line, cut to what fits around the span, with the span underlined."""
        start = one.range.start.column - 1
        end = one.range.end.column - 1 if one.range.end.line == one.range.start.line else len(line)
        room = max(30, self.context.width - 10)
        left = 0
        if len(line) > room and end > room:
            left = max(0, min(start - room // 4, len(line) - room))
        before = ("…" if left else "") + safe(line[left:start])
        # A line may be millions of characters long: only what can be shown is looked at.
        marked = cut(safe(line[start : min(end, start + 2 * room)]), max(10, room - width(before)))
        after = cut(safe(line[end : end + 2 * room]), max(0, room - width(before) - width(marked)))
        if end - start > room or marked.endswith("…"):
            after = ""
        color = _COLORS[one.severity]
        number = self.style(f"{one.range.start.line:>5} │ ", "dim")
        yield f"{number}{before}{marked}{after if after != '…' else ''}"
        underline = "^" * max(1, width(marked))
        yield f"{self.style('      │ ', 'dim')}{' ' * width(before)}{self.style(underline, color)}"

    # The end

    def summary(self) -> Iterator[str]:
        report, say = self.report, self.say
        for site in report.sites:
            if site.left_out:
                yield self.style(say("left-out", count=site.left_out), "dim")
        if report.suppressed:
            yield self.style(say("suppressed", count=report.suppressed), "dim")
        if not report.pages:
            if not report.failures:
                yield say("no-pages")
            return
        if not report.diagnostics:
            text = say("clean", pages=report.pages)
        else:
            counts = [(severity, report.count(severity)) for severity in reversed(Severity)]
            parts = [say(f"count-{severity}", count=count) for severity, count in counts if count]
            text = say("summary", found=self.context.locale.listed(parts), pages=report.pages)
        if self.context.seconds is not None:
            text += f" {say('seconds', seconds=self.context.seconds)}"
        yield text
        if report.diagnostics and report.pages > 1 and not self.context.full:
            label = say("next")
            for page, _ in Counter(one.path for one in report.diagnostics if not one.whole).most_common(1):
                yield f"{label} {say('next-page', command=self.context.command, path=safe(page))}"
                label = " " * len(label)
            yield f"{label} {say('next-full', command=self.context.command)}"


def _by_rule(found: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    kinds: dict[tuple[str, Severity], list[Diagnostic]] = {}
    for one in found:
        kinds.setdefault((one.rule, one.severity), []).append(one)
    return list(kinds.values())


def _same_value(found: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    """Findings by place; those about one and the same text under several names are one."""
    groups: dict[object, list[Diagnostic]] = {}
    for number, one in enumerate(found):
        text = one.data.get("text")
        groups.setdefault((one.message, text) if text and one.data.get("field") else number, []).append(one)
    return list(groups.values())


_NAME = 32
"""Columns for the name of a page on the first screen."""


def _name(path: str, columns: int = _NAME, *, whole: bool = False) -> str:
    """A page as people call it: its file without ending, or its folder where the file is called index.

    A file that is no page has its whole name.
    """
    page = PurePosixPath(path)
    if whole:
        return cut(safe(page.name or path), columns)
    name = page.parent.name if page.stem in ("index", "_index", "README") and page.parent.name else page.stem
    return cut(safe(name), columns)
