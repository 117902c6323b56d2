"""The sites that a run is about: each with its root, its config, its profile, and the settings of its pages."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from contentlint import config as configs
from contentlint import discover, registry
from contentlint.config import Config, ConfigError
from contentlint.registry import PageSettings, Registry, Selection, Setting
from contentlint.report import Failure
from contentlint.site import addresses, anchors
from contentlint.site import profile as profiles
from contentlint.site.index import PageFacts, SiteIndex
from contentlint.site.neighbours import Neighbours
from contentlint.site.profile import Profile
from contentlint.site.tree import SiteTree
from contentlint.source import dialect as dialects
from contentlint.source.document import Conventions

STANDALONE = "<text>"
"""The path of a page that is given as text and lies nowhere."""


@dataclass(frozen=True)
class Project:
    """One site with one config."""

    root: Path
    """Where the paths of its pages start."""
    tree: SiteTree
    config: Config = field(default_factory=Config)
    selection: Selection = field(default_factory=Selection)
    scope: discover.Scope = field(default_factory=discover.Scope, repr=False)
    """The folders that the run is about."""
    pages: list[str] = field(default_factory=list)
    """The pages to lint, relative to the root, with ``/``."""
    left_out: list[str] = field(default_factory=list)
    """Files that look like pages and are no content of the site."""
    _settings: dict[tuple[object, ...], PageSettings] = field(default_factory=dict, repr=False)

    @cached_property
    def registry(self) -> Registry:
        """The rules there are, the user's own packs included. Raises ConfigError."""
        rules = registry.load(self.config.packs)
        rules.verify(self.config, self.selection)
        return rules

    @cached_property
    def profile(self) -> Profile:
        """How the site is laid out: what was recognised, with what the config says instead. Raises ConfigError."""
        site = self.config.site
        wanted = site.get("generator")
        self._verify("generator", "no profile", [wanted] if wanted else [], profiles.known)
        found = profiles.load(wanted).fitted(self.tree) if wanted else profiles.detect(self.tree)
        self._verify("keys", "unknown concept", site.get("keys", {}), lambda: found.keys)
        self._verify("dialects", "no dialect", site.get("dialects", ()), dialects.known)
        self._verify("heading_ids", "no algorithm", site.get("heading_ids", ()), anchors.known)
        return found.configured(site)

    def _verify(self, setting: str, fault: str, names: Iterable[str], known: Callable[[], Iterable[str]]) -> None:
        """Raise ConfigError for the first of the names in a setting of the site that means nothing."""
        for name in names:
            if name not in (there := list(known())):
                origin = self.config.origins.get(f"site.{setting}")
                hint = registry.suggestion(name, there)
                raise ConfigError(f"site.{setting.replace('_', '-')}: {fault} {name!r}{hint}", origin)

    def settings(self, path: str) -> PageSettings:
        """What the page stage needs to know for the page at that path."""
        conventions = self._conventions(path)
        key = (self.config.applicable(self._absolute(path)), conventions.language, conventions.dialects)
        if key not in self._settings:
            active = self.registry.active(self._absolute(path), self.config, self.selection)
            self._settings[key] = PageSettings(active, conventions)
        return self._settings[key]

    def setting(self, rule_id: str, path: str) -> Setting:
        """What applies to one rule on the page at that path, and why."""
        return self.registry.setting(rule_id, self._absolute(path), self.config, self.selection)

    def concerns(self, path: str) -> bool:
        """Whether the run is about a file of the site that is no page, or with ``""`` about the site as a whole."""
        return Path(self._absolute(path)) in self.scope and not self.excludes(path)

    def excludes(self, path: str) -> bool:
        """Whether the config leaves out what lies at that path."""
        exclude = self.config.values.get("exclude", ())
        where = relative(self._absolute(path), self.config.folder)
        return bool(exclude) and not where.startswith("../") and discover.matcher(exclude)(where)

    def index(self, pages: Mapping[str, PageFacts], today: datetime.date) -> SiteIndex:
        """The site as its checks see it."""
        return SiteIndex(
            pages,
            self.tree,
            self.profile,
            today,
            self.profile.theme_prints_title,
            self.config.site.get("base_url"),
            Neighbours(
                self.tree,
                self._others(pages),
                self._conventions,
                self.profile.templates,
                addresses.concepts(self.profile.addresses),
            ),
            self.concerns if self.scope else None,
        )

    def _conventions(self, path: str) -> Conventions:
        return self.profile.conventions(path, self.config.values.get("language"))

    def _others(self, pages: Mapping[str, PageFacts]) -> Iterator[str]:
        """The pages of the site besides these; what is a page by its ending is one only where pages lie."""
        endings = {*self.config.extensions, *self.profile.templates}
        if self.tree.root is None or not self.tree.project:
            return
        site = discover.Scope([self.root])
        for path in self.tree.files():
            is_other = path.rpartition(".")[2] in endings and path not in pages and self.profile.is_page(path)
            if is_other and self.root / path in site:
                yield path

    def shown(self, path: str) -> str:
        """A path of the site as reports write it: relative to the working directory, with ``/``."""
        return relative(self._absolute(path), Path.cwd())

    def _absolute(self, path: str) -> str:
        return os.path.join(self.root, path)


