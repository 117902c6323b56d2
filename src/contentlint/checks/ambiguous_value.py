"""Values that the site generators, with their dialects of YAML, do not all read as the author meant them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _fields
from contentlint.diagnostic import Edit, Fix
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry


@dataclass(frozen=True, slots=True)
class Options:
    """Which values are looked at."""

    switches: Annotated[
        tuple[str, ...],
        Meta(description="Concepts (`draft`) or keys that are true or false; `yes` and `no` are mended there only."),
    ] = ("draft", "published")


@check("ambiguous-value", needs={"front-matter"})
def ambiguous_value(document: Document, options: Options) -> Iterator[Match]:
    """An unquoted value that is true or false to some (``truth``), or a number to some (``number``, ``base-60``)."""
    switches = {id(entry) for entry in _fields.named(document, options.switches)}
    for entry in document.front_matter.entries():
        if (match := _judge(entry, id(entry) in switches)) is not None:
            yield match


def _judge(entry: Entry, switch: bool) -> Match | None:
    readings = entry.readings
    if not readings or any(reading.kind == "error" for reading in readings.values()):
        return None
    values = {"field": entry.name, "value": entry.raw}
    truth = next((reading.value for reading in readings.values() if reading.kind == "bool"), None)
    if truth is not None:
        word = "true" if truth else "false"
        fix = Fix((Edit(entry.span, word),)) if switch else None
        return Match(entry.span, "truth", values | {"read": word}, fix)
    numbers = {reading.value for reading in readings.values() if reading.kind in ("int", "float")}
    other = next((number for number in numbers if number != _decimal(entry.raw)), None)
    if other is None:
        return None
    return Match(entry.span, "base-60" if ":" in entry.raw else "number", values | {"read": other})


def _decimal(raw: str) -> float | None:
    """What a reader takes the text for. Who sees ``01.9`` or ``1_000`` where another has 1.9 or 1000 is not misled."""
    try:
        return float(raw)
    except ValueError:
        return None
