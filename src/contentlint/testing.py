"""Run the examples of rule pages: for our tests, and for those who write packs of their own.

An example is a fenced block of Markdown whose info says ``md bad``, ``md good`` or ``md fixed``. A bad one must give
exactly the findings that its marks ``⟦…⟧`` show, a good one none; a fixed one must be what the fixes of the bad example
before it give, and fixing that again must change nothing.

After the role may follow ``file=content/a.md`` (where the page lies), ``site=nextjs`` (the profile of the site),
``base-url=https://example.org`` (its address), ``theme-prints-title=true`` (what the config says of its templates),
``lang=fr`` (the language that the config gives), ``today=2025-07-15``, ``rules=links/empty-link`` (rules that run
too), ``escapes=yes`` (``\\xff`` in the text stands for that byte), and options of the rule: ``max_pixels=500``.
Fences that follow each other directly and name their files make up one site; a fence without a role is a further file
of it: ``text file=static/x.png``, ``text file=static/x.png size=1400000`` where it shall have that many bytes,
``text reported file=static/x.png`` where the finding must be about that file as a whole.
"""

from __future__ import annotations

import datetime
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contentlint import fixer
from contentlint.config import Config, RuleSetting
from contentlint.diagnostic import Applicability, Diagnostic
from contentlint.linter import Request, lint
from contentlint.registry import Selection
from contentlint.rule import Rule, RuleError
from contentlint.source.document import Document
from contentlint.source.nodes import CodeBlock
from contentlint.span import Span

OPEN, CLOSE = "⟦", "⟧"

_ROLES = ("bad", "good", "fixed")
_SETTINGS = ("file", "size", "site", "base-url", "theme-prints-title", "lang", "today", "rules", "escapes")


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """A file of an example. ``expected`` are the spans that must be reported in it.

    ``size`` is how many bytes it has: zeros follow the text.
    """

    path: str
    text: str
    role: str | None
    expected: tuple[Span, ...] = ()
    size: int = 0
    reported: bool = False
    """Whether the file is no page, and the finding must be about it as a whole."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a rule page. ``line`` is where it begins on the page."""

    rule: Rule
    role: str
    line: int
    files: tuple[ExampleFile, ...]
    settings: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    fixed: str | None = None
    """What the fixes of a bad example must give."""

    def __str__(self) -> str:
        return f"{self.rule.id}:{self.line}:{self.role}"


def examples(rule: Rule) -> list[Example]:
    """The examples of a rule's page, in order. Raises RuleError for one that cannot be read."""
    found: list[Example] = []
    for group in _groups(rule):
        first = group[0]
        role = next((one.role for one in group if one.role), None)
        if role is None:
            continue
        if role == "fixed":
            if not found or found[-1].role != "bad":
                raise RuleError(rule.path, "there is no bad example before this fixed one", first.line)
            bad = found.pop()
            found.append(Example(rule, bad.role, bad.line, bad.files, bad.settings, bad.options, first.text))
            continue
        settings: dict[str, str] = {}
        for one in reversed(group):
            settings |= one.settings
        options = {name: _value(value) for name, value in settings.items() if name not in _SETTINGS}
        files = tuple(_file(one, rule) for one in group)
        found.append(Example(rule, role, first.line, files, settings, options))
    return found


def run(example: Example) -> list[str]:
    """What is wrong with an example: a line for each finding too many or too few, and for what fixes do wrong."""
    with _laid_out(example) as root:
        problems = []
        if example.role == "bad" and not any(one.expected or one.reported for one in example.files):
            problems.append(f"nothing is marked with {OPEN}{CLOSE}")
        found = _lint(example, root)
        for one in example.files:
            here = [diagnostic for diagnostic in found if Path(diagnostic.path).resolve() == root / one.path]
            if one.role is not None:
                problems += _difference(one, [diagnostic.span for diagnostic in here])
            elif one.reported != (whole := any(diagnostic.whole for diagnostic in here)):
                problems.append(f"{one.path}: {'reported' if whole else 'not reported'} as a whole")
        if example.fixed is not None:
            problems += _fix(example, root, found)
    return problems


def findings(example: Example, language: str = "en") -> list[Diagnostic]:
    """What the rule finds in an example, worded in that language."""
    with _laid_out(example) as root:
        return _lint(example, root, language)


@contextmanager
def _laid_out(example: Example) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for one in example.files:
            place = root / one.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(one.text.encode("utf8", "surrogateescape").ljust(one.size, b"\0"))
        yield root


def _fix(example: Example, root: Path, found: list[Diagnostic]) -> list[str]:
    page = next(one for one in example.files if one.role is not None)
    text = page.text
    if text == example.fixed:
        return ["the fixed example is the bad one"]
    for _ in range(fixer.MAX_ROUNDS):
        fixes = fixer.chosen(found, Applicability.UNSAFE)
        if not fixes:
            break
        text = fixer.apply(text, fixes)
        (root / page.path).write_bytes(text.encode("utf8"))
        found = _lint(example, root)
    if text != example.fixed:
        return [f"the fixes give {text!r} and not {example.fixed!r}"]
    return ["the fixed page is still fixed again"] if fixer.chosen(found, Applicability.UNSAFE) else []


