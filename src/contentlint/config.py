"""``contentlint.toml``, or ``[tool.contentlint]`` in pyproject.toml: found, read, and checked for its shape.

What rules and options exist is not known here; the registry verifies the names.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from contentlint import locale as locales
from contentlint.diagnostic import Severity
from contentlint.source import toml
from contentlint.source.front_matter import Entry

FILE_NAME = "contentlint.toml"
PYPROJECT = "pyproject.toml"
EXTENSIONS = ("md", "mdx", "markdown", "qmd", "mdown", "mkd", "Rmd", "mdoc", "mdc")

_MAX_EXTENDS = 20
_LIST = "a list of strings"
_GLOBS = ("include", "exclude", "content")
_SEVERITIES = tuple(str(severity) for severity in reversed(Severity))

KEYS: Mapping[str, tuple[str, str]] = {
    "extends": (_LIST, "Config files that this one builds on, relative to it; the last one wins."),
    "packs": (_LIST, "Folders of your own rule pages, relative to the config."),
    "include": (_LIST, "Globs of the pages to lint when no path is named; the site's profile knows a default."),
    "exclude": (_LIST, "Globs of files and folders that are never linted."),
    "extensions": (_LIST, "Endings of the files that are pages."),
    "language": ("a string", "The language of the content where a page does not say, such as `fr`."),
    "lang": (" or ".join(locales.known()), "The language of the messages. By default that of most pages."),
    "fail-on": (" or ".join((*_SEVERITIES, "never")), "The least severity that makes the command exit with 1."),
    "vocabulary": (_LIST, "Words that are right on this site, for the spelling rules."),
    "site": ("a table", "What contentlint should know of the site; every value overrides what was detected."),
    "rules": ("a table", "By rule id, `pack/*` or `*`: off, on, a severity, or a table with severity and options."),
    "overrides": ("a list of tables", "`files` (globs) and the `rules` that differ for them; the last match wins."),
}
"""The keys of a config: what their value is, and what it is for. The published schema is generated from this."""

SITE_KEYS: Mapping[str, tuple[str, str]] = {
    "generator": ("a string", "The name of the site's profile, such as `hugo`."),
    "content": (_LIST, "Globs of the pages of the site."),
    "ignore": (_LIST, "Globs of what is no page although it lies among the pages."),
    "static": (_LIST, "Folders where `/x.png` is looked up."),
    "relative": (_LIST, "Folders where `x.png` is looked up besides the page's own and its address."),
    "dialects": (_LIST, "What is written in the pages besides Markdown, such as `liquid`, `math` or `obsidian`."),
    "heading-ids": (_LIST, "How the ids of headings are made, such as `github`; a link to any of them is right."),
    "theme-prints-title": ("true or false", "Whether the template shows the title as the page's first heading."),
    "addresses": ("a table", 'What addresses the pages of a folder get: `"content/{lang}" = ["/{lang}/{path}"]`.'),
    "generated": (_LIST, "Further addresses that exist, such as `/app/**`; `*` is one part, `**` any number."),
    "base-url": ("a string", "The address that the site is published at, such as `https://example.org/blog/`."),
    "keys": ("a table", 'The front-matter keys of a concept: `image = ["cover"]`.'),
}
"""The keys of ``[site]``."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a setting was made."""

    file: Path | None = None
    line: int | None = None

    @property
    def folder(self) -> Path:
        """What relative paths in the setting start from."""
        return self.file.parent if self.file else Path()

    def __str__(self) -> str:
        if self.file is None:
            return "default"
        shown = os.path.relpath(self.file)
        return shown if self.line is None else f"{shown}:{self.line}"


class ConfigError(ValueError):
    """A config, a rule page or a command line that cannot be used; the message names file and line where it can."""

    def __init__(self, message: str, origin: Origin | None = None) -> None:
        super().__init__(f"{origin}: {message}" if origin and origin.file else message)


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What a config says of a rule or of a group of rules; None where it says nothing."""

    enabled: bool | None = None
    severity: Severity | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin = Origin()
    option_origins: Mapping[str, Origin] = field(default_factory=dict)


RuleTable = Mapping[str, RuleSetting]


@dataclass(frozen=True, slots=True)
class Override:
    """Rules that differ for some files. ``files`` are globs as in .gitignore, relative to the config's folder."""

    files: tuple[str, ...]
    rules: RuleTable
    folder: Path