@dataclass(slots=True)
class Plan:
    """What a run has to do, and what it cannot."""

    projects: list[Project] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    named: set[Path] = field(default_factory=set)
    """Pages that the user named one by one: that one cannot be read is a failure of the run."""


class Planner:
    """Finds the site and the config of each page, each folder looked at once."""

    def __init__(
        self, config: Path | Config | None, isolated: bool, selection: Selection, force_exclude: bool = False
    ) -> None:
        self._force_exclude = force_exclude
        self._isolated = isolated
        self._selection = selection
        given = configs.load(config) if isinstance(config, Path) else config
        self._given = None if isolated else given
        self._configs: dict[Path, Config] = {}
        self._files: dict[Path, Path | None] = {}
        self._roots: dict[Path, Path | None] = {}
        self._projects: dict[tuple[Path, Path | None], Project] = {}
        self._scope = discover.Scope()

    def plan(self, paths: Sequence[str], texts: Sequence[str] = ()) -> Plan:
        """The pages at the paths, and those given as text, by site.

        Without either, the content of the site in the working directory.
        """
        whole = not paths and not texts
        found = discover.find(["."] if whole else paths, self.is_page)
        self._scope = discover.Scope(found.folders)
        missing = [Failure("no such file or folder", path, kind="not-found") for path in found.unknown]
        plan = Plan(failures=missing, named=found.named)
        if "" in texts:
            plan.projects.append(Project(Path.cwd(), SiteTree(None), Config(), self._selection, pages=[STANDALONE]))
        for page in (*found.pages, *(Path(text) for text in texts if text)):
            project = self.project(page)
            path = relative(str(page), project.root)
            if (page in found.named and not self._force_exclude) or not project.excludes(path):
                project.pages.append(path)
        of_sites = [project for project in self._projects.values() if project.pages]
        plan.projects += of_sites
        # A folder that is named is entered; one that is the root of a site stands for the content of the site.
        sites = [folder for folder in found.folders if whole or profiles.is_root(folder)]
        entered = {*found.named, *map(Path, texts), *(folder for folder in found.folders if folder not in sites)}
        for folder in sites:
            outer = self.around(folder)[0]
            for project in of_sites:
                if project.root.is_relative_to(outer.root):
                    _keep_content(project, outer, entered)
        return plan

    def config(self, folder: Path) -> Config:
        """The config for the pages of a folder."""
        if self._isolated:
            return Config()
        if self._given is not None:
            return self._given
        if folder not in self._files:
            self._files[folder] = configs.find(folder)
        file = self._files[folder]
        if file is None:
            return Config()
        if file not in self._configs:
            self._configs[file] = configs.load(file)
        return self._configs[file]

    def project(self, page: Path) -> Project:
        """The site of a page, which need not exist."""
        folder = page.parent
        if folder not in self._roots:
            self._roots[folder] = profiles.find_root(page)
        root = self._roots[folder]
        config = self.config(folder)
        key = (root or folder, config.file)
        if key not in self._projects:
            tree = SiteTree(root or folder, project=root is not None)
            self._projects[key] = Project(root or folder, tree, config, self._selection, self._scope)
        return self._projects[key]

    def around(self, path: Path) -> tuple[Project, str]:
        """The site of a file or folder, and the path in it: of the file, or of a page that would lie in the folder."""
        page = Path(os.path.abspath(path / "page.md" if path.is_dir() else path))
        project = self.project(page)
        return project, relative(str(page), project.root)

    def here(self) -> Project:
        """The site of the working directory."""
        return self.around(Path.cwd())[0]

    def is_page(self, path: Path) -> bool:
        """Whether a file has the ending of a page."""
        return path.suffix.lstrip(".") in self.config(path.parent).extensions


def _keep_content(project: Project, outer: Project, entered: Set[Path]) -> None:
    """Leave only the site's content: what the config includes, else what its profile knows; and what is ``entered``.

    ``outer`` is the site that the run is about: where it has no pages (``__tests__/``), a site inside it has none.
    """
    include = project.config.values.get("include", ())
    if include:
        matches = discover.matcher(include)
        folder = project.config.folder
        content = [path for path in project.pages if matches(relative(os.path.join(project.root, path), folder))]
    else:
        content = project.profile.pages(project.pages)
        if project is not outer and project.root.is_relative_to(outer.root):
            inside = relative(str(project.root), outer.root)
            content = [path for path in content if not outer.profile.is_ignored(f"{inside}/{path}")]
    places = {path: project.root / path for path in project.pages} if entered else {}
    kept = {*content, *(path for path, place in places.items() if not entered.isdisjoint((place, *place.parents)))}
    project.left_out.extend(path for path in project.pages if path not in kept)
    project.pages[:] = [path for path in project.pages if path in kept]


def relative(path: str, folder: Path) -> str:
    """A path relative to a folder, with ``/`` on every system."""
    return os.path.relpath(path, folder).replace(os.sep, "/")