def _lint(example: Example, root: Path, language: str = "en") -> list[Diagnostic]:
    settings = example.settings
    site: dict[str, Any] = {"generator": settings["site"]} if "site" in settings else {}
    if "theme-prints-title" in settings:
        site["theme_prints_title"] = settings["theme-prints-title"] == "true"
    if "base-url" in settings:
        site["base_url"] = settings["base-url"]
    values: dict[str, Any] = {"site": site}
    if "lang" in settings:
        values["language"] = settings["lang"]
    if example.rule.path.parents[1] != _shipped_rules():
        values["packs"] = (example.rule.path.parents[1],)
    rules = {example.rule.id: RuleSetting(True, None, example.options)}
    config = Config(None, root, values, (rules,))
    others = tuple(settings["rules"].split(",")) if "rules" in settings else ()
    (root / "contentlint.toml").touch()  # marks the root of the site
    report = lint(
        Request(
            paths=[str(root), *(str(root / one.path) for one in example.files if one.role is not None)],
            config=config,
            selection=Selection(select=(example.rule.id, *others)),
            language=language,
            today=datetime.date.fromisoformat(settings["today"]) if "today" in settings else None,
        )
    )
    if report.failures:
        raise AssertionError(f"{example}: {report.failures[0].message}")
    return [one for one in report.diagnostics if one.rule == example.rule.id]


def _shipped_rules() -> Path:
    from contentlint.resources import folder

    return folder("rules")


def _difference(file: ExampleFile, spans: list[Span]) -> list[str]:
    lines = []
    remaining = list(spans)
    for span in file.expected:
        if span in remaining:
            remaining.remove(span)
        else:
            lines.append(f"{file.path}: not reported: {_shown(file.text, span)}")
    lines += [f"{file.path}: reported: {_shown(file.text, span)}" for span in remaining]
    return lines


def _shown(text: str, span: Span) -> str:
    line = text.count("\n", 0, span.start) + 1
    return f"line {line}, {span.start}–{span.end}: {span.of(text)[:60]!r}"


@dataclass(frozen=True, slots=True)
class _Fence:
    line: int
    role: str | None
    settings: dict[str, str]
    text: str
    span: Span
    reported: bool


def _groups(rule: Rule) -> Iterator[list[_Fence]]:
    """The fences of the page's body; those that name their files and follow each other directly come together."""
    document = Document(rule.path.name, rule.body)
    offset = rule.path.read_text(encoding="utf8").count("\n") - rule.body.count("\n") if rule.path.is_file() else 0
    group: list[_Fence] = []
    for block in document.nodes(CodeBlock):
        words = block.arguments.split()
        role = next((word for word in words if word in _ROLES), None)
        settings = dict(word.split("=", 1) for word in words if "=" in word)
        if role is None and not (group and "file" in settings) and "file" not in settings:
            continue
        line = document.lines.line_of(block.span.start) + offset
        fence = _Fence(line, role, settings, block.text, block.span, "reported" in words)
        joins = group and "file" in settings and "file" in group[-1].settings
        if joins and not rule.body[group[-1].span.end : block.span.start].strip():
            group.append(fence)
            continue
        if group:
            yield group
        group = [fence]
    if group:
        yield group


def _file(fence: _Fence, rule: Rule) -> ExampleFile:
    path = fence.settings.get("file", "page.md")
    if fence.role is None:
        text = _unescaped(fence.text) if "escapes" in fence.settings else fence.text
        return ExampleFile(path, text, None, size=int(fence.settings.get("size", 0)), reported=fence.reported)
    try:
        text, spans = _marked(fence.text, escapes="escapes" in fence.settings)
    except ValueError as error:
        raise RuleError(rule.path, str(error), fence.line) from error
    return ExampleFile(path, text, fence.role, tuple(spans))


def _marked(text: str, *, escapes: bool) -> tuple[str, list[Span]]:
    """The text without marks, and the spans that they were around. Marks may nest. Raises ValueError."""
    plain: list[str] = []
    length = 0
    starts: list[int] = []
    spans: list[Span] = []
    for part in re.split(f"([{OPEN}{CLOSE}])", text):
        if part == OPEN:
            starts.append(length)
        elif part == CLOSE:
            if not starts:
                raise ValueError(f"a {CLOSE} without its {OPEN}")
            spans.append(Span(starts.pop(), length))
        else:
            plain.append(_unescaped(part) if escapes else part)
            length += len(plain[-1])
    if starts:
        raise ValueError(f"a {OPEN} without its {CLOSE}")
    return "".join(plain), spans


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _unescaped(text: str) -> str:
    r"""The text with the byte that ``\xff`` stands for, decoded as a file's bytes are."""
    data = re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes([int(match[1], 16)]), text.encode("utf8"))
    return data.decode("utf8", "surrogateescape")