@dataclass(frozen=True)
class Config:
    """The settings of one run. ``base`` is what it extends."""

    file: Path | None = None
    folder: Path = Path()
    """What the globs are relative to."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """The simple keys that are set, extended configs included."""
    rules: tuple[RuleTable, ...] = ()
    """Tables of rules, the one that counts most last."""
    overrides: tuple[Override, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """Where each of the values was set, by name (``language``, ``site.generator``)."""

    @property
    def site(self) -> Mapping[str, Any]:
        """The ``[site]`` table, keys with underscores."""
        site: Mapping[str, Any] = self.values.get("site", {})
        return site

    @property
    def packs(self) -> tuple[Path, ...]:
        """Folders of own rule pages."""
        return tuple(self.values.get("packs", ()))

    @property
    def extensions(self) -> tuple[str, ...]:
        """Endings of the files that are pages, without the dot."""
        return tuple(extension.lstrip(".") for extension in self.values.get("extensions", EXTENSIONS))

    @property
    def fail_on(self) -> str | None:
        """A severity's name, ``never``, or None where the config does not say."""
        value: str | None = self.values.get("fail-on")
        return value

    @cached_property
    def _override_specs(self) -> list[Any]:
        from pathspec import GitIgnoreSpec

        return [GitIgnoreSpec.from_lines(override.files) for override in self.overrides]

    def applicable(self, path: str) -> tuple[int, ...]:
        """Which overrides apply to a path (absolute, or relative to the working directory): their numbers."""
        if not self.overrides:
            return ()
        absolute = Path(os.path.abspath(path))
        return tuple(
            number
            for number, (override, spec) in enumerate(zip(self.overrides, self._override_specs, strict=True))
            if absolute.is_relative_to(override.folder)
            and spec.match_file(absolute.relative_to(override.folder).as_posix())
        )

    def layers(self, path: str) -> Iterator[RuleTable]:
        """The tables of rules for a path, the one that counts most last."""
        yield from self.rules
        for number in self.applicable(path):
            yield self.overrides[number].rules

    def rule_tables(self) -> Iterator[RuleTable]:
        """All tables of rules, overrides included."""
        yield from self.rules
        for override in self.overrides:
            yield override.rules


def find(start: Path) -> Path | None:
    """The nearest config file at or above a folder. The search ends at the folder that holds ``.git``, and at home."""
    home = Path.home()
    for folder in (start, *start.parents):
        if (file := folder / FILE_NAME).is_file():
            return file
        if (file := folder / PYPROJECT).is_file() and _has_table(file):
            return file
        if (folder / ".git").exists() or folder == home:
            return None
    return None


def _has_table(pyproject: Path) -> bool:
    text = pyproject.read_text(encoding="utf8", errors="replace")
    # The tables of other tools are none of our business: a pyproject.toml that does not name us may even be broken.
    if "contentlint" not in text:
        return False
    try:
        return "contentlint" in tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError:
        return "[tool.contentlint" in text


def load(file: Path) -> Config:
    """The config in a file, with all that it extends. Raises ConfigError, which names file and line."""
    return _load(file.absolute(), ())


def _load(file: Path, above: tuple[Path, ...]) -> Config:
    if file in above or len(above) > _MAX_EXTENDS:
        chain = " → ".join(os.path.relpath(path) for path in (*above, file))
        raise ConfigError(f"configs that extend each other: {chain}")
    try:
        text = file.read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(f"cannot read the config {os.path.relpath(file)}: {reason}") from error
    try:
        root = toml.parse(text)
    except toml.TomlError as error:
        raise ConfigError(f"no valid TOML: {error.reason}", Origin(file, error.line)) from error
    reader = _Reader(file, text)
    if file.name == PYPROJECT:
        table = root.get("tool.contentlint")
        if table is None:
            raise ConfigError("there is no [tool.contentlint] table", Origin(file, 1))
        return reader.config(table, above)
    return reader.config(root, above)


