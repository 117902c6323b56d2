"""How a site generator lays out a site: one data file a generator, ``profiles/*.toml``.

Adding a generator is adding a file; nothing here names one.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
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
    settings: tuple[tuple[str, str], ...] = ()
    """Names or globs of YAML or TOML files, each with a dotted key that must have a value there."""

    def found(self, tree: SiteTree, dependencies: Iterable[str]) -> bool:
        """Whether everything is there."""
        return (
            all(map(tree.matching, self.files))
            and all(package in dependencies for package in self.packages)
            and all(any(_values(tree, file, key)) for file, key in self.settings)
        )

    def told(self, tree: SiteTree) -> str:
        """What was found, for people: ``astro.config.mjs``, ``next in package.json``. Call it where it was found."""
        names = [tree.matching(file)[0] for file in self.files]
        names += [f"{package} in package.json" for package in self.packages]
        names += [f"{key} in {next(_values(tree, file, key))[0]}" for file, key in self.settings]
        return ", ".join(names)


@dataclass(frozen=True, slots=True)
class OwnSetting:
    """What the generator's config in the site says of a value of the profile."""

    file: str
    """Name or glob of a YAML or TOML file in the root."""
    key: str
    """Dotted. Its value is a path from the root or a list of them, or of globs that hold in any folder unless they
    begin with a slash; those after ``!`` are left out.
    """
    sets: tuple[str, ...]
    """``content``, ``static``: what of the profile it replaces."""


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
    heading_ids: tuple[str, ...] = ()
    """The algorithms that may make the ids of headings; the names are those of ``site.anchors``."""
    theme_prints_title: bool | None = None
    """Whether templates print the front-matter title as a heading; None where it differs from site to site."""
    static_certain: bool = True
    """Whether a file of the site that ``/x.png`` means must lie in one of the static folders."""
    own_settings: tuple[OwnSetting, ...] = ()
    """What the site's own config of the generator says instead."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where the values come from, by the names of the fields: ``profile hugo``, ``docs_dir in mkdocs.yml``."""

    @cached_property
    def _content(self) -> GitIgnoreSpec:
        return GitIgnoreSpec.from_lines(self.content)

    @cached_property
    def _ignore(self) -> GitIgnoreSpec:
        return GitIgnoreSpec.from_lines(self.ignore)

    def is_page(self, path: str) -> bool:
        """Whether a Markdown file of that path is a page of the site, as far as its place tells."""
        return self._content.match_file(path) and not self.is_ignored(path)

    def is_ignored(self, path: str) -> bool:
        """Whether what lies at that path is no page even where pages lie."""
        return self._ignore.match_file(path)

    def pages(self, paths: Iterable[str]) -> list[str]:
        """Those of the Markdown files that are pages; in a site that keeps them nowhere known, all not ignored."""
        paths = list(paths)
        known = [path for path in paths if self.is_page(path)]
        return known or [path for path in paths if not self.is_ignored(path)]

    def conventions(self, path: str, language: str | None = None) -> Conventions:
        """What is known of the page at that path before it is opened. ``language`` is what the config says."""
        del path  # no profile so far tells anything by the folder
        return Conventions(self.keys, self.dialects, language, self.heading_ids)

    def fitted(self, tree: SiteTree) -> Profile:
        """The profile with what the generator's own config in that tree says instead."""
        profile = self
        for own in self.own_settings:
            found = list(_values(tree, own.file, own.key))
            paths = [path for _, value in found for path in (value if isinstance(value, list) else [value])]
            paths = [path for path in paths if isinstance(path, str) and path.strip(" /.!")]
            if paths:
                changes: dict[str, Any] = {}
                if "content" in own.sets and (patterns := _as_patterns(paths)):
                    changes["content"] = patterns
                if "static" in own.sets:
                    changes["static"] = tuple(path.strip("/").removeprefix("./") for path in paths)
                origin = f"{own.key} in {', '.join(file for file, _ in found)}"
                origins = {**profile.origins, **dict.fromkeys(changes, origin)}
                profile = replace(profile, **changes, origins=origins)
        return profile

    def configured(self, settings: Mapping[str, Any]) -> Profile:
        """The profile with what the config says instead: ``content``, ``static``, ``dialects``, ``keys`` …

        Keys of a concept come before those that the profile knows; everything else replaces. Keys that are no part
        of a profile are left to their owners.
        """
        changes: dict[str, Any] = {
            name: tuple(settings[name]) for name in ("content", "ignore", "static", "heading_ids") if name in settings
        }
        if "dialects" in settings:
            changes["dialects"] = frozenset(settings["dialects"])
        if "theme_prints_title" in settings:
            changes["theme_prints_title"] = settings["theme_prints_title"]
        if "keys" in settings:
            changes["keys"] = _merged(settings["keys"], self.keys)
        return replace(self, **changes)


