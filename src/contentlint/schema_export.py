"""The schemas that the config applies to the pages of sites, for editors that complete and check front matter."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contentlint.linter import Request
from contentlint.project import Project, relative
from contentlint.report import Failure
from contentlint.schema_inference import planned

_CHECK = "schema"


@dataclass(frozen=True, slots=True)
class Applied:
    """A schema, and the pages that are held to it."""

    rule: str
    files: tuple[str, ...]
    """Globs relative to the working directory: folders all of whose pages are held to it, and single pages."""
    pages: int
    schema: dict[str, Any]


def applied(request: Request) -> tuple[list[Applied], list[Failure]]:
    """Every schema that a rule applies to a page of the request, in the order of rules and pages. ConfigError."""
    plan = planned(request)
    found = [one for project in plan.projects for one in _applied(project)]
    return found, list(plan.failures)


def as_json(found: Iterable[Applied]) -> dict[str, Any]:
    """The schemas as data: the stable form that other programs read."""
    schemas = [{"rule": one.rule, "files": list(one.files), "pages": one.pages, "schema": one.schema} for one in found]
    return {"schema": 1, "schemas": schemas}


def as_files(found: Iterable[Applied], folder: Path) -> dict[str, Any]:
    """Write each schema into a file of the folder; gives the ``yaml.schemas`` of an editor's settings."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for number, one in enumerate(found, 1):
        file = folder / f"front-matter-{number}.schema.json"
        file.write_text(json.dumps(one.schema, indent=2, ensure_ascii=False) + "\n", encoding="utf8")
        names[f"./{relative(str(file.absolute()), Path.cwd())}"] = list(one.files)
    return {"yaml.schemas": names}


def _applied(project: Project) -> Iterator[Applied]:
    rules = [rule for rule in project.registry.rules.values() if rule.check == _CHECK]
    pages: dict[tuple[str, str], list[str]] = {}
    for path in sorted(project.pages):
        active = {rule.id: rule.options for rule in project.settings(path).rules}
        for rule in rules:
            options = json.loads(active[rule.id]) if rule.id in active else {}
            if options.get("schema"):
                pages.setdefault((rule.id, json.dumps(options["schema"])), []).append(path)
    for (rule_id, schema), held in pages.items():
        files = tuple(project.shown(glob) for glob in _globs(held, project.pages))
        yield Applied(rule_id, files, len(held), json.loads(schema))


def _globs(held: Iterable[str], pages: Iterable[str]) -> list[str]:
    """The highest folders all of whose pages are held, and the other pages one by one."""
    held = set(held)
    mixed = {folder for path in set(pages) - held for folder in _folders(path)}
    found: dict[str, None] = {}
    for path in sorted(held):
        whole = next((folder for folder in _folders(path) if folder not in mixed), None)
        ending = path.rpartition(".")[2]
        found[path if whole is None else f"{whole}/**/*.{ending}" if whole else f"**/*.{ending}"] = None
    return list(found)


def _folders(path: str) -> list[str]:
    """The folders that a page lies in, the site's root (empty) first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(len(parts) + 1)]