class _Reader:
    """Turns one file into a Config, and knows the line of everything that is wrong with it."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self.text = text

    def origin(self, entry: Entry) -> Origin:
        place = entry.key_span or entry.span
        return Origin(self.file, self.text.count("\n", 0, place.start) + 1)

    def fail(self, entry: Entry, message: str) -> ConfigError:
        return ConfigError(message, self.origin(entry))

    def config(self, root: Entry, above: tuple[Path, ...]) -> Config:
        own = self.known(root, KEYS)
        layers = list(self.bases(own["extends"], above)) if "extends" in own else []
        layers.append(self.own(own))
        values: dict[str, Any] = {}
        for layer in layers:
            site = {**values.get("site", {}), **layer.site}
            packs = (*values.get("packs", ()), *layer.packs)
            values |= {**layer.values, "site": site, "packs": packs}
        return Config(
            self.file,
            self.file.parent,
            {name: value for name, value in values.items() if value or name not in ("site", "packs")},
            tuple(table for layer in layers for table in layer.rules),
            tuple(override for layer in layers for override in layer.overrides),
            {name: origin for layer in layers for name, origin in layer.origins.items()},
        )

    def bases(self, entry: Entry, above: tuple[Path, ...]) -> Iterator[Config]:
        """The configs that this one builds on."""
        for name in self.strings(entry):
            file = (self.file.parent / name).resolve()
            if not file.is_file():
                raise self.fail(entry, f"extends: there is no file {name!r}")
            yield _load(file, (*above, self.file))

    def own(self, own: Mapping[str, Entry]) -> Config:
        """What the file itself says."""
        values: dict[str, Any] = {}
        origins = {name: self.origin(entry) for name, entry in own.items()}
        for name, entry in own.items():
            if name == "site":
                values[name] = self.site(entry)
                for child in entry.children:
                    origins[f"site.{child.path[-1]}".replace("-", "_")] = self.origin(child)
            elif name == "packs":
                values[name] = tuple((self.file.parent / folder).resolve() for folder in self.strings(entry))
            elif name not in ("extends", "rules", "overrides"):
                values[name] = self.value(name, entry, KEYS)
        rules = (self.rules(own["rules"]),) if "rules" in own else ()
        overrides = tuple(self.overrides(own["overrides"])) if "overrides" in own else ()
        return Config(self.file, self.file.parent, values, rules, overrides, origins)

    def known(self, table: Entry, keys: Mapping[str, Any]) -> dict[str, Entry]:
        """The entries of a table by name, each one of the keys; ``fail_on`` is the same as ``fail-on``."""
        if table.kind != "map":
            raise self.fail(table, f"{table.name} must be a table")
        entries = {}
        for entry in table.children:
            name = str(entry.path[-1]).replace("_", "-")
            if name not in keys:
                raise self.fail(entry, f"unknown key {entry.name!r}{_nearest(name, keys)}")
            entries[name] = entry
        return entries

    def strings(self, entry: Entry) -> tuple[str, ...]:
        value = [entry.value] if isinstance(entry.value, str) else entry.value
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(entry, f"{entry.name} must be {_LIST}")
        return tuple(value)

    def globs(self, entry: Entry) -> tuple[str, ...]:
        from pathspec import GitIgnoreSpec

        globs = self.strings(entry)
        for glob in globs:
            try:
                GitIgnoreSpec.from_lines([glob])
            except (ValueError, re.error) as error:
                raise self.fail(entry, f"{entry.name}: {glob!r} is no glob") from error
        return globs

    def value(self, name: str, entry: Entry, keys: Mapping[str, tuple[str, str]]) -> Any:
        wanted = keys[name][0]
        value = entry.value
        if name in _GLOBS:
            return self.globs(entry)
        if wanted == _LIST:
            return self.strings(entry)
        right = {
            "a string": isinstance(value, str),
            "true or false": isinstance(value, bool),
            "a table": isinstance(value, dict),
        }.get(wanted, value in wanted.split(" or "))
        if not right:
            raise self.fail(entry, f"{entry.name} must be {wanted}, not {value!r}")
        return value

    def site(self, table: Entry) -> dict[str, Any]:
        own = self.known(table, SITE_KEYS)
        site = {name.replace("-", "_"): self.value(name, entry, SITE_KEYS) for name, entry in own.items()}
        for name in ("keys", "addresses"):
            if name in own:
                site[name] = {str(entry.path[-1]): self.strings(entry) for entry in own[name].children}
        return site

    def rules(self, table: Entry) -> RuleTable:
        if table.kind != "map":
            raise self.fail(table, f"{table.name} must be a table")
        return {str(entry.path[-1]): self.rule(entry) for entry in table.children}

    def rule(self, entry: Entry) -> RuleSetting:
        if entry.kind != "map":
            return self.level(entry, {}, {})
        own = {str(child.path[-1]): child for child in entry.children}
        level = own.pop("severity", None)
        options = {name: child.value for name, child in own.items()}
        origins = {name: self.origin(child) for name, child in own.items()}
        if level is None:
            return RuleSetting(True, None, options, self.origin(entry), origins)
        return self.level(level, options, origins)

    def level(self, entry: Entry, options: Mapping[str, Any], origins: Mapping[str, Origin]) -> RuleSetting:
        value = entry.value
        value = {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value
        if value in ("on", "off"):
            return RuleSetting(value == "on", None, options, self.origin(entry), origins)
        if value in _SEVERITIES:
            return RuleSetting(True, Severity.parse(value), options, self.origin(entry), origins)
        levels = ("off", "on", *_SEVERITIES)
        hint = _nearest(value, levels) if isinstance(value, str) else ""
        raise self.fail(entry, f"{entry.name} must be one of {', '.join(levels)}, or a table{hint}")

    def overrides(self, entry: Entry) -> Iterator[Override]:
        if entry.kind != "list" or any(child.kind != "map" for child in entry.children):
            raise self.fail(entry, "overrides must be a list of tables: [[overrides]]")
        for table in entry.children:
            own = self.known(table, {"files": None, "rules": None})
            for name in ("files", "rules"):
                if name not in own:
                    raise self.fail(table, f"an override needs {name!r}")
            yield Override(self.globs(own["files"]), self.rules(own["rules"]), self.file.parent)


def _nearest(name: str, known: Any) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""
