"""The rules there are, the checks they use, and which of them apply to a path with which options."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from contentlint import resources, rule
from contentlint.check import Check, declared
from contentlint.config import Config, ConfigError, RuleSetting
from contentlint.diagnostic import Severity
from contentlint.rule import ENGINE, Rule, RuleError
from contentlint.source.document import Conventions


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule that applies to a page, as plain data that can be sent to another process."""

    id: str
    check: str
    options: str
    """The options that are set, as JSON: hashable, and part of what tells two settings apart."""
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageSettings:
    """All that the page stage needs to know besides the page."""

    rules: tuple[ActiveRule, ...]
    conventions: Conventions


@dataclass(frozen=True, slots=True)
class Selection:
    """What the command line asks for: ids, pack globs (``images/*``) or pack names (``images``)."""

    select: tuple[str, ...] = ()
    """Only these run, also where they are off; empty means what the config says."""
    ignore: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    """Only rules for these people; empty means all."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the layers of configuration make of a rule for a path, and which layer had the last word on each point."""

    enabled: bool
    severity: Severity
    options: Mapping[str, Any]
    origins: Mapping[str, str]
    """By name of the setting (``enabled``, ``severity``, or an option): where its value comes from."""


@cache
def load_check(name: str) -> Check:
    """The check of that name, imported now. Raises KeyError where there is none.

    The module is ``checks/<name>.py`` with underscores; a check is found because its module is in that folder.
    """
    module = f"contentlint.checks.{name.replace('-', '_')}"
    if not name.replace("-", "").isalnum() or find_spec(module) is None:
        raise KeyError(name)
    import_module(module)
    found = declared(name)
    if found is None:
        raise KeyError(name)
    return found


def bind(check: Check, options: Mapping[str, Any]) -> Any:
    """The typed options of a check. Raises OptionError for one that does not exist or has the wrong type."""
    import msgspec

    options_type = check.options_type
    known = {field.name for field in fields(options_type)}
    for name in options:
        if name not in known:
            raise OptionError(name, f"{check.name} has no option {name!r}{suggestion(name, known)}")
    for name, value in options.items():
        try:
            msgspec.convert({name: value}, options_type)
        except msgspec.ValidationError as error:
            raise OptionError(name, f"option {name!r}: {_plain(error, name)}") from error
    return msgspec.convert(dict(options), options_type)


@cache
def bind_active(rule: ActiveRule) -> Any:
    """The typed options of a rule that applies to a page."""
    return bind(load_check(rule.check), json.loads(rule.options))


class OptionError(ValueError):
    """An option that a check does not have, or a value that it does not take."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


def _plain(error: Exception, name: str) -> str:
    """msgspec's reason, without its notation for the place when that is the option itself."""
    return str(error).replace(f" - at `$.{name}`", "").replace("Expected", "expected").replace("`", "")


