"""How a site generator lays out a site: one data file a generator, ``profiles/*.toml``.

Adding a generator is adding a file; nothing here names one.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pathspec import GitIgnoreSpec

from contentlint.resources import package_file
from contentlint.site.addresses import Pattern
from contentlint.site.tree import SiteTree
from contentlint.source.document import Conventions
from contentlint.source.values import Entry

BASE = "plain"
"""The profile that the others extend, and the one of a site whose generator is not recognised."""

_TOLD = (
    "content",
    "ignore",
    "static",
    "addresses",
    "generated",
    "dialects",
    "heading_ids",
    "theme_prints_title",
    "keys",
)
"""The values of which it is known where they come from."""

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
            and all(any(True for _ in _values(tree, file, key)) for file, key in self.settings)
        )

    def told(self, tree: SiteTree) -> str:
        """What was found, for people: ``astro.config.mjs``, ``next in package.json``. Call it where it was found."""
        names = [tree.matching(file)[0] for file in self.files]
        names += [f"{package} in package.json" for package in self.packages]
        names += [f"{key} in {next(_values(tree, file, key)).file}" for file, key in self.settings]
        return ", ".join(names)


@dataclass(frozen=True, slots=True)
class OwnSetting:
    """What the generator's config in the site says of a value of the profile."""

    files: tuple[str, ...]
    """Names or globs from the root: YAML, TOML or JSON, or program code in which ``key: "value"`` is written."""
    keys: tuple[str, ...]
    """Dotted; ``*`` stands for any key or item, of which the last is known to ``folder`` as ``{key}``."""
    sets: tuple[str, ...]
    """What of the profile it is about. ``content``, ``static``: paths from the root, or globs that hold in any folder
    unless they begin with a slash, those after ``!`` left out; they replace what the profile says. ``addresses``: an
    address with parameters as the generator writes them, which the pages of ``folder`` get too. ``base-url``,
    ``base-path``: where the site is published.
    """
    folder: str = ""


@dataclass(frozen=True, slots=True)
class CodeRoutes:
    """Files of program code that are pages by their place: ``pages/contact.tsx``, ``app/contact/page.tsx``."""

    folders: tuple[str, ...]
    """Globs from the root."""
    endings: tuple[str, ...]
    names: tuple[str, ...] = ()
    """The names, without their endings, of files that make a page of their folder; without names each file is one."""
    hyphens: bool = False
    """Whether ``ContactUs`` is published as ``contact-us``."""


@dataclass(frozen=True, slots=True)
class RedirectFile:
    """Files that send readers on from addresses that no longer have a page."""

    file: str
    """Glob from the root."""
    format: str
    """How it is written; ``site.routes`` reads it."""
    whole: bool = False
    """Whether the file is for redirects alone, so that an empty one was emptied on the way here."""


