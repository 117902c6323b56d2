"""The flow: pages first, then the site; matches are dressed as diagnostics, and the author's exceptions applied."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from contentlint import executor as executors
from contentlint import locale as locales
from contentlint import registry, suppression
from contentlint.check import Match
from contentlint.config import Config
from contentlint.diagnostic import Diagnostic, Range, Related
from contentlint.locale import Locale
from contentlint.page import PageResult, PageTask
from contentlint.project import STANDALONE, Plan, Planner, Project
from contentlint.registry import Selection
from contentlint.report import Failure, Report, SiteSummary
from contentlint.rule import ENGINE, worded
from contentlint.site.index import PageFacts, SiteIndex
from contentlint.source import file
from contentlint.source.document import Document
from contentlint.span import Span


@dataclass(frozen=True, slots=True)
class Request:
    """What to lint, and how."""

    paths: Sequence[str] = ()
    """Files, folders and globs; none (and no texts) means the content of the site in the working directory."""
    texts: Mapping[str, bytes] = field(default_factory=dict)
    """Pages given as bytes, by the path that they would have; the files need not exist."""
    config: Path | Config | None = None
    """A config for all pages, or the file that holds it, instead of those found beside them."""
    isolated: bool = False
    """Use no config at all."""
    force_exclude: bool = False
    """Let the config's ``exclude`` hold for files that are named one by one too."""
    selection: Selection = field(default_factory=Selection)
    language: str | None = None
    """The language of the messages; None chooses by config, then by the pages, then by the environment."""
    executor: Executor | None = None
    """Where the page stage runs; None decides by the number of pages."""
    jobs: int | None = None
    progress: Callable[[int, int], None] | None = None
    """Called with how many pages are done and how many there are."""
    today: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class _Linted:
    """A site after its page stage."""

    project: Project
    results: Mapping[str, PageResult]
    index: SiteIndex

    def facts(self, path: str) -> PageFacts:
        """What is known of a page; of a file that is none, that it begins somewhere."""
        return self.results[path].facts if path in self.results else PageFacts(path)


def lint(request: Request) -> Report:
    """Lint pages and sites. Raises ConfigError for settings that cannot be used; all else is in the report."""
    planner = Planner(request.config, request.isolated, request.selection, request.force_exclude)
    plan = planner.plan(request.paths, tuple(request.texts))
    failures = list(plan.failures)
    sites = list(_page_stage(plan, request, failures))
    locale = locales.load(_language(request, sites))
    diagnostics: list[Diagnostic] = []
    suppressed = 0
    for site in sites:
        by_file: dict[str, list[Diagnostic]] = {path: [] for path in site.results}
        for path, rule_id, match in (*_page_matches(site), *_site_stage(site, failures)):
            by_file.setdefault(path, []).append(_dressed(site, path, rule_id, match, locale))
        for path, found in by_file.items():
            kept, silenced = _without_exceptions(site, path, found, locale) if path in site.results else (found, 0)
            diagnostics += kept
            suppressed += silenced
    return Report(
        diagnostics=tuple(sorted(diagnostics, key=lambda one: one.sort_key)),
        pages=sum(len(site.results) for site in sites),
        suppressed=suppressed,
        failures=tuple(failures),
        rules={rule.id: rule for site in sites for rule in site.project.registry.rules.values()},
        sites=tuple(_summary(site) for site in sites),
        language=locale.code,
        fail_on=next((site.project.config.fail_on for site in sites if site.project.config.fail_on), "error"),
    )


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A site as its checks would see it."""

    shown: Callable[[str], str]
    """Turns the path of a page into one relative to the working directory."""
    index: SiteIndex
    seen: Mapping[str, Any]
    """What was looked for, by the path of each page that could be read."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What pages hold, without any finding."""

    sites: Sequence[Surveyed]
    failures: Sequence[Failure]
    language: str
    """The language to speak to the reader in, chosen as that of messages is."""


def survey(request: Request, look: Callable[[Document], Any] | None = None) -> Survey:
    """The sites of the pages, without any check; ``look`` is called with every page that can be read, maybe in another
    process. Raises ConfigError.
    """
    request = replace(request, selection=Selection(select=("file/unreadable",)))
    planner = Planner(request.config, request.isolated, request.selection, request.force_exclude)
    plan = planner.plan(request.paths, tuple(request.texts))
    failures = list(plan.failures)
    sites = list(_page_stage(plan, request, failures, look))
    surveyed = []
    for site in sites:
        seen = {path: one.seen for path, one in site.results.items() if one.seen is not None}
        surveyed.append(Surveyed(site.project.shown, site.index, seen))
    return Survey(surveyed, failures, locales.load(_language(request, sites)).code)


def _page_stage(
    plan: Plan, request: Request, failures: list[Failure], look: Callable[[Document], Any] | None = None
) -> Iterator[_Linted]:
    today = request.today or datetime.date.today()
    finished, total = 0, sum(len(project.pages) for project in plan.projects)
    for project in plan.projects:
        results: dict[str, PageResult] = {}
        tasks = [replace(task, look=look) for task in _tasks(project, plan, request.texts, failures)]
        for result in executors.run(tasks, request.executor, request.jobs):
            results[result.path] = result
            failures += [replace(failure, path=project.shown(result.path)) for failure in result.failures]
            finished += 1
            if request.progress:
                request.progress(finished, total)
        facts = {path: result.facts for path, result in results.items()}
        yield _Linted(project, results, project.index(facts, today))


