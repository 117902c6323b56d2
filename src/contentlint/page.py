"""The page stage: a pure function of a page's bytes, its path and the settings for that path.

No file system, no clock, no network: its results can be computed anywhere, and be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from contentlint import registry, suppression
from contentlint.check import Check, Match, Place
from contentlint.registry import ActiveRule, PageSettings
from contentlint.report import Failure
from contentlint.rule import ENGINE
from contentlint.site.index import PageFacts, page_facts
from contentlint.source import file
from contentlint.source.document import Document

_SHOWN = 60
"""Characters of the text that a message about front matter repeats."""


@dataclass(frozen=True, slots=True)
class PageTask:
    """A page to lint. ``data`` is None where the file could not be read, and ``problem`` then says why."""

    path: str
    """Relative to the site's root, with ``/``."""
    data: bytes | None
    settings: PageSettings
    problem: file.FileProblem | None = None
    look: Callable[[Document], Any] | None = None
    """What else is to be read of the page, for those who want no findings: a function of a module."""


@dataclass(frozen=True, slots=True)
class PageResult:
    """What the page stage gives for a page, as plain data."""

    path: str
    matches: tuple[tuple[str, Match], ...] = ()
    """Rule ids and their matches."""
    facts: PageFacts = field(default_factory=lambda: PageFacts(""))
    failures: tuple[Failure, ...] = ()
    ran: frozenset[str] = frozenset()
    """The rules that looked at the page, or will look at it in the site stage."""
    seen: Any = None
    """What the task's ``look`` gave; None where the page could not be read."""


def lint_page(task: PageTask) -> PageResult:
    """Run the checks of pages, and keep the facts that the checks of the site ask for. Never raises."""
    if task.data is None:
        return _unread(task)
    try:
        return _lint(task, task.data)
    except Exception as error:  # one page that breaks us must not cost the others
        failure = Failure(f"{type(error).__name__}: {error}", task.path)
        return PageResult(task.path, facts=PageFacts(task.path), failures=(failure,))


def _lint(task: PageTask, data: bytes) -> PageResult:
    source = file.decode(data)
    document = Document(task.path, source.text, task.settings.conventions)
    matches: list[tuple[str, Match]] = []
    facts: dict[str, Any] = {}
    failures: list[Failure] = []
    rules = [rule for rule in task.settings.rules if not rule.languages or document.language in rule.languages]
    for rule in rules:
        if rule.check == ENGINE:
            continue
        try:
            check = registry.load_check(rule.check)
            if not check.needs or any(document.has(need) for need in check.needs):
                _look(check, rule, document, matches, facts)
        except Exception as error:  # one broken check must not cost the other findings
            failures.append(Failure(f"{type(error).__name__}: {error}", task.path, rule.id))
    ran = frozenset(rule.id for rule in rules)
    matches += [(rule_id, match) for rule_id, match in _problems(source, document) if rule_id in ran]
    page = page_facts(document, facts, suppression.read(document))
    seen = task.look(document) if task.look else None
    return PageResult(task.path, tuple(matches), page, tuple(failures), ran, seen)


def _look(
    check: Check, rule: ActiveRule, document: Document, matches: list[tuple[str, Match]], facts: dict[str, Any]
) -> None:
    options = registry.bind_active(rule)
    if check.stage == "page":
        matches += [(rule.id, match) for match in check.run(document, options)]
    elif check.facts is not None:
        facts[rule.id] = check.facts(document, options)


def _problems(source: file.SourceText, document: Document) -> Iterator[tuple[str, Match]]:
    """What the engine itself met on the way: the rule of a problem is named as its kind."""
    for problem in source.problems:
        yield _file_match(problem)
    for fault in document.front_matter.problems:
        related = (Place(fault.related, "first"),) if fault.related else ()
        message = fault.cause if fault.kind == "syntax" else "found"
        values = {"reason": fault.reason, "key": fault.span.of(document.text)[:_SHOWN]}
        yield f"front-matter/{fault.kind}", Match(fault.span, message, values, related=related)
    if document.root.too_deep is not None:
        yield "file/too-deep", Match(document.root.too_deep)


def _unread(task: PageTask) -> PageResult:
    ran = frozenset(rule.id for rule in task.settings.rules if rule.check == ENGINE)
    found = [_file_match(task.problem)] if task.problem else []
    return PageResult(task.path, tuple(one for one in found if one[0] in ran), PageFacts(task.path), (), ran)


def _file_match(problem: file.FileProblem) -> tuple[str, Match]:
    return f"file/{problem.kind}", Match(problem.span, values={"reason": problem.reason, **problem.values})
