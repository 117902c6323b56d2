"""What the pages of a section have in common in their front matter, as a JSON Schema, and the pages that deviate.

The deviations are what the check ``schema`` finds on the pages: what is inferred here and what ``front-matter/schema``
holds the site to cannot differ. GenSON, the library for inferring schemas, keeps no counts: a key that one page of 150
lacks is optional to it, and a type that one page has is allowed to all. The counts are the point here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from contentlint.check import Match
from contentlint.checks import schema as checked
from contentlint.linter import Request
from contentlint.project import Plan, Planner, Project
from contentlint.report import Failure
from contentlint.site.sections import FEWEST, listings, sections
from contentlint.source import file
from contentlint.source.document import Document
from contentlint.span import Position

SHARE = 0.98
"""What that many of the pages have in common is taken for the rule, and the others for deviations."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FORMATS = ("date", "date-time", "email", "uri")
_FEWEST_FOR_FORMAT = 3
_MOST_CHOICES = 12
_REPEATED = 5
"""Values that are used that often on average are a list to choose from."""
_LONGEST_CHOICE = 40
_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Place:
    """A page that deviates, and where."""

    path: str
    """Relative to the working directory, with ``/``."""
    position: Position


@dataclass(frozen=True, slots=True)
class Deviation:
    """What some pages of a section do otherwise than nearly all."""

    field: str
    """Items of lists without their number: ``authors[].name``."""
    first: Match
    """What ``front-matter/schema`` says of the first of the places."""
    places: tuple[Place, ...]

    @property
    def problem(self) -> str:
        """The name of the message that the rule has for it: ``missing``, ``enum``, ``type-string`` …"""
        return self.first.message

    @property
    def pages(self) -> int:
        """How many pages deviate."""
        return len({place.path for place in self.places})


@dataclass(frozen=True, slots=True)
class Section:
    """The pages of a folder, and the schema that they suggest."""

    folder: str
    """Relative to the root of the site; empty for the root itself."""
    files: tuple[str, ...]
    """Globs of its pages, as in .gitignore, relative to the root of the site."""
    pages: int
    """How many were read; those without front matter, or with one that cannot be read, are not among them."""
    skipped: int
    schema: dict[str, Any]
    deviations: tuple[Deviation, ...]

    def as_data(self) -> dict[str, Any]:
        """The section as JSON has it; lines and columns from 1, in code points."""
        return {
            "folder": self.folder,
            "files": list(self.files),
            "pages": self.pages,
            "skipped": self.skipped,
            "schema": self.schema,
            "deviations": [
                {
                    "field": one.field,
                    "problem": one.problem,
                    "pages": one.pages,
                    "places": [
                        {"path": place.path, "line": place.position.line, "column": place.position.column}
                        for place in one.places
                    ],
                }
                for one in self.deviations
            ],
        }

    def as_override(self) -> dict[str, Any]:
        """The section as a table of ``[[overrides]]`` in ``contentlint.toml``."""
        return {"files": list(self.files), "rules": {"front-matter/schema": {"schema": self.schema}}}


def infer(request: Request, share: float = SHARE) -> tuple[list[Section], list[Failure]]:
    """The sections of the sites that the request names; those with fewer than five pages tell nothing. ConfigError."""
    plan = planned(request)
    failures = list(plan.failures)
    found = []
    for project in plan.projects:
        others = [f"!/{path}" for path in sorted(listings(project.pages)) if not Path(path).name.startswith("_index.")]
        own = []
        for folder, paths in sections(project.pages).items():
            documents = [document for path in paths if (document := _document(project, path, failures))]
            read = [one for one in documents if one.front_matter.present and checked.is_readable(one.front_matter)]
            if len(read) < FEWEST:
                others.append(f"!/{folder}/**")
                continue
            schema = inferred([checked.as_json(one.front_matter.root) for one in read], share)
            deviations = tuple(_deviations(project, read, schema))
            own.append(Section(folder, (), len(read), len(paths) - len(read), schema, deviations))
        found += [replace(section, files=_globs(section.folder, others)) for section in own]
    return found, failures


def planned(request: Request) -> Plan:
    """The pages that a request names, by site. Raises ConfigError."""
    planner = Planner(request.config, request.isolated, request.selection, request.force_exclude)
    return planner.plan(request.paths)


def as_json(found: Iterable[Section], failures: Iterable[Failure]) -> dict[str, Any]:
    """What was inferred as data: the stable form that other programs read."""
    return {
        "schema": 1,
        "sections": [one.as_data() for one in found],
        "failures": [{"path": one.path, "message": one.message} for one in failures],
    }


def as_config(found: Iterable[Section]) -> str:
    """What was inferred as TOML, to be put into ``contentlint.toml``. Of two folders the inner one counts."""
    import tomli_w

    return tomli_w.dumps({"overrides": [one.as_override() for one in found]})


