"""What the files that are gone since the last commit break on pages that nobody changed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from contentlint import discover, vcs
from contentlint.diagnostic import Diagnostic
from contentlint.linter import Request, lint
from contentlint.project import Planner, Project, relative
from contentlint.registry import Selection
from contentlint.report import Report
from contentlint.site.addresses import INDEX, Named, named
from contentlint.site.metadata import view
from contentlint.site.routes import Routes
from contentlint.source import front_matter

_CHECKS = ("broken-page", "missing-file")
"""Those that see whether a reference leads to a file."""


def with_aftermath(request: Request, report: Report) -> Report:
    """The report with what deleted and renamed files broke elsewhere on the site of the working directory.

    Only references that led to such a file count; what was broken before is not reported again. Raises ConfigError,
    and vcs.NoAnswerError where git cannot say what is gone.
    """
    planner = Planner(request.config, request.isolated, request.selection, request.force_exclude)
    project = planner.here()
    gone = vcs.gone(project.root)
    if not gone:
        return report
    pages = list(_mentioning(project, planner, gone))
    rules = tuple(rule.id for rule in project.registry.rules.values() if rule.check in _CHECKS)
    if not pages or not rules:
        return report
    asked = replace(request, paths=[str(project.root / page) for page in pages], texts={}, selection=Selection(rules))
    known = {(one.path, one.span, one.rule) for one in report.diagnostics}
    broken = [
        one
        for one in _caused(project, lint(asked).diagnostics, gone)
        if (one.path, one.span, one.rule) not in known
        and project.setting(one.rule, relative(one.path, project.root)).enabled
    ]
    return replace(report, diagnostics=tuple(sorted((*report.diagnostics, *broken), key=lambda one: one.sort_key)))


def _mentioning(project: Project, planner: Planner, gone: Iterable[str]) -> Iterator[str]:
    """The pages of the site in whose text a part of an address of the files stands."""
    names = {name.lower() for path in gone for name in _names(project, path)}
    for page in project.profile.pages(
        relative(str(file), project.root) for file in discover.below(project.root, planner.is_page)
    ):
        text = unquote(project.tree.read(page) or "").lower()
        if any(name in text for name in names):
            yield page


def _names(project: Project, path: str) -> Iterator[str]:
    """What an address of the file ends with: its name, that of its folder for an index page, its slug."""
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    yield posixpath.basename(folder) if stem.lower() in INDEX and folder else stem
    said = _former(project, path)
    yield from (posixpath.basename(one.rstrip("/")) for one in (said.slug, said.url, *said.aliases) if one)


def _former(project: Project, path: str) -> Named:
    """What the front matter of a file that is gone said of its address."""
    if path.rpartition(".")[2] not in project.config.extensions:
        return Named()
    return named(view(front_matter.read(vcs.former(project.root, path)), project.profile.keys))


def _caused(project: Project, found: Iterable[Diagnostic], gone: Iterable[str]) -> Iterator[Diagnostic]:
    """The findings about references that led to one of the files."""
    pages: Mapping[str, Named] = {path: _former(project, path) for path in gone if project.profile.is_page(path)}
    before = Routes(pages, project.tree, project.profile)
    for one in found:
        reference = str(one.data.get("reference", ""))
        target = before.resolve(reference, relative(one.path, project.root))
        end = "/" + unquote(reference.partition("#")[0].partition("?")[0]).lstrip("./")
        if (target.state == "page" and target.path in pages) or any(f"/{path}".endswith(end) for path in gone):
            yield one