@cache
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
    origins = {
        name: f"profile {file.stem}" if name.replace("_", "-") in data else f"profile {BASE}"
        for name in ("content", "ignore", "static", "dialects", "heading_ids", "keys", "theme_prints_title")
    }
    return Profile(
        name=file.stem,
        title=data["title"],
        markers=tuple(
            Marker(tuple(one.get("files", ())), tuple(one.get("packages", ())), tuple(one.get("settings", {}).items()))
            for one in data["markers"]
        ),
        content=tuple(data["content"]),
        ignore=(*base.ignore, *data.get("ignore", ())),
        static=tuple(data.get("static", base.static)),
        relative=tuple(data.get("relative", ())),
        keys=_merged(data.get("keys", {}), base.keys),
        dialects=frozenset(data.get("dialects", base.dialects)),
        heading_ids=tuple(data.get("heading-ids", base.heading_ids)),
        theme_prints_title=data.get("theme-prints-title", base.theme_prints_title),
        static_certain=data.get("static-certain", True),
        own_settings=tuple(
            OwnSetting(one["file"], one["key"], tuple(one["sets"])) for one in data.get("own-settings", ())
        ),
        origins=origins | {"relative": f"profile {file.stem}"},
    )


def detect(tree: SiteTree) -> Profile:
    """The profile of the site in a tree; ``plain`` where no generator is recognised.

    A generator that is known by its own files goes before one that is only a dependency.
    """
    found = _recognised(tree)
    best = min(found, key=lambda profile: (_only_package(profile, tree), profile.name)) if found else load(BASE)
    return best.fitted(tree)


def evidence(profile: Profile, tree: SiteTree) -> list[str]:
    """What in a tree speaks for that profile, for people; nothing where it was chosen for want of another."""
    dependencies = _dependencies(tree)
    return list(dict.fromkeys(marker.told(tree) for marker in profile.markers if marker.found(tree, dependencies)))


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
        if next(root_marks(SiteTree(folder)), None):
            return folder
    return None


def root_marks(tree: SiteTree) -> Iterator[str]:
    """What makes a folder the root of a site, for people: ``.git``, ``contentlint.toml``, ``Hugo``."""
    names = {name for name, _ in tree.names()}
    yield from (name for name in (*CONFIG_FILES, ".git") if name in names)
    if _configured_by_pyproject(tree):
        yield "tool.contentlint in pyproject.toml"
    yield from (f"{mark} ({profile.title})" for profile in _recognised(tree) for mark in evidence(profile, tree))


def _recognised(tree: SiteTree) -> list[Profile]:
    dependencies = _dependencies(tree)
    profiles = [load(name) for name in known()]
    return [profile for profile in profiles if any(marker.found(tree, dependencies) for marker in profile.markers)]


def _only_package(profile: Profile, tree: SiteTree) -> bool:
    return not any(
        (marker.files or marker.settings) and marker.found(tree, _dependencies(tree)) for marker in profile.markers
    )


def _dependencies(tree: SiteTree) -> frozenset[str]:
    """The packages that package.json asks for."""
    try:
        data = json.loads(tree.read("package.json") or "{}")
    except (ValueError, RecursionError):
        return frozenset()
    tables = [data.get(key) for key in ("dependencies", "devDependencies")] if isinstance(data, dict) else []
    return frozenset(name for table in tables if isinstance(table, dict) for name in table)


def _values(tree: SiteTree, pattern: str, key: str) -> Iterator[tuple[str, Any]]:
    """The values of a dotted key in the YAML or TOML files of that name, each with its file. Empty ones are none."""
    for file in tree.matching(pattern):
        text = tree.read(file)
        if text is None:
            continue
        # Few sites have such a file in question; what reads it takes time to import.
        if file.endswith(".toml"):
            from contentlint.source.toml import read as parse
        else:
            from contentlint.source.yaml import read as parse
        root = parse(text).root
        entry = root.get(key) if root else None
        if entry and not entry.empty:
            yield file, entry.value


def _as_patterns(paths: Iterable[str]) -> tuple[str, ...]:
    """Paths and globs of a generator's config as patterns of .gitignore, those that leave out at the end.

    What cannot be read as a pattern is passed over.
    """
    patterns: dict[str, None] = {}
    for path in sorted(paths, key=lambda path: path.startswith("!")):
        inverse, name = ("!" if path.startswith("!") else ""), path.removeprefix("!").removeprefix("./")
        anywhere = not name.startswith("/") and any(character in name for character in "*?[")
        pattern = f"{inverse}{'**/' if anywhere else '/'}{name.lstrip('/')}"
        try:
            GitIgnoreSpec.from_lines([pattern])
        except (ValueError, re.error):
            continue
        patterns[pattern] = None
    return tuple(patterns)


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