def suggestion(name: str, known: Iterable[str]) -> str:
    """`` (did you mean …?)``, or nothing where no known name is near."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]!r}?)" if near else ""


class Registry:
    """The rules of the shipped packs and of the user's own."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules

    @cached_property
    def _aliases(self) -> dict[str, str]:
        return {alias: rule.id for rule in self.rules.values() for alias in rule.aliases}

    @cached_property
    def packs(self) -> tuple[str, ...]:
        """The names of all packs."""
        return tuple(sorted({rule.pack for rule in self.rules.values()}))

    def canonical(self, name: str) -> str:
        """The present id of a rule that may be named by a former one."""
        return self._aliases.get(name, name)

    def matching(self, selector: str) -> list[str]:
        """The ids that a selector names: an id, an alias, a pack, or a glob."""
        selector = self.canonical(selector)
        if selector in self.rules:
            return [selector]
        if selector in self.packs:
            selector = f"{selector}/*"
        return [rule_id for rule_id in self.rules if fnmatchcase(rule_id, selector)]

    def nearest(self, selector: str) -> str:
        """`` (did you mean …?)`` for a selector that names nothing."""
        names = [*self.rules, *self._aliases, *(f"{pack}/*" for pack in self.packs)]
        by_last = {name.split("/")[-1]: name for name in self.rules}
        hint = suggestion(selector, names)
        if not hint and (near := difflib.get_close_matches(selector.split("/")[-1], by_last, n=1)):
            hint = f" (did you mean {by_last[near[0]]!r}?)"
        return hint

    def setting(self, rule_id: str, path: str, config: Config, selection: Selection) -> Setting:
        """What applies to a path: the page's own values, then the layers of the config, then the command line."""
        rule = self.rules[rule_id]
        enabled, severity = rule.default, rule.severity
        options: dict[str, Any] = dict(rule.options)
        origins = dict.fromkeys(["enabled", "severity", *options], "rule page")
        for setting in config.layers(path):
            chosen = self._most_exact(rule_id, setting)
            if chosen is None:
                continue
            if chosen.enabled is not None:
                enabled = chosen.enabled
                origins["enabled"] = str(chosen.origin)
            if chosen.severity is not None:
                severity = chosen.severity
                origins["severity"] = str(chosen.origin)
            options |= chosen.options
            origins |= {name: str(chosen.option_origins.get(name, chosen.origin)) for name in chosen.options}
        if selection.select:
            enabled = self._named(rule_id, selection.select)
            origins["enabled"] = "--select"
        if self._named(rule_id, selection.ignore):
            enabled = False
            origins["enabled"] = "--ignore"
        if selection.audiences and rule.audience not in selection.audiences:
            enabled = False
            origins["enabled"] = "--for"
        return Setting(enabled, severity, options, origins)

    def active(self, path: str, config: Config, selection: Selection) -> tuple[ActiveRule, ...]:
        """The rules that apply to a path, ready for the page stage."""
        active = []
        for one in self.rules.values():
            setting = self.setting(one.id, path, config, selection)
            if setting.enabled:
                folder = config.folder if config.file else one.path.parent
                options = json.dumps(resolved(setting.options, folder), sort_keys=True, default=str)
                active.append(ActiveRule(one.id, one.check, options, one.languages))
        return tuple(active)

    def _most_exact(self, rule_id: str, settings: Mapping[str, RuleSetting]) -> RuleSetting | None:
        """Within one table the exact id (or a former one) beats the pack's glob, and that beats ``*``."""
        named = [selector for selector in settings if rule_id in self.matching(selector)]
        exact = [selector for selector in named if self.canonical(selector) == rule_id]
        return settings[max(exact or named, key=len)] if named else None

    def _named(self, rule_id: str, selectors: Iterable[str]) -> bool:
        return any(rule_id in self.matching(selector) for selector in selectors)

    def verify(self, config: Config, selection: Selection) -> None:
        """Raise ConfigError for the first name or option, in config or command line, that means nothing."""
        for selector in (*selection.select, *selection.ignore):
            if not self.matching(selector):
                raise ConfigError(f"unknown rule {selector!r}{self.nearest(selector)}")
        for table in config.rule_tables():
            for selector, setting in table.items():
                self._verify_setting(selector, setting)

    def _verify_setting(self, selector: str, setting: RuleSetting) -> None:
        named = self.matching(selector)
        if not named:
            raise ConfigError(f"unknown rule {selector!r}{self.nearest(selector)}", setting.origin)
        if not setting.options:
            return
        if len(named) > 1:
            raise ConfigError(f"options need the exact id of a rule; {selector!r} names {len(named)}", setting.origin)
        if self.rules[named[0]].check == ENGINE:
            raise ConfigError(f"{named[0]} has no options", setting.origin)
        try:
            bind(load_check(self.rules[named[0]].check), resolved(setting.options, setting.origin.folder))
        except OptionError as error:
            origin = setting.option_origins.get(error.option, setting.origin)
            raise ConfigError(f"{named[0]}: {error}", origin) from error


def resolved(options: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Options with the schemas that they name read in, for a check of pages may not open files.

    ``schema = "article"`` names a shipped one, ``schema = "schemas/post.json"`` a file beside the config.
    Raises OptionError where there is none.
    """
    if not isinstance(name := options.get("schema"), str):
        return dict(options)
    shipped = resources.folder("schemas") / "front-matter" / f"{name}.schema.json"
    file = shipped if "/" not in name and shipped.is_file() else folder / name
    try:
        return {**options, "schema": json.loads(file.read_text(encoding="utf8"))}
    except OSError as error:
        names = [path.name.removesuffix(".schema.json") for path in shipped.parent.glob("*.schema.json")]
        raise OptionError("schema", f"no schema {name!r}{suggestion(name, names)}") from error
    except ValueError as error:
        raise OptionError("schema", f"{name} is no JSON: {error}") from error


def load(packs: Iterable[Path] = ()) -> Registry:
    """The shipped rules and those of the given folders, which may replace a shipped one by its id.

    Raises ConfigError for a page that defines no rule, or names a check that does not exist.
    """
    rules = dict(_shipped())
    for folder in packs:
        if not folder.is_dir():
            raise ConfigError(f"no pack of rules at {folder}")
        try:
            own = rule.read_pack(folder)
        except RuleError as error:
            raise ConfigError(str(error)) from error
        for one in own.values():
            _verify_page(one)
        rules |= own
    return Registry(rules)


@cache
def _shipped() -> Mapping[str, Rule]:
    return rule.read_pack(resources.folder("rules"), verify=False)


def _verify_page(page: Rule) -> None:
    if page.check == ENGINE:
        raise ConfigError(f"{page.path}: only shipped rules are found by the engine itself")
    try:
        bind(load_check(page.check), resolved(page.options, page.path.parent))
    except KeyError as error:
        raise ConfigError(
            f"{page.path}: no check is called {page.check!r}{suggestion(page.check, checks())}"
        ) from error
    except OptionError as error:
        raise ConfigError(f"{page.path}: {error}") from error


def checks() -> list[str]:
    """The names of all checks."""
    return sorted(
        file.stem.replace("_", "-")
        for file in resources.package_file("checks").glob("*.py")
        if not file.stem.startswith("_")
    )
