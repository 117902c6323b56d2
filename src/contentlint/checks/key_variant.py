"""Keys of a section's pages that say the same thing under two names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, Place, site_check
from contentlint.checks import _collection, _variants
from contentlint.site.index import SiteIndex
from contentlint.source.document import Document
from contentlint.span import Span

_SHORT = 6
"""Keys of fewer letters are near to many others by chance."""
_LONG = 40
_PLURAL = frozenset({"ies=y", "s"})
"""Keys are names in programs, whatever the language of the page."""
_MOST_ALIKE = 8
"""Of more names that are alike, a template is at work and nobody mistook one for another."""


@dataclass(frozen=True, slots=True)
class Options:
    """Which keys are compared."""

    concepts: Annotated[
        tuple[str, ...], Meta(description="Concepts of which a page needs one key only; two keys of one are alike.")
    ] = ()
    ignore: Annotated[tuple[str, ...], Meta(description="Keys that are never reported.")] = ()
    min_pages: Annotated[int, Meta(ge=1, description="How many pages must have the more frequent key.")] = 2


def facts(document: Document, options: Options) -> list[list[Any]]:  # noqa: ARG001
    """The keys of a page: name, start, end."""
    return [
        [name, *(entry.key_span or entry.span)]
        for name, entry in _collection.entries(document)
        if isinstance(entry.key, str)
    ]


@site_check("key-variant", facts=facts, needs={"front-matter"})
def key_variant(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """Two keys that are alike and are on different pages, once: on the first page that has the rarer one.

    Alike are keys that differ in case, hyphens, plural or one letter, and two keys of one concept. Where a page has
    both, they are taken for two things.
    """
    for section, _, fields in _collection.by_section(pages):
        users = {name: {path for path, _ in found} for name, found in fields.items()}
        told: set[str] = set()
        for one, other in sorted(set(_alike(users, site.profile.keys, options.concepts))):
            few, many = sorted((one, other), key=lambda name: (len(users[name]), name))
            if users[few] & users[many] or len(users[many]) < options.min_pages or few in told:
                continue
            if few in options.ignore or many in options.ignore:
                continue
            if site.profile.keys_ignore_case and few.casefold() == many.casefold():
                continue
            told.add(few)
            values = {"field": few, "other": many, "few": len(users[few]), "many": len(users[many]), "section": section}
            path, span = fields[many][0]
            yield _collection.match("found", values, fields[few], [Place(Span(*span), "other", path)])


def _alike(
    names: Iterable[str], keys: Mapping[str, Iterable[str]], concepts: Iterable[str]
) -> Iterator[tuple[str, str]]:
    groups: dict[tuple[str, str, str], list[str]] = {}
    for name in names:
        parent, _, key = name.rpartition(".")
        groups.setdefault(("form", parent, _variants.fold(_words(key), _PLURAL)), []).append(name)
        if _SHORT <= len(key) <= _LONG and not any(char.isdigit() for char in key):
            for near in _variants.neighbours(key.casefold()):
                groups.setdefault(("letter", parent, near), []).append(name)
    there = set(names)
    for concept in concepts:
        groups["concept", "", concept] = [key for key in keys.get(concept, ()) if key in there]
    for (kind, *_), group in groups.items():
        if len(group) <= _MOST_ALIKE:
            for one, other in combinations(sorted(set(group)), 2):
                if kind != "letter" or _variants.one_letter_apart(one.casefold(), other.casefold()):
                    yield one, other


def _words(key: str) -> str:
    """A key as words: ``readTime`` is ``read Time``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key)
