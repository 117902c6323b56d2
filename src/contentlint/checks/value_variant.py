"""Tags, categories and authors that are one value written in two ways, across the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, Place, site_check
from contentlint.checks import _collection, _fields, _variants
from contentlint.site.index import SiteIndex
from contentlint.source import language
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry
from contentlint.span import Span

_SHORT = 8
"""Values of fewer letters are near to many others by chance: contact, contract."""
_LONGEST = 80
_RARE = 2
"""What is used more often than this is no slip of the finger."""
_MOST_ALIKE = 8


@dataclass(frozen=True, slots=True)
class Options:
    """Which fields hold values that pages share."""

    fields: Annotated[tuple[str, ...], Meta(description="Concepts (`tags`) or keys of front matter.")] = ()
    ignore: Annotated[tuple[str, ...], Meta(description="Values that are right however alike they are.")] = ()


def facts(document: Document, options: Options) -> list[list[Any]]:
    """The values of each field: the field as the options name it, the key, the value, start, end."""
    found = []
    for field in options.fields:
        for entry in _fields.named(document, (field,)):
            for item in entry.children if entry.kind == "list" else [entry]:
                # Two kinds of space are no two forms: nobody could tell them apart in a message.
                value = " ".join(item.value.split()) if isinstance(item.value, str) else ""
                if 0 < len(value) <= _LONGEST and not item.borrowed:
                    found.append([field, entry.name, value, *_place(item)])
    return found


@site_check("value-variant", facts=facts, needs={"front-matter"})
def value_variant(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A value that is a rarer form of another one, once: on the first page that has it without the other.

    Forms of one value differ in case, accents, hyphens, spaces or plural, or in one letter where the rarer is hardly
    used. Pages in different languages are not compared.
    """
    values: dict[tuple[str, str | None], dict[str, list[_collection.Occurrence]]] = {}
    for path in sorted(pages):
        for field, key, value, *span in pages[path] or ():
            found = values.setdefault((field, site.pages[path].language), {})
            found.setdefault(value, []).append((path, [key, *span]))
    for (_, code), found in sorted(values.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        endings = language.load(code).vocabulary("plural-endings")
        users = {value: {path for path, _ in places} for value, places in found.items()}
        for few, many in _pairs(users, options.ignore, endings):
            places = [place for place in found[few] if place[0] not in users[many]]
            if places:
                key = places[0][1][0]
                told = {"field": key, "value": few, "other": many, "count": len(users[few]), "often": len(users[many])}
                path, fact = found[many][0]
                yield _collection.match("found", told, places, [Place(Span(*fact[-2:]), "other", path)])


def _place(item: Entry) -> Span:
    return item.inner or item.span


def _pairs(
    users: Mapping[str, set[str]], ignore: tuple[str, ...], endings: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Each rarer form with the one to use instead: the most frequent of those that it resembles."""
    groups: dict[tuple[str, str], list[str]] = {}
    for value in sorted(users):
        if value in ignore:
            continue
        folded = _variants.fold(value)
        groups.setdefault(("form", _variants.fold(value, endings)), []).append(value)
        if len(folded) >= _SHORT and not any(char.isdigit() for char in folded):
            for near in _variants.neighbours(folded):
                groups.setdefault(("letter", near), []).append(value)
    best: dict[str, str] = {}
    for (kind, _), group in groups.items():
        if not 1 < len(group) <= _MOST_ALIKE:
            continue
        for pair in combinations(sorted(group, key=lambda value: (-len(users[value]), value)), 2):
            many, few = pair
            slip = len(users[few]) <= _RARE and len(users[many]) > len(users[few])
            slip = slip and _variants.one_letter_apart(_variants.fold(many), _variants.fold(few))
            if (kind == "form" or slip) and len(users[many]) > len(users.get(best.get(few, ""), ())):
                best[few] = many
    yield from sorted(best.items())
