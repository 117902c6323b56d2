"""How a site generator lays out a site: one data file a generator, ``profiles/*.toml``.

Adding a generator is adding a file; nothing here names one.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pathspec import GitIgnoreSpec

from contentlint.resources import package_file
from contentlint.site.tree import SiteTree
from contentlint.source.document import Conventions

BASE = "plain"
"""The profile that the others extend, and the one of a site whose generator is not recognised."""

CONFIG_FILES = ("contentlint.toml", ".contentlint.toml")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a generator is recognised by: all of these together."""

    files: tuple[str, ...] = ()
    """Names or globs of files and folders in the root; each must be there."""
    packages: tuple[str, ...] = ()
    """Dependencies in package.json; each must be there."""

    def found(self, tree: SiteTree, dependencies: Iterable[str]) -> bool:
        """Whether everything is there."""
        return all(map(tree.matching, self.files)) and all(package in dependencies for package in self.packages)


@dataclass(frozen=True)
class Profile:
    """The conventions of one generator. The config of a site may replace any of them."""

    name: str
    title: str
    markers: tuple[Marker, ...] = ()
    """Any one of them is enough."""
    content: tuple[str, ...] = ()
    """Where pages are, as patterns of .gitignore from the root."""
    ignore: tuple[str, ...] = ()
    """Files that are no pages although they lie there, as patterns of .gitignore."""
    static: tuple[str, ...] = ()
    """Folders that ``/x.png`` may lie in, as globs from the root; ``""`` is the root itself."""
    relative: tuple[str, ...] = ()
    """Folders that ``x.png`` may lie in, besides the page's own and its address: globs from the root."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The front-matter keys of each concept, dotted where nested; the first on the page wins."""
    dialects: frozenset[str] = frozenset()
    """What is written in the pages besides Markdown; the names are those of ``source.dialect``."""
    theme_prints_title: bool | None = None
    """Whether templates print the front-matter title as a heading; None where it differs from site to site."""

    @cached_property
    def _content(self) -> GitIgnoreSpec:
        return GitIgnoreSpec.from_lines(self.content)

    @cached_property
    def _ignore(self) -> GitIgnoreSpec:
        return GitIgnoreSpec.from_lines(self.ignore)

    def is_page(self, path: str) -> bool:
        """Whether a Markdown file of that path is a page of the site, as far as its place tells."""
        return self._content.match_file(path) and not self._ignore.match_file(path)

    def pages(self, paths: Iterable[str]) -> list[str]:
        """Those of the Markdown files that are pages; in a site that keeps them nowhere known, all not ignored."""
        paths = list(paths)
        known = [path for path in paths if self.is_page(path)]
        return known or [path for path in paths if not self._ignore.match_file(path)]

    def conventions(self, path: str, language: str | None = None) -> Conventions:
        """What is known of the page at that path before it is opened. ``language`` is what the config says."""
        del path  # no profile so far tells anything by the folder
        return Conventions(self.keys, self.dialects, language)

    def configured(self, settings: Mapping[str, Any]) -> Profile:
        """The profile with what the config says instead: ``content``, ``static``, ``dialects``, ``keys`` …

        Keys of a concept come before those that the profile knows; everything else replaces. Keys that are no part
        of a profile are left to their owners.
        """
        changes: dict[str, Any] = {
            name: tuple(settings[name]) for name in ("content", "ignore", "static") if name in settings
        }
        if "dialects" in settings:
            changes["dialects"] = frozenset(settings["dialects"])
        if "theme_prints_title" in settings:
            changes["theme_prints_title"] = settings["theme_prints_title"]
        if "keys" in settings:
            changes["keys"] = _merged(settings["keys"], self.keys)
        return replace(self, **changes)


def known() -> tuple[str, ...]:
    """The names of all profiles, in order."""
    return tuple(sorted(file.stem for file in package_file("site", "profiles").glob("*.toml")))


def load(name: str) -> Profile:
    """The profile of that name. Raises KeyError where there is none."""
    if name not in known():
        raise KeyError(name)
    return read(package_file("site", "profiles", f"{name}.toml"))


@cache
def read(file: Path) -> Profile:
    """The profile that a data file defines: what it says, then what ``plain`` says.

    The file must be valid against ``schemas/profile.schema.json``; this is tested, not checked again at run time.
    """
    data = tomllib.loads(file.read_text(encoding="utf8"))
    base = load(BASE) if file.stem != BASE else Profile(BASE, "")
    return Profile(
        name=file.stem,
        title=data["title"],
        markers=tuple(Marker(tuple(one.get("files", ())), tuple(one.get("packages", ()))) for one in data["markers"]),
        content=tuple(data["content"]),
        ignore=(*base.ignore, *data.get("ignore", ())),
        static=tuple(data.get("static", base.static)),
        relative=tuple(data.get("relative", ())),
        keys=_merged(data.get("keys", {}), base.keys),
        dialects=frozenset(data.get("dialects", base.dialects)),
        theme_prints_title=data.get("theme-prints-title", base.theme_prints_title),
    )


def detect(tree: SiteTree) -> Profile:
    """The profile of the site in a tree; ``plain`` where no generator is recognised.

    A generator that is known by its own files goes before one that is only a dependency.
    """
    found = _recognised(tree)
    return min(found, key=lambda profile: (_only_package(profile, tree), profile.name)) if found else load(BASE)


def find_root(path: Path) -> Path | None:
    """The root of the site that a file or folder belongs to: the nearest folder upwards with the marks of a
    generator, a config of contentlint or a repository. None where there is none below the home folder or the
    top of the file system.
    """
    start = path.absolute()
    home = Path(os.path.expanduser("~"))  # Path.expanduser() raises where there is no home
    for folder in (start, *start.parents) if start.is_dir() else start.parents:
        if folder in (home, folder.parent):
            return None
        tree = SiteTree(folder)
        names = {name for name, _ in tree.names()}
        if not names.isdisjoint({".git", *CONFIG_FILES}) or _configured_by_pyproject(tree) or _recognised(tree):
            return folder
    return None


def _recognised(tree: SiteTree) -> list[Profile]:
    dependencies = _dependencies(tree)
    profiles = [load(name) for name in known()]
    return [profile for profile in profiles if any(marker.found(tree, dependencies) for marker in profile.markers)]


def _only_package(profile: Profile, tree: SiteTree) -> bool:
    return not any(marker.files and marker.found(tree, _dependencies(tree)) for marker in profile.markers)


def _dependencies(tree: SiteTree) -> frozenset[str]:
    """The packages that package.json asks for."""
    try:
        data = json.loads(tree.read("package.json") or "{}")
    except (ValueError, RecursionError):
        return frozenset()
    tables = [data.get(key) for key in ("dependencies", "devDependencies")] if isinstance(data, dict) else []
    return frozenset(name for table in tables if isinstance(table, dict) for name in table)


def _configured_by_pyproject(tree: SiteTree) -> bool:
    try:
        data = tomllib.loads(tree.read("pyproject.toml") or "")
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    return "contentlint" in data.get("tool", {})


def _merged(first: Mapping[str, Iterable[str]], then: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The keys of both by concept, the first ones before, each once. An empty list takes a concept away."""
    merged = {concept: tuple(keys) for concept, keys in then.items()}
    for concept, keys in first.items():
        keys = tuple(keys)
        merged[concept] = tuple(dict.fromkeys((*keys, *merged.get(concept, ())))) if keys else ()
    return merged
