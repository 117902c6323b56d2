"""Write the files that are made from others: the schema of the config, the rule reference, and samples in the guides.

    tools/generate.py            write them
    tools/generate.py --check    write nothing; exit with 1 when one of them is not what it should be

In a page written by hand, what stands between ``<!-- generated: NAME -->`` and ``<!-- /generated -->`` is made here.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any

from contentlint import config, linter, locale, options, registry, reporters
from contentlint.diagnostic import Severity
from contentlint.rule import ENGINE, Rule, worded
from contentlint.site import anchors, profile
from contentlint.source import dialect

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "rules"
FRENCH_INDEX = ROOT / "docs" / "fr" / "regles.md"
CONFIG_SCHEMA = ROOT / "schemas" / "config.schema.json"
DEMO_PAGE = "content/fr/blog/gagner-du-temps.md"

WITH_SECTIONS = (ROOT / "README.md", ROOT / "docs" / "configuration.md", ROOT / "docs" / "fr" / "guide.md")
SECTION = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n)(?P<text>.*?)(<!-- /generated -->)", re.DOTALL)

_NOTICE = "<!-- Made by tools/generate.py from rules/: change the rule page, then run `make generate`. -->"


def main() -> int:
    wanted = dict(files())
    stale = [path for path in REFERENCE.rglob("*.md") if path not in wanted]
    different = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf8") != text]
    if "--check" in sys.argv[1:]:
        for path in sorted([*stale, *different]):
            print(f"{path.relative_to(ROOT)} is out of date: run `make generate`")
        return int(bool(stale or different))
    for path in stale:
        path.unlink()
    for path in different:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


def files() -> Iterator[tuple[Path, str]]:
    """Every generated file and what it should hold."""
    rules = registry.load().rules
    yield CONFIG_SCHEMA, json.dumps(config_schema(rules), indent=2, ensure_ascii=False) + "\n"
    yield REFERENCE / "README.md", english_index(rules)
    yield FRENCH_INDEX, french_index(rules)
    for rule in rules.values():
        yield REFERENCE / f"{rule.id}.md", reference(rule)
    sections = {
        "first-screen": lambda: screen("en"),
        "premier-ecran": lambda: screen("fr"),
        "page-en-detail": lambda: excerpt(screen("fr", DEMO_PAGE), findings=3),
        "config-keys": lambda: keys(config.KEYS),
        "site-keys": lambda: keys(config.SITE_KEYS),
    }
    for path in WITH_SECTIONS:
        text = path.read_text(encoding="utf8")
        yield path, SECTION.sub(lambda found: f"{found[1]}{sections[found['name']]()}{found[4]}", text)


# The rule reference


def english_index(rules: Mapping[str, Rule]) -> str:
    """All rules by pack."""
    lines = [_NOTICE, "", "# Rules", ""]
    lines += ["`contentlint explain RULE` shows the same pages in the terminal, your own rules included.", ""]
    for pack in sorted({rule.pack for rule in rules.values()}):
        lines += [f"## {pack}", "", "| Rule | Severity | What it reports |", "| --- | --- | --- |"]
        lines += [_row(rule, "en", rule.id) for rule in rules.values() if rule.pack == pack]
        lines.append("")
    return "\n".join(lines)


def french_index(rules: Mapping[str, Rule]) -> str:
    """The same for writers: by the people that the rules are for."""
    say = locale.load("fr").say
    lines = [_NOTICE, "", "# Les règles", ""]
    lines += ["Chaque règle a sa page (en anglais), avec des exemples ; les messages, eux, sont en français.", ""]
    for audience in dict.fromkeys(rule.audience for rule in sorted(rules.values(), key=_by_audience)):
        lines += [
            f"## {say(f'audience-{audience}')}",
            "",
            "| Règle | Gravité | Ce qu’elle signale |",
            "| --- | --- | --- |",
        ]
        lines += [_row(rule, "fr", f"../rules/{rule.id}") for rule in rules.values() if rule.audience == audience]
        lines.append("")
    return "\n".join(lines).replace(" ;", "\u00a0;")


def _by_audience(rule: Rule) -> int:
    from contentlint.rule import AUDIENCES

    return AUDIENCES.index(rule.audience)


def _row(rule: Rule, language: str, target: str) -> str:
    say = locale.load(language).say
    # In English the reference uses the words of the config (`info`), which the reports of the terminal soften.
    severity = "off" if not rule.default else str(rule.severity)
    if language != "en":
        severity = say(severity)
    return f"| [{rule.id}]({target}.md) | {severity} | {_cell(worded(rule.summary, language))} |"


def reference(rule: Rule) -> str:
    """The page of a rule for readers: its text and examples, with what the front matter and the check say."""
    heading, _, rest = rule.body.strip().partition("\n")
    before, found, examples = rest.partition("\n## ")
    facts = [f"`{rule.id}`", str(rule.severity), "on by default" if rule.default else "off by default"]
    if rule.languages:
        facts.append(f"for pages in {', '.join(rule.languages)}")
    lines = [_NOTICE, "", heading, "", f"{' · '.join(facts)} · since {rule.since}", before.rstrip(), ""]
    lines += list(_options(rule))
    lines += ["In the examples, ⟦…⟧ marks what is reported.", ""] if found else []
    return "\n".join(lines) + (f"\n## {examples.rstrip()}\n" if found else "")


def _options(rule: Rule) -> Iterator[str]:
    described = options.describe(rule.check) if rule.check != ENGINE else []
    if not described:
        return
    yield from ("## Options", "", "| Name | Value | Default | Meaning |", "| --- | --- | --- | --- |")
    for option in described:
        default = json.dumps(rule.options.get(option.name, option.default), ensure_ascii=False)
        yield f"| `{option.name}` | {_cell(option.type)} | `{_cell(default)}` | {_cell(option.meaning)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


# Samples


def screen(language: str, *paths: str) -> str:
    """What `contentlint check` prints in examples/, as a fenced block."""
    with chdir(ROOT / "examples"):
        report = linter.lint(linter.Request(paths=paths, language=language))
        context = reporters.Context(
            locale.load(language), source=lambda path: Path(path).read_text(encoding="utf8").splitlines()
        )
        text = reporters.render("text", report, context)
    flag = "" if language == report.language == "fr" else f" --lang {language}"
    return f"```text\n$ contentlint check{flag}{''.join(f' {path}' for path in paths)}\n{text}```\n"


def excerpt(fenced: str, findings: int) -> str:
    """The first findings of a page's screen."""
    paragraphs = fenced.split("\n\n")
    return "\n\n".join(paragraphs[: findings + 1]) + "\n\n[…]\n```\n"


