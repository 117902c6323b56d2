"""Values of the front matter that are not on the list that the config gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.checks import _fields, _variants
from contentlint.source import language
from contentlint.source.document import Document


@dataclass(frozen=True, slots=True)
class Options:
    """What may be written."""

    allowed: Annotated[
        dict[str, tuple[str, ...]],
        Meta(description="By concept (`tags`, `categories`, `author`) or key: the values that it may have."),
    ] = field(default_factory=dict)


@check("allowed-values", needs={"front-matter"})
def allowed_values(document: Document, options: Options) -> Iterator[Match]:
    """A value that is not on the list of its field: ``near``, with the one that it resembles, or ``found``."""
    endings = language.load(document.language).vocabulary("plural-endings")
    for name, allowed in options.allowed.items():
        folded = {_variants.fold(value, endings): value for value in allowed}
        for entry in _fields.named(document, (name,)):
            for item in entry.children if entry.kind == "list" else [entry]:
                if item.empty or item.borrowed or item.value in allowed or isinstance(item.value, list | dict):
                    continue
                values = {"field": entry.name, "value": str(item.value), "allowed": list(allowed)}
                near = folded.get(_variants.fold(str(item.value), endings))
                yield Match(item.span, "near" if near else "found", values | ({"near": near} if near else {}))