@dataclass(frozen=True, slots=True)
class HostFile:
    """Files that tell under which name the site is published."""

    files: tuple[str, ...]
    """Globs from the root."""
    pattern: str
    """An expression whose first group is the name, or an address on it; capitals do not matter."""


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
    keys_ignore_case: bool = False
    """Whether templates find ``Title`` where they ask for ``title``."""
    dialects: frozenset[str] = frozenset()
    """What is written in the pages besides Markdown; the names are those of the files of dialects."""
    heading_ids: tuple[str, ...] = ()
    """The algorithms that may make the ids of headings; the names are those of ``site.anchors``."""
    makes_heading_ids: bool = False
    """Whether headings get ids without a template or a plugin that the site chooses."""
    theme_prints_title: bool | None = None
    """Whether templates print the front-matter title as a heading; None where it differs from site to site."""
    expressions: bool = True
    """Whether the generator, or a usual plugin of it, fills in expressions such as ``{{ url }}`` in pages."""
    static_certain: bool = True
    """Whether a file of the site that ``/x.png`` means must lie in one of the static folders."""
    addresses: tuple[Pattern, ...] = ()
    """What addresses the pages get from their places."""
    numbered: bool = False
    """Whether numbers before names (``02.install.md``) only order the pages."""
    language_fallback: bool = False
    """Whether a page that is not translated is shown in another language at the address of its translation."""
    templates: tuple[str, ...] = ()
    """Endings of files that are pages too where pages lie, besides those of Markdown."""
    link_hooks: tuple[str, ...] = ()
    """Templates, as globs from the root, that make of a link's destination what the site wants."""
    code_routes: tuple[CodeRoutes, ...] = ()
    redirects: tuple[RedirectFile, ...] = ()
    host_files: tuple[HostFile, ...] = ()
    generated: tuple[str, ...] = ()
    """Addresses that the generator makes by itself: lists by tag, feeds. ``*`` is one part, ``**`` any number."""
    own_settings: tuple[OwnSetting, ...] = ()
    """What the site's own config of the generator says instead."""
    permalinks: Mapping[str, str] = field(default_factory=dict)
    """What the parameters and the named styles of the generator's own addresses are in those of ours."""
    base_url: str | None = None
    """The address that the site is published at, where the site's own config gives it."""
    base_path: str = ""
    """The path that all addresses begin with, where the config gives it apart from the address."""
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
        return Conventions(self.keys, self.dialects, language, self.heading_ids, self.expressions)

    def fitted(self, tree: SiteTree) -> Profile:
        """The profile with what the generator's own config in that tree says instead."""
        profile = self
        for own in self.own_settings:
            found = [value for file in own.files for key in own.keys for value in _values(tree, file, key)]
            changes: dict[str, Any] = {}
            paths = [path for one in found for path in (one.value if isinstance(one.value, list) else [one.value])]
            paths = [path for path in paths if isinstance(path, str) and path.strip(" /.!")]
            if paths and "content" in own.sets and (patterns := _as_patterns(paths)):
                changes["content"] = patterns
                changes["addresses"] = _moved(profile.addresses, profile.content, paths)
            if paths and "static" in own.sets:
                changes["static"] = tuple(path.strip("/").removeprefix("./") for path in paths)
            if "addresses" in own.sets:
                own_patterns = [profile._pattern(own, one) for one in found if isinstance(one.value, str)]
                changes["addresses"] = (*own_patterns, *profile.addresses) if own_patterns else profile.addresses
            for name in ("base_url", "base_path"):
                if paths and name.replace("_", "-") in own.sets:
                    changes[name] = paths[0]
            if found and changes:
                told = dict.fromkeys(f"{one.path} in {one.file}" for one in found)
                origin = ", ".join(told)
                profile = replace(profile, **changes, origins={**profile.origins, **dict.fromkeys(changes, origin)})
        return profile

    def _pattern(self, own: OwnSetting, setting: _Value) -> Pattern:
        """The addresses that the generator's own config gives to pages of a folder."""
        written = self.permalinks.get(setting.value, setting.value)
        address = re.sub(r":(\w+)", lambda one: self.permalinks.get(one[0], "{" + one[1] + "}"), written)
        return Pattern(own.folder.replace("{key}", setting.key), ("/" + address.lstrip("/"),))

    def configured(self, settings: Mapping[str, Any]) -> Profile:
        """The profile with what the config says instead: ``content``, ``static``, ``dialects``, ``keys`` …

        Keys of a concept come before those that the profile knows, and generated addresses are added to them;
        everything else replaces. Keys that are no part of a profile are left to their owners.
        """
        lists = ("content", "ignore", "static", "relative", "heading_ids")
        changes: dict[str, Any] = {name: tuple(settings[name]) for name in lists if name in settings}
        if "heading_ids" in settings:
            changes["makes_heading_ids"] = True
        if "dialects" in settings:
            changes["dialects"] = frozenset(settings["dialects"])
        if "theme_prints_title" in settings:
            changes["theme_prints_title"] = settings["theme_prints_title"]
        if "keys" in settings:
            changes["keys"] = _merged(settings["keys"], self.keys)
        if "addresses" in settings:
            changes["addresses"] = tuple(Pattern(folder, tuple(to)) for folder, to in settings["addresses"].items())
        if "generated" in settings:
            changes["generated"] = (*self.generated, *settings["generated"])
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
        for name in (
            "content",
            "ignore",
            "static",
            "dialects",
            "heading_ids",
            "keys",
            "theme_prints_title",
            "addresses",
            "generated",
        )
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
        keys_ignore_case=data.get("keys-ignore-case", False),
        makes_heading_ids=data.get("makes-heading-ids", False),
        heading_ids=tuple(data.get("heading-ids", base.heading_ids)),
        theme_prints_title=data.get("theme-prints-title", base.theme_prints_title),
        addresses=tuple(Pattern(one["folder"], tuple(one["to"])) for one in data.get("addresses", ()))
        or base.addresses,
        numbered=data.get("numbered", False),
        language_fallback=data.get("language-fallback", False),
        templates=tuple(data.get("templates", base.templates)),
        link_hooks=tuple(data.get("link-hooks", ())),
        code_routes=tuple(
            CodeRoutes(
                tuple(one["folders"]), tuple(one["endings"]), tuple(one.get("names", ())), one.get("hyphens", False)
            )
            for one in data.get("code-routes", ())
        ),
        redirects=(
            *base.redirects,
            *(RedirectFile(one["file"], one["format"], one.get("whole", False)) for one in data.get("redirects", ())),
        ),
        host_files=(
            *base.host_files,
            *(HostFile(tuple(one["files"]), one["pattern"]) for one in data.get("hosts", ())),
        ),
        permalinks=data.get("permalinks", {}),
        generated=(*base.generated, *data.get("generated", ())),
        expressions=data.get("expressions", True),
        static_certain=data.get("static-certain", True),
        own_settings=tuple(
            OwnSetting(tuple(one["files"]), tuple(one["keys"]), tuple(one["sets"]), one.get("folder", ""))
            for one in data.get("own-settings", ())
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


def is_root(folder: Path) -> bool:
    """Whether a folder is the root of a site."""
    return find_root(folder) == folder


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


class _Value(NamedTuple):
    """A value in a config of the site's generator."""

    file: str
    path: str
    """The key as written there, dotted."""
    key: str
    """What a ``*`` in the key stood for."""
    value: Any


def _values(tree: SiteTree, pattern: str, key: str) -> Iterator[_Value]:
    """The values of a dotted key in the files of that name. Empty ones are none."""
    for file in tree.matching(pattern):
        text = tree.read(file)
        if text is None:
            continue
        if not file.endswith((".toml", ".yml", ".yaml", ".json")):
            literal = re.search(rf"""(?<![\w.]){re.escape(key)}\s*[:=]\s*(["'`])([^"'`\n$]+)\1""", text)
            if literal:
                yield _Value(file, key, "", literal[2])
            continue
        root = _root(text, is_toml=file.endswith(".toml"))
        if root is not None:
            yield from (_Value(file, *found) for found in _below(root, key.split("."), ""))


@lru_cache(maxsize=16)  # one config is asked for many keys
def _root(text: str, *, is_toml: bool) -> Entry | None:
    # Few sites have such a file in question; what reads it takes time to import.
    if is_toml:
        from contentlint.source.toml import read as parse
    else:
        from contentlint.source.yaml import read as parse
    return parse(text).root


def _below(entry: Entry, steps: Sequence[str], captured: str) -> Iterator[tuple[str, str, Any]]:
    if not steps:
        if not entry.empty:
            yield entry.name, captured, entry.value
        return
    for child in entry.children:
        if steps[0] == "*":
            yield from _below(child, steps[1:], str(child.key))
        elif child.key == steps[0]:
            yield from _below(child, steps[1:], captured)


def _moved(addresses: Iterable[Pattern], former: Iterable[str], paths: Iterable[str]) -> tuple[Pattern, ...]:
    """The addresses of pages whose folder has another name on this site."""
    folders = [path.strip("/").removeprefix("./") for path in paths if not any(sign in path for sign in "*?[!")]
    named = [folder.strip("/") for folder in former]
    moved = []
    for pattern in addresses:
        own = next((name for name in named if f"{pattern.folder}/".startswith(f"{name}/")), None)
        new = [Pattern(folder + pattern.folder[len(own) :], pattern.addresses) for folder in folders] if own else []
        moved += new or [pattern]
    return tuple(moved)


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