def keys(table: Mapping[str, tuple[str, str]]) -> str:
    """A table of config keys."""
    rows = ["| Key | Value | Meaning |", "| --- | --- | --- |"]
    rows += [f"| `{name}` | {_cell(value)} | {_cell(meaning)} |" for name, (value, meaning) in table.items()]
    return "\n".join(rows) + "\n"


# The schema of the config

_STRINGS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_LEVELS = ["off", "on", *(str(severity) for severity in reversed(Severity))]


def config_schema(rules: Mapping[str, Rule]) -> dict[str, Any]:
    """The JSON Schema of contentlint.toml.

    It cannot know the rules of your own packs, so a rule that it does not know is checked for its form only.
    """
    checks = sorted({rule.check for rule in rules.values() if rule.check != ENGINE})
    overrides = {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["files", "rules"],
            "additionalProperties": False,
            "properties": {"files": _STRINGS, "rules": {"$ref": "#/$defs/rules"}},
        },
    }
    dialects = _STRINGS | {"items": {"enum": list(dialect.known())}}
    algorithms: dict[str, Any] = {"enum": list(anchors.known())}
    site = _table(
        config.SITE_KEYS,
        {
            "generator": {"enum": list(profile.known())},
            "dialects": dialects,
            "heading-ids": {"anyOf": [algorithms, {"type": "array", "items": algorithms}]},
        },
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The config of contentlint",
        "description": "contentlint.toml, or [tool.contentlint] in pyproject.toml",
        **_table(config.KEYS, {"site": site, "rules": {"$ref": "#/$defs/rules"}, "overrides": overrides}),
        "$defs": {
            "level": {"enum": [*_LEVELS, True, False]},
            "rules": {
                "type": "object",
                "properties": {rule.id: _setting(rule) for rule in rules.values()}
                | {alias: {"$ref": _pointer(rule.id)} for rule in rules.values() for alias in rule.aliases},
                "additionalProperties": {"$ref": "#/$defs/any-rule"},
            },
            "any-rule": {
                "anyOf": [
                    {"$ref": "#/$defs/level"},
                    {"type": "object", "properties": {"severity": {"$ref": "#/$defs/level"}}},
                ]
            },
            "no-options": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"severity": {"$ref": "#/$defs/level"}},
            },
            **{f"options-of-{check}": _options_schema(check) for check in checks},
        },
    }


def _table(known: Mapping[str, tuple[str, str]], special: Mapping[str, Any]) -> dict[str, Any]:
    """A table with exactly these keys; each may also be written with underscores."""
    properties = {
        name: {"description": meaning} | special.get(name, _value(value)) for name, (value, meaning) in known.items()
    }
    variants = {f"^{name.replace('-', '_')}$": {"$ref": f"#/properties/{name}"} for name in known if "-" in name}
    if known is config.SITE_KEYS:
        variants = {pattern: {"$ref": f"#/properties/site{one['$ref'][1:]}"} for pattern, one in variants.items()}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "patternProperties": variants,
    }


def _value(kind: str) -> dict[str, Any]:
    """The schema of a value that config.py describes in words."""
    known: dict[str, dict[str, Any]] = {
        "a list of strings": _STRINGS,
        "a string": {"type": "string"},
        "true or false": {"type": "boolean"},
        "a table": {"type": "object"},
    }
    return known.get(kind, {"enum": kind.split(" or ")})


def _setting(rule: Rule) -> dict[str, Any]:
    table = "no-options" if rule.check == ENGINE else f"options-of-{rule.check}"
    return {
        "description": worded(rule.summary, "en"),
        "anyOf": [{"$ref": "#/$defs/level"}, {"$ref": f"#/$defs/{table}"}],
    }


def _options_schema(check: str) -> dict[str, Any]:
    """The table of a rule that uses the check. Defaults are left out: the rule's page may set others."""
    properties = {
        option.name: {key: value for key, value in option.schema.items() if key != "default"}
        for option in options.describe(check)
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {"severity": {"$ref": "#/$defs/level"}} | properties,
    }


def _pointer(rule_id: str) -> str:
    return "#/$defs/rules/properties/" + rule_id.replace("~", "~0").replace("/", "~1")


if __name__ == "__main__":
    raise SystemExit(main())