def _tasks(project: Project, plan: Plan, texts: Mapping[str, bytes], failures: list[Failure]) -> Iterator[PageTask]:
    for path in project.pages:
        place = project.root / path
        given = texts.get("" if path == STANDALONE else str(place))
        settings = project.settings(path)
        if given is not None:
            yield PageTask(path, given, settings)
            continue
        try:
            yield PageTask(path, file.read_bytes(place), settings)
        except file.Unreadable as error:
            if error.problem.kind in ("unreadable", "not-a-file") and place in plan.named:
                failures.append(Failure(error.problem.reason, project.shown(path), kind="unreadable"))
            else:
                yield PageTask(path, None, settings, error.problem)


def _page_matches(site: _Linted) -> Iterator[tuple[str, str, Match]]:
    for page in site.results.values():
        for rule_id, match in page.matches:
            yield page.path, rule_id, match


def _site_stage(site: _Linted, failures: list[Failure]) -> Iterator[tuple[str, str, Match]]:
    """Call each site check once per distinct options, with the pages that those options are for."""
    groups: dict[registry.ActiveRule, dict[str, object]] = {}
    # Most pages of a site share their settings.
    looking: dict[int, list[registry.ActiveRule]] = {}
    for path, page in site.results.items():
        settings = site.project.settings(path)
        if id(settings) not in looking:
            looking[id(settings)] = [rule for rule in settings.rules if _looks_at_sites(rule)]
        for rule in looking[id(settings)]:
            if rule.id in page.ran:
                groups.setdefault(rule, {})[path] = page.facts.facts.get(rule.id)
    for rule, pages in groups.items():
        try:
            for match in registry.load_check(rule.check).run(site.index, pages, registry.bind_active(rule)):
                if match.path is not None and _is_asked_for(site, match.path, rule, pages):
                    yield match.path, rule.id, match
        except Exception as error:  # one broken check must not cost the other findings
            failures.append(Failure(f"{type(error).__name__}: {error}", None, rule.id))


def _is_asked_for(site: _Linted, path: str, rule: registry.ActiveRule, pages: Mapping[str, object]) -> bool:
    """Whether the run wants to know what a rule with these options says of a page, or of another file of the site."""
    if path in site.results:
        return path in pages
    return site.project.concerns(path) and rule in site.project.settings(path).rules


def _looks_at_sites(rule: registry.ActiveRule) -> bool:
    if rule.check == ENGINE:
        return False
    try:
        return registry.load_check(rule.check).stage == "site"
    except Exception:  # that it cannot be loaded, the page stage has said
        return False


def _dressed(site: _Linted, path: str, rule_id: str, match: Match, locale: Locale) -> Diagnostic:
    """A match in the words of its rule's page."""
    rule = site.project.registry.rules[rule_id]
    facts = site.facts(path)
    message = worded(rule.message(match.message), locale.code)
    return Diagnostic(
        rule=rule_id,
        severity=site.project.setting(rule_id, path).severity,
        message=locale.format(message, match.values),
        advice=locale.format(worded(rule.advice, locale.code), match.values),
        path=site.project.shown(path),
        span=match.span,
        range=_range(facts, match.span),
        whole=path not in site.results,
        confidence=match.confidence,
        data=match.values,
        fix=match.fix,
        edit_ranges=tuple(_range(facts, edit.span) for edit in match.fix.edits) if match.fix else (),
        related=tuple(
            Related(
                site.project.shown(path if place.path is None else place.path),
                _range(site.facts(path if place.path is None else place.path), place.span),
                locale.format(worded(rule.message(place.message), locale.code), match.values),
            )
            for place in match.related
        ),
    )


def _without_exceptions(
    site: _Linted, path: str, found: list[Diagnostic], locale: Locale
) -> tuple[list[Diagnostic], int]:
    """The findings that the page's author did not except, and what is wrong with the exceptions."""
    page = site.results[path]
    exceptions = page.facts.suppressions or suppression.Suppressions()
    verdict = suppression.apply(found, exceptions, site.project.registry.matching, page.ran.__contains__)
    about = [
        *(("suppressions/unused", "found", one.span, one.name) for one in verdict.unused),
        *(("suppressions/unknown-rule", "found", one.span, one.name) for one in verdict.unknown),
        *(
            ("suppressions/malformed", "unknown-verb" if verb else "no-rule", span, verb)
            for span, verb in exceptions.mistaken
        ),
    ]
    kept = [
        _dressed(site, path, rule_id, Match(span, message, {"name": name}), locale)
        for rule_id, message, span, name in about
        if rule_id in page.ran
    ]
    return verdict.kept + kept, verdict.suppressed


def _range(facts: PageFacts, span: Span) -> Range:
    return Range(facts.position(span.start), facts.position(span.end))


def _language(request: Request, sites: Sequence[_Linted]) -> str:
    """The language of the messages: asked for, configured, that of most pages, that of the environment."""
    configured = (site.project.config.values.get("lang") for site in sites)
    spoken: Counter[str] = Counter()
    for site in sites:
        spoken.update(page.language for page in site.index.pages.values() if page.language in locales.known())
    # Of two languages with as many pages the first in the alphabet, whatever the order of the pages.
    most = min(spoken, key=lambda code: (-spoken[code], code), default=None)
    return next(code for code in (request.language, *configured, most, locales.of_environment()) if code)


def _summary(site: _Linted) -> SiteSummary:
    profile = site.project.profile
    return SiteSummary(
        root=site.project.shown(""),
        generator=profile.name,
        title=profile.title,
        pages=len(site.results),
        languages=Counter(page.language for page in site.index.pages.values()),
        left_out=len(site.project.left_out),
    )
