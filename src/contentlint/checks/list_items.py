"""Lists in the front matter with items that are empty, or that say the same thing twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from contentlint.check import Match, Place, check
from contentlint.checks import _fields, _variants
from contentlint.diagnostic import Applicability, Edit, Fix
from contentlint.source import language
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry
from contentlint.span import Span


@dataclass(frozen=True, slots=True)
class Options:
    """Which lists are read, and what is looked for."""

    find: Annotated[
        tuple[Literal["empty", "duplicate", "variant", "plural"], ...],
        Meta(
            description="`empty` items, exact `duplicate`s, a `variant` that differs from another item by case, "
            "accents, hyphens or spaces only, or the `plural` of another item."
        ),
    ] = ("empty", "duplicate", "variant")
    fields: Annotated[
        tuple[str, ...], Meta(description="Concepts (`tags`) or keys of the lists to read; none means every list.")
    ] = ()
    max_items: Annotated[int, Meta(ge=0, description="How many items a list may have; 0 means any number.")] = 0


@check("list-items", needs={"front-matter"})
def list_items(document: Document, options: Options) -> Iterator[Match]:
    """Items without a value, repeated items, items that are one word written in two ways, and long lists (``many``)."""
    entries: Iterable[Entry] = (
        _fields.named(document, options.fields) if options.fields else document.front_matter.entries()
    )
    for entry in entries:
        if entry.kind == "list" and not entry.borrowed:
            yield from _judge(document, entry, options.find)
            if 0 < options.max_items < len(entry.children):
                place = entry.key_span or entry.span
                yield Match(
                    place, "many", {"field": entry.name, "count": len(entry.children), "limit": options.max_items}
                )


def _judge(document: Document, entry: Entry, find: tuple[str, ...]) -> Iterator[Match]:
    exact: dict[str, Entry] = {}
    folded: dict[str, Entry] = {}
    singular: dict[str, Entry] = {}
    endings = language.load(document.language).vocabulary("plural-endings") if "plural" in find else frozenset()
    some_item_stays = any(not _blank(item) for item in entry.children)
    for item in entry.children:
        values = {"field": entry.name, "item": item.value}
        if _blank(item):
            if "empty" in find:
                fix = _removal(document.text, entry, item) if some_item_stays else None
                yield Match(item.span, "empty", {"field": entry.name}, fix)
        elif not isinstance(item.value, str):
            continue
        elif (first := exact.get(item.value.strip())) is not None:
            if "duplicate" in find:
                fix = _removal(document.text, entry, item)
                yield Match(item.span, "duplicate", values, fix, (Place(first.span, "first"),))
        else:
            exact[item.value.strip()] = item
            first = folded.setdefault(_variants.fold(item.value), item)
            if first is not item and "variant" in find:
                yield Match(
                    item.span, "variant", values | {"other": first.value}, related=(Place(first.span, "first"),)
                )
            elif first is item and endings:
                first = singular.setdefault(_variants.fold(item.value, endings), item)
                if first is not item:
                    yield Match(
                        item.span, "plural", values | {"other": first.value}, related=(Place(first.span, "first"),)
                    )


def _blank(item: Entry) -> bool:
    return item.value is None or (isinstance(item.value, str) and not item.value.strip())


_COMMA = re.compile(r"\s*,\s*")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|\n|\r)")


def _removal(text: str, entry: Entry, item: Entry) -> Fix | None:
    """The edit that takes an item out of its list and leaves all else as it is; None where a comment is in the way."""
    items = entry.children
    place = next(index for index, other in enumerate(items) if other is item)
    cut = _flow_cut(text, items, place) if text[entry.span.start] == "[" else _block_cut(text, item)
    return Fix((Edit(cut, ""),), Applicability.SAFE) if cut else None


def _flow_cut(text: str, items: list[Entry], place: int) -> Span | None:
    item = items[place]
    if place:
        before = items[place - 1].span.end
        return Span(before, item.span.end) if _COMMA.fullmatch(text, before, item.span.start) else None
    after = items[place + 1].span.start if len(items) > 1 else item.span.start
    return Span(item.span.start, after) if _COMMA.fullmatch(text, item.span.end, after) else None


def _block_cut(text: str, item: Entry) -> Span | None:
    """The lines of the item, if the first holds nothing before its bullet and the last nothing after its value."""
    start = max(text.rfind("\n", 0, item.span.start), text.rfind("\r", 0, item.span.start)) + 1
    end = _LINE_END.match(text, item.span.end)
    before = text[start : item.span.start].strip(" \t")
    alone = before == "-" or (before == "" and item.span.of(text) == "-")
    return Span(start, end.end()) if alone and end else None