def _document(project: Project, path: str, failures: list[Failure]) -> Document | None:
    try:
        text = file.decode(file.read_bytes(project.root / path)).text
    except file.Unreadable as error:
        failures.append(Failure(error.problem.reason, project.shown(path), kind="unreadable"))
        return None
    return Document(path, text)


def _globs(folder: str, others: Iterable[str]) -> tuple[str, ...]:
    """The folder without what lies in it and is not of the section; sections inside it have globs of their own."""
    inside = f"/{folder}/" if folder else "/"
    return (f"{inside}**", "!_index.*", *(glob for glob in others if glob[1:].startswith(inside)))


def _deviations(project: Project, documents: Sequence[Document], schema: dict[str, Any]) -> Iterator[Deviation]:
    options = checked.Options(schema)
    found: dict[tuple[str, str], list[tuple[Match, Place]]] = {}
    for document in documents:
        for match in checked.schema(document, options):
            key = (_INDEX.sub("[]", match.values["field"]), match.message)
            place = Place(project.shown(document.path), document.lines.position(match.span.start))
            found.setdefault(key, []).append((match, place))
    for (name, _), places in sorted(found.items()):
        yield Deviation(name, places[0][0], tuple(place for _, place in places))


# The schema


@dataclass(slots=True)
class _Seen:
    """All values that stand at one place of the data."""

    types: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    most: int = 0
    """The most items of a list."""
    keys: dict[str, _Seen] = field(default_factory=dict)
    items: _Seen | None = None

    @property
    def count(self) -> int:
        return sum(self.types.values())

    def add(self, value: Any) -> None:
        kind = _type(value)
        self.types[kind] += 1
        if kind == "string":
            self.texts[str(value)] += 1
        elif kind == "object":
            for key, inner in value.items():
                self.keys.setdefault(key, _Seen()).add(inner)
        elif kind == "array":
            self.most = max(self.most, len(value))
            for inner in value:
                self.items = self.items or _Seen()
                self.items.add(inner)


def inferred(pages: Iterable[Any], share: float = SHARE) -> dict[str, Any]:
    """The schema of data of which that share meets each of its demands. The same data give the same schema."""
    seen = _Seen()
    for page in pages:
        seen.add(page)
    return {"$schema": _DIALECT, **_schema(seen, share)}


def _type(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool | checked.Word):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def _schema(seen: _Seen, share: float) -> dict[str, Any]:
    types = _types(seen, share)
    schema: dict[str, Any] = {"type": types[0] if len(types) == 1 else types}
    if "string" in types:
        schema |= _text(seen.texts, share, alone=len(types) == 1)
    if "array" in types:
        schema["maxItems"] = _rounded(seen.most)
        if seen.items:
            schema["items"] = _schema(seen.items, share)
    if "object" in types:
        tables = seen.types["object"]
        required = [key for key, inner in sorted(seen.keys.items()) if inner.count >= share * tables]
        if required:
            schema["required"] = required
        schema["properties"] = {key: _schema(inner, share) for key, inner in sorted(seen.keys.items())}
    return schema


def _types(seen: _Seen, share: float) -> list[str]:
    """The most frequent types that together make up the share."""
    counts = Counter(seen.types)
    if counts["number"]:
        counts["number"] += counts.pop("integer", 0)
    types: list[str] = []
    covered = 0
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if covered >= share * seen.count:
            break
        types.append(name)
        covered += count
    return sorted(types)


def _text(texts: Counter[str], share: float, *, alone: bool) -> dict[str, Any]:
    """What the texts have in common: a format, a list to choose from, or their length."""
    count = sum(texts.values())
    for name in _FORMATS:
        matching = sum(times for text, times in texts.items() if checked.has_format(text, name))
        if matching >= _FEWEST_FOR_FORMAT and matching >= share * count:
            return {"format": name}
    # Beside texts, an enum would have to list the values of every other type too.
    if alone and (choices := _choices(texts, share)):
        return {"enum": choices}
    schema: dict[str, Any] = {"maxLength": _rounded(max(map(len, texts), default=0))}
    if sum(times for text, times in texts.items() if text.strip()) >= share * count:
        schema["minLength"] = 1
    return schema


def _choices(texts: Counter[str], share: float) -> list[str]:
    """The few values that make up the share; none where they are many, long, or hardly used again."""
    count = sum(texts.values())
    chosen: list[str] = []
    covered = 0
    for text, times in sorted(texts.items(), key=lambda item: (-item[1], item[0])):
        if covered >= share * count:
            break
        if len(chosen) == _MOST_CHOICES or len(text) > _LONGEST_CHOICE or not text.strip():
            return []
        chosen.append(text)
        covered += times
    return sorted(chosen) if count >= _REPEATED * len(chosen) else []


def _rounded(length: int) -> int:
    """The next number with one digit that is not zero, or a half: what is a bit longer than all so far is no fault."""
    step = 10 ** max(0, len(str(length)) - 1) // 2 or 1
    return max(1, math.ceil(length / step) * step)
